"""The register of numbers: reserve, accept, void; nothing twice, nothing out of order, nothing changed."""

from __future__ import annotations

import datetime as dt

import pytest

from gse_billing.core.errors import (
    DuplicateNumberError,
    FrozenNumberError,
    InvalidValueError,
    NumberOutOfOrderError,
    SeriesChangedError,
    UnknownNumberError,
)
from gse_billing.core.identifiers import InvoiceNumber
from gse_billing.numbering import (
    Entry,
    EntryState,
    MemoryRegister,
    NumberRegister,
    Request,
    Series,
    gaps,
    near_duplicates,
)

PA = Series(name="pa", format="PA/{n}", first=12)
DAY = dt.date(2026, 3, 10)


def ask(
    key: str,
    *,
    day: dt.date = DAY,
    number: str | None = None,
    series: Series = PA,
    issuer: str = "01234560440",
    content: str = "data",
) -> Request:
    typed = None if number is None else InvoiceNumber(number)
    return Request(issuer=issuer, series=series, day=day, key=key, content=content, number=typed)


def test_numbers_follow_one_another_from_the_first_of_the_series() -> None:
    register: NumberRegister = MemoryRegister()
    assert [register.reserve(ask(key)).number for key in "abc"] == ["PA/12", "PA/13", "PA/14"]


@pytest.mark.requirement("INV-13")
def test_a_second_try_gets_the_same_number_and_other_data_are_an_error() -> None:
    register = MemoryRegister()
    first = register.reserve(ask("a"))
    assert register.reserve(ask("a")) == first
    assert register.reserve(ask("a", number="PA/12")) == first
    for changed in (
        ask("a", content="other"),
        ask("a", content="dat"),
        ask("a", day=DAY - dt.timedelta(days=1)),
        ask("a", day=DAY + dt.timedelta(days=1)),
        ask("a", number="PA/13"),
    ):
        with pytest.raises(FrozenNumberError, match="its data have changed since"):
            register.reserve(changed)


@pytest.mark.requirement("INV-13")
def test_a_key_belongs_to_the_series_that_it_was_first_asked_for() -> None:
    register = MemoryRegister()
    register.reserve(ask("a"))
    with pytest.raises(FrozenNumberError, match="its data have changed since"):
        register.reserve(ask("a", series=Series(name="x")))
    free = Entry.from_dict(
        {**register.entries()[0].to_dict(), "key": "b", "number": "Z8", "series": "", "position": None}
    )
    register.load([free])
    assert register.reserve(ask("b")) == free


@pytest.mark.requirement("INV-12")
def test_an_accepted_number_is_immutable() -> None:
    register = MemoryRegister()
    register.reserve(ask("a"))
    accepted = register.accept("01234560440", "a")
    assert accepted.state is EntryState.ACCEPTED
    assert register.accept("01234560440", "a") == accepted
    with pytest.raises(FrozenNumberError, match=r"it was accepted; keep it as it is, .* credit note \(TD04\)"):
        register.void("01234560440", "a", "typed wrongly")
    with pytest.raises(FrozenNumberError):
        register.reserve(ask("a", number="PA/99"))


def test_a_voided_number_explains_its_gap_and_is_never_used_again() -> None:
    register = MemoryRegister()
    register.reserve(ask("a"))
    voided = register.void("01234560440", "a", "proposal withdrawn")
    assert (voided.state, voided.reason) == (EntryState.VOID, "proposal withdrawn")
    assert register.reserve(ask("b")).number == "PA/13"
    with pytest.raises(FrozenNumberError, match="was voided"):
        register.accept("01234560440", "a")
    with pytest.raises(DuplicateNumberError):
        register.reserve(ask("c", number="PA/12"))


def test_a_number_is_voided_with_a_reason() -> None:
    register = MemoryRegister()
    register.reserve(ask("a"))
    with pytest.raises(InvalidValueError, match="with a reason"):
        register.void("01234560440", "a", " ")


def test_a_void_number_is_taken_over_with_its_reason_only() -> None:
    entry = MemoryRegister().reserve(ask("a")).to_dict()
    register = MemoryRegister()
    with pytest.raises(InvalidValueError, match="a number is voided with a reason"):
        register.load([Entry.from_dict({**entry, "state": "void", "reason": " "})])
    assert register.entries() == ()
    register.load([Entry.from_dict({**entry, "state": "void", "reason": "withdrawn"})])
    assert [entry.reason for entry in register.entries()] == ["withdrawn"]


def test_a_key_that_was_never_reserved_is_unknown() -> None:
    with pytest.raises(UnknownNumberError, match="reserve it first"):
        MemoryRegister().accept("01234560440", "a")


@pytest.mark.requirement("INV-13", "INV-14")
def test_a_number_is_unique_within_issuer_and_year_whatever_the_series() -> None:
    register = MemoryRegister()
    register.reserve(ask("a", number="7"))
    with pytest.raises(DuplicateNumberError, match="SDI discards"):
        register.reserve(ask("b", number="7", series=Series(name="other")))
    assert register.reserve(ask("c", number="7", day=dt.date(2027, 1, 2))).number == "7"
    assert register.reserve(ask("d", number="7", issuer="02345670723")).number == "7"


