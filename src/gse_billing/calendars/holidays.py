"""Holidays: what closes, when in a year, and which act says so."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from attrs import frozen

from gse_billing.calendars.easter import easter_sunday
from gse_billing.core.dated import Basis
from gse_billing.core.errors import InvalidValueError

__all__ = ["Closure", "EasterOffset", "FixedDay", "Holiday", "Rule", "Weekly"]

_COMMON_YEAR = 2001


class Rule(Protocol):
    """On which days of a year something recurs."""

    def days_in(self, year: int) -> tuple[dt.date, ...]:
        """The days of that year."""
        ...


@frozen
class FixedDay:
    """The same day of the same month every year.

    Raises:
        InvalidValueError: a day that some year does not have.

    >>> FixedDay(12, 26).days_in(2026)
    (datetime.date(2026, 12, 26),)
    """

    month: int
    day: int

    def __attrs_post_init__(self) -> None:
        try:
            dt.date(_COMMON_YEAR, self.month, self.day)
        except (TypeError, ValueError) as error:
            raise InvalidValueError(
                f"day {self.day} of month {self.month} does not come every year", value=(self.month, self.day)
            ) from error

    def days_in(self, year: int) -> tuple[dt.date, ...]:
        """That day of the year."""
        return (dt.date(year, self.month, self.day),)


@frozen
class EasterOffset:
    """A number of days after Easter Sunday; negative before it.

    >>> EasterOffset(1).days_in(2026)
    (datetime.date(2026, 4, 6),)
    """

    days: int

    def days_in(self, year: int) -> tuple[dt.date, ...]:
        """That day of the year."""
        return (easter_sunday(year) + dt.timedelta(days=self.days),)


@frozen
class Weekly:
    """One day of every week, 0 for Monday to 6 for Sunday.

    Raises:
        InvalidValueError: a number that names no day of the week.

    >>> Weekly(6).days_in(2026)[0]
    datetime.date(2026, 1, 4)
    """

    weekday: int

    def __attrs_post_init__(self) -> None:
        if self.weekday not in range(7):
            raise InvalidValueError(
                f"{self.weekday!r} names no day of the week", value=self.weekday, why="0 is Monday, 6 is Sunday"
            )

    def days_in(self, year: int) -> tuple[dt.date, ...]:
        """Every such day of the year."""
        start = dt.date(year, 1, 1).toordinal()
        end = dt.date(year, 12, 31).toordinal()
        # The proleptic calendar counts its days from a Monday, day 1.
        first = start + (self.weekday + 1 - start) % 7
        return tuple(map(dt.date.fromordinal, range(first, end + 1, 7)))


@frozen(kw_only=True)
class Holiday:
    """A day on which a calendar is closed; its validity and its act stand in the row that holds it.

    Attributes:
        calendar: where it closes: ``"Italy"``, ``"Rome"``, ``"T2"``.
        name_it: its name in Italian.
        name_en: its name in English.
        rule: on which days of a year it falls.
    """

    calendar: str
    name_it: str
    name_en: str
    rule: Rule


@frozen(kw_only=True)
class Closure:
    """Why one day is closed, by one holiday of one calendar."""

    day: dt.date
    calendar: str
    name_it: str
    name_en: str
    basis: Basis

    def __str__(self) -> str:
        return f"{self.day.isoformat()} is closed in {self.calendar}: {self.name_en} ({self.basis.act})"
