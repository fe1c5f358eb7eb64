"""Block 2.1: general data of one document."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from gse_billing.fatturapa.codelists import (
    Art73,
    BolloVirtuale,
    CausalePagamento,
    Natura,
    Ritenuta,
    TipoCassa,
    TipoDocumento,
    TipoRitenuta,
    TipoScontoMaggiorazione,
)
from gse_billing.fatturapa.model.transport import DatiTrasporto
from gse_billing.fatturapa.model.types import (
    Amount2DecimalType,
    Amount8DecimalType,
    Art73Type,
    BolloVirtualeType,
    CausalePagamentoType,
    DataFatturaType,
    Date,
    DivisaType,
    NaturaType,
    RateType,
    RiferimentoFaseType,
    RiferimentoNumeroLineaType,
    RitenutaType,
    String15Type,
    String20Type,
    String100LatinType,
    String200LatinType,
    TipoCassaType,
    TipoDocumentoType,
    TipoRitenutaType,
    TipoScontoMaggiorazioneType,
)
from gse_billing.fatturapa.wire import element, wire

__all__ = [
    "DatiBollo",
    "DatiCassaPrevidenziale",
    "DatiDDT",
    "DatiDocumentiCorrelati",
    "DatiGenerali",
    "DatiGeneraliDocumento",
    "DatiRitenuta",
    "DatiSAL",
    "FatturaPrincipale",
    "ScontoMaggiorazione",
]


@wire("DatiRitenutaType")
class DatiRitenuta:
    """Ritenuta: tax or contribution withheld (2.1.1.5)."""

    tipo_ritenuta: TipoRitenuta = element("TipoRitenuta", TipoRitenutaType)
    importo_ritenuta: Decimal = element("ImportoRitenuta", Amount2DecimalType)
    aliquota_ritenuta: Decimal = element("AliquotaRitenuta", RateType)
    causale_pagamento: CausalePagamento = element("CausalePagamento", CausalePagamentoType)


@wire("DatiBolloType")
class DatiBollo:
    """Bollo: stamp duty (2.1.1.6)."""

    bollo_virtuale: BolloVirtuale = element("BolloVirtuale", BolloVirtualeType)
    importo_bollo: Decimal | None = element("ImportoBollo", Amount2DecimalType, default=None)


@wire("DatiCassaPrevidenzialeType")
class DatiCassaPrevidenziale:
    """Cassa previdenziale: contribution to a professional welfare fund (2.1.1.7)."""

    tipo_cassa: TipoCassa = element("TipoCassa", TipoCassaType)
    al_cassa: Decimal = element("AlCassa", RateType)
    importo_contributo_cassa: Decimal = element("ImportoContributoCassa", Amount2DecimalType)
    imponibile_cassa: Decimal | None = element("ImponibileCassa", Amount2DecimalType, default=None)
    aliquota_iva: Decimal = element("AliquotaIVA", RateType)
    ritenuta: Ritenuta | None = element("Ritenuta", RitenutaType, default=None)
    natura: Natura | None = element("Natura", NaturaType, default=None)
    riferimento_amministrazione: str | None = element("RiferimentoAmministrazione", String20Type, default=None)


@wire("ScontoMaggiorazioneType")
class ScontoMaggiorazione:
    """Sconto o maggiorazione: discount or surcharge on the document (2.1.1.8) or on a unit of a line (2.2.1.10)."""

    tipo: TipoScontoMaggiorazione = element("Tipo", TipoScontoMaggiorazioneType)
    percentuale: Decimal | None = element("Percentuale", RateType, default=None)
    importo: Decimal | None = element("Importo", Amount8DecimalType, default=None)


@wire("DatiGeneraliDocumentoType")
class DatiGeneraliDocumento:
    """Dati generali del documento: kind, currency, date, number, totals, reason (2.1.1)."""

    tipo_documento: TipoDocumento = element("TipoDocumento", TipoDocumentoType)
    divisa: str = element("Divisa", DivisaType)
    data: dt.date = element("Data", DataFatturaType)
    numero: str = element("Numero", String20Type)
    dati_ritenuta: tuple[DatiRitenuta, ...] = element("DatiRitenuta", DatiRitenuta, many=(0, None), default=())
    dati_bollo: DatiBollo | None = element("DatiBollo", DatiBollo, default=None)
    dati_cassa_previdenziale: tuple[DatiCassaPrevidenziale, ...] = element(
        "DatiCassaPrevidenziale", DatiCassaPrevidenziale, many=(0, None), default=()
    )
    sconto_maggiorazione: tuple[ScontoMaggiorazione, ...] = element(
        "ScontoMaggiorazione", ScontoMaggiorazione, many=(0, None), default=()
    )
    importo_totale_documento: Decimal | None = element("ImportoTotaleDocumento", Amount2DecimalType, default=None)
    arrotondamento: Decimal | None = element("Arrotondamento", Amount2DecimalType, default=None)
    causale: tuple[str, ...] = element("Causale", String200LatinType, many=(0, None), default=())
    art73: Art73 | None = element("Art73", Art73Type, default=None)


@wire("DatiDocumentiCorrelatiType")
class DatiDocumentiCorrelati:
    """Documenti correlati: an order, a contract, an agreement, a receipt or an invoice referred to (2.1.2 to 2.1.6)."""

    riferimento_numero_linea: tuple[int, ...] = element(
        "RiferimentoNumeroLinea", RiferimentoNumeroLineaType, many=(0, None), default=()
    )
    id_documento: str = element("IdDocumento", String20Type)
    data: dt.date | None = element("Data", Date, default=None)
    num_item: str | None = element("NumItem", String20Type, default=None)
    codice_commessa_convenzione: str | None = element("CodiceCommessaConvenzione", String100LatinType, default=None)
    codice_cup: str | None = element("CodiceCUP", String15Type, default=None)
    codice_cig: str | None = element("CodiceCIG", String15Type, default=None)


@wire("DatiSALType")
class DatiSAL:
    """Stato avanzamento lavori: the phase of works that the document bills (2.1.7)."""

    riferimento_fase: int = element("RiferimentoFase", RiferimentoFaseType)


@wire("DatiDDTType")
class DatiDDT:
    """Documento di trasporto: a delivery note (2.1.8)."""

    numero_ddt: str = element("NumeroDDT", String20Type)
    data_ddt: dt.date = element("DataDDT", Date)
    riferimento_numero_linea: tuple[int, ...] = element(
        "RiferimentoNumeroLinea", RiferimentoNumeroLineaType, many=(0, None), default=()
    )


@wire("FatturaPrincipaleType")
class FatturaPrincipale:
    """Fattura principale: the main invoice of ancillary road transport (2.1.10)."""

    numero_fattura_principale: str = element("NumeroFatturaPrincipale", String20Type)
    data_fattura_principale: dt.date = element("DataFatturaPrincipale", Date)


@wire("DatiGeneraliType")
class DatiGenerali:
    """Dati generali: the document itself and all it refers to (2.1)."""

    dati_generali_documento: DatiGeneraliDocumento = element("DatiGeneraliDocumento", DatiGeneraliDocumento)
    dati_ordine_acquisto: tuple[DatiDocumentiCorrelati, ...] = element(
        "DatiOrdineAcquisto", DatiDocumentiCorrelati, many=(0, None), default=()
    )
    dati_contratto: tuple[DatiDocumentiCorrelati, ...] = element(
        "DatiContratto", DatiDocumentiCorrelati, many=(0, None), default=()
    )
    dati_convenzione: tuple[DatiDocumentiCorrelati, ...] = element(
        "DatiConvenzione", DatiDocumentiCorrelati, many=(0, None), default=()
    )
    dati_ricezione: tuple[DatiDocumentiCorrelati, ...] = element(
        "DatiRicezione", DatiDocumentiCorrelati, many=(0, None), default=()
    )
    dati_fatture_collegate: tuple[DatiDocumentiCorrelati, ...] = element(
        "DatiFattureCollegate", DatiDocumentiCorrelati, many=(0, None), default=()
    )
    dati_sal: tuple[DatiSAL, ...] = element("DatiSAL", DatiSAL, many=(0, None), default=())
    dati_ddt: tuple[DatiDDT, ...] = element("DatiDDT", DatiDDT, many=(0, None), default=())
    dati_trasporto: DatiTrasporto | None = element("DatiTrasporto", DatiTrasporto, default=None)
    fattura_principale: FatturaPrincipale | None = element("FatturaPrincipale", FatturaPrincipale, default=None)
