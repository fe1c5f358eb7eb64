"""The register in a database: the same rules, one transaction a call, and a trail that cannot be changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from sqlalchemy.exc import DatabaseError

from gse_billing import evolve
from gse_billing.core.errors import (
    DuplicateNumberError,
    FrozenNumberError,
    InvalidValueError,
    NumberOutOfOrderError,
    SeriesChangedError,
    UnknownNumberError,
)
from gse_billing.core.identifiers import InvoiceNumber
from gse_billing.numbering import Entry, EntryState, MemoryRegister, NumberRegister, Request, Series, open_reservations
from gse_billing.stores import SqlRegister, Store, open_store
from gse_billing.stores.database import connect

ISSUER = "01234560440"
PA = Series(name="pa", format="PA/{n}")
DAY = dt.date(2026, 3, 10)
NOON = dt.datetime(2026, 3, 10, 12, tzinfo=dt.timezone(dt.timedelta(hours=1)))


def ask(key: str, *, day: dt.date = DAY, number: str | None = None, series: Series = PA) -> Request:
    typed = None if number is None else InvoiceNumber(number)
    return Request(issuer=ISSUER, series=series, day=day, key=key, content="data", number=typed, owner="me", at=NOON)


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    with open_store(place) as opened:
        yield opened


@pytest.fixture
def register(store: Store) -> SqlRegister:
    return store.register


def test_numbers_outlive_the_process_that_took_them(place: str) -> None:
    with open_store(place) as first:
        as_protocol: NumberRegister = first.register
        taken = as_protocol.reserve(ask("a"))
    with open_store(place) as second:
        assert second.register.entries() == (taken,)
        assert second.register.reserve(ask("a")) == taken
        assert second.register.reserve(ask("b")).number == "PA/2"
    assert (taken.owner, taken.reserved_at) == ("me", NOON)


def test_a_key_belongs_to_the_series_that_it_was_first_asked_for(register: SqlRegister) -> None:
    register.reserve(ask("a"))
    with pytest.raises(FrozenNumberError, match="its data have changed since"):
        register.reserve(ask("a", series=Series(name="x")))


def test_a_void_number_is_taken_over_with_its_reason_only(register: SqlRegister) -> None:
    reserved = MemoryRegister().reserve(ask("a"))
    with pytest.raises(InvalidValueError, match="a number is voided with a reason"):
        register.load([evolve(reserved, state=EntryState.VOID)])
    assert register.entries() == ()


def test_a_number_is_accepted_or_voided_once(register: SqlRegister) -> None:
    for key in "ab":
        register.reserve(ask(key))
    assert register.accept(ISSUER, "a").state is EntryState.ACCEPTED
    assert register.accept(ISSUER, "a") == register.accept(ISSUER, "a")
    assert register.void(ISSUER, "b", "withdrawn") == register.void(ISSUER, "b", "withdrawn")
    with pytest.raises(FrozenNumberError, match="it was accepted"):
        register.void(ISSUER, "a", "too late")
    with pytest.raises(FrozenNumberError, match="was voided; withdrawn"):
        register.accept(ISSUER, "b")
    with pytest.raises(FrozenNumberError, match="was voided; withdrawn"):
        register.reserve(ask("b"))
    with pytest.raises(FrozenNumberError, match="was voided; withdrawn"):
        register.void(ISSUER, "b", "another reason")
    with pytest.raises(InvalidValueError, match="with a reason"):
        register.void(ISSUER, "a", "")
    with pytest.raises(UnknownNumberError):
        register.accept(ISSUER, "c")


def test_the_trail_tells_every_step_once_in_order(register: SqlRegister) -> None:
    earlier = NOON - dt.timedelta(hours=1)
    for key in "ab":
        register.reserve(ask(key))
    for _ in range(2):
        register.accept(ISSUER, "a", by="Rossi", at=earlier)
        register.void(ISSUER, "b", "withdrawn", by="Bianchi")
    steps = register.steps()
    assert [(step.key, step.state, step.by, step.at, step.reason) for step in steps] == [
        ("a", EntryState.RESERVED, "me", NOON, ""),
        ("b", EntryState.RESERVED, "me", NOON, ""),
        ("a", EntryState.ACCEPTED, "Rossi", earlier, ""),
        ("b", EntryState.VOID, "Bianchi", None, "withdrawn"),
    ]
    assert [step.sequence for step in steps] == sorted({step.sequence for step in steps})
    assert {step.issuer for step in steps} == {ISSUER}


def test_numbers_are_unique_and_in_order(register: SqlRegister) -> None:
    register.reserve(ask("a", number="PA/20"))
    with pytest.raises(DuplicateNumberError, match="is taken by 'a'"):
        register.reserve(ask("b", number="PA/20", series=Series(name="other")))
    with pytest.raises(NumberOutOfOrderError):
        register.reserve(ask("b", day=DAY - dt.timedelta(days=1)))
    with pytest.raises(NumberOutOfOrderError):
        register.reserve(ask("b", number="PA/19", day=DAY + dt.timedelta(days=1)))
    assert register.reserve(ask("b", number="PA/19")).position == 19
    assert register.reserve(ask("c")).number == "PA/21"
    assert register.reserve(ask("d", number="free 1")).position is None


def test_a_number_that_its_series_would_not_write_follows_the_last_one_of_the_series(register: SqlRegister) -> None:
    register.reserve(ask("a"))
    earlier, later = DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=1)
    with pytest.raises(NumberOutOfOrderError, match="number PA/1 is dated 2026-03-10"):
        register.reserve(ask("b", number="X1", day=earlier))
    for key, number in (("b", "X1"), ("c", "x1"), ("d", "Z 1")):
        register.reserve(ask(key, number=number, day=later))
    with pytest.raises(NumberOutOfOrderError, match="number x1 is dated 2026-03-11"):
        register.reserve(ask("e"))
    assert register.reserve(ask("e", day=later)).number == "PA/2"


def test_a_series_goes_on_as_it_was(register: SqlRegister) -> None:
    register.reserve(ask("a"))
    with pytest.raises(SeriesChangedError, match="number PA/1 of 2026-03-10 was not written so"):
        register.reserve(ask("b", series=Series(name="pa", format="P{n}")))
    with pytest.raises(SeriesChangedError, match="it restarted each year before"):
        register.reserve(ask("b", series=Series(name="pa", format="PA/{n}", yearly=False)))
    assert register.reserve(ask("b", day=DAY.replace(year=2027))).number == "PA/1"


def test_a_number_of_twenty_digits_has_its_place(register: SqlRegister) -> None:
    plain = Series(name="plain", format="{n}")
    assert register.reserve(ask("a", number="9" * 19, series=plain)).position == 10**19 - 1
    assert register.reserve(ask("b", series=plain)).number == "1" + "0" * 19
    assert [entry.key for entry in register.entries()] == ["a", "b"]


def test_a_series_restarts_at_the_turn_of_the_year_and_a_clock_going_backwards_is_refused(
    register: SqlRegister,
) -> None:
    whole = Series(name="whole", format="W{n}", yearly=False)
    eve, new_year = dt.date(2026, 12, 31), dt.date(2027, 1, 1)
    for key, day in (("a", eve), ("b", new_year)):
        assert register.reserve(ask(key, day=day)).number == "PA/1"
        register.reserve(ask(f"w{key}", day=day, series=whole))
    assert register.reserve(ask("late", day=eve)).number == "PA/2"
    with pytest.raises(NumberOutOfOrderError, match="W2 is dated 2027-01-01"):
        register.reserve(ask("wlate", day=eve, series=whole))
    with pytest.raises(DuplicateNumberError, match="is taken by 'wa'"):
        register.reserve(ask("again", day=new_year, series=whole, number="W1"))


def test_books_are_taken_over_whole_or_not_at_all(register: SqlRegister) -> None:
    source = MemoryRegister()
    for key in "abc":
        source.reserve(ask(key))
    source.void(ISSUER, "b", "withdrawn")
    register.reserve(ask("c", number="PA/3"))
    with pytest.raises(DuplicateNumberError):
        register.load(source.entries())
    assert len(register.entries()) == len(register.steps()) == 1
    register.load(source.entries()[:2], by="import", at=NOON)
    assert [entry.number for entry in register.entries()] == ["PA/1", "PA/2", "PA/3"]
    assert register.steps()[-1].by == "import"
    register.load([])


def test_what_a_crash_left_is_found_and_ended(register: SqlRegister) -> None:
    register.reserve(ask("a"))
    register.reserve(ask("b"))
    register.accept(ISSUER, "b")
    left = open_reservations(register.entries(), owner="me", before=NOON + dt.timedelta(minutes=5))
    assert [entry.key for entry in left] == ["a"]
    assert register.accept(ISSUER, register.reserve(ask("a")).key).number == "PA/1"
    assert open_reservations(register.entries()) == ()


@pytest.mark.requirement("INV-12")
@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        ("UPDATE gse_numbers SET number = 'PA/9' WHERE key = 'reserved'", "a number never changes"),
        ("UPDATE gse_numbers SET position = NULL WHERE key = 'reserved'", "a number never changes"),
        ("UPDATE gse_numbers SET state = 'void' WHERE key = 'accepted'", "a number never changes"),
        ("DELETE FROM gse_numbers WHERE key = 'reserved'", "voided, never removed"),
        ("UPDATE gse_events SET author = 'x'", "stays as it was recorded"),
        ("DELETE FROM gse_events", "stays as it was recorded"),
    ],
)
def test_the_database_itself_refuses_to_change_the_past(place: str, statement: str, refusal: str) -> None:
    with open_store(place) as store:
        for key in ("reserved", "accepted"):
            store.register.reserve(ask(key))
        store.register.accept(ISSUER, "accepted")
        before = store.register.entries(), store.register.steps()
    engine = connect(place).engine
    with pytest.raises(DatabaseError, match=refusal), engine.begin() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()
    with open_store(place) as store:
        assert (store.register.entries(), store.register.steps()) == before


def test_an_entry_comes_back_as_it_was(register: SqlRegister) -> None:
    entry = Entry(
        issuer=ISSUER,
        series="",
        number=InvoiceNumber("A 1"),
        position=None,
        period=2026,
        day=DAY,
        key="è",
        content="",
        state=EntryState.VOID,
        reason="perché no",
    )
    register.load([entry])
    assert register.entries() == (entry,)
