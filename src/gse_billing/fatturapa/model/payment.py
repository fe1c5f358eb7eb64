"""Block 2.4: payment."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from gse_billing.fatturapa.codelists import CondizioniPagamento, ModalitaPagamento
from gse_billing.fatturapa.model.types import (
    ABIType,
    Amount2DecimalType,
    BICType,
    CABType,
    CodiceFiscalePFType,
    CondizioniPagamentoType,
    Date,
    GiorniTerminePagamentoType,
    IBANType,
    ModalitaPagamentoType,
    String20Type,
    String60LatinType,
    String60Type,
    String80LatinType,
    String200LatinType,
    TitoloType,
)
from gse_billing.fatturapa.wire import element, wire

__all__ = ["DatiPagamento", "DettaglioPagamento"]


@wire("DettaglioPagamentoType")
class DettaglioPagamento:
    """Dettaglio di pagamento: one payment, its means, days, amount and account (2.4.2)."""

    beneficiario: str | None = element("Beneficiario", String200LatinType, default=None)
    modalita_pagamento: ModalitaPagamento = element("ModalitaPagamento", ModalitaPagamentoType)
    data_riferimento_termini_pagamento: dt.date | None = element("DataRiferimentoTerminiPagamento", Date, default=None)
    giorni_termini_pagamento: int | None = element("GiorniTerminiPagamento", GiorniTerminePagamentoType, default=None)
    data_scadenza_pagamento: dt.date | None = element("DataScadenzaPagamento", Date, default=None)
    importo_pagamento: Decimal = element("ImportoPagamento", Amount2DecimalType)
    cod_ufficio_postale: str | None = element("CodUfficioPostale", String20Type, default=None)
    cognome_quietanzante: str | None = element("CognomeQuietanzante", String60LatinType, default=None)
    nome_quietanzante: str | None = element("NomeQuietanzante", String60LatinType, default=None)
    cf_quietanzante: str | None = element("CFQuietanzante", CodiceFiscalePFType, default=None)
    titolo_quietanzante: str | None = element("TitoloQuietanzante", TitoloType, default=None)
    istituto_finanziario: str | None = element("IstitutoFinanziario", String80LatinType, default=None)
    iban: str | None = element("IBAN", IBANType, default=None)
    abi: str | None = element("ABI", ABIType, default=None)
    cab: str | None = element("CAB", CABType, default=None)
    bic: str | None = element("BIC", BICType, default=None)
    sconto_pagamento_anticipato: Decimal | None = element("ScontoPagamentoAnticipato", Amount2DecimalType, default=None)
    data_limite_pagamento_anticipato: dt.date | None = element("DataLimitePagamentoAnticipato", Date, default=None)
    penalita_pagamenti_ritardati: Decimal | None = element(
        "PenalitaPagamentiRitardati", Amount2DecimalType, default=None
    )
    data_decorrenza_penale: dt.date | None = element("DataDecorrenzaPenale", Date, default=None)
    codice_pagamento: str | None = element("CodicePagamento", String60Type, default=None)


@wire("DatiPagamentoType")
class DatiPagamento:
    """Dati di pagamento: the terms and each payment (2.4)."""

    condizioni_pagamento: CondizioniPagamento = element("CondizioniPagamento", CondizioniPagamentoType)
    dettaglio_pagamento: tuple[DettaglioPagamento, ...] = element(
        "DettaglioPagamento", DettaglioPagamento, many=(1, None)
    )
