"""The simplified invoice (FSM10, schema VFSM10 1.0.2), under the names of its own schema.

Its blocks bear the names of the ordinary ones and differ from them, so they live here:
``semplificata.DatiBeniServizi`` is not ``DatiBeniServizi``.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from gse_billing.fatturapa.codelists import (
    BolloVirtuale,
    FormatoTrasmissione,
    Natura,
    RegimeFiscale,
    SoggettoEmittente,
    TipoDocumento,
)
from gse_billing.fatturapa.model.common import SIGNATURE, Allegati, IdFiscale, Indirizzo, IscrizioneREA
from gse_billing.fatturapa.model.types import (
    Amount2DecimalType,
    Art73Type,
    BolloVirtualeType,
    CodiceDestinatarioSemplificataType,
    CodiceFiscaleType,
    DataFatturaType,
    DivisaType,
    EmailType,
    FormatoTrasmissioneSemplificataType,
    NaturaSemplificataType,
    RateType,
    RegimeFiscaleType,
    SoggettoEmittenteType,
    String10Type,
    String20Type,
    String60LatinType,
    String80LatinType,
    String100LatinType,
    String1000LatinType,
    TipoDocumentoSemplificataType,
)
from gse_billing.fatturapa.wire import Opaque, Schema, attribute, element, opaque, wire

__all__ = [
    "SEMPLIFICATA",
    "AltriDatiIdentificativi",
    "CedentePrestatore",
    "CessionarioCommittente",
    "DatiBeniServizi",
    "DatiFatturaRettificata",
    "DatiGenerali",
    "DatiGeneraliDocumento",
    "DatiIVA",
    "DatiTrasmissione",
    "FatturaElettronicaBody",
    "FatturaElettronicaHeader",
    "FatturaElettronicaSemplificata",
    "IdentificativiFiscali",
    "RappresentanteFiscale",
]

_NAMES = (("denominazione",), ("nome", "cognome"))


@wire("DatiTrasmissioneType")
class DatiTrasmissione:
    """Dati di trasmissione: who sends, and to which channel (1.1)."""

    id_trasmittente: IdFiscale = element("IdTrasmittente", IdFiscale)
    progressivo_invio: str = element("ProgressivoInvio", String10Type)
    formato_trasmissione: FormatoTrasmissione = element("FormatoTrasmissione", FormatoTrasmissioneSemplificataType)
    codice_destinatario: str = element("CodiceDestinatario", CodiceDestinatarioSemplificataType)
    pec_destinatario: str | None = element("PECDestinatario", EmailType, default=None)


@wire("RappresentanteFiscaleType", choice=_NAMES)
class RappresentanteFiscale:
    """Rappresentante fiscale: who represents a foreign supplier or buyer in Italy (1.2.6, 1.3.2.6)."""

    id_fiscale_iva: IdFiscale = element("IdFiscaleIVA", IdFiscale)
    denominazione: str | None = element("Denominazione", String80LatinType, default=None)
    nome: str | None = element("Nome", String60LatinType, default=None)
    cognome: str | None = element("Cognome", String60LatinType, default=None)


@wire("CedentePrestatoreType", choice=_NAMES)
class CedentePrestatore:
    """Cedente o prestatore: the supplier (1.2)."""

    id_fiscale_iva: IdFiscale = element("IdFiscaleIVA", IdFiscale)
    codice_fiscale: str | None = element("CodiceFiscale", CodiceFiscaleType, default=None)
    denominazione: str | None = element("Denominazione", String80LatinType, default=None)
    nome: str | None = element("Nome", String60LatinType, default=None)
    cognome: str | None = element("Cognome", String60LatinType, default=None)
    sede: Indirizzo = element("Sede", Indirizzo)
    stabile_organizzazione: Indirizzo | None = element("StabileOrganizzazione", Indirizzo, default=None)
    rappresentante_fiscale: RappresentanteFiscale | None = element(
        "RappresentanteFiscale", RappresentanteFiscale, default=None
    )
    iscrizione_rea: IscrizioneREA | None = element("IscrizioneREA", IscrizioneREA, default=None)
    regime_fiscale: RegimeFiscale = element("RegimeFiscale", RegimeFiscaleType)


@wire("IdentificativiFiscaliType")
class IdentificativiFiscali:
    """Identificativi fiscali: the buyer's tax ids (1.3.1)."""

    id_fiscale_iva: IdFiscale | None = element("IdFiscaleIVA", IdFiscale, default=None)
    codice_fiscale: str | None = element("CodiceFiscale", CodiceFiscaleType, default=None)


@wire("AltriDatiIdentificativiType", choice=_NAMES)
class AltriDatiIdentificativi:
    """Altri dati identificativi: name and seat of the buyer (1.3.2)."""

    denominazione: str | None = element("Denominazione", String80LatinType, default=None)
    nome: str | None = element("Nome", String60LatinType, default=None)
    cognome: str | None = element("Cognome", String60LatinType, default=None)
    sede: Indirizzo = element("Sede", Indirizzo)
    stabile_organizzazione: Indirizzo | None = element("StabileOrganizzazione", Indirizzo, default=None)
    rappresentante_fiscale: RappresentanteFiscale | None = element(
        "RappresentanteFiscale", RappresentanteFiscale, default=None
    )


