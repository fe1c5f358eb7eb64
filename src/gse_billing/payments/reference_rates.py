"""The rates of late interest in commercial transactions, half-year by half-year, as far as a source gives them.

The ministry publishes the reference rate of each half-year in the Gazzetta Ufficiale. Half-years of which no page was
read are gaps: a day in one raises, and the caller adds the row with ``with_rows`` and its own source.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from gse_billing.core.dated import Basis, Certainty, DatedTable, Row

__all__ = ["MARGINS", "REFERENCE_RATES", "half_year"]

_ACT = "D.Lgs. 231/2002 art. 5"


def half_year(year: int, half: int) -> tuple[dt.date, dt.date]:
    """The first day of a half-year (1 or 2) and the first day of the next one.

    >>> half_year(2025, 2)
    (datetime.date(2025, 7, 1), datetime.date(2026, 1, 1))
    """
    return (dt.date(year, 1, 1), dt.date(year, 7, 1)) if half == 1 else (dt.date(year, 7, 1), dt.date(year + 1, 1, 1))


# One page has them all: year, rate of the first half, rate of the second.
_EARLY = (
    (2002, None, "3.35"),
    (2003, "2.85", "2.10"),
    (2004, "2.02", "2.01"),
    (2005, "2.09", "2.05"),
    (2006, "2.25", "2.83"),
    (2007, "3.58", "4.07"),
    (2008, "4.20", "4.10"),
    (2009, "2.50", "1.00"),
    (2010, "1.00", "1.00"),
    (2011, "1.00", "1.25"),
    (2012, "1.00", "1.00"),
    (2013, "0.75", None),
)

_LATER = (
    (2014, 1, "0.25", "fontanacommercialisti.it, from 8.25 to 8.15"),
    (2014, 2, "0.15", "fontanacommercialisti.it, on GU 167 of 21 July 2014"),
    (2015, 1, "0.05", "news.avvocatoandreani.it, notice of the ministry 15A00257 in GU 12 of 16 January 2015"),
    (2015, 2, "0.05", "gazzettaufficiale.biz, notice of the ministry 15A05666 in GU 168 of 22 July 2015"),
    (2016, 1, "0.05", "studiozanotelli.it, on GU 19 of 25 January 2016"),
    (2016, 2, "0.00", "elearning.unipd.it/infodiritto, notice of the ministry"),
    (2017, 1, "0.00", "buildnews.it, on GU 18 of 23 January 2017"),
    (2018, 2, "0.00", "studiozanotelli.it, on GU 158 of 10 July 2018"),
    (2019, 1, "0.00", "servizipa.net, 8 % for the first half of 2019"),
    (2020, 2, "0.00", "gdc.ancitel.it, notice of the ministry in GU 191 of 31 July 2020"),
    (2021, 1, "0.00", "perksolution.it, on GU 29 of 4 February 2021"),
    (2021, 2, "0.00", "perksolution.it, on GU 166 of 13 July 2021"),
    (2022, 1, "0.00", "professionegiustizia.it, 8 % for the first half of 2022"),
    (2022, 2, "0.00", "page of an adviser, 8 % until 31 December 2022"),
    (2023, 1, "2.50", "ANCE Ragusa"),
    (2023, 2, "4.00", "studiogelasio.it, on GU 165 of 17 July 2023"),
    (2024, 1, "4.50", "utifin.com, before the change of July 2024"),
    (2024, 2, "4.25", "utifin.com, on GU 176 of 29 July 2024"),
    (2025, 1, "3.15", "studiotisi.it"),
    (2025, 2, "2.15", "page of an adviser, unchanged in 2026"),
    (2026, 1, "2.15", "GU 15 of 20 January 2026, 26A00172, as ntplusdiritto.ilsole24ore.com quotes it"),
)


def _row(period: tuple[dt.date, dt.date], rate: str, source: str) -> Row[Decimal]:
    start, end = period
    basis = Basis(act=_ACT, source=source, certainty=Certainty.SECONDARY)
    return Row(value=Decimal(rate), valid_from=start, valid_to=end, basis=basis)


def _rows() -> Iterator[Row[Decimal]]:
    for year, *rates in _EARLY:
        for half, rate in enumerate(rates, start=1):
            if rate is not None:
                yield _row(half_year(year, half), rate, "un-industria.it, table up to the first half of 2013")
    for year, half, rate, source in _LATER:
        yield _row(half_year(year, half), rate, source)


REFERENCE_RATES: DatedTable[Decimal] = DatedTable("reference rate of late interest, % a year", _rows())
"""Percent a year by half-year: the rate of 1 January for the first half, that of 1 July for the second."""

_MARGIN = "text of the article as notiziedellascuola.it has it; avvocatoandreani.it"

MARGINS: DatedTable[Decimal] = DatedTable(
    "points on top of the reference rate, by day of the contract",
    (
        Row(
            value=Decimal(7),
            valid_to=dt.date(2013, 1, 1),
            basis=Basis(act=_ACT, source=_MARGIN, certainty=Certainty.SECONDARY),
        ),
        Row(
            value=Decimal(8),
            valid_from=dt.date(2013, 1, 1),
            basis=Basis(
                act=f"{_ACT}, as D.Lgs. 192/2012 changed it",
                source=f"{_MARGIN}; studiozanotelli.it on which contracts it holds for",
                certainty=Certainty.SECONDARY,
            ),
        ),
    ),
)
"""Points of percent on top, by the day on which the contract was made."""
