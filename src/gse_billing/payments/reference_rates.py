"""The rates of late interest in commercial transactions, half-year by half-year, as far as a source gives them.

The ministry publishes the reference rate of each half-year in the Gazzetta Ufficiale. Where no page that quotes the
notice was found, the rate is the one that the law refers to (D.Lgs. 231/2002 art. 2 c. 1 lett. f), that of the main
refinancing operations of the European Central Bank on the first day of the half-year; the row says so. A half-year
with neither is a gap: a day in it raises, and the caller adds the row with ``with_rows`` and its own source.
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


# One page has them all, up to GU 14 of 17 January 2013: year, rate of the first half, rate of the second.
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

# The notices of the ministry, each with its place in the Gazzetta Ufficiale and the page that quotes it.
_NOTICES = (
    (2014, 2, "0.15", "GU 167 of 21 July 2014; fontanacommercialisti.it/interessi-piu-bassi-sui-ritardati-pagamenti"),
    (2015, 1, "0.05", "GU 12 of 16 January 2015, 15A00257; news.avvocatoandreani.it"),
    (2015, 2, "0.05", "GU 168 of 22 July 2015, 15A05666; gazzettaufficiale.biz"),
    (2016, 1, "0.05", "GU 19 of 25 January 2016; lnx.confindustria.ap.it, circular 5503-c164-16"),
    (2017, 1, "0.00", "GU 18 of 23 January 2017; buildnews.it"),
    (2018, 2, "0.00", "GU 158 of 10 July 2018; studiozanotelli.it and serviziamministrativi.ddp.it"),
    (2020, 2, "0.00", "GU 191 of 31 July 2020; gdc.ancitel.it"),
    (2021, 1, "0.00", "GU 29 of 4 February 2021; perksolution.it"),
    (2021, 2, "0.00", "GU 166 of 13 July 2021; perksolution.it"),
    (2022, 2, "0.00", "GU 197 of 24 August 2022; dirittobancario.it, interessi-moratori-saggio-allo-0"),
    (2023, 1, "2.50", "GU 14 of 18 January 2023, 23A00245; misterlex.it/doc/interesse-mora-primo-semestre-2023"),
    (2023, 2, "4.00", "GU 165 of 17 July 2023; studiogelasio.it/?p=5608"),
    (2024, 1, "4.50", "GU 12 of 16 January 2024; momentolegislativo.it"),
    (2024, 2, "4.25", "GU 176 of 29 July 2024; utifin.com"),
    (2025, 1, "3.15", "GU 63 of 17 March 2025; dsgaonline.it/2025/03/28"),
    (2026, 1, "2.15", "GU 15 of 20 January 2026, 26A00172; ntplusdiritto.ilsole24ore.com"),
)

# Where no page quotes the notice: the rate that the law refers to, of the main refinancing operations of the ECB.
_ECB = "key ECB interest rates, main refinancing operations: "
_TABLE = (
    "ecb.europa.eu/stats/policy_and_exchange_rates/key_ecb_interest_rates, repeated at bsi.si/en/ecb-interest-rates"
)
_ZERO = f"{_ECB}0.00 from 16 March 2016 to 26 July 2022; {_TABLE}"
_SINCE_JUNE_2025 = (
    f"{_ECB}2.15 by the decision of 5 June 2025 (m.vovworld.vn, ecb-cuts-rates-again, 1397867), unchanged by that of"
    " 24 July 2025 (iosrlcultura.com, la-bce-conferma-i-tassi-di-interesse, 41449)"
)
_OF_THE_ECB = (
    (2013, 2, "0.50", f"{_ECB}0.50 from 8 May 2013 to 12 November 2013; {_TABLE}"),
    (2014, 1, "0.25", f"{_ECB}0.25 from 13 November 2013 to 10 June 2014; {_TABLE}"),
    (2016, 2, "0.00", _ZERO),
    (2017, 2, "0.00", _ZERO),
    (2018, 1, "0.00", _ZERO),
    (2019, 1, "0.00", _ZERO),
    (2019, 2, "0.00", _ZERO),
    (2020, 1, "0.00", _ZERO),
    (2022, 1, "0.00", _ZERO),
    (2025, 2, "2.15", _SINCE_JUNE_2025),
)


def _row(period: tuple[dt.date, dt.date], rate: str, basis: Basis) -> Row[Decimal]:
    start, end = period
    return Row(value=Decimal(rate), valid_from=start, valid_to=end, basis=basis)


def _noticed(source: str) -> Basis:
    return Basis(act=_ACT, source=source, certainty=Certainty.SECONDARY)


def _computed(source: str) -> Basis:
    return Basis(act="D.Lgs. 231/2002 art. 2 c. 1 lett. f)", source=source, certainty=Certainty.COMPUTED)


def _rows() -> Iterator[Row[Decimal]]:
    table = _noticed("un-industria.it/canale/credito-finanza/notizia/28492, table up to GU 14 of 17 January 2013")
    for year, *rates in _EARLY:
        for half, rate in enumerate(rates, start=1):
            if rate is not None:
                yield _row(half_year(year, half), rate, table)
    for year, half, rate, source in _NOTICES:
        yield _row(half_year(year, half), rate, _noticed(source))
    for year, half, rate, source in _OF_THE_ECB:
        yield _row(half_year(year, half), rate, _computed(source))


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
