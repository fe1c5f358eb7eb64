"""Rates and natures: each alone, and lines against summary (00400, 00401, 00413, 00414, 00419, 00420, 00424 ...)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Any

from gse_billing.fatturapa.catalogue import Regime
from gse_billing.fatturapa.codelists import EsigibilitaIVA, Natura
from gse_billing.fatturapa.rules.facts import AnyBody, Block, Body, Outcome

__all__ = [
    "sdi_00400",
    "sdi_00401",
    "sdi_00413",
    "sdi_00414",
    "sdi_00419",
    "sdi_00420",
    "sdi_00424",
    "sdi_00429",
    "sdi_00430",
    "sdi_00443",
    "sdi_00444",
    "sdi_00445",
]

GENERIC = frozenset({Natura.N2, Natura.N3, Natura.N6})
"""Codes that have sub-codes (Rappresentazione tabellare 1.4, p. 6)."""

GENERIC_UNTIL = dt.date(2021, 1, 1)
"""Documents dated from this day on need a sub-code (Rappresentazione tabellare 1.4, p. 6)."""

WITH_BOTH = "TD16"
"""The kind that may have a rate and a natura, in the private flow (Rappresentazione tabellare 1.4, p. 6 and 7)."""


def sdi_00400(body: AnyBody) -> Iterator[Outcome]:
    """Linea con aliquota zero senza natura.

    A line of rate zero says why there is no VAT. Elenco controlli 2.0, p. 10; simplified table, p. 3.
    """
    return _without_natura("00400", body, body.lines)


def sdi_00401(body: AnyBody) -> Iterator[Outcome]:
    """Linea con aliquota diversa da zero e natura.

    A line with a rate has no natura; TD16 may, in the private flow. Elenco controlli 2.0, p. 10; table, p. 6.
    """
    return _with_natura("00401", body, body.lines, exempt=_with_both(body))


def sdi_00413(body: Body) -> Iterator[Outcome]:
    """Contributo di cassa con aliquota zero senza natura.

    A fund contribution of rate zero says why there is no VAT. Elenco controlli 2.0, p. 18.
    """
    return _without_natura("00413", body, body.funds)


def sdi_00414(body: Body) -> Iterator[Outcome]:
    """Contributo di cassa con aliquota diversa da zero e natura.

    A fund contribution with a rate has no natura. Elenco controlli 2.0, p. 18.
    """
    return _with_natura("00414", body, body.funds)


def sdi_00419(body: Body) -> Iterator[Outcome]:
    """Blocchi di riepilogo in numero minore delle aliquote usate.

    There are at least as many summary blocks as distinct rates in lines and funds. Elenco controlli 2.0, p. 22.
    """
    rates = _rates(body.lines) | _rates(body.funds)
    if len(body.summaries.records) < len(rates):
        count = len(body.summaries.records)
        yield body.finding("00419", *body.summaries.steps, expected=len(rates), actual=count)


def sdi_00420(body: Body) -> Iterator[Outcome]:
    """Natura N6 (inversione contabile) con esigibilità S (scissione dei pagamenti).

    Reverse charge and split payment exclude one another. Elenco controlli 2.0, p. 23.
    """
    for index, summary in enumerate(body.summaries.records):
        natura = summary.natura
        if natura is not None and summary.esigibilita_iva is EsigibilitaIVA.S and natura.value.startswith("N6"):
            yield body.finding("00420", *body.summaries.steps, index, "natura", actual=natura)


def sdi_00424(body: AnyBody) -> Iterator[Outcome]:
    """Aliquota fra zero e uno: non è espressa in percentuale.

    A rate is 22.00 and not 0.22. Elenco controlli 2.0, p. 31; simplified table, p. 3.
    """
    for block in body.blocks:
        for (rate, _), indices in block.by_vat.items():
            if rate and rate < 1:
                for index in indices:
                    yield body.finding("00424", *block.steps, index, *block.rate, actual=rate)


def sdi_00429(body: Body) -> Iterator[Outcome]:
    """Riepilogo con aliquota zero senza natura.

    A summary of rate zero says why there is no VAT. Elenco controlli 2.0, p. 35.
    """
    return _without_natura("00429", body, body.summaries)


def sdi_00430(body: Body) -> Iterator[Outcome]:
    """Riepilogo con aliquota diversa da zero e natura.

    A summary with a rate has no natura; TD16 may, in the private flow. Elenco controlli 2.0, p. 35; table, p. 7.
    """
    return _with_natura("00430", body, body.summaries, exempt=_with_both(body))


def sdi_00443(body: Body) -> Iterator[Outcome]:
    """Aliquota di linee e contributi senza riepilogo; nel flusso privato anche il contrario.

    Each rate of a line or fund has a summary; in the private flow each summary also has a line or fund.
    Elenco controlli 2.0, p. 37; table, p. 6 and 7.
    """
    used, summed = _rates(body.lines) | _rates(body.funds), _rates(body.summaries)
    if used == summed:
        return
    for block in (body.lines, body.funds):
        yield from _unmatched("00443", body, block, block.rate, used - summed)
    if body.head.context.regime is Regime.PRIVATE:
        yield from _unmatched("00443", body, body.summaries, body.summaries.rate, summed - used)


def sdi_00444(body: Body) -> Iterator[Outcome]:
    """Natura di linee e contributi senza riepilogo; nel flusso privato anche il contrario.

    Each natura of a line or fund has a summary; in the private flow each summary also has a line or fund.
    Elenco controlli 2.0, p. 38; table, p. 6 and 7.
    """
    used, summed = _natures(body.lines) | _natures(body.funds), _natures(body.summaries)
    if used == summed:
        return
    for block in (body.lines, body.funds):
        yield from _unmatched("00444", body, block, ("natura",), used - summed)
    if body.head.context.regime is Regime.PRIVATE:
        yield from _unmatched("00444", body, body.summaries, ("natura",), summed - used)


def sdi_00445(body: AnyBody) -> Iterator[Outcome]:
    """Natura generica N2, N3 o N6 in un documento dal 2021.

    From 2021-01-01 a natura that has sub-codes is stated with one. Elenco controlli 2.0, p. 39; table, p. 6.
    """
    if body.general.data < GENERIC_UNTIL:
        return
    for block in body.blocks:
        for (_, natura), indices in block.by_vat.items():
            if natura in GENERIC:
                for index in indices:
                    yield body.finding("00445", *block.steps, index, "natura", actual=natura)


def _with_both(body: AnyBody) -> bool:
    return body.kind == WITH_BOTH and body.head.context.regime is Regime.PRIVATE


def _without_natura(code: str, body: AnyBody, block: Block[Any]) -> Iterator[Outcome]:
    for index in block.by_vat.get((Decimal(0), None), ()):
        yield body.finding(code, *block.steps, index, "natura")


def _with_natura(code: str, body: AnyBody, block: Block[Any], *, exempt: bool = False) -> Iterator[Outcome]:
    for (rate, natura), indices in block.by_vat.items():
        if rate and natura is not None and not exempt:
            for index in indices:
                yield body.finding(code, *block.steps, index, "natura", actual=natura)


def _rates(block: Block[Any]) -> set[Decimal | None]:
    return {rate for rate, _ in block.by_vat}


def _natures(block: Block[Any]) -> set[Natura | None]:
    return {natura for _, natura in block.by_vat if natura is not None}


def _unmatched(
    code: str, body: Body, block: Block[Any], field: tuple[str, ...], alone: Collection[object]
) -> Iterator[Outcome]:
    missing = "lines or fund contributions" if block is body.summaries else "a summary block"
    for (rate, natura), indices in block.by_vat.items():
        value = natura if field == ("natura",) else rate
        if value in alone:
            for index in indices:
                yield body.finding(code, *block.steps, index, *field, expected=missing, actual=value)
