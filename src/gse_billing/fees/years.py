"""Which day of a year a fee looks at: 1 January, or the start of the contract when that is later."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from gse_billing.core.dated import require_day
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.showing import shown

__all__ = ["first_day", "new_year", "reference_day", "require_year"]


def require_year(year: int) -> int:
    """The year itself.

    Raises:
        InvalidValueError: not a year of the calendar.
    """
    if type(year) is not int or not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise InvalidValueError(f"{shown(year)} is not a year", value=year, remedy="give four digits as an int, 2016")
    return year


def first_day(year: int) -> dt.date:
    """1 January of a year.

    Raises:
        InvalidValueError: not a year of the calendar.
    """
    return new_year(require_year(year))


@lru_cache
def new_year(year: int) -> dt.date:
    """The same for a whole number, quickly; only the year can be wrong."""
    return dt.date(require_year(year), 1, 1)


def reference_day(year: int, *, start: dt.date | None = None, end: dt.date | None = None) -> dt.date | None:
    """The day whose power and tariff count for a year, or ``None`` when the contract has no day in it.

    Args:
        year: the year the fee is for.
        start: first day of the contract, or ``None`` when it began before that year.
        end: first day no longer in the contract, or ``None`` when it goes on.

    Raises:
        InvalidValueError: not a year, no plain day, or a contract that ends before it starts.

    >>> reference_day(2020), reference_day(2020, start=dt.date(2020, 6, 15))
    (datetime.date(2020, 1, 1), datetime.date(2020, 6, 15))
    """
    for day in (start, end):
        if day is not None:
            require_day(day, meant="the first or the last day of a contract")
    if start is not None and end is not None and start >= end:
        raise InvalidValueError(
            f"a contract from {start} ends on {end}, before it starts", value=(start, end), remedy="check the two days"
        )
    counts = max(first_day(year), start or dt.date.min)
    ended = end is not None and end <= counts
    return None if ended or counts.year > year else counts
