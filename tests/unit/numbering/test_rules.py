"""What an accountant is told, reservations that were left, dry runs, and the series for each kind of recipient."""

from __future__ import annotations

import datetime as dt

import pytest

from gse_billing import evolve
from gse_billing.core.errors import DuplicateNumberError, FrozenNumberError, InvalidValueError, NumberOutOfOrderError
from gse_billing.core.identifiers import InvoiceNumber
from gse_billing.numbering import (
    Audience,
    Entry,
    EntryState,
    MemoryRegister,
    Request,
    Series,
    choose_series,
    disorders,
    gaps,
    open_reservations,
    preview,
    report,
)

ISSUER = "01234560440"
PA = Series(name="pa", format="PA/{n}")
DAY = dt.date(2026, 3, 10)
NOON = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)


def ask(key: str, *, day: dt.date = DAY, number: str | None = None, owner: str = "", minutes: int = 0) -> Request:
    typed = None if number is None else InvoiceNumber(number)
    at = NOON + dt.timedelta(minutes=minutes)
    return Request(issuer=ISSUER, series=PA, day=day, key=key, content="", number=typed, owner=owner, at=at)


def test_a_dry_run_tells_what_would_be_assigned_and_assigns_nothing() -> None:
    register = MemoryRegister()
    register.reserve(ask("a"))
    would = preview(register, [ask("a"), ask("b"), ask("c")])
    assert [entry.number for entry in would] == ["PA/1", "PA/2", "PA/3"]
    assert len(register.entries()) == len(register.steps()) == 1
    assert (register.reserve(ask("b")), register.reserve(ask("c"))) == would[1:]
    with pytest.raises(NumberOutOfOrderError):
        preview(register, [ask("d", day=DAY - dt.timedelta(days=1))])


def test_reservations_left_behind_are_found_by_owner_and_age() -> None:
    register = MemoryRegister()
    for key, owner, minutes in (("a", "host 1", 0), ("b", "host 2", 10), ("c", "host 1", 20), ("d", "host 1", 30)):
        register.reserve(ask(key, owner=owner, minutes=minutes))
    register.accept(ISSUER, "d")
    undated = evolve(register.entries()[0], key="z", number=InvoiceNumber("PA/0"), position=None, reserved_at=None)
    entries = (*register.entries(), undated)
    found = [
        [entry.key for entry in open_reservations(entries, owner=owner, before=before)]
        for owner, before in ((None, None), ("host 1", None), (None, NOON + dt.timedelta(minutes=10)))
    ]
    assert found == [["a", "b", "c", "z"], ["a", "c", "z"], ["a", "z"]]


def test_the_trail_of_a_register_in_memory() -> None:
    register = MemoryRegister()
    register.reserve(ask("a", owner="host 1"))
    for _ in range(2):
        register.accept(ISSUER, "a", by="Rossi", at=NOON)
    register.reserve(ask("b"))
    for _ in range(2):
        register.void(ISSUER, "b", "withdrawn")
    assert [(step.sequence, step.key, step.state, step.by, step.reason) for step in register.steps()] == [
        (1, "a", EntryState.RESERVED, "host 1", ""),
        (2, "a", EntryState.ACCEPTED, "Rossi", ""),
        (3, "b", EntryState.RESERVED, "", ""),
        (4, "b", EntryState.VOID, "", "withdrawn"),
    ]
    with pytest.raises(FrozenNumberError, match="ask for a new number under another key"):
        register.reserve(ask("b"))
    for reason in ("another reason", "yet another"):
        with pytest.raises(FrozenNumberError, match="withdrawn"):
            register.void(ISSUER, "b", reason)


