"""Sums and products (00421, 00422, 00423), with the tolerances of the official texts.

The rules are exact inside ``core.money.exact()``, in which ``check`` runs them.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gse_billing.core.findings import Severity
from gse_billing.core.money import CENT, ZERO, round_half_up
from gse_billing.fatturapa.codelists import TipoScontoMaggiorazione
from gse_billing.fatturapa.model import DettaglioLinee
from gse_billing.fatturapa.rules.facts import Body, Outcome
from gse_billing.fatturapa.rules.reporting import Step

__all__ = ["sdi_00421", "sdi_00422", "sdi_00423", "unit_price"]

TOLERANCE_OF_TAX = CENT
"""Of 00421, in EUR: Elenco controlli 2.0, p. 24, takes less; Allegato A 1.9.1 takes no more."""

TOLERANCE_OF_TAXABLE = Decimal("1.00")
"""Of 00422, in EUR: Elenco controlli 2.0, p. 25, takes less; Allegato A 1.9.1 takes no more."""

TOLERANCE_OF_PRICE = CENT
"""Of 00423, in EUR: Elenco controlli 2.0, p. 26, takes less; Allegato A 1.9.1 takes no more."""

_HUNDREDTH = Decimal("0.01")


def sdi_00421(body: Body) -> Iterator[Outcome]:
    """Imposta diversa da aliquota per imponibile, arrotondata al centesimo.

    The tax of a summary is rate times taxable amount, rounded half up; one cent either way is borne.
    Elenco controlli 2.0, p. 24.
    """
    for index, summary in enumerate(body.summaries.records):
        expected = round_half_up(summary.imponibile_importo * summary.aliquota_iva * _HUNDREDTH)
        if summary.imposta != expected:
            steps: tuple[Step, ...] = (*body.summaries.steps, index, "imposta")
            yield from _differing("00421", body, steps, expected, summary.imposta, TOLERANCE_OF_TAX)


def sdi_00422(body: Body) -> Iterator[Outcome]:
    """Imponibile diverso dalla somma di linee, contributi di cassa e arrotondamento della stessa aliquota.

    By rate, whatever the natura: the taxable amounts are the sum of lines, fund contributions and roundings; one euro
    either way is borne. Elenco controlli 2.0, p. 25.
    """
    for first, difference in _by_rate(body).values():
        if difference:
            summary = body.summaries.records[first]
            steps: tuple[Step, ...] = (*body.summaries.steps, first, "imponibile_importo")
            expected = summary.imponibile_importo + difference
            yield from _differing("00422", body, steps, expected, summary.imponibile_importo, TOLERANCE_OF_TAXABLE)


def _by_rate(body: Body) -> dict[Decimal | None, tuple[int, Decimal]]:
    """For each rate of the summary: its first block, and what the taxable amounts lack to the sum."""
    found: dict[Decimal | None, tuple[int, Decimal]] = {}
    for index, summary in enumerate(body.summaries.records):
        first, lacking = found.get(summary.aliquota_iva, (index, ZERO))
        lacking -= summary.imponibile_importo
        if summary.arrotondamento is not None:
            lacking += summary.arrotondamento
        found[summary.aliquota_iva] = (first, lacking)
    lines, funds = body.lines.records, body.funds.records
    for (rate, _), indices in body.lines.by_vat.items():
        group = lines if len(indices) == len(lines) else [lines[index] for index in indices]
        _put(found, rate, [line.prezzo_totale for line in group])
    for (rate, _), indices in body.funds.by_vat.items():
        _put(found, rate, [funds[index].importo_contributo_cassa for index in indices])
    return found


def _put(found: dict[Decimal | None, tuple[int, Decimal]], rate: Decimal | None, amounts: list[Decimal]) -> None:
    """Add amounts to those of their rate; a rate without summary is the matter of 00443."""
    if rate in found:
        first, lacking = found[rate]
        found[rate] = (first, sum(amounts, lacking))


def sdi_00423(body: Body) -> Iterator[Outcome]:
    """Prezzo totale diverso da prezzo unitario, con sconti e maggiorazioni, per quantità.

    The total price of a line is its unit price, with discounts and surcharges, times the quantity (1 when there is
    none); one cent either way is borne. Elenco controlli 2.0, p. 26 to 30.
    """
    for index, line in enumerate(body.lines.records):
        price = unit_price(line) if line.sconto_maggiorazione else line.prezzo_unitario
        expected = price if line.quantita is None else price * line.quantita
        if abs(line.prezzo_totale - expected) >= TOLERANCE_OF_PRICE:
            steps: tuple[Step, ...] = (*body.lines.steps, index, "prezzo_totale")
            yield from _differing("00423", body, steps, expected, line.prezzo_totale, TOLERANCE_OF_PRICE)


def unit_price(line: DettaglioLinee) -> Decimal:
    """The unit price of a line after its discounts and surcharges, in order and without rounding.

    Each applies to one unit and to the price as it stands by then; an amount beats a percentage.
    Elenco controlli 2.0, p. 26 to 30.
    """
    price = line.prezzo_unitario
    for each in line.sconto_maggiorazione:
        proportional = price * (each.percentuale or ZERO) * _HUNDREDTH
        change = proportional if each.importo is None else each.importo
        discount = each.tipo is TipoScontoMaggiorazione.SC
        price = price - change if discount else price + change
    return price


def _differing(
    code: str, body: Body, steps: tuple[Step, ...], expected: Decimal, actual: Decimal, tolerance: Decimal
) -> Iterator[Outcome]:
    difference = abs(actual - expected)
    if difference > tolerance:
        yield body.finding(code, *steps, expected=f"{expected:f}", actual=f"{actual:f}")
    elif difference == tolerance:
        hint = (
            f"{expected:f} is exact; the difference is {tolerance} to the cent: one official text takes it, another not"
        )
        yield body.finding(
            code, *steps, expected=f"{expected:f}", actual=f"{actual:f}", hint=hint, severity=Severity.WARNING
        )
