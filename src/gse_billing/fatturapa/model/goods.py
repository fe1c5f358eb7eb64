"""Block 2.2: goods and services, line by line, and their VAT summary."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from gse_billing.fatturapa.codelists import EsigibilitaIVA, Natura, Ritenuta, TipoCessionePrestazione
from gse_billing.fatturapa.model.general import ScontoMaggiorazione
from gse_billing.fatturapa.model.types import (
    Amount2DecimalType,
    Amount8DecimalType,
    Date,
    EsigibilitaIVAType,
    NaturaType,
    NumeroLineaType,
    QuantitaType,
    RateType,
    RitenutaType,
    String10Type,
    String20Type,
    String35LatinExtType,
    String35Type,
    String60LatinType,
    String100LatinType,
    String1000LatinType,
    TipoCessionePrestazioneType,
)
from gse_billing.fatturapa.wire import element, wire

__all__ = ["AltriDatiGestionali", "CodiceArticolo", "DatiBeniServizi", "DatiRiepilogo", "DettaglioLinee"]


@wire("CodiceArticoloType")
class CodiceArticolo:
    """Codice dell'articolo: a code of the article and the catalogue it comes from (2.2.1.3)."""

    codice_tipo: str = element("CodiceTipo", String35Type)
    codice_valore: str = element("CodiceValore", String35LatinExtType)


@wire("AltriDatiGestionaliType")
class AltriDatiGestionali:
    """Altri dati gestionali: a free datum of the line, a text, a number or a day (2.2.1.16)."""

    tipo_dato: str = element("TipoDato", String10Type)
    riferimento_testo: str | None = element("RiferimentoTesto", String60LatinType, default=None)
    riferimento_numero: Decimal | None = element("RiferimentoNumero", Amount8DecimalType, default=None)
    riferimento_data: dt.date | None = element("RiferimentoData", Date, default=None)


@wire("DettaglioLineeType")
class DettaglioLinee:
    """Dettaglio linea: one line of the document (2.2.1)."""

    numero_linea: int = element("NumeroLinea", NumeroLineaType)
    tipo_cessione_prestazione: TipoCessionePrestazione | None = element(
        "TipoCessionePrestazione", TipoCessionePrestazioneType, default=None
    )
    codice_articolo: tuple[CodiceArticolo, ...] = element("CodiceArticolo", CodiceArticolo, many=(0, None), default=())
    descrizione: str = element("Descrizione", String1000LatinType)
    quantita: Decimal | None = element("Quantita", QuantitaType, default=None)
    unita_misura: str | None = element("UnitaMisura", String10Type, default=None)
    data_inizio_periodo: dt.date | None = element("DataInizioPeriodo", Date, default=None)
    data_fine_periodo: dt.date | None = element("DataFinePeriodo", Date, default=None)
    prezzo_unitario: Decimal = element("PrezzoUnitario", Amount8DecimalType)
    sconto_maggiorazione: tuple[ScontoMaggiorazione, ...] = element(
        "ScontoMaggiorazione", ScontoMaggiorazione, many=(0, None), default=()
    )
    prezzo_totale: Decimal = element("PrezzoTotale", Amount8DecimalType)
    aliquota_iva: Decimal = element("AliquotaIVA", RateType)
    ritenuta: Ritenuta | None = element("Ritenuta", RitenutaType, default=None)
    natura: Natura | None = element("Natura", NaturaType, default=None)
    riferimento_amministrazione: str | None = element("RiferimentoAmministrazione", String20Type, default=None)
    altri_dati_gestionali: tuple[AltriDatiGestionali, ...] = element(
        "AltriDatiGestionali", AltriDatiGestionali, many=(0, None), default=()
    )


@wire("DatiRiepilogoType")
class DatiRiepilogo:
    """Dati di riepilogo: taxable amount and VAT of one group of rate, natura and esigibilità (2.2.2)."""

    aliquota_iva: Decimal = element("AliquotaIVA", RateType)
    natura: Natura | None = element("Natura", NaturaType, default=None)
    spese_accessorie: Decimal | None = element("SpeseAccessorie", Amount2DecimalType, default=None)
    arrotondamento: Decimal | None = element("Arrotondamento", Amount8DecimalType, default=None)
    imponibile_importo: Decimal = element("ImponibileImporto", Amount2DecimalType)
    imposta: Decimal = element("Imposta", Amount2DecimalType)
    esigibilita_iva: EsigibilitaIVA | None = element("EsigibilitaIVA", EsigibilitaIVAType, default=None)
    riferimento_normativo: str | None = element("RiferimentoNormativo", String100LatinType, default=None)


@wire("DatiBeniServiziType")
class DatiBeniServizi:
    """Dati di beni e servizi: the lines and their VAT summary (2.2)."""

    dettaglio_linee: tuple[DettaglioLinee, ...] = element("DettaglioLinee", DettaglioLinee, many=(1, None))
    dati_riepilogo: tuple[DatiRiepilogo, ...] = element("DatiRiepilogo", DatiRiepilogo, many=(1, None))
