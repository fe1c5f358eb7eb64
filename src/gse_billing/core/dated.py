"""Dated tables: values with validity, act and source. Every rate, threshold and rule of the law is a row.

Periods are half-open: ``valid_from`` is the first day in force, ``valid_to`` the first day no longer in force.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Generic, TypeVar

from attrs import Attribute, field, frozen

from gse_billing.core.errors import InvalidValueError, NoValueInForceError
from gse_billing.core.html import table
from gse_billing.core.showing import named, shown, wrong_kind

__all__ = ["Basis", "Certainty", "DatedTable", "Row", "days_after", "require_day"]

_Value = TypeVar("_Value")


def require_day(value: object, *, meant: str = "a day") -> dt.date:
    """The value if it is a plain day.

    Args:
        value: what was given.
        meant: what the day is, for the error message.

    Raises:
        InvalidValueError: it is something else; a moment too, since its day depends on the zone.

    >>> require_day(dt.date(2021, 1, 31))
    datetime.date(2021, 1, 31)
    """
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    raise InvalidValueError(
        f"{shown(value)} cannot be {meant}",
        value=value,
        why="days are datetime.date, without time and zone",
        remedy="give datetime.date(2021, 1, 31), or call .date() on a moment in the zone that counts",
    )


def days_after(day: dt.date, count: int) -> dt.date:
    """The day that many days later.

    Raises:
        InvalidValueError: no calendar goes so far.

    >>> days_after(dt.date(2026, 2, 28), 1)
    datetime.date(2026, 3, 1)
    """
    try:
        return day + dt.timedelta(days=count)
    except OverflowError:
        raise InvalidValueError(
            f"there is no day {count} days after {day}",
            value=day,
            why=f"days end on {dt.date.max}",
            remedy="check the year of the day",
        ) from None


class Certainty(Enum):
    """How sure a fact is, by where it was read."""

    LAW = "text of a law, decree or circular that was read"
    SPECIFICATION = "text of an official technical specification"
    GSE = "page, notice or document of GSE"
    SECONDARY = "third-party page that was read (adviser, press, vendor)"
    COMPUTED = "computed from other facts of the table"
    SUPPLIED = "given by the caller"


def _said(_: object, attribute: Attribute[str], value: object) -> None:
    if not isinstance(value, str) or not value.strip():
        raise InvalidValueError(
            f"a basis with the {attribute.name} {value!r}",
            value=value,
            why="every figure leads back to the act it stands in and to where it was read",
            remedy=f"say the {attribute.name}, of a figure of your own too: your contract, the letter of GSE",
        )


@frozen(kw_only=True)
class Basis:
    """Why a figure is what it is: the act with its article, and where it was read.

    Raises:
        InvalidValueError: no act or no source is said.
    """

    act: str = field(validator=_said)
    source: str = field(validator=_said)
    certainty: Certainty

    def __str__(self) -> str:
        return self.act


@frozen(kw_only=True)
class Row(Generic[_Value]):
    """One value in force from a day to another (half-open), with its basis.

    ``valid_from=None`` means that no source gives the start: the row answers for earlier days too.
    ``valid_to=None`` means that no end is known.
    """

    value: _Value
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    basis: Basis
    note: str = ""

    def __attrs_post_init__(self) -> None:
        if self.valid_from is not None and self.valid_to is not None and self.valid_from >= self.valid_to:
            raise InvalidValueError(
                f"a row of {self.basis.act} ends before it starts", value=(self.valid_from, self.valid_to)
            )

    def covers(self, day: dt.date) -> bool:
        """Whether the row is in force on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)

    @property
    def validity(self) -> str:
        """The period in words, an unknown start said as such.

        >>> from gse_billing.core.dated import Basis, Certainty, Row
        >>> act = Basis(act="DM 24/12/2014", source="GSE", certainty=Certainty.GSE)
        >>> Row(value=1, valid_to=dt.date(2027, 1, 1), basis=act).validity
        'until 2026-12-31, start not known'
        """
        return _period(self.valid_from, self.valid_to)


def _period(start: dt.date | None, end: dt.date | None) -> str:
    """A half-open period in words."""
    first = "start not known" if start is None else f"from {start.isoformat()}"
    if end is None:
        return first
    last = f"until {(end - dt.timedelta(days=1)).isoformat()}"
    return f"{last}, {first}" if start is None else f"{first} {last}"


def _start(row: Row[_Value]) -> dt.date:
    return row.valid_from or dt.date.min


def _in_order(rows: Iterable[Row[_Value]]) -> tuple[Row[_Value], ...]:
    if not isinstance(rows, Iterable):
        raise wrong_kind(rows, meant="the rows of a table", wanted="a list of rows")
    given = tuple(rows)
    for each in given:
        if not isinstance(each, Row):
            raise wrong_kind(each, meant="a row of a table", wanted=named(Row))
    return tuple(sorted(given, key=_start))


@frozen
class DatedTable(Generic[_Value]):
    """Rows of one kind that never overlap, in order of time; a gap raises.

    Args:
        name: what the table holds, for messages.
        rows: the rows, in any order.

    Raises:
        InvalidValueError: two rows cover the same day, or something else than rows is given.
    """

    name: str
    rows: tuple[Row[_Value], ...] = field(converter=_in_order)

    def __attrs_post_init__(self) -> None:
        for earlier, later in zip(self.rows, self.rows[1:], strict=False):
            if earlier.valid_to is None or later.valid_from is None or earlier.valid_to > later.valid_from:
                raise InvalidValueError(
                    f"two rows of {self.name} cover {_start(later).isoformat()}", value=(earlier, later)
                )

    def row_on(self, day: dt.date) -> Row[_Value]:
        """The row in force on that day.

        Raises:
            NoValueInForceError: no row covers the day.
        """
        require_day(day)
        for row in self.rows:
            if row.covers(day):
                return row
        raise NoValueInForceError(self.name, day, known=self._around(day))

    def _around(self, day: dt.date) -> str:
        """The periods before and after a day that no row covers, and whether there are others."""
        spans = list(self._spans())
        before = [span for span in spans if span[1] is not None and span[1] <= day]
        after = spans[len(before) :]
        near = [*before[-1:], *after[:1]]
        words = [_period(*span) for span in near] or ["no day"]
        return "; ".join([*words, "others further away"] if len(near) < len(spans) else words)

    def _spans(self) -> Iterator[tuple[dt.date | None, dt.date | None]]:
        """The periods that the rows cover, those of rows that follow on one another as one."""
        start: dt.date | None = None
        for place, row in enumerate(self.rows):
            if place == 0 or row.valid_from != self.rows[place - 1].valid_to:
                start = row.valid_from
            if place + 1 == len(self.rows) or row.valid_to != self.rows[place + 1].valid_from:
                yield start, row.valid_to

    def on(self, day: dt.date) -> _Value:
        """The value in force on that day.

        Raises:
            NoValueInForceError: no row covers the day.
        """
        return self.row_on(day).value

    def __iter__(self) -> Iterator[Row[_Value]]:
        return iter(self.rows)

    def with_rows(self, rows: Iterable[Row[_Value]]) -> DatedTable[_Value]:
        """A table with more rows: how a caller adds a figure that came after this release."""
        return DatedTable(self.name, (*self.rows, *_in_order(rows)))

    def _repr_html_(self) -> str:
        rows = [(row.value, row.validity, row.basis.act, row.basis.source) for row in self.rows]
        return table(("value", "validity", "act", "source"), rows, caption=self.name)