def test_a_typed_number_of_the_series_moves_it_on() -> None:
    register = MemoryRegister()
    assert register.reserve(ask("a", number="PA/20")).position == 20
    assert register.reserve(ask("b")).number == "PA/21"
    assert register.reserve(ask("c", number="X-1")).position is None
    assert register.reserve(ask("d")).number == "PA/22"


def test_a_number_is_never_dated_before_its_predecessor() -> None:
    register = MemoryRegister()
    register.reserve(ask("a", number="PA/20"))
    with pytest.raises(NumberOutOfOrderError, match="number PA/20 is dated 2026-03-10"):
        register.reserve(ask("b", day=DAY - dt.timedelta(days=1)))
    with pytest.raises(NumberOutOfOrderError):
        register.reserve(ask("c", number="PA/19", day=DAY + dt.timedelta(days=1)))
    assert register.reserve(ask("d", number="PA/18", day=DAY)).number == "PA/18"
    assert register.reserve(ask("e", number="PA/19", day=DAY)).number == "PA/19"


def test_a_number_that_its_series_would_not_write_follows_the_last_one_of_the_series() -> None:
    register = MemoryRegister()
    register.reserve(ask("a"))
    later, earlier = DAY + dt.timedelta(days=1), DAY - dt.timedelta(days=1)
    with pytest.raises(NumberOutOfOrderError, match="number PA/12 is dated 2026-03-10"):
        register.reserve(ask("b", number="X1", day=earlier))
    assert register.reserve(ask("b", number="X9", day=later)).position is None
    for wanted, day in ((None, DAY), ("PA/20", DAY), ("X2", DAY)):
        with pytest.raises(NumberOutOfOrderError, match="number X9 is dated 2026-03-11"):
            register.reserve(ask("c", number=wanted, day=day))
    assert register.reserve(ask("c", number="PA/11", day=DAY)).position == 11  # it stands before PA/12, not before X9
    assert register.reserve(ask("d", number="X2", day=later)).number == "X2"
    assert register.reserve(ask("e", day=later)).number == "PA/13"


def test_a_number_outside_is_compared_within_its_issuer_series_and_period_only() -> None:
    register = MemoryRegister()
    register.reserve(ask("a"))
    register.reserve(ask("b", number="X1"))
    earlier = DAY - dt.timedelta(days=1)
    assert register.reserve(ask("c", number="X2", day=earlier, series=Series(name="other"))).number == "X2"
    assert register.reserve(ask("d", number="X3", day=earlier, issuer="02345670723")).number == "X3"
    assert register.reserve(ask("e", number="X4", day=dt.date(2025, 3, 10))).number == "X4"


def test_numbers_outside_of_the_series_are_in_order_before_it_has_any_of_its_own() -> None:
    register = MemoryRegister()
    register.reserve(ask("a", number="X1"))
    register.void("01234560440", "a", "typed wrongly")
    with pytest.raises(NumberOutOfOrderError, match="number X1 is dated"):
        register.reserve(ask("b", day=DAY - dt.timedelta(days=1)))
    assert register.reserve(ask("b")).number == "PA/12"


@pytest.mark.parametrize("number", [None, "PA/20", "P-20", "X1"])
def test_a_series_keeps_its_format_as_long_as_it_counts_on(number: str | None) -> None:
    register = MemoryRegister()
    register.reserve(ask("a"))
    with pytest.raises(SeriesChangedError) as caught:
        register.reserve(ask("b", number=number, series=Series(name="pa", format="P-{n}")))
    assert str(caught.value) == (
        "series 'pa' cannot go on as 'P-{n}'; number PA/12 of 2026-03-10 was not written so; "
        "give the series as it was, or another name; the format of one that restarts may change with the year"
    )
    assert caught.value.number == "PA/12"
    with pytest.raises(FrozenNumberError, match="its data have changed since"):
        register.reserve(ask("a", series=Series(name="pa", format="P-{n}")))
    assert len(register.entries()) == 1


def test_a_series_is_the_same_year_after_year_and_may_be_written_otherwise_in_a_new_one() -> None:
    register = MemoryRegister()
    dated = Series(name="pa", format="PA/{year}/{n}")
    days = [dt.date(year, 3, 10) for year in (2026, 2027, 2028)]
    taken = [register.reserve(ask(str(turn), day=day, series=dated)).number for turn, day in enumerate(days)]
    assert taken == ["PA/2026/1", "PA/2027/1", "PA/2028/1"]
    assert register.reserve(ask("late", day=days[0], series=dated)).number == "PA/2026/2"
    assert register.reserve(ask("new", day=dt.date(2029, 1, 2))).number == "PA/12"
    whole = Series(name="whole", format="W{year}/{n}", yearly=False)
    assert [register.reserve(ask(f"w{turn}", day=day, series=whole)).number for turn, day in enumerate(days)] == [
        "W2026/1",
        "W2027/2",
        "W2028/3",
    ]
    with pytest.raises(SeriesChangedError, match="W2028/3"):
        register.reserve(ask("w9", day=days[2], series=Series(name="whole", format="W{n}", yearly=False)))


