"""What both formats share: tax ids, names, addresses, company register, attachments, signature."""

from __future__ import annotations

from decimal import Decimal

from gse_billing.fatturapa.codelists import SocioUnico, StatoLiquidazione
from gse_billing.fatturapa.model.types import (
    Amount2DecimalType,
    Base64Binary,
    CAPType,
    CodEORIType,
    CodiceType,
    NazioneType,
    NumeroCivicoType,
    ProvinciaType,
    SocioUnicoType,
    StatoLiquidazioneType,
    String10Type,
    String20Type,
    String60LatinType,
    String80LatinType,
    String100LatinType,
    TitoloType,
)
from gse_billing.fatturapa.wire import Foreign, element, wire

__all__ = ["SIGNATURE", "Allegati", "Anagrafica", "IdFiscale", "Indirizzo", "IscrizioneREA"]

SIGNATURE = Foreign(
    namespace="http://www.w3.org/2000/09/xmldsig#",
    tag="Signature",
    prefix="ds",
    location="http://www.w3.org/TR/2002/REC-xmldsig-core-20020212/xmldsig-core-schema.xsd",
    misspelt=("http://www.w3.org/2000/09/xmldsig",),
)
"""The XML signature (``ds:Signature``): kept as it stands, judged by the envelope."""


@wire("IdFiscaleType")
class IdFiscale:
    """Identificativo fiscale: country and tax or VAT number (1.1.1, 1.2.1.1, 1.3.1.1, 1.4.1.1, 1.5.1.1)."""

    id_paese: str = element("IdPaese", NazioneType)
    id_codice: str = element("IdCodice", CodiceType)


@wire("AnagraficaType", choice=(("denominazione",), ("nome", "cognome")))
class Anagrafica:
    """Dati anagrafici: the name of a body, or first and last name of a person (1.2.1.3, 1.3.1.3, 1.4.1.3, 1.5.1.3)."""

    denominazione: str | None = element("Denominazione", String80LatinType, default=None)
    nome: str | None = element("Nome", String60LatinType, default=None)
    cognome: str | None = element("Cognome", String60LatinType, default=None)
    titolo: str | None = element("Titolo", TitoloType, default=None)
    cod_eori: str | None = element("CodEORI", CodEORIType, default=None)


@wire("IndirizzoType")
class Indirizzo:
    """Indirizzo: address of a seat, a permanent establishment or a delivery (1.2.2, 1.2.3, 1.4.2, 1.4.3, 2.1.9.12)."""

    indirizzo: str = element("Indirizzo", String60LatinType)
    numero_civico: str | None = element("NumeroCivico", NumeroCivicoType, default=None)
    cap: str = element("CAP", CAPType)
    comune: str = element("Comune", String60LatinType)
    provincia: str | None = element("Provincia", ProvinciaType, default=None)
    nazione: str = element("Nazione", NazioneType, default="IT")


@wire("IscrizioneREAType")
class IscrizioneREA:
    """Iscrizione al registro delle imprese: entry in the company register (1.2.4)."""

    ufficio: str = element("Ufficio", ProvinciaType)
    numero_rea: str = element("NumeroREA", String20Type)
    capitale_sociale: Decimal | None = element("CapitaleSociale", Amount2DecimalType, default=None)
    socio_unico: SocioUnico | None = element("SocioUnico", SocioUnicoType, default=None)
    stato_liquidazione: StatoLiquidazione = element("StatoLiquidazione", StatoLiquidazioneType)


@wire("AllegatiType")
class Allegati:
    """Allegato: a file attached to the document (2.5; 2.3 in the simplified format)."""

    nome_attachment: str = element("NomeAttachment", String60LatinType)
    algoritmo_compressione: str | None = element("AlgoritmoCompressione", String10Type, default=None)
    formato_attachment: str | None = element("FormatoAttachment", String10Type, default=None)
    descrizione_attachment: str | None = element("DescrizioneAttachment", String100LatinType, default=None)
    attachment: bytes = element("Attachment", Base64Binary)
