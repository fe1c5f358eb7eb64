"""Small invoices in order, of each format and flow, and changed copies of them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, cast

from gse_billing.core.values import evolve
from gse_billing.fatturapa.codelists import (
    CondizioniPagamento,
    FormatoTrasmissione,
    ModalitaPagamento,
    RegimeFiscale,
    TipoDocumento,
)
from gse_billing.fatturapa.model import (
    Anagrafica,
    CedentePrestatore,
    CessionarioCommittente,
    DatiAnagraficiCedente,
    DatiAnagraficiCessionario,
    DatiBeniServizi,
    DatiGenerali,
    DatiGeneraliDocumento,
    DatiPagamento,
    DatiRiepilogo,
    DatiTrasmissione,
    DettaglioLinee,
    DettaglioPagamento,
    FatturaElettronica,
    FatturaElettronicaBody,
    FatturaElettronicaHeader,
    FatturaElettronicaSemplificata,
    IdFiscale,
    Indirizzo,
    semplificata,
)

SELLER = "01234560017"
BUYER = "09876540585"
PERSON = "RSSMRA85T10A562S"
DAY = dt.date(2026, 3, 10)
GENERAL = "fattura_elettronica_body.0.dati_generali.dati_generali_documento"
GOODS = "fattura_elettronica_body.0.dati_beni_servizi"
HEADER = "fattura_elettronica_header"


def vat(code: str = SELLER, country: str = "IT") -> IdFiscale:
    """A VAT number."""
    return IdFiscale(id_paese=country, id_codice=code)


def line(number: int = 1, price: str = "100.00", rate: str = "22.00", **more: Any) -> DettaglioLinee:
    """A line of one unit."""
    amount = Decimal(price)
    fields = {"prezzo_unitario": amount, "prezzo_totale": amount, **more}
    return DettaglioLinee(numero_linea=number, descrizione="Energia", aliquota_iva=Decimal(rate), **fields)


def summary(taxable: str = "100.00", tax: str = "22.00", rate: str = "22.00", **more: Any) -> DatiRiepilogo:
    """A summary block."""
    return DatiRiepilogo(aliquota_iva=Decimal(rate), imponibile_importo=Decimal(taxable), imposta=Decimal(tax), **more)


def payment(amount: str = "122.00", **more: Any) -> DatiPagamento:
    """One payment by transfer."""
    detail = DettaglioPagamento(modalita_pagamento=ModalitaPagamento.MP05, importo_pagamento=Decimal(amount), **more)
    return DatiPagamento(condizioni_pagamento=CondizioniPagamento.TP02, dettaglio_pagamento=(detail,))


def invoice(*, pa: bool = True) -> FatturaElettronica:
    """An invoice of 100 EUR at 22 %, to a public office or to a private party."""
    form = FormatoTrasmissione.FPA12 if pa else FormatoTrasmissione.FPR12
    return FatturaElettronica(
        versione=form,
        fattura_elettronica_header=FatturaElettronicaHeader(
            dati_trasmissione=DatiTrasmissione(
                id_trasmittente=vat(),
                progressivo_invio="1",
                formato_trasmissione=form,
                codice_destinatario="UFABCD" if pa else "0000000",
            ),
            cedente_prestatore=CedentePrestatore(
                dati_anagrafici=DatiAnagraficiCedente(
                    id_fiscale_iva=vat(),
                    anagrafica=Anagrafica(denominazione="Produttore"),
                    regime_fiscale=RegimeFiscale.RF01,
                ),
                sede=seat(),
            ),
            cessionario_committente=CessionarioCommittente(
                dati_anagrafici=DatiAnagraficiCessionario(
                    id_fiscale_iva=vat(BUYER), anagrafica=Anagrafica(denominazione="Cliente")
                ),
                sede=seat(),
            ),
        ),
        fattura_elettronica_body=(body(),),
    )


def seat() -> Indirizzo:
    """An address."""
    return Indirizzo(indirizzo="Via Uno", cap="00100", comune="Roma", provincia="RM")


def body(number: str = "1", day: dt.date = DAY) -> FatturaElettronicaBody:
    """One document of 100 EUR at 22 %."""
    return FatturaElettronicaBody(
        dati_generali=DatiGenerali(
            dati_generali_documento=DatiGeneraliDocumento(
                tipo_documento=TipoDocumento.TD01, divisa="EUR", data=day, numero=number
            )
        ),
        dati_beni_servizi=DatiBeniServizi(dettaglio_linee=(line(),), dati_riepilogo=(summary(),)),
    )


def simplified() -> FatturaElettronicaSemplificata:
    """A simplified invoice of 122 EUR, VAT at 22 % inside."""
    form = FormatoTrasmissione.FSM10
    return FatturaElettronicaSemplificata(
        versione=form,
        fattura_elettronica_header=semplificata.FatturaElettronicaHeader(
            dati_trasmissione=semplificata.DatiTrasmissione(
                id_trasmittente=vat(),
                progressivo_invio="1",
                formato_trasmissione=form,
                codice_destinatario="0000000",
            ),
            cedente_prestatore=semplificata.CedentePrestatore(
                id_fiscale_iva=vat(), denominazione="Produttore", sede=seat(), regime_fiscale=RegimeFiscale.RF01
            ),
            cessionario_committente=semplificata.CessionarioCommittente(
                identificativi_fiscali=semplificata.IdentificativiFiscali(id_fiscale_iva=vat(BUYER))
            ),
        ),
        fattura_elettronica_body=(simplified_body(),),
    )


def simplified_body(*lines: semplificata.DatiBeniServizi) -> semplificata.FatturaElettronicaBody:
    """One simplified document."""
    return semplificata.FatturaElettronicaBody(
        dati_generali=semplificata.DatiGenerali(
            dati_generali_documento=semplificata.DatiGeneraliDocumento(
                tipo_documento=TipoDocumento.TD07, divisa="EUR", data=DAY, numero="1"
            )
        ),
        dati_beni_servizi=lines or (simplified_line(),),
    )


def simplified_line(amount: str = "122.00", rate: str | None = "22.00", **more: Any) -> semplificata.DatiBeniServizi:
    """One simplified line."""
    tax = semplificata.DatiIVA(aliquota=None if rate is None else Decimal(rate))
    return semplificata.DatiBeniServizi(descrizione="Energia", importo=Decimal(amount), dati_iva=tax, **more)


def put(document: Any, path: str, value: object) -> Any:
    """A copy in which what the path leads to has another value; figures count in tuples, from 0."""
    step, _, rest = path.partition(".")
    if isinstance(document, tuple):
        index = int(step)
        return (*document[:index], put(document[index], rest, value) if rest else value, *document[index + 1 :])
    changed = put(getattr(document, step), rest, value) if rest else value
    return evolve(cast("object", document), **{step: changed})


def having(document: Any, **changes: object) -> Any:
    """A copy with several changes; ``G__numero`` stands for a field of the general data, and so on.

    The first part is a name of :data:`ROOTS`, the others are steps.
    """
    for key, value in changes.items():
        root, _, steps = key.partition("__")
        document = put(document, ".".join((ROOTS[root], *steps.split("__"))) if steps else ROOTS[root], value)
    return document


ROOTS = {
    "R": "versione",
    "H": HEADER,
    "T": f"{HEADER}.dati_trasmissione",
    "S": f"{HEADER}.cedente_prestatore.dati_anagrafici",
    "B": f"{HEADER}.cessionario_committente.dati_anagrafici",
    "G": GENERAL,
    "D": "fattura_elettronica_body.0.dati_generali",
    "L": f"{GOODS}.dettaglio_linee",
    "V": f"{GOODS}.dati_riepilogo",
    "P": "fattura_elettronica_body.0.dati_pagamento",
    "bodies": "fattura_elettronica_body",
    "lines": f"{GOODS}.dettaglio_linee",
    "summaries": f"{GOODS}.dati_riepilogo",
    # the simplified format
    "seller": f"{HEADER}.cedente_prestatore",
    "buyer": f"{HEADER}.cessionario_committente",
    "ids": f"{HEADER}.cessionario_committente.identificativi_fiscali",
    "goods": GOODS,
}
"""Short names of places in a document."""