def test_entries_of_another_register_are_taken_over_whole_or_not_at_all() -> None:
    source = MemoryRegister()
    for key in "abc":
        source.reserve(ask(key))
    register = MemoryRegister()
    register.reserve(ask("c", number="PA/3"))
    with pytest.raises(DuplicateNumberError):
        register.load(source.entries())
    assert len(register.entries()) == len(register.steps()) == 1
    register.load(source.entries()[:2], by="import", at=NOON)
    assert [entry.number for entry in register.entries()] == ["PA/1", "PA/2", "PA/3"]
    assert [(step.key, step.by, step.at) for step in register.steps()[1:]] == [
        ("a", "import", NOON),
        ("b", "import", NOON),
    ]
    assert register.reserve(ask("d")).number == "PA/4"


def test_a_position_and_a_key_are_used_once() -> None:
    whole = Series(name="whole", format="W{n}", yearly=False)
    register = MemoryRegister()
    entry = register.reserve(evolve(ask("a", day=dt.date(2026, 12, 31), number="W1"), series=whole))
    request = evolve(ask("b", day=dt.date(2027, 1, 1), number="W1"), series=whole)
    with pytest.raises(DuplicateNumberError, match="is taken by 'a', which has W1 of 2026-12-31"):
        register.reserve(request)
    with pytest.raises(DuplicateNumberError, match="is taken by 'a'"):
        MemoryRegister([entry, evolve(entry, number=InvoiceNumber("W2"), position=2)])


@pytest.mark.parametrize("at", [dt.datetime(2026, 3, 10, 12), dt.date(2026, 3, 10)])  # noqa: DTZ001  that is the defect
def test_a_moment_has_a_zone(at: dt.datetime) -> None:
    with pytest.raises(InvalidValueError, match="moments carry a zone"):
        evolve(ask("a"), at=at)


def test_owner_and_time_are_kept_and_absent_where_nobody_gave_them() -> None:
    entry = MemoryRegister().reserve(ask("a", owner="host 1"))
    assert entry.to_dict()["reserved_at"] == "2026-03-10T12:00:00+00:00"
    assert Entry.from_dict(entry.to_dict()) == entry
    assert {"owner", "reserved_at"} & set(evolve(entry, owner="", reserved_at=None).to_dict()) == set()


def test_dates_that_run_backwards_are_an_error_and_missing_first_numbers_a_gap() -> None:
    entries = [
        Entry(
            issuer=ISSUER,
            series="pa",
            number=PA.number(position, 2026),
            position=position,
            period=2026,
            day=DAY - dt.timedelta(days=position),
            key=str(position),
            content="",
        )
        for position in (3, 4)
    ]
    (found,) = disorders(entries)
    assert "number PA/4 is dated 2026-03-06, before PA/3 of 2026-03-07" in found.message_en
    assert list(gaps(entries)) == []
    (missing,) = gaps(entries, series=[PA])
    assert missing.message_en == "series pa (2026) skips 1-2"
    assert list(gaps(entries, series=[Series(name="pa", format="PA/{n}", first=9)])) == []
    assert report(entries, series=[PA]).codes == ("numbering:disorder", "numbering:gap")


OWN = Series(name="pa", audience=Audience.PUBLIC_BODIES)
OTHERS = Series(name="others", audience=Audience.OTHERS)
ANY = Series(name="any")


@pytest.mark.parametrize(
    ("series", "public_body", "name"),
    [
        ([OWN, OTHERS, ANY], True, "pa"),
        ([OWN, OTHERS, ANY], False, "others"),
        ([OWN, ANY], False, "any"),
        ([ANY], True, "any"),
    ],
)
def test_documents_to_public_bodies_have_a_series_of_their_own(
    series: list[Series], public_body: bool, name: str
) -> None:
    assert choose_series(series, public_body=public_body).name == name


@pytest.mark.parametrize(
    ("series", "message"),
    [
        ([OTHERS], "no series is for public-bodies"),
        ([], "no series is for public-bodies"),
        ([OWN, evolve(OWN, name="second")], "more than one series is for public-bodies: pa, second"),
    ],
)
def test_a_series_is_never_guessed(series: list[Series], message: str) -> None:
    with pytest.raises(InvalidValueError, match=message):
        choose_series(series, public_body=True)
