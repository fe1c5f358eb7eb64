"""Invoices as they are met in practice: one line as in the facts about speed, or many."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from gse_billing.fatturapa import model
from gse_billing.fatturapa.codelists import (
    CondizioniPagamento,
    EsigibilitaIVA,
    FormatoTrasmissione,
    ModalitaPagamento,
    Natura,
    RegimeFiscale,
    SoggettoEmittente,
    TipoDocumento,
)
from gse_billing.fatturapa.model import semplificata

GSE = model.IdFiscale(id_paese="IT", id_codice="05754381001")
_ADDRESS = model.Indirizzo(
    indirizzo="Viale Maresciallo Pilsudski", numero_civico="92", cap="00197", comune="Roma", provincia="RM"
)


def _header() -> model.FatturaElettronicaHeader:
    seller = model.DatiAnagraficiCedente(
        id_fiscale_iva=model.IdFiscale(id_paese="IT", id_codice="00488410010"),
        codice_fiscale="00488410010",
        anagrafica=model.Anagrafica(denominazione="Città & Energia S.r.l."),
        regime_fiscale=RegimeFiscale.RF01,
    )
    buyer = model.DatiAnagraficiCessionario(
        id_fiscale_iva=GSE, anagrafica=model.Anagrafica(denominazione="Gestore dei Servizi Energetici - GSE S.p.A.")
    )
    return model.FatturaElettronicaHeader(
        dati_trasmissione=model.DatiTrasmissione(
            id_trasmittente=GSE,
            progressivo_invio="00001",
            formato_trasmissione=FormatoTrasmissione.FPR12,
            codice_destinatario="0000000",
            pec_destinatario="fatture@pec.example.it",
        ),
        cedente_prestatore=model.CedentePrestatore(dati_anagrafici=seller, sede=_ADDRESS),
        cessionario_committente=model.CessionarioCommittente(dati_anagrafici=buyer, sede=_ADDRESS),
        soggetto_emittente=SoggettoEmittente.TZ,
    )


def _line(number: int) -> model.DettaglioLinee:
    return model.DettaglioLinee(
        numero_linea=number,
        descrizione=f"Energia immessa, periodo {number}",
        quantita=Decimal("1250.00"),
        unita_misura="kWh",
        data_inizio_periodo=dt.date(2026, 1, 1),
        data_fine_periodo=dt.date(2026, 1, 31),
        prezzo_unitario=Decimal("0.08650000"),
        prezzo_totale=Decimal("108.12"),
        aliquota_iva=Decimal("0.00"),
        natura=Natura.N6_8,
    )


def ordinary(lines: int = 1) -> model.FatturaElettronica:
    """An ordinary invoice with that many lines, as far as the schema goes."""
    total = Decimal("108.12") * lines
    general = model.DatiGeneraliDocumento(
        tipo_documento=TipoDocumento.TD01,
        divisa="EUR",
        data=dt.date(2026, 11, 22),
        numero="12/2026",
        importo_totale_documento=total,
        causale=("Delibera ARERA n. 74/08 - scambio sul posto",),
    )
    contract = model.DatiDocumentiCorrelati(id_documento="SSP00030614")
    summary = model.DatiRiepilogo(
        aliquota_iva=Decimal("0.00"),
        natura=Natura.N6_8,
        imponibile_importo=total,
        imposta=Decimal("0.00"),
        esigibilita_iva=EsigibilitaIVA.I,
        riferimento_normativo="Art. 17, c. 6, lett. d-quater, DPR 633/72",
    )
    payment = model.DettaglioPagamento(
        modalita_pagamento=ModalitaPagamento.MP05,
        data_scadenza_pagamento=dt.date(2027, 1, 31),
        importo_pagamento=total,
        iban="IT60X0542811101000000123456",
    )
    body = model.FatturaElettronicaBody(
        dati_generali=model.DatiGenerali(dati_generali_documento=general, dati_contratto=(contract,)),
        dati_beni_servizi=model.DatiBeniServizi(
            dettaglio_linee=tuple(_line(number) for number in range(1, lines + 1)), dati_riepilogo=(summary,)
        ),
        dati_pagamento=(
            model.DatiPagamento(condizioni_pagamento=CondizioniPagamento.TP02, dettaglio_pagamento=(payment,)),
        ),
    )
    return model.FatturaElettronica(
        versione=FormatoTrasmissione.FPR12, fattura_elettronica_header=_header(), fattura_elettronica_body=(body,)
    )


def simplified() -> model.FatturaElettronicaSemplificata:
    """A simplified invoice."""
    header = semplificata.FatturaElettronicaHeader(
        dati_trasmissione=semplificata.DatiTrasmissione(
            id_trasmittente=GSE,
            progressivo_invio="00001",
            formato_trasmissione=FormatoTrasmissione.FSM10,
            codice_destinatario="0000000",
        ),
        cedente_prestatore=semplificata.CedentePrestatore(
            id_fiscale_iva=GSE, nome="Ada", cognome="Löwe", sede=_ADDRESS, regime_fiscale=RegimeFiscale.RF19
        ),
        cessionario_committente=semplificata.CessionarioCommittente(
            identificativi_fiscali=semplificata.IdentificativiFiscali(codice_fiscale="00488410010")
        ),
    )
    general = semplificata.DatiGeneraliDocumento(
        tipo_documento=TipoDocumento.TD07, divisa="EUR", data=dt.date(2026, 11, 22), numero="1"
    )
    goods = semplificata.DatiBeniServizi(
        descrizione="Diritti di segreteria",
        importo=Decimal("61.00"),
        dati_iva=semplificata.DatiIVA(aliquota=Decimal("22.00")),
    )
    body = semplificata.FatturaElettronicaBody(
        dati_generali=semplificata.DatiGenerali(dati_generali_documento=general), dati_beni_servizi=(goods,)
    )
    return model.FatturaElettronicaSemplificata(
        versione=FormatoTrasmissione.FSM10, fattura_elettronica_header=header, fattura_elettronica_body=(body,)
    )
