"""Arithmetic of months on plain days."""

from __future__ import annotations

import calendar
import datetime as dt

from gse_billing.core.arguments import require
from gse_billing.core.dated import require_day
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.showing import shown

__all__ = ["add_months", "end_of_month", "first_of_month"]


def first_of_month(year: int, month: int) -> dt.date:
    """The first day of a month.

    Args:
        year: 1 to 9999.
        month: 1 to 12.

    Raises:
        InvalidValueError: there is no such month.

    >>> first_of_month(2024, 2)
    datetime.date(2024, 2, 1)
    """
    try:
        return dt.date(require(year, int, meant="a year"), require(month, int, meant="a month"), 1)
    except (ValueError, OverflowError) as error:
        raise InvalidValueError(
            f"there is no month {shown(month)} of the year {shown(year)}",
            value=(year, month),
            remedy=f"give whole numbers: a year up to {dt.MAXYEAR}, a month from 1 to 12",
        ) from error


def end_of_month(day: dt.date) -> dt.date:
    """The last day of the month of that day.

    >>> end_of_month(dt.date(2024, 2, 10))
    datetime.date(2024, 2, 29)
    """
    require_day(day)
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day some months later, or the last day of that month where it is shorter (c.c. art. 2963).

    Args:
        day: the day to start from.
        months: how many; negative for earlier.

    Raises:
        InvalidValueError: the result lies outside the years 1 to 9999, or ``months`` is no whole number.

    >>> add_months(dt.date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    require_day(day)
    require(months, int, meant="a number of months")
    years, month = divmod(day.month - 1 + months, 12)
    last = end_of_month(first_of_month(day.year + years, month + 1))
    return last.replace(day=min(day.day, last.day))
