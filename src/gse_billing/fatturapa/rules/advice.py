"""Advice beyond what SDI checks: dates, identifiers, accounts, taxes out of their days, numbers in texts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache

from gse_billing.core.errors import InvalidIdentifierError
from gse_billing.core.identifiers import Iban
from gse_billing.fatturapa.catalogue import Regime
from gse_billing.fatturapa.codelists import EsigibilitaIVA, Natura
from gse_billing.fatturapa.model import DettaglioPagamento, FatturaElettronicaHeader, IdFiscale
from gse_billing.fatturapa.rules.facts import Body, Head, Outcome
from gse_billing.fatturapa.rules.registry import tax_code_defect, vat_defect
from gse_billing.fatturapa.rules.reporting import Step, advised
from gse_billing.tax import treatment

__all__ = [
    "advice_check_digit",
    "advice_check_digit_of_payee",
    "advice_due_before_date",
    "advice_iban",
    "advice_number_in_text",
    "advice_reverse_charge_energy",
    "advice_split_payment",
    "iban_defect",
    "outside",
]

_REMEMBERED = 65536
_NAMED = re.compile(
    r"\b(?:fattura|ft|fatt|documento)\b\.?\s*(?:n|nr|num|numero)?\b[.°]?\s*(?P<number>\S*[0-9]\S*)\s+del\s+"
    r"(?P<day>[0-9]{1,2})[/.-](?P<month>[0-9]{1,2})[/.-](?P<year>[0-9]{4})",
    re.IGNORECASE,
)
_CAUSALE = ("dati_generali", "dati_generali_documento", "causale")


def advice_check_digit(head: Head) -> Iterator[Outcome]:
    """Identificativi che SDI non controlla.

    Tax ids beside those of 00300 to 00306: of a buyer who has both, of representatives and third parties.
    """
    for steps, text, defect in _unchecked(head):
        if defect:
            yield advised("check-digit", head.place(*steps), actual=text, hint=defect)


def _unchecked(head: Head) -> Iterator[tuple[tuple[Step, ...], str, str]]:
    if head.buyer.id_fiscale_iva is not None and head.buyer.codice_fiscale is not None:
        yield (*head.layout.buyer, "codice_fiscale"), *_judged(head.buyer.codice_fiscale)
    header = head.header
    if not isinstance(header, FatturaElettronicaHeader):
        return
    representative, issuer = header.rappresentante_fiscale, header.terzo_intermediario_o_soggetto_emittente
    if representative is not None and head.context.regime is not Regime.PA:
        steps = ("rappresentante_fiscale", "dati_anagrafici")
        yield from _ids(steps, None, representative.dati_anagrafici.codice_fiscale)
    if issuer is not None:
        steps = ("terzo_intermediario_o_soggetto_emittente", "dati_anagrafici")
        yield from _ids(steps, issuer.dati_anagrafici.id_fiscale_iva, issuer.dati_anagrafici.codice_fiscale)


def _judged(code: str) -> tuple[str, str]:
    return code, tax_code_defect(code)


def _ids(
    steps: tuple[str, ...], vat: IdFiscale | None, code: str | None
) -> Iterator[tuple[tuple[Step, ...], str, str]]:
    if vat is not None and vat.id_paese == "IT":
        yield (*steps, "id_fiscale_iva", "id_codice"), vat.id_codice, vat_defect(vat.id_codice)
    if code is not None:
        yield (*steps, "codice_fiscale"), *_judged(code)


def payments(body: Body) -> Iterator[tuple[tuple[Step, ...], DettaglioPagamento]]:
    """Every payment of a document with the steps to it."""
    for index, block in enumerate(body.record.dati_pagamento):
        for position, each in enumerate(block.dettaglio_pagamento):
            yield ("dati_pagamento", index, "dettaglio_pagamento", position), each


def advice_check_digit_of_payee(body: Body) -> Iterator[Outcome]:
    """Codice fiscale di chi quietanza.

    The tax code of who signs the receipt of a payment.
    """
    for steps, each in payments(body):
        code = each.cf_quietanzante
        if code is not None and (defect := tax_code_defect(code)):
            yield advised("check-digit", body.place(*steps, "cf_quietanzante"), actual=code, hint=defect)


def advice_due_before_date(body: Body) -> Iterator[Outcome]:
    """Scadenza anteriore alla data del documento.

    A payment is not due before the document is dated.
    """
    day = body.general.data
    for steps, each in payments(body):
        due = each.data_scadenza_pagamento
        if due is not None and due < day:
            place = body.place(*steps, "data_scadenza_pagamento")
            yield advised("due-before-date", place, expected=day, actual=due)


@lru_cache(maxsize=_REMEMBERED)
def iban_defect(text: str) -> str:
    """What is wrong with an IBAN, or an empty text."""
    try:
        Iban(text)
    except InvalidIdentifierError as error:
        return error.why
    return ""


def advice_iban(body: Body) -> Iterator[Outcome]:
    """IBAN che non supera il controllo.

    An IBAN has the structure, check digits and national check characters of its country (ISO 13616).
    """
    for steps, each in payments(body):
        if each.iban is not None and (defect := iban_defect(each.iban)):
            yield advised("iban", body.place(*steps, "iban"), actual=each.iban, hint=defect)


def advice_number_in_text(body: Body) -> Iterator[Outcome]:
    """Causale che chiama il documento con un altro numero.

    A causale that names an invoice of the very date of the document names it by its number.
    """
    general = body.general
    for index, text in enumerate(general.causale):
        for named in _NAMED.finditer(text):
            number = named["number"]
            same_day = (int(named["year"]), int(named["month"]), int(named["day"])) == general.data.timetuple()[:3]
            if same_day and number != general.numero:
                place = body.place(*_CAUSALE, index)
                yield advised("number-in-text", place, expected=general.numero, actual=number)


@lru_cache(maxsize=_REMEMBERED)
def outside(code: str, day: dt.date) -> str:
    """The days on which a treatment of VAT holds, or an empty text when the day is one of them."""
    rows = treatment(code).terms.rows
    return "" if any(row.covers(day) for row in rows) else "; ".join(row.validity for row in rows)


def advice_reverse_charge_energy(body: Body) -> Iterator[Outcome]:
    """N6.8 fuori dai giorni dell'inversione contabile per l'energia.

    Natura N6.8 stands in documents dated within the validity of DPR 633/72 art. 17 c. 6 lett. d-quater.
    """
    for (_, natura), indices in body.summaries.by_vat.items():
        if natura is Natura.N6_8 and (validity := outside("reverse-charge-energy", body.general.data)):
            place = body.place(*body.summaries.steps, indices[0], "natura")
            yield advised("reverse-charge-energy", place, expected=validity, actual=body.general.data)


def advice_split_payment(body: Body) -> Iterator[Outcome]:
    """Scissione dei pagamenti fuori dai giorni autorizzati.

    Split payment stands in documents dated within an authorisation of the EU Council (DPR 633/72 art. 17-ter).
    """
    for index, summary in enumerate(body.summaries.records):
        if summary.esigibilita_iva is EsigibilitaIVA.S and (validity := outside("split-payment", body.general.data)):
            place = body.place(*body.summaries.steps, index, "esigibilita_iva")
            yield advised("split-payment", place, expected=validity, actual=body.general.data)
