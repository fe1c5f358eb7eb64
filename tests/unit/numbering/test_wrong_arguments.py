"""Odd arguments at every door of numbering are refused in words, or fit."""

from __future__ import annotations

import datetime as dt

import pytest
from attrs import AttrsInstance, fields

from gse_billing import evolve
from gse_billing import numbering as n
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.identifiers import InvoiceNumber
from tests.support.odd_arguments import Door, defects

DAY = dt.date(2026, 3, 10)
NOON = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
SERIES = n.Series(name="pa", format="PA/{n}")
REQUEST = n.Request(issuer="me", series=SERIES, day=DAY, key="a", content="c", owner="o", at=NOON)
ENTRY = n.MemoryRegister().reserve(REQUEST)
COLUMNS = n.BookColumns(number="number", day="day")


def register() -> n.MemoryRegister:
    return n.MemoryRegister([ENTRY])


def as_it_is(value: AttrsInstance) -> dict[str, object]:
    return {one.name: getattr(value, one.name) for one in fields(type(value))}


class BareShelf:
    """Where one entry is, found by any key."""

    def by_key(self, issuer: str, key: str) -> n.Entry:
        return ENTRY

    def by_number(self, issuer: str, year: int, number: str) -> None:
        """Nothing."""

    def last(self, issuer: str, series: str, period: int) -> None:
        """Nothing."""

    def latest_period(self, issuer: str, series: str) -> None:
        """Nothing."""

    def latest_free(self, issuer: str, series: str, period: int) -> None:
        """Nothing."""

    def around(self, issuer: str, series: str, period: int, position: int) -> tuple[None, None]:
        return None, None


DOORS = {
    "Series": Door(n.Series, as_it_is(SERIES)),
    "Series.number": Door(SERIES.number, {"position": 1, "year": 2026}),
    "Series.position": Door(SERIES.position, {"number": "PA/1", "year": 2026}),
    "series_like": Door(n.series_like, {"number": InvoiceNumber("7/2026"), "year": 2026, "owner": "me"}),
    "choose_series": Door(n.choose_series, {"series": [SERIES], "public_body": True}),
    "Request": Door(n.Request, as_it_is(REQUEST)),
    "Entry": Door(n.Entry, as_it_is(ENTRY)),
    "Entry.from_dict": Door(n.Entry.from_dict, {"fields": ENTRY.to_dict()}),
    "the fields of an entry": Door(lambda **given: n.Entry.from_dict(given), ENTRY.to_dict()),
    "Step": Door(n.Step, {"sequence": 1, "issuer": "", "key": "", "number": ENTRY.number, "state": ENTRY.state}),
    "in_order": Door(n.in_order, {"entries": [ENTRY]}),
    "require_moment": Door(n.require_moment, {"value": NOON}),
    "BookColumns": Door(n.BookColumns, as_it_is(COLUMNS)),
    "read_books": Door(
        n.read_books,
        {"lines": ["number,day"], "issuer": "me", "series": [SERIES], "columns": COLUMNS, "delimiter": ","},
    ),
    "entries_to_csv": Door(n.entries_to_csv, {"entries": [ENTRY]}),
    "report": Door(n.report, {"entries": [ENTRY], "series": [SERIES]}),
    "gaps": Door(lambda **given: list(n.gaps(**given)), {"entries": [ENTRY], "series": [SERIES]}),
    "duplicates": Door(lambda entries: list(n.duplicates(entries)), {"entries": [ENTRY]}),
    "disorders": Door(lambda entries: list(n.disorders(entries)), {"entries": [ENTRY]}),
    "near_duplicates": Door(lambda entries: list(n.near_duplicates(entries)), {"entries": [ENTRY]}),
    "open_reservations": Door(n.open_reservations, {"entries": [ENTRY], "owner": "o", "before": NOON}),
    "MemoryRegister": Door(n.MemoryRegister, {"entries": [ENTRY]}),
    "preview": Door(n.preview, {"register": register(), "requests": [REQUEST]}),
    "reserve": Door(lambda request: register().reserve(request), {"request": REQUEST}),
    "accept": Door(lambda **g: register().accept(**g), {"issuer": "me", "key": "a", "by": "", "at": NOON}),
    "void": Door(lambda **g: register().void(**g), {"issuer": "me", "key": "a", "reason": "r", "by": "", "at": NOON}),
    "load": Door(lambda **g: register().load(**g), {"entries": [], "by": "", "at": NOON}),
    "decide_reserve": Door(n.decide_reserve, {"shelf": BareShelf(), "request": REQUEST}),
    "decide_load": Door(n.decide_load, {"shelf": BareShelf(), "entry": ENTRY}),
    "decide_accept": Door(n.decide_accept, {"shelf": BareShelf(), "issuer": "me", "key": "a"}),
    "decide_void": Door(n.decide_void, {"shelf": BareShelf(), "issuer": "me", "key": "a", "reason": "r"}),
}


@pytest.mark.parametrize("name", DOORS)
def test_odd_arguments_are_refused_in_words(name: str) -> None:
    assert list(defects(DOORS[name])) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"position": -1}, "a number cannot have position -1"),
        ({"position": 10**20}, "a number cannot have position 1000"),
        ({"period": 2025}, "positions of 2026-03-10 are not counted within 2025"),
    ],
)
def test_an_entry_has_a_place_that_can_be(change: dict[str, int], message: str) -> None:
    with pytest.raises(InvalidValueError, match=message):
        evolve(ENTRY, **change)
    assert evolve(ENTRY, position=10**20 - 1, period=0).position == 10**20 - 1
    assert evolve(ENTRY, position=0).position == 0


def test_a_series_has_a_name_and_numbers_within_reason() -> None:
    with pytest.raises(InvalidValueError, match="a series has a name"):
        n.Series(name=" ")
    for position in (-1, 10**20):
        with pytest.raises(InvalidValueError, match=f"it has no number for position {position}"):
            n.Series(name="x").number(position, 2026)
    assert n.Series(name="x").number(0, 1) == "0"
    assert n.Series(name="x").number(10**20 - 1, 9999) == "9" * 20
    with pytest.raises(InvalidValueError, match=r"it writes 'x{20}1': it has 1 to 20 characters, not 21"):
        n.Series(name="x", format="x" * 20 + "{n}")
    for year in (0, 10_000):
        with pytest.raises(InvalidValueError, match=f"there is no year {year}"):
            SERIES.position("PA/1", year)


def test_two_series_of_books_have_two_names() -> None:
    with pytest.raises(InvalidValueError, match="series 'pa' is given twice"):
        n.read_books(["number,day"], issuer="me", series=[SERIES, n.Series(name="b"), SERIES], columns=COLUMNS)