@wire("CessionarioCommittenteType")
class CessionarioCommittente:
    """Cessionario o committente: the buyer (1.3)."""

    identificativi_fiscali: IdentificativiFiscali = element("IdentificativiFiscali", IdentificativiFiscali)
    altri_dati_identificativi: AltriDatiIdentificativi | None = element(
        "AltriDatiIdentificativi", AltriDatiIdentificativi, default=None
    )


@wire("FatturaElettronicaHeaderType")
class FatturaElettronicaHeader:
    """Testata: transmission and parties, common to every body of the file (1)."""

    dati_trasmissione: DatiTrasmissione = element("DatiTrasmissione", DatiTrasmissione)
    cedente_prestatore: CedentePrestatore = element("CedentePrestatore", CedentePrestatore)
    cessionario_committente: CessionarioCommittente = element("CessionarioCommittente", CessionarioCommittente)
    soggetto_emittente: SoggettoEmittente | None = element("SoggettoEmittente", SoggettoEmittenteType, default=None)


@wire("DatiGeneraliDocumentoType")
class DatiGeneraliDocumento:
    """Dati generali del documento: kind, currency, date, number, stamp duty (2.1.1)."""

    tipo_documento: TipoDocumento = element("TipoDocumento", TipoDocumentoSemplificataType)
    divisa: str = element("Divisa", DivisaType)
    data: dt.date = element("Data", DataFatturaType)
    numero: str = element("Numero", String20Type)
    bollo_virtuale: BolloVirtuale | None = element("BolloVirtuale", BolloVirtualeType, default=None)


@wire("DatiFatturaRettificataType")
class DatiFatturaRettificata:
    """Dati della fattura rettificata: the invoice that this one corrects (2.1.2)."""

    numero_fr: str = element("NumeroFR", String20Type)
    data_fr: dt.date = element("DataFR", DataFatturaType)
    elementi_rettificati: str = element("ElementiRettificati", String1000LatinType)


@wire("DatiGeneraliType")
class DatiGenerali:
    """Dati generali: the document and the one it corrects (2.1)."""

    dati_generali_documento: DatiGeneraliDocumento = element("DatiGeneraliDocumento", DatiGeneraliDocumento)
    dati_fattura_rettificata: DatiFatturaRettificata | None = element(
        "DatiFatturaRettificata", DatiFatturaRettificata, default=None
    )


@wire("DatiIVAType")
class DatiIVA:
    """Dati IVA: the tax or the rate (2.2.3)."""

    imposta: Decimal | None = element("Imposta", Amount2DecimalType, default=None)
    aliquota: Decimal | None = element("Aliquota", RateType, default=None)


@wire("DatiBeniServiziType")
class DatiBeniServizi:
    """Dati di beni e servizi: one line, its amount with VAT inside (2.2)."""

    descrizione: str = element("Descrizione", String1000LatinType)
    importo: Decimal = element("Importo", Amount2DecimalType)
    dati_iva: DatiIVA = element("DatiIVA", DatiIVA)
    natura: Natura | None = element("Natura", NaturaSemplificataType, default=None)
    riferimento_normativo: str | None = element("RiferimentoNormativo", String100LatinType, default=None)


@wire("FatturaElettronicaBodyType")
class FatturaElettronicaBody:
    """Corpo: one document of the file (2)."""

    dati_generali: DatiGenerali = element("DatiGenerali", DatiGenerali)
    dati_beni_servizi: tuple[DatiBeniServizi, ...] = element("DatiBeniServizi", DatiBeniServizi, many=(1, None))
    allegati: tuple[Allegati, ...] = element("Allegati", Allegati, many=(0, None), default=())


@wire("FatturaElettronicaType")
class FatturaElettronicaSemplificata:
    """Fattura elettronica semplificata: the simplified invoice, or a lot of them with one header."""

    versione: FormatoTrasmissione = attribute("versione", FormatoTrasmissioneSemplificataType)
    sistema_emittente: str | None = attribute("SistemaEmittente", String10Type, default=None)
    fattura_elettronica_header: FatturaElettronicaHeader = element("FatturaElettronicaHeader", FatturaElettronicaHeader)
    fattura_elettronica_body: tuple[FatturaElettronicaBody, ...] = element(
        "FatturaElettronicaBody", FatturaElettronicaBody, many=(1, None)
    )
    signature: Opaque | None = opaque(SIGNATURE, default=None)


SEMPLIFICATA = Schema(
    name="FatturaPA simplified 1.0.2",
    namespace="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.0",
    prefix="p",
    version="1.0.2",
    roots={"FatturaElettronicaSemplificata": FatturaElettronicaSemplificata},
    unused=(Art73Type,),
    numbered=True,
)
"""The schema of the simplified invoice."""
