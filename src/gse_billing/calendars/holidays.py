"""Holidays: what closes, when in a year, and which act says so."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from attrs import field, frozen

from gse_billing.calendars.easter import easter_sunday
from gse_billing.calendars.months import end_of_month, first_of_month
from gse_billing.core.arguments import kind_of
from gse_billing.core.dated import Basis
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.showing import shown

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

    month: int = field(validator=kind_of(int))
    day: int = field(validator=kind_of(int))

    def __attrs_post_init__(self) -> None:
        try:
            dt.date(_COMMON_YEAR, self.month, self.day)
        except (ValueError, OverflowError) as error:
            raise InvalidValueError(
                f"day {shown(self.day)} of month {shown(self.month)} does not come every year",
                value=(self.month, self.day),
                remedy="give a month from 1 to 12 and a day that it has in a common year",
            ) from error

    def days_in(self, year: int) -> tuple[dt.date, ...]:
        """That day of the year."""
        return (first_of_month(year, self.month).replace(day=self.day),)


@frozen
class EasterOffset:
    """A number of days after Easter Sunday; negative before it.

    >>> EasterOffset(1).days_in(2026)
    (datetime.date(2026, 4, 6),)
    """

    days: int = field(validator=kind_of(int))

    def days_in(self, year: int) -> tuple[dt.date, ...]:
        """That day of the year."""
        try:
            return (easter_sunday(year) + dt.timedelta(days=self.days),)
        except OverflowError as error:
            raise InvalidValueError(
                f"there is no day {shown(self.days)} days from Easter of {year}",
                value=self.days,
                why=f"days end in {dt.MAXYEAR}",
            ) from error


@frozen
class Weekly:
    """One day of every week, 0 for Monday to 6 for Sunday.

    Raises:
        InvalidValueError: a number that names no day of the week.

    >>> Weekly(6).days_in(2026)[0]
    datetime.date(2026, 1, 4)
    """

    weekday: int = field(validator=kind_of(int))

    def __attrs_post_init__(self) -> None:
        if self.weekday not in range(7):
            raise InvalidValueError(
                f"{shown(self.weekday)} names no day of the week", value=self.weekday, why="0 is Monday, 6 is Sunday"
            )

    def days_in(self, year: int) -> tuple[dt.date, ...]:
        """Every such day of the year."""
        start = first_of_month(year, 1).toordinal()
        end = end_of_month(first_of_month(year, 12)).toordinal()
        # The proleptic calendar counts its days from a Monday, day 1.
        first = start + (self.weekday + 1 - start) % 7
        return tuple(map(dt.date.fromordinal, range(first, end + 1, 7)))


def _recurring(_: object, __: object, rule: Rule) -> None:
    if not callable(getattr(rule, "days_in", None)):
        raise InvalidValueError(
            f"{shown(rule)} is no rule of a holiday", value=rule, remedy="give a FixedDay, an EasterOffset or a Weekly"
        )


@frozen(kw_only=True)
class Holiday:
    """A day on which a calendar is closed; its validity and its act stand in the row that holds it.

    Attributes:
        calendar: where it closes: ``"Italy"``, ``"Rome"``, ``"T2"``.
        name_it: its name in Italian.
        name_en: its name in English.
        rule: on which days of a year it falls.
    """

    calendar: str = field(validator=kind_of(str))
    name_it: str = field(validator=kind_of(str))
    name_en: str = field(validator=kind_of(str))
    rule: Rule = field(validator=_recurring)


@frozen(kw_only=True)
class Closure:
    """Why one day is closed, by one holiday of one calendar."""

    day: dt.date = field(validator=kind_of(dt.date))
    calendar: str = field(validator=kind_of(str))
    name_it: str = field(validator=kind_of(str))
    name_en: str = field(validator=kind_of(str))
    basis: Basis = field(validator=kind_of(Basis))

    def __str__(self) -> str:
        return f"{self.day.isoformat()} is closed in {self.calendar}: {self.name_en} ({self.basis.act})"
