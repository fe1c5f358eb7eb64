"""The common case, told at once: guards that prove that a group of rules has nothing to say about a document.

A guard never says what is wrong. It is true only where no rule of its group yields anything, and may be false for a
document in order: then the rules are run. Most documents pass every guard, and no generator is started for them.
Like the rules, guards are exact inside ``core.money.exact()``.
"""

from __future__ import annotations

from gse_billing.core.money import ZERO
from gse_billing.fatturapa.codelists import EsigibilitaIVA, FormatoTrasmissione, Natura
from gse_billing.fatturapa.model import FatturaElettronicaHeader
from gse_billing.fatturapa.rules.advice import iban_defect
from gse_billing.fatturapa.rules.facts import Body, Head
from gse_billing.fatturapa.rules.natura import GENERIC
from gse_billing.fatturapa.rules.recipient import ABROAD, OFFICE_LENGTH
from gse_billing.fatturapa.rules.registry import tax_code_defect, vat_defect

__all__ = [
    "quiet_funds",
    "quiet_general",
    "quiet_head",
    "quiet_kind",
    "quiet_payments",
    "quiet_sums",
    "quiet_texts",
    "quiet_vat",
]

PLAIN_KINDS = frozenset({"TD01", "TD02", "TD03", "TD04", "TD05", "TD06", "TD24", "TD25", "TD26"})
"""Kinds of which nothing is asked but, for some in the private flow, that the parties differ."""

PLAIN_NATURES = frozenset(each for each in Natura if each not in GENERIC and not each.value.startswith("N6"))
"""Natures that stand with rate zero and any esigibilità."""


def quiet_head(head: Head) -> bool:
    """An ordinary header of two Italian parties with codes in order, without mail, representatives or third party."""
    header, seller, buyer = head.header, head.seller, head.buyer
    sent = header.dati_trasmissione
    return (
        isinstance(header, FatturaElettronicaHeader)
        and header.rappresentante_fiscale is None
        and header.terzo_intermediario_o_soggetto_emittente is None
        and header.cessionario_committente.rappresentante_fiscale is None
        and buyer.id_fiscale_iva is not None
        and buyer.id_fiscale_iva.id_paese == seller.id_fiscale_iva.id_paese == sent.id_trasmittente.id_paese == "IT"
        and not vat_defect(buyer.id_fiscale_iva.id_codice)
        and not vat_defect(seller.id_fiscale_iva.id_codice)
        and not tax_code_defect(sent.id_trasmittente.id_codice)
        and (seller.codice_fiscale is None or not tax_code_defect(seller.codice_fiscale))
        and (buyer.codice_fiscale is None or not tax_code_defect(buyer.codice_fiscale))
        and _quiet_recipient(head)
    )


def _quiet_recipient(head: Head) -> bool:
    sent = head.header.dati_trasmissione
    code, form = sent.codice_destinatario, sent.formato_trasmissione
    length = OFFICE_LENGTH if form is FormatoTrasmissione.FPA12 else OFFICE_LENGTH + 1
    return (
        len(code) == length
        and code != ABROAD
        and sent.pec_destinatario is None
        and head.document.versione is form
        and head.context.offices is None
    )


def quiet_vat(body: Body) -> bool:
    """Lines and summary with the same rates and natures, each a percentage or a zero with an unequivocal reason."""
    pairs = body.lines.by_vat
    if body.funds.records or pairs.keys() != body.summaries.by_vat.keys() or body.kind == "TD21":
        return False
    for rate, natura in pairs:
        if (natura is not None or rate is None or rate < 1) and (rate or natura not in PLAIN_NATURES):
            return False
    return True


def quiet_kind(body: Body) -> bool:
    """A plain kind of document between two VAT numbers that differ."""
    head = body.head
    buyer = head.buyer.id_fiscale_iva
    return body.kind in PLAIN_KINDS and buyer is not None and buyer.id_codice != head.seller.id_fiscale_iva.id_codice


def quiet_general(body: Body) -> bool:
    """A number with a digit at its end, no reference to other invoices, no discount on the document, no history."""
    general, context = body.general, body.head.context
    return (
        "0" <= general.numero[-1:] <= "9"
        and context.history is None
        and (context.on is None or general.data <= context.on)
        and not general.sconto_maggiorazione
        and not body.record.dati_generali.dati_fatture_collegate
    )


def quiet_funds(body: Body) -> bool:
    """No contribution to a welfare fund."""
    return not body.funds.records


def quiet_payments(body: Body) -> bool:
    """Payments due on or after the date, to accounts in order, without a receipt to sign."""
    day = body.general.data
    for block in body.record.dati_pagamento:
        for each in block.dettaglio_pagamento:
            due = each.data_scadenza_pagamento
            if due is not None and due < day:
                return False
            if each.cf_quietanzante is not None or (each.iban is not None and iban_defect(each.iban)):
                return False
    return True


def quiet_texts(body: Body) -> bool:
    """No causale that may name an invoice and its date, no split payment, no reverse charge on energy."""
    for text in body.general.causale:
        if "del" in text.lower():
            return False
    for summary in body.summaries.records:
        if summary.natura is Natura.N6_8 or summary.esigibilita_iva is EsigibilitaIVA.S:
            return False
    return True


def quiet_sums(body: Body) -> bool:
    """All taxed and without split payment, duty or withholding; total and payments are the sum of the summary."""
    general, total, paid = body.general, ZERO, ZERO
    if general.dati_bollo is not None or general.dati_ritenuta:
        return False
    for _, natura in body.lines.by_vat:
        if natura is not None:
            return False
    for summary in body.summaries.records:
        if summary.esigibilita_iva is EsigibilitaIVA.S:
            return False
        total += summary.imponibile_importo + summary.imposta
    for block in body.record.dati_pagamento:
        for each in block.dettaglio_pagamento:
            paid += each.importo_pagamento
    stated = general.importo_totale_documento
    return (stated is None or stated == total) and (not body.record.dati_pagamento or paid == total)
