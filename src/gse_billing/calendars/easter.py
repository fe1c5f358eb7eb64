"""The day of Easter, from which movable feasts are counted."""

from __future__ import annotations

import datetime as dt

from gse_billing.core.arguments import require
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.showing import shown

__all__ = ["easter_sunday"]

_FIRST_GREGORIAN_YEAR = 1583


def easter_sunday(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar, by Oudin's arithmetic (1940).

    Args:
        year: 1583 to 9999.

    Raises:
        InvalidValueError: a year outside these bounds.

    >>> easter_sunday(2026)
    datetime.date(2026, 4, 5)
    """
    if not _FIRST_GREGORIAN_YEAR <= require(year, int, meant="a year") <= dt.MAXYEAR:
        raise InvalidValueError(
            f"{shown(year)} has no Easter in the Gregorian calendar",
            value=year,
            why=f"the calendar begins in {_FIRST_GREGORIAN_YEAR}, and days end in {dt.MAXYEAR}",
        )
    century, lunar_year = year // 100, year % 19
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * lunar_year + 15) % 30
    moon = epact - epact // 28 * (1 - epact // 28 * (29 // (epact + 1)) * ((21 - lunar_year) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    return dt.date(year, 3, 28) + dt.timedelta(days=moon - weekday)
