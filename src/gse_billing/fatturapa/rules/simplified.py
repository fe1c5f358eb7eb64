"""What holds for simplified invoices alone (00460)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gse_billing.core.money import EXACT, ZERO
from gse_billing.fatturapa.codelists import RegimeFiscale
from gse_billing.fatturapa.rules.facts import Outcome, SimplifiedBody

__all__ = ["sdi_00460"]

LIMIT = Decimal("400.00")
"""EUR, VAT included, that the amounts may reach: DPR 633/72 art. 21-bis; simplified table, p. 3."""

WITHOUT_LIMIT = frozenset({RegimeFiscale.RF19, RegimeFiscale.RF20})
"""Regimes of suppliers that no limit binds: simplified table, p. 3."""


def sdi_00460(body: SimplifiedBody) -> Iterator[Outcome]:
    """Totale di una fattura semplificata oltre 400 euro.

    The amounts sum up to 400 EUR at most, except in a correction and under RF19 and RF20. Simplified table, p. 3.
    """
    corrects = body.record.dati_generali.dati_fattura_rettificata is not None
    if corrects or body.head.seller.regime_fiscale in WITHOUT_LIMIT:
        return
    total = ZERO
    for line in body.lines.records:
        total = EXACT.add(total, line.importo)
    if total > LIMIT:
        last = len(body.lines.records) - 1
        yield body.finding("00460", *body.lines.steps, last, "importo", expected=LIMIT, actual=total)
