"""The documents of this field as FatturaPA: a draft and a number become an invoice.

Three documents come out of it: an operator's invoice to GSE, which GSE issues on his behalf (INV-17); GSE's invoice
for costs that it sets off, which carries no IBAN (PAY-5); GSE's invoice that is paid by transfer, which does (BIO-10).
"""

from __future__ import annotations

from decimal import Decimal

from gse_billing.billing.drafting.drafts import Draft, Party
from gse_billing.core.identifiers import InvoiceNumber
from gse_billing.fatturapa.codelists import (
    BolloVirtuale,
    CondizioniPagamento,
    EsigibilitaIVA,
    FormatoTrasmissione,
    ModalitaPagamento,
    Natura,
    RegimeFiscale,
    SoggettoEmittente,
    TipoDocumento,
)
from gse_billing.fatturapa.model import (
    Anagrafica,
    CedentePrestatore,
    CessionarioCommittente,
    DatiAnagraficiCedente,
    DatiAnagraficiCessionario,
    DatiAnagraficiTerzoIntermediario,
    DatiBeniServizi,
    DatiBollo,
    DatiDocumentiCorrelati,
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
    IdFiscale,
    Indirizzo,
    TerzoIntermediarioSoggettoEmittente,
)
from gse_billing.tax import stamp_duty

__all__ = ["compose"]

_CAUSALE_LENGTH = 200
"""What one Causale (2.1.1.11) can carry; a longer subject goes on in the next one."""


def compose(draft: Draft, number: InvoiceNumber, progressive: str) -> FatturaElettronica:
    """The invoice of a draft.

    Args:
        draft: everything the invoice says but for its number.
        number: the number, reserved for this draft.
        progressive: ProgressivoInvio, up to ten characters.
    """
    body = FatturaElettronicaBody(
        dati_generali=_general(draft, number),
        dati_beni_servizi=_goods(draft),
        dati_pagamento=_payment(draft),
    )
    return FatturaElettronica(
        versione=FormatoTrasmissione(draft.recipient.format),
        fattura_elettronica_header=_header(draft, progressive),
        fattura_elettronica_body=(body,),
    )


def _header(draft: Draft, progressive: str) -> FatturaElettronicaHeader:
    return FatturaElettronicaHeader(
        dati_trasmissione=DatiTrasmissione(
            id_trasmittente=_tax_id(draft.sender),
            progressivo_invio=progressive,
            formato_trasmissione=FormatoTrasmissione(draft.recipient.format),
            codice_destinatario=draft.recipient.code,
            pec_destinatario=draft.recipient.pec,
        ),
        cedente_prestatore=_seller(draft.seller),
        cessionario_committente=_buyer(draft.buyer),
        terzo_intermediario_o_soggetto_emittente=_third_party(draft.sender) if draft.issuer == "TZ" else None,
        soggetto_emittente=SoggettoEmittente(draft.issuer) if draft.issuer else None,
    )


def _tax_id(party: Party) -> IdFiscale:
    return IdFiscale(id_paese="IT", id_codice=party.partita_iva or party.codice_fiscale)


def _seller(party: Party) -> CedentePrestatore:
    return CedentePrestatore(
        dati_anagrafici=DatiAnagraficiCedente(
            id_fiscale_iva=_tax_id(party),
            codice_fiscale=party.codice_fiscale,
            anagrafica=Anagrafica(denominazione=party.name),
            regime_fiscale=RegimeFiscale(party.tax_regime),
        ),
        sede=_seat(party),
    )


def _buyer(party: Party) -> CessionarioCommittente:
    return CessionarioCommittente(
        dati_anagrafici=DatiAnagraficiCessionario(
            id_fiscale_iva=_tax_id(party) if party.partita_iva else None,
            codice_fiscale=party.codice_fiscale,
            anagrafica=Anagrafica(denominazione=party.name),
        ),
        sede=_seat(party),
    )


def _third_party(party: Party) -> TerzoIntermediarioSoggettoEmittente:
    return TerzoIntermediarioSoggettoEmittente(
        dati_anagrafici=DatiAnagraficiTerzoIntermediario(
            id_fiscale_iva=_tax_id(party),
            codice_fiscale=party.codice_fiscale,
            anagrafica=Anagrafica(denominazione=party.name),
        )
    )


def _seat(party: Party) -> Indirizzo:
    seat = party.address
    return Indirizzo(
        indirizzo=seat.indirizzo,
        numero_civico=seat.numero_civico,
        cap=seat.cap,
        comune=seat.comune,
        provincia=seat.provincia,
        nazione=seat.nazione,
    )


def _general(draft: Draft, number: InvoiceNumber) -> DatiGenerali:
    contract = (DatiDocumentiCorrelati(id_documento=draft.contract),) if draft.contract else ()
    return DatiGenerali(
        dati_generali_documento=DatiGeneraliDocumento(
            tipo_documento=TipoDocumento.TD01,
            divisa="EUR",
            data=draft.date,
            numero=number,
            dati_bollo=_stamp(draft),
            importo_totale_documento=draft.amounts.total,
            causale=_causale(draft.subject),
        ),
        dati_contratto=contract,
    )


def _causale(subject: str) -> tuple[str, ...]:
    return tuple(subject[start : start + _CAUSALE_LENGTH] for start in range(0, len(subject), _CAUSALE_LENGTH))


def _stamp(draft: Draft) -> DatiBollo | None:
    if not draft.vat.outside_vat:
        return None
    duty = stamp_duty(draft.amounts.taxable, draft.date)
    return DatiBollo(bollo_virtuale=BolloVirtuale.SI, importo_bollo=duty.amount) if duty.due else None


def _goods(draft: Draft) -> DatiBeniServizi:
    vat, amounts = draft.vat, draft.amounts
    natura = Natura(vat.natura) if vat.natura else None
    line = DettaglioLinee(
        numero_linea=1,
        descrizione=draft.description,
        quantita=Decimal("1.00"),
        prezzo_unitario=amounts.taxable,
        prezzo_totale=amounts.taxable,
        aliquota_iva=vat.rate,
        natura=natura,
    )
    summary = DatiRiepilogo(
        aliquota_iva=vat.rate,
        natura=natura,
        imponibile_importo=amounts.taxable,
        imposta=amounts.tax,
        esigibilita_iva=EsigibilitaIVA(vat.esigibilita) if vat.esigibilita else None,
        riferimento_normativo=vat.legal_reference,
    )
    return DatiBeniServizi(dettaglio_linee=(line,), dati_riepilogo=(summary,))


def _payment(draft: Draft) -> tuple[DatiPagamento, ...]:
    """The payment block; none where the invoice is settled by compensation, for nobody is to pay it (PAY-5)."""
    if draft.iban is None:
        return ()
    detail = DettaglioPagamento(
        modalita_pagamento=ModalitaPagamento.MP05,
        data_scadenza_pagamento=draft.due,
        importo_pagamento=draft.amounts.payable,
        iban=draft.iban,
    )
    return (DatiPagamento(condizioni_pagamento=CondizioniPagamento.TP02, dettaglio_pagamento=(detail,)),)
