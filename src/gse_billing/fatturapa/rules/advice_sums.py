"""Advice on sums that SDI does not check: total of the document, payments, stamp duty.

It is given for documents whose sums SDI would take: another error would only be told twice. The rules are exact inside
``core.money.exact()``, in which ``check`` runs them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

from gse_billing.core.findings import Skipped
from gse_billing.core.money import CENT, ZERO
from gse_billing.fatturapa.codelists import CondizioniPagamento, EsigibilitaIVA, Natura
from gse_billing.fatturapa.rules.facts import Body, Outcome
from gse_billing.fatturapa.rules.reporting import Step, advised
from gse_billing.tax import STAMP_DUTY

__all__ = ["advice_document_total", "advice_payment_sum", "advice_stamp_duty"]

OUTSIDE_VAT = frozenset({Natura.N2, Natura.N2_1, Natura.N2_2, Natura.N3_5, Natura.N4})
"""Natures whose amounts bear the stamp duty: outside the scope, exempt, on a declaration of intent (DPR 642/72, 13)."""

PERHAPS_OUTSIDE = OUTSIDE_VAT | {Natura.N1, Natura.N3, Natura.N3_6, Natura.N5}
"""These and others that bear it in some cases: with them a duty is never called wrong."""

SOLD = frozenset({"TD01", "TD02", "TD03", "TD05", "TD06", "TD24", "TD25"})
"""Kinds that the seller issues to claim a price: a missing duty is told for these."""

_EURO = "EUR"
_GENERAL = ("dati_generali", "dati_generali_documento")
_DISCOUNTED = "no official text says how a discount on the whole document enters its total"
_FOREIGN = "the total is in another currency than the lines may be"


def advice_document_total(body: Body) -> Iterator[Outcome]:
    """Totale del documento diverso dalla somma di imponibili e imposte.

    The total is the sum of taxable amounts and taxes, with the rounding of the document and, where it is charged to the
    buyer without a line of its own, the stamp duty.
    """
    stated = body.general.importo_totale_documento
    if stated is not None:
        place = (*_GENERAL, "importo_totale_documento")
        yield from _compared("document-total", body, place, stated, _total(body))


def advice_payment_sum(body: Body) -> Iterator[Outcome]:
    """Somma dei pagamenti diversa dal netto da pagare.

    The payments sum up to the total less what is withheld and, under split payment, less the tax. Advances (TP03) leave
    a rest and are not summed.
    """
    blocks = body.record.dati_pagamento
    if blocks and not any(block.condizioni_pagamento is CondizioniPagamento.TP03 for block in blocks):
        paid = sum([each.importo_pagamento for block in blocks for each in block.dettaglio_pagamento], ZERO)
        place = ("dati_pagamento", 0, "dettaglio_pagamento", 0, "importo_pagamento")
        yield from _compared("payment-sum", body, place, paid, _net(body))


def _compared(code: str, body: Body, steps: tuple[Step, ...], stated: Decimal, total: Decimal) -> Iterator[Outcome]:
    """What is said of a sum; signs of credit notes are written both ways, and rounding and duty may be left out."""
    if stated == total:
        return
    if reason := _unjudged(body):
        yield Skipped(f"advice:{code}", reason)
        return
    stamp, rounding = body.general.dati_bollo, body.general.arrotondamento or ZERO
    duty = ZERO if stamp is None else stamp.importo_bollo or ZERO
    possible = (total, total + duty, total + rounding, total + rounding + duty)
    if not any(abs(abs(stated) - abs(each)) <= CENT for each in possible):
        yield advised(code, body.place(*steps), expected=total + rounding, actual=stated)


def _unjudged(body: Body) -> str:
    """Why the total of a document is not judged, or an empty text."""
    if body.general.sconto_maggiorazione:
        return _DISCOUNTED
    return "" if body.general.divisa == _EURO else _FOREIGN


def advice_stamp_duty(body: Body) -> Iterator[Outcome]:
    """Bollo mancante o non dovuto.

    Amounts outside VAT above the sum of the tariff bear the stamp duty: those of the summary, in cents and with the
    contributions to funds. DPR 642/72, tariffa parte I art. 13.
    """
    stamped = body.general.dati_bollo is not None
    if not stamped and all(natura is None for _, natura in body.summaries.by_vat):
        return
    rule = next((row.value for row in STAMP_DUTY if row.covers(body.general.data)), None)
    if rule is None:
        return
    place = body.place(*_GENERAL, "dati_bollo")
    outside, perhaps = _outside(body, OUTSIDE_VAT), _outside(body, PERHAPS_OUTSIDE)
    if not stamped and outside > rule.above and body.kind in SOLD:
        yield advised("bollo-missing", place, expected=rule.above, actual=outside)
    elif stamped and abs(perhaps) <= rule.above:
        yield advised("bollo-not-due", place, expected=rule.above, actual=perhaps)


def _outside(body: Body, natures: Collection[Natura]) -> Decimal:
    """The sum of the taxable amounts of these natures."""
    return sum([each.imponibile_importo for each in body.summaries.records if each.natura in natures], ZERO)


def _total(body: Body) -> Decimal:
    return sum([each.imponibile_importo + each.imposta for each in body.summaries.records], ZERO)


def _net(body: Body) -> Decimal:
    """What the buyer pays the supplier."""
    net = _total(body)
    for each in body.summaries.records:
        if each.esigibilita_iva is EsigibilitaIVA.S:
            net -= each.imposta
    return net - sum([each.importo_ritenuta for each in body.general.dati_ritenuta], ZERO)
