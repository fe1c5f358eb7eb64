"""The code lists of FatturaPA 1.2.3, of the simplified invoice 1.0.2 and of SDI's messages, as enums.

The value of a member is its code on the wire; ``italian`` and ``english`` say what it means,
``validity`` says when SDI takes it.

>>> from gse_billing.fatturapa.codelists import Natura, TipoDocumento
>>> Natura("N6.8").english
'reverse charge: energy'
>>> TipoDocumento.TD29.validity.validity
'from 2025-04-01'
"""

from __future__ import annotations

from gse_billing.fatturapa.codelists._code import Code
from gse_billing.fatturapa.codelists.channels import Channel, Flow
from gse_billing.fatturapa.codelists.documents import (
    Art73,
    BolloVirtuale,
    FormatoTrasmissione,
    SoggettoEmittente,
    TipoCessionePrestazione,
    TipoDocumento,
    TipoScontoMaggiorazione,
)
from gse_billing.fatturapa.codelists.messages import EsitoCommittente, ScartoEsito, TipoMessaggio
from gse_billing.fatturapa.codelists.parties import RegimeFiscale, SocioUnico, StatoLiquidazione
from gse_billing.fatturapa.codelists.payments import CondizioniPagamento, ModalitaPagamento
from gse_billing.fatturapa.codelists.vat import EsigibilitaIVA, Natura
from gse_billing.fatturapa.codelists.withholding import CausalePagamento, Ritenuta, TipoCassa, TipoRitenuta

__all__ = [
    "Art73",
    "BolloVirtuale",
    "CausalePagamento",
    "Channel",
    "Code",
    "CondizioniPagamento",
    "EsigibilitaIVA",
    "EsitoCommittente",
    "Flow",
    "FormatoTrasmissione",
    "ModalitaPagamento",
    "Natura",
    "RegimeFiscale",
    "Ritenuta",
    "ScartoEsito",
    "SocioUnico",
    "SoggettoEmittente",
    "StatoLiquidazione",
    "TipoCassa",
    "TipoCessionePrestazione",
    "TipoDocumento",
    "TipoMessaggio",
    "TipoRitenuta",
    "TipoScontoMaggiorazione",
]
