"""Business days: which days are open, why one is closed, and where a date moves to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

from attrs import Factory, field, frozen

from gse_billing.calendars.conventions import Convention, Rolled, adjusted, rolled
from gse_billing.calendars.holidays import Closure, Holiday
from gse_billing.calendars.months import end_of_month, first_of_month
from gse_billing.core.arguments import kind_of, require, require_each
from gse_billing.core.dated import Row, require_day
from gse_billing.core.errors import InvalidValueError, NoValueInForceError
from gse_billing.core.html import table
from gse_billing.core.showing import shown

__all__ = ["Calendar"]

_DAY = dt.timedelta(days=1)
_YEARS_KEPT = 128
# Between two working days of a real calendar lie a few days; a calendar of the caller's may have none at all.
_LONGEST_CLOSURE = 366


class _Years(dict[int, Mapping[dt.date, tuple[Closure, ...]]]):
    """The closed days of each year with their closures, computed when first asked for."""

    __slots__ = ("first_year", "holidays", "name")

    def __init__(self, name: str, holidays: tuple[Row[Holiday], ...], first_year: int) -> None:
        super().__init__()
        self.name: Final = name
        self.holidays: Final = holidays
        self.first_year: Final = first_year

    def __missing__(self, year: int) -> Mapping[dt.date, tuple[Closure, ...]]:
        if year < self.first_year:
            known = f"the years from {self.first_year}"
            raise NoValueInForceError(f"the calendar {self.name}", dt.date(year, 1, 1), known=known)
        closed: dict[dt.date, tuple[Closure, ...]] = {}
        for row in self.holidays:
            for day in filter(row.covers, row.value.rule.days_in(year)):
                closed[day] = (*closed.get(day, ()), _closure(row, day))
        if len(self) >= _YEARS_KEPT:
            self.clear()
        self[year] = closed
        return closed

    def __reduce__(self) -> tuple[object, ...]:
        return _Years, (self.name, self.holidays, self.first_year)


def _closure(row: Row[Holiday], day: dt.date) -> Closure:
    value = row.value
    return Closure(day=day, calendar=value.calendar, name_it=value.name_it, name_en=value.name_en, basis=row.basis)


def _rows(given: Iterable[Row[Holiday]]) -> tuple[Row[Holiday], ...]:
    return require_each(given, Row, meant="a row of a holiday")


def _empty_years(calendar: Calendar) -> _Years:
    return _Years(calendar.name, calendar.holidays, calendar.first_year)


@frozen(kw_only=True)
class Calendar:
    """The days on which something is closed; all others are working days.

    Attributes:
        name: what the calendar is of.
        holidays: what closes it, each with its validity and its act; the weekly days of rest stand there too.
        first_year: the first year that the rows cover in full; earlier days raise NoValueInForceError.
    """

    name: str = field(validator=kind_of(str))
    holidays: tuple[Row[Holiday], ...] = field(converter=_rows, repr=False)
    first_year: int = field(validator=kind_of(int))
    _years: _Years = field(init=False, eq=False, repr=False, default=Factory(_empty_years, takes_self=True))

    def is_working_day(self, day: dt.date) -> bool:
        """Whether the calendar is open on that day.

        Raises:
            InvalidValueError: not a plain day; a ``datetime`` is refused.
            NoValueInForceError: the day lies before the first year.
        """
        if type(day) is not dt.date:  # the exact type is the common case and the cheap one
            require_day(day)
        return day not in self._years[day.year]

    def closures(self, day: dt.date) -> tuple[Closure, ...]:
        """Why the calendar is closed on that day; empty on a working day."""
        require_day(day)
        return self._years[day.year].get(day, ())

    def next_working_day(self, day: dt.date) -> dt.date:
        """The first working day after that day."""
        return self.seek(_shifted(day, _DAY), forward=True)

    def seek(self, day: dt.date, *, forward: bool) -> dt.date:
        """That day itself if it is a working day, else the nearest one in the direction.

        Raises:
            InvalidValueError: there is none within a year, or days end before.
        """
        step = _DAY if require(forward, bool, meant="whether to go forward") else -_DAY
        found = day
        for _ in range(_LONGEST_CLOSURE):
            if self.is_working_day(found):
                return found
            found = _shifted(found, step)
        raise InvalidValueError(
            f"{self.name} has no working day within {_LONGEST_CLOSURE} days of {day.isoformat()}",
            value=day,
            remedy="look at its holidays: they leave no day open",
        )

    def adjust(self, day: dt.date, convention: Convention = Convention.FOLLOWING) -> dt.date:
        """The day that the convention gives, without its derivation: for work in bulk."""
        return adjusted(self, day, convention)

    def roll(self, day: dt.date, convention: Convention = Convention.FOLLOWING) -> Rolled:
        """The day that the convention gives, with the reason of each day passed over."""
        return rolled(self, day, convention)

    def working_days(self, year: int, month: int) -> tuple[dt.date, ...]:
        """The working days of a month, in order.

        Raises:
            InvalidValueError: there is no such month.
        """
        first = first_of_month(year, month)
        days = (first.replace(day=number) for number in range(1, end_of_month(first).day + 1))
        return tuple(filter(self.is_working_day, days))

    def nth_working_day(self, year: int, month: int, n: int) -> dt.date:
        """The working day of a month with that number, the first being 1.

        Raises:
            InvalidValueError: there is no such month, or it has fewer working days.
        """
        days = self.working_days(year, month)
        if require(n, int, meant="the number of a working day") not in range(1, len(days) + 1):
            raise InvalidValueError(
                f"{self.name} has no working day number {shown(n)} in month {month} of {year}",
                value=n,
                why=f"the month has {len(days)} of them, the first one is number 1",
            )
        return days[n - 1]

    def last_working_day(self, year: int, month: int) -> dt.date:
        """The last working day of a month.

        Raises:
            InvalidValueError: there is no such month, or it has no working day.
        """
        days = self.working_days(year, month)
        if not days:
            raise InvalidValueError(
                f"{self.name} has no working day in month {month} of {year}",
                value=(year, month),
                remedy="look at its holidays: they leave no day open",
            )
        return days[-1]

    def with_holidays(self, name: str, holidays: Iterable[Row[Holiday]]) -> Calendar:
        """A calendar of another name with more holidays: how a caller adds the patron saint of his town."""
        more = require_each(holidays, Row, meant="a row of a holiday")
        return Calendar(name=name, holidays=(*self.holidays, *more), first_year=self.first_year)

    def __or__(self, other: Calendar) -> Calendar:
        """The calendar that is open where both are; each closure says whose it is."""
        if not isinstance(other, Calendar):
            return NotImplemented
        holidays = tuple(dict.fromkeys(self.holidays + other.holidays))
        first_year = max(self.first_year, other.first_year)
        return Calendar(name=f"{self.name} and {other.name}", holidays=holidays, first_year=first_year)

    def _repr_html_(self) -> str:
        header = ("closed in", "nome", "name", "validity", "act", "source")
        rows = (
            (row.value.calendar, row.value.name_it, row.value.name_en, row.validity, row.basis.act, row.basis.source)
            for row in self.holidays
        )
        return table(header, rows, caption=f"{self.name}, from {self.first_year}")


def _shifted(day: dt.date, step: dt.timedelta) -> dt.date:
    try:
        return require_day(day) + step
    except OverflowError as error:
        raise InvalidValueError(
            f"there is no day beyond {day.isoformat()}", value=day, why=f"days end in {dt.MAXYEAR}"
        ) from error
