"""The common case, told at once: guards that prove that a group of rules has nothing to say about a document.

A guard never says what is wrong. It is true only where no rule of its group yields anything, and may be false for a
document in order: then the rules are run. Most documents pass every guard, and no generator is started for them; so
guards are plain loops over the records, and compare members of code lists by identity. Like the rules, they are exact
where sums and products are (``core.money.EXACT``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal, getcontext, setcontext

from gse_billing.core.money import EXACT, ZERO
from gse_billing.fatturapa.codelists import EsigibilitaIVA, FormatoTrasmissione, Natura, TipoDocumento
from gse_billing.fatturapa.model import (
    DatiRiepilogo,
    DettaglioLinee,
    FatturaElettronica,
    FatturaElettronicaBody,
    FatturaElettronicaHeader,
)
from gse_billing.fatturapa.rules.advice import iban_defect, outside
from gse_billing.fatturapa.rules.arithmetic import TOLERANCE_OF_PRICE
from gse_billing.fatturapa.rules.general import DIGITS
from gse_billing.fatturapa.rules.natura import GENERIC
from gse_billing.fatturapa.rules.recipient import ABROAD, OFFICE_LENGTH
from gse_billing.fatturapa.rules.registry import tax_code_defect, vat_defect

__all__ = [
    "quiet_document",
    "quiet_funds",
    "quiet_general",
    "quiet_goods",
    "quiet_head",
    "quiet_kind",
    "quiet_lot",
    "quiet_payments",
    "quiet_sums",
    "quiet_texts",
]

PLAIN_KINDS = tuple(map(TipoDocumento, ("TD01", "TD24", "TD04", "TD02", "TD03", "TD05", "TD06", "TD25", "TD26")))
"""Kinds of which nothing is asked but, for some in the private flow, that the parties differ; the most used first."""

PLAIN_NATURES = tuple(each for each in Natura if each not in GENERIC and not each.value.startswith("N6"))
"""Natures that stand with rate zero and any esigibilità."""

_REMEMBERED = 65536


class _Sound(set[str]):
    """Texts that were found in order: looking one up costs less than any call."""

    def __init__(self, defect: Callable[[str], str]) -> None:
        super().__init__()
        self._defect = defect

    def takes(self, text: str) -> bool:
        """Whether a text that is not known yet is in order."""
        if self._defect(text):
            return False
        if len(self) < _REMEMBERED:
            self.add(text)
        return True


_NUMBERS, _CODES, _IBANS = _Sound(vat_defect), _Sound(tax_code_defect), _Sound(iban_defect)

_ONE, _CENTS = Decimal(1), Decimal(100)
_HALF, _MINUS_HALF = Decimal("0.5"), Decimal("-0.5")
_MOST, _LEAST = TOLERANCE_OF_PRICE, -TOLERANCE_OF_PRICE
_SPLIT = EsigibilitaIVA.S
_ENERGY = Natura.N6_8
_TO_PUBLIC_BODIES = FormatoTrasmissione.FPA12


def quiet_document(document: FatturaElettronica, on: dt.date | None) -> bool:
    """Whether every guard is true: no rule has anything to say but those on the file, on offices and on history."""
    header, bodies = document.fattura_elettronica_header, document.fattura_elettronica_body
    kept = getcontext()
    setcontext(EXACT)  # shared, where exact() makes a copy: nothing of the user is called under it
    try:
        for body in bodies:
            if not (
                quiet_general(body, on)
                and quiet_kind(body, header)
                and quiet_goods(body)
                and quiet_texts(body)
                and quiet_payments(body)
                and quiet_sums(body)
            ):
                return False
        return quiet_head(document) and (len(bodies) == 1 or quiet_lot(bodies))
    finally:
        setcontext(kept)


def quiet_lot(bodies: Sequence[FatturaElettronicaBody]) -> bool:
    """Documents with a number of its own each."""
    return len({each.dati_generali.dati_generali_documento.numero for each in bodies}) == len(bodies)


def quiet_head(document: FatturaElettronica) -> bool:
    """A header of Italian parties with codes in order, without mail, representatives or third party."""
    header = document.fattura_elettronica_header
    sent, seller = header.dati_trasmissione, header.cedente_prestatore.dati_anagrafici
    sender, form, recipient = sent.id_trasmittente, sent.formato_trasmissione, sent.codice_destinatario
    vat, code = seller.id_fiscale_iva, seller.codice_fiscale
    return (
        document.versione is form
        and len(recipient) == (OFFICE_LENGTH if form is _TO_PUBLIC_BODIES else OFFICE_LENGTH + 1)
        and recipient != ABROAD
        and sent.pec_destinatario is None
        and sender.id_paese == "IT"
        and (sender.id_codice in _CODES or _CODES.takes(sender.id_codice))
        and vat.id_paese == "IT"
        and (vat.id_codice in _NUMBERS or _NUMBERS.takes(vat.id_codice))
        and (code is None or code in _CODES or _CODES.takes(code))
        and header.rappresentante_fiscale is None
        and header.terzo_intermediario_o_soggetto_emittente is None
        and _quiet_buyer(header)
    )


def _quiet_buyer(header: FatturaElettronicaHeader) -> bool:
    party = header.cessionario_committente
    buyer = party.dati_anagrafici
    vat, code = buyer.id_fiscale_iva, buyer.codice_fiscale
    return (
        party.rappresentante_fiscale is None
        and (code in _CODES or _CODES.takes(code) if code is not None else vat is not None)
        and (vat is None or (vat.id_paese == "IT" and (vat.id_codice in _NUMBERS or _NUMBERS.takes(vat.id_codice))))
    )


def quiet_general(body: FatturaElettronicaBody, on: dt.date | None) -> bool:
    """A number with a digit at its end, no reference to other invoices, no discount on the document."""
    every = body.dati_generali
    general = every.dati_generali_documento
    return (
        general.numero[-1:] in DIGITS
        and (on is None or general.data <= on)
        and not general.sconto_maggiorazione
        and not every.dati_fatture_collegate
    )


def quiet_kind(body: FatturaElettronicaBody, header: FatturaElettronicaHeader) -> bool:
    """A plain kind of document between two VAT numbers that differ."""
    buyer = header.cessionario_committente.dati_anagrafici.id_fiscale_iva
    return (
        body.dati_generali.dati_generali_documento.tipo_documento in PLAIN_KINDS
        and buyer is not None
        and buyer.id_codice != header.cedente_prestatore.dati_anagrafici.id_fiscale_iva.id_codice
    )


def quiet_funds(body: FatturaElettronicaBody) -> bool:
    """No contribution to a welfare fund."""
    return not body.dati_generali.dati_generali_documento.dati_cassa_previdenziale


def quiet_goods(body: FatturaElettronicaBody) -> bool:
    """Lines without discount or withholding that add up to a summary of the same rates and natures."""
    goods = body.dati_beni_servizi
    lines, summaries = goods.dettaglio_linee, goods.dati_riepilogo
    if body.dati_generali.dati_generali_documento.dati_cassa_previdenziale:
        return False
    if len(summaries) == 1:
        return _adds_up(lines, summaries[0])
    found: dict[tuple[Decimal, Natura | None], list[DettaglioLinee]] = {
        (each.aliquota_iva, each.natura): [] for each in summaries
    }
    for line in lines:
        alike = found.get((line.aliquota_iva, line.natura))
        if alike is None:
            return False
        alike.append(line)
    every = found.values()
    return len(every) == len(summaries) and all(every) and all(map(_adds_up, every, summaries))


def _adds_up(lines: Sequence[DettaglioLinee], summary: DatiRiepilogo) -> bool:
    """Whether lines have the rate and natura of their summary, are quantity times price each, and add up to it.

    The rate is a percentage, or zero with an unequivocal reason; the tax is closer than half a cent to its product
    with the taxable amount, which is the product rounded, as a tax has two decimals.
    """
    rate, natura, taxable = summary.aliquota_iva, summary.natura, summary.imponibile_importo
    if rate < _ONE if natura is None else rate or natura not in PLAIN_NATURES:
        return False
    total = summary.arrotondamento or ZERO
    for line in lines:
        if line.natura is not natura or line.sconto_maggiorazione or line.ritenuta is not None:
            return False
        if line.aliquota_iva is not rate and line.aliquota_iva != rate:
            return False
        amount, quantity, price = line.prezzo_totale, line.quantita, line.prezzo_unitario
        if not _LEAST < amount - (price if quantity is None else price * quantity) < _MOST:
            return False
        total += amount
    return total == taxable and _MINUS_HALF < taxable * rate - summary.imposta * _CENTS < _HALF


def quiet_texts(body: FatturaElettronicaBody) -> bool:
    """No causale that may name an invoice "del 31/12/2025", no treatment of VAT outside its days."""
    general = body.dati_generali.dati_generali_documento
    for text in general.causale:
        if ("/" in text or "-" in text or "." in text) and "del" in text.lower():
            return False
    for summary in body.dati_beni_servizi.dati_riepilogo:
        if summary.natura is _ENERGY or (summary.esigibilita_iva is _SPLIT and outside("split-payment", general.data)):
            return False
    return True


def quiet_payments(body: FatturaElettronicaBody) -> bool:
    """Payments due on or after the date, to accounts in order, without a receipt to sign."""
    day = body.dati_generali.dati_generali_documento.data
    for block in body.dati_pagamento:
        for each in block.dettaglio_pagamento:
            due, iban = each.data_scadenza_pagamento, each.iban
            if due is not None and due < day:
                return False
            if each.cf_quietanzante is not None:
                return False
            if iban is not None and iban not in _IBANS and not _IBANS.takes(iban):
                return False
    return True


def quiet_sums(body: FatturaElettronicaBody) -> bool:
    """A summary all taxed, without duty or withholding; total and payments are its sum."""
    general, payments = body.dati_generali.dati_generali_documento, body.dati_pagamento
    if general.dati_bollo is not None or general.dati_ritenuta:
        return False
    total = settled = ZERO
    for summary in body.dati_beni_servizi.dati_riepilogo:
        tax = summary.imposta
        total += summary.imponibile_importo + tax
        if summary.esigibilita_iva is _SPLIT:
            settled += tax
        if summary.natura is not None:
            return False
    for block in payments:
        for each in block.dettaglio_pagamento:
            settled += each.importo_pagamento
    stated = general.importo_totale_documento
    return (stated is None or stated == total) and (not payments or settled == total)
