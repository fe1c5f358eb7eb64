"""Advice on sums that SDI does not check: total of the document, payments, stamp duty.

It is given for documents whose sums SDI would take: another error would only be told twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal

from gse_billing.core.findings import Skipped
from gse_billing.core.money import CENT, EXACT, ZERO
from gse_billing.fatturapa.codelists import CondizioniPagamento, EsigibilitaIVA, Natura
from gse_billing.fatturapa.rules.facts import Body, Outcome
from gse_billing.fatturapa.rules.reporting import advised
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
    if stated is None:
        return
    if reason := _unjudged(body):
        yield Skipped("advice:document-total", reason)
        return
    total = _total(body)
    if not _one_of(stated, (total, EXACT.add(total, _rounding(body))), body):
        place = body.place(*_GENERAL, "importo_totale_documento")
        yield advised("document-total", place, expected=EXACT.add(total, _rounding(body)), actual=stated)


def advice_payment_sum(body: Body) -> Iterator[Outcome]:
    """Somma dei pagamenti diversa dal netto da pagare.

    The payments sum up to the total less what is withheld and, under split payment, less the tax. Advances (TP03) leave
    a rest and are not summed.
    """
    blocks = body.record.dati_pagamento
    if not blocks or any(block.condizioni_pagamento is CondizioniPagamento.TP03 for block in blocks):
        return
    if reason := _unjudged(body):
        yield Skipped("advice:payment-sum", reason)
        return
    paid = _sum(each.importo_pagamento for block in blocks for each in block.dettaglio_pagamento)
    net = _net(body)
    if not _one_of(paid, (net, EXACT.add(net, _rounding(body))), body):
        place = body.place("dati_pagamento", 0, "dettaglio_pagamento", 0, "importo_pagamento")
        yield advised("payment-sum", place, expected=EXACT.add(net, _rounding(body)), actual=paid)


def _unjudged(body: Body) -> str:
    """Why the total of a document is not judged, or an empty text."""
    if body.general.sconto_maggiorazione:
        return _DISCOUNTED
    return "" if body.general.divisa == _EURO else _FOREIGN


def advice_stamp_duty(body: Body) -> Iterator[Outcome]:
    """Bollo mancante o non dovuto.

    Amounts outside VAT above the sum of the tariff bear the stamp duty. DPR 642/72, tariffa parte I art. 13.
    """
    stamped = body.general.dati_bollo is not None
    rule = next((row.value for row in STAMP_DUTY if row.covers(body.general.data)), None)
    if rule is None or not (stamped or any(natura in OUTSIDE_VAT for _, natura in body.lines.by_vat)):
        return
    place = body.place(*_GENERAL, "dati_bollo")
    outside, perhaps = _outside(body, OUTSIDE_VAT), _outside(body, PERHAPS_OUTSIDE)
    if not stamped and outside > rule.above and body.kind in SOLD:
        yield advised("bollo-missing", place, expected=rule.above, actual=outside)
    elif stamped and EXACT.abs(perhaps) <= rule.above:
        yield advised("bollo-not-due", place, expected=rule.above, actual=perhaps)


def _outside(body: Body, natures: Collection[Natura]) -> Decimal:
    """The sum of the lines of these natures."""
    chosen = (indices for (_, natura), indices in body.lines.by_vat.items() if natura in natures)
    return _sum(body.lines.records[index].prezzo_totale for indices in chosen for index in indices)


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    total = ZERO
    for amount in amounts:
        total = EXACT.add(total, amount)
    return total


def _total(body: Body) -> Decimal:
    summaries = body.summaries.records
    return EXACT.add(_sum(each.imponibile_importo for each in summaries), _sum(each.imposta for each in summaries))


def _net(body: Body) -> Decimal:
    """What the buyer pays the supplier."""
    withheld = _sum(each.importo_ritenuta for each in body.general.dati_ritenuta)
    split = _sum(each.imposta for each in body.summaries.records if each.esigibilita_iva is EsigibilitaIVA.S)
    return EXACT.subtract(EXACT.subtract(_total(body), withheld), split)


def _rounding(body: Body) -> Decimal:
    return body.general.arrotondamento or ZERO


def _one_of(stated: Decimal, sums: Iterable[Decimal], body: Body) -> bool:
    """Whether a sum is one of the possible ones, to the cent; signs of credit notes are written both ways."""
    stamp = body.general.dati_bollo
    duty = ZERO if stamp is None or stamp.importo_bollo is None else stamp.importo_bollo
    possible = (each for total in sums for each in (total, EXACT.add(total, duty)))
    return any(EXACT.abs(EXACT.subtract(EXACT.abs(stated), EXACT.abs(each))) <= CENT for each in possible)
