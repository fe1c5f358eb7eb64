"""Blocks 1.2 to 1.5: the parties."""

from __future__ import annotations

import datetime as dt

from gse_billing.fatturapa.codelists import RegimeFiscale
from gse_billing.fatturapa.model.common import Anagrafica, IdFiscale, Indirizzo, IscrizioneREA
from gse_billing.fatturapa.model.types import (
    CodiceFiscaleType,
    Date,
    EmailContattiType,
    ProvinciaType,
    RegimeFiscaleType,
    String20Type,
    String60LatinType,
    String60Type,
    String80LatinType,
    TelFaxType,
)
from gse_billing.fatturapa.wire import element, wire

__all__ = [
    "CedentePrestatore",
    "CessionarioCommittente",
    "Contatti",
    "DatiAnagraficiCedente",
    "DatiAnagraficiCessionario",
    "DatiAnagraficiRappresentante",
    "DatiAnagraficiTerzoIntermediario",
    "RappresentanteFiscale",
    "RappresentanteFiscaleCessionario",
    "TerzoIntermediarioSoggettoEmittente",
]


@wire("DatiAnagraficiCedenteType")
class DatiAnagraficiCedente:
    """Dati anagrafici del cedente: the supplier's tax ids, name, professional register and tax regime (1.2.1)."""

    id_fiscale_iva: IdFiscale = element("IdFiscaleIVA", IdFiscale)
    codice_fiscale: str | None = element("CodiceFiscale", CodiceFiscaleType, default=None)
    anagrafica: Anagrafica = element("Anagrafica", Anagrafica)
    albo_professionale: str | None = element("AlboProfessionale", String60LatinType, default=None)
    provincia_albo: str | None = element("ProvinciaAlbo", ProvinciaType, default=None)
    numero_iscrizione_albo: str | None = element("NumeroIscrizioneAlbo", String60Type, default=None)
    data_iscrizione_albo: dt.date | None = element("DataIscrizioneAlbo", Date, default=None)
    regime_fiscale: RegimeFiscale = element("RegimeFiscale", RegimeFiscaleType)


@wire("ContattiType")
class Contatti:
    """Contatti: how to reach the supplier (1.2.5)."""

    telefono: str | None = element("Telefono", TelFaxType, default=None)
    fax: str | None = element("Fax", TelFaxType, default=None)
    email: str | None = element("Email", EmailContattiType, default=None)


@wire("CedentePrestatoreType")
class CedentePrestatore:
    """Cedente o prestatore: the supplier of the goods or services (1.2)."""

    dati_anagrafici: DatiAnagraficiCedente = element("DatiAnagrafici", DatiAnagraficiCedente)
    sede: Indirizzo = element("Sede", Indirizzo)
    stabile_organizzazione: Indirizzo | None = element("StabileOrganizzazione", Indirizzo, default=None)
    iscrizione_rea: IscrizioneREA | None = element("IscrizioneREA", IscrizioneREA, default=None)
    contatti: Contatti | None = element("Contatti", Contatti, default=None)
    riferimento_amministrazione: str | None = element("RiferimentoAmministrazione", String20Type, default=None)


@wire("DatiAnagraficiRappresentanteType")
class DatiAnagraficiRappresentante:
    """Dati anagrafici del rappresentante fiscale: tax ids and name of the supplier's tax representative (1.3.1)."""

    id_fiscale_iva: IdFiscale = element("IdFiscaleIVA", IdFiscale)
    codice_fiscale: str | None = element("CodiceFiscale", CodiceFiscaleType, default=None)
    anagrafica: Anagrafica = element("Anagrafica", Anagrafica)


@wire("RappresentanteFiscaleType")
class RappresentanteFiscale:
    """Rappresentante fiscale: who represents a foreign supplier in Italy (1.3)."""

    dati_anagrafici: DatiAnagraficiRappresentante = element("DatiAnagrafici", DatiAnagraficiRappresentante)


@wire("DatiAnagraficiCessionarioType")
class DatiAnagraficiCessionario:
    """Dati anagrafici del cessionario: the buyer's tax ids, at least one of the two (00417), and name (1.4.1)."""

    id_fiscale_iva: IdFiscale | None = element("IdFiscaleIVA", IdFiscale, default=None)
    codice_fiscale: str | None = element("CodiceFiscale", CodiceFiscaleType, default=None)
    anagrafica: Anagrafica = element("Anagrafica", Anagrafica)


@wire("RappresentanteFiscaleCessionarioType", choice=(("denominazione",), ("nome", "cognome")))
class RappresentanteFiscaleCessionario:
    """Rappresentante fiscale del cessionario: who represents a foreign buyer in Italy, FPR12 only (1.4.4)."""

    id_fiscale_iva: IdFiscale = element("IdFiscaleIVA", IdFiscale)
    denominazione: str | None = element("Denominazione", String80LatinType, default=None)
    nome: str | None = element("Nome", String60LatinType, default=None)
    cognome: str | None = element("Cognome", String60LatinType, default=None)


@wire("CessionarioCommittenteType")
class CessionarioCommittente:
    """Cessionario o committente: the buyer (1.4)."""

    dati_anagrafici: DatiAnagraficiCessionario = element("DatiAnagrafici", DatiAnagraficiCessionario)
    sede: Indirizzo = element("Sede", Indirizzo)
    stabile_organizzazione: Indirizzo | None = element("StabileOrganizzazione", Indirizzo, default=None)
    rappresentante_fiscale: RappresentanteFiscaleCessionario | None = element(
        "RappresentanteFiscale", RappresentanteFiscaleCessionario, default=None
    )


@wire("DatiAnagraficiTerzoIntermediarioType")
class DatiAnagraficiTerzoIntermediario:
    """Dati anagrafici del terzo: tax ids and name of who issues for the supplier (1.5.1)."""

    id_fiscale_iva: IdFiscale | None = element("IdFiscaleIVA", IdFiscale, default=None)
    codice_fiscale: str | None = element("CodiceFiscale", CodiceFiscaleType, default=None)
    anagrafica: Anagrafica = element("Anagrafica", Anagrafica)


@wire("TerzoIntermediarioSoggettoEmittenteType")
class TerzoIntermediarioSoggettoEmittente:
    """Terzo intermediario o soggetto emittente: who issues the document for the supplier (1.5)."""

    dati_anagrafici: DatiAnagraficiTerzoIntermediario = element("DatiAnagrafici", DatiAnagraficiTerzoIntermediario)
