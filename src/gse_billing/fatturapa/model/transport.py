"""Blocks 2.1.9 and 2.3: transport and vehicles."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from gse_billing.fatturapa.model.common import Anagrafica, IdFiscale, Indirizzo
from gse_billing.fatturapa.model.types import (
    CodiceFiscaleType,
    Date,
    DateTime,
    NumeroColliType,
    PesoType,
    String10Type,
    String15Type,
    String20Type,
    String80LatinType,
    String100LatinType,
    TipoResaType,
)
from gse_billing.fatturapa.wire import element, wire

__all__ = ["DatiAnagraficiVettore", "DatiTrasporto", "DatiVeicoli"]


@wire("DatiAnagraficiVettoreType")
class DatiAnagraficiVettore:
    """Dati anagrafici del vettore: tax ids, name and driving licence of the carrier (2.1.9.1)."""

    id_fiscale_iva: IdFiscale = element("IdFiscaleIVA", IdFiscale)
    codice_fiscale: str | None = element("CodiceFiscale", CodiceFiscaleType, default=None)
    anagrafica: Anagrafica = element("Anagrafica", Anagrafica)
    numero_licenza_guida: str | None = element("NumeroLicenzaGuida", String20Type, default=None)


@wire("DatiTrasportoType")
class DatiTrasporto:
    """Dati di trasporto: carrier, means, parcels, weights and moments of a transport (2.1.9)."""

    dati_anagrafici_vettore: DatiAnagraficiVettore | None = element(
        "DatiAnagraficiVettore", DatiAnagraficiVettore, default=None
    )
    mezzo_trasporto: str | None = element("MezzoTrasporto", String80LatinType, default=None)
    causale_trasporto: str | None = element("CausaleTrasporto", String100LatinType, default=None)
    numero_colli: int | None = element("NumeroColli", NumeroColliType, default=None)
    descrizione: str | None = element("Descrizione", String100LatinType, default=None)
    unita_misura_peso: str | None = element("UnitaMisuraPeso", String10Type, default=None)
    peso_lordo: Decimal | None = element("PesoLordo", PesoType, default=None)
    peso_netto: Decimal | None = element("PesoNetto", PesoType, default=None)
    data_ora_ritiro: dt.datetime | None = element("DataOraRitiro", DateTime, default=None)
    data_inizio_trasporto: dt.date | None = element("DataInizioTrasporto", Date, default=None)
    tipo_resa: str | None = element("TipoResa", TipoResaType, default=None)
    indirizzo_resa: Indirizzo | None = element("IndirizzoResa", Indirizzo, default=None)
    data_ora_consegna: dt.datetime | None = element("DataOraConsegna", DateTime, default=None)


@wire("DatiVeicoliType")
class DatiVeicoli:
    """Dati dei veicoli: first registration and distance of a new vehicle sold within the EU (2.3)."""

    data: dt.date = element("Data", Date)
    totale_percorso: str = element("TotalePercorso", String15Type)