@pytest.mark.parametrize(
    ("first", "message"),
    [(True, "'PA/{n}', never restarting; it restarted each year before"), (False, "'PA/{n}'; it never restarted")],
)
def test_a_series_that_restarts_does_so_for_ever(first: bool, message: str) -> None:
    register = MemoryRegister()
    register.reserve(ask("a", series=Series(name="pa", format="PA/{n}", yearly=first)))
    other = Series(name="pa", format="PA/{n}", yearly=not first)
    with pytest.raises(SeriesChangedError, match=message) as caught:
        register.reserve(ask("b", series=other, number="PA/7"))
    assert caught.value.number == ""
    assert register.reserve(ask("b", series=other, issuer="02345670723")).number == "PA/1"


def test_a_number_is_held_against_its_nearest_neighbours() -> None:
    register = MemoryRegister()
    for key, number, days in (("a", "PA/20", 0), ("b", "PA/30", 2), ("c", "PA/40", 4), ("d", "PA/50", 6)):
        register.reserve(ask(key, number=number, day=DAY + dt.timedelta(days=days)))
    for number, days, other in (
        ("PA/35", 1, "PA/30"),
        ("PA/35", 5, "PA/40"),
        ("PA/25", 3, "PA/30"),
        ("PA/9", 1, "PA/20"),
    ):
        with pytest.raises(NumberOutOfOrderError, match=f"number {other} is dated"):
            register.reserve(ask("e", number=number, day=DAY + dt.timedelta(days=days)))
    for key, number, days in (("e", "PA/35", 2), ("f", "PA/36", 4), ("g", "PA/45", 4), ("h", "PA/9", 0)):
        register.reserve(ask(key, number=number, day=DAY + dt.timedelta(days=days)))


def test_a_series_restarts_each_year_or_never() -> None:
    register = MemoryRegister()
    whole = Series(name="whole", format="W{n}", yearly=False)
    for key, day in (("a", dt.date(2026, 12, 31)), ("b", dt.date(2027, 1, 1))):
        register.reserve(ask(key, day=day))
        register.reserve(ask(f"w{key}", day=day, series=whole))
    assert [(entry.series, entry.year, entry.number) for entry in register.entries()] == [
        ("pa", 2026, "PA/12"),
        ("whole", 2026, "W1"),
        ("pa", 2027, "PA/12"),
        ("whole", 2027, "W2"),
    ]


def test_a_register_starts_from_the_entries_of_an_earlier_one() -> None:
    register = MemoryRegister()
    register.reserve(ask("a"))
    register.accept("01234560440", "a")
    stored = [entry.to_dict() for entry in register.entries()]
    again = MemoryRegister(Entry.from_dict(fields) for fields in stored)
    assert again.entries() == register.entries()
    assert again.reserve(ask("b")).number == "PA/13"


def test_entries_that_contradict_one_another_are_refused() -> None:
    register = MemoryRegister()
    entry = register.reserve(ask("a")).to_dict()
    with pytest.raises(DuplicateNumberError):
        MemoryRegister([Entry.from_dict(entry), Entry.from_dict({**entry, "key": "b"})])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"number": ""}, "no number"),
        ({"day": "10/03/2026"}, "a date in another form"),
        ({"state": "lost"}, "an unknown state"),
        ({"more": 1}, "an unknown field"),
    ],
)
def test_an_entry_that_cannot_be_read_is_refused(change: dict[str, object], reason: str) -> None:
    fields = {**MemoryRegister().reserve(ask("a")).to_dict(), **change}
    with pytest.raises(InvalidValueError, match="cannot be read"):
        Entry.from_dict(fields)


def test_numbers_that_a_person_would_confuse_are_a_warning() -> None:
    register = MemoryRegister()
    for key, number in (("a", "PA/7"), ("b", "pa/7"), ("c", "PA/007"), ("d", "PA/ 7"), ("e", "PA/70"), ("f", "PA/700")):
        register.reserve(ask(key, number=number, series=Series(name=key)))
    found = list(near_duplicates(register.entries()))
    assert {finding.code for finding in found} == {"numbering:near-duplicate"}
    assert len(found) == 3
    assert "easily taken for" in found[0].message_en


def test_gaps_are_named() -> None:
    register = MemoryRegister()
    whole = Series(name="whole", format="W{n}", yearly=False)
    for key, number, series in (
        ("a", "PA/2", PA),
        ("b", "PA/3", PA),
        ("c", "PA/5", PA),
        ("d", "W1", whole),
        ("e", "W9", whole),
        ("f", "PA/8", PA),
    ):
        register.reserve(ask(key, number=number, series=series))
    assert [finding.message_en for finding in gaps(register.entries())] == [
        "series whole skips 2-8",
        "series pa (2026) skips 4",
        "series pa (2026) skips 6-7",
    ]
    register.reserve(ask("z", number="free1"))
    assert len(list(gaps(register.entries()))) == 3
