"""The ordinary invoice as a whole (FPA12 and FPR12): header, one or many bodies, signature."""

from __future__ import annotations

from gse_billing.fatturapa.codelists import FormatoTrasmissione, SoggettoEmittente
from gse_billing.fatturapa.model.common import SIGNATURE, Allegati
from gse_billing.fatturapa.model.general import DatiGenerali
from gse_billing.fatturapa.model.goods import DatiBeniServizi
from gse_billing.fatturapa.model.parties import (
    CedentePrestatore,
    CessionarioCommittente,
    RappresentanteFiscale,
    TerzoIntermediarioSoggettoEmittente,
)
from gse_billing.fatturapa.model.payment import DatiPagamento
from gse_billing.fatturapa.model.transmission import DatiTrasmissione
from gse_billing.fatturapa.model.transport import DatiVeicoli
from gse_billing.fatturapa.model.types import (
    FormatoTrasmissioneType,
    SoggettoEmittenteType,
    String10Type,
    String80Type,
    String100Type,
)
from gse_billing.fatturapa.wire import Opaque, Schema, attribute, element, opaque, wire

__all__ = ["ORDINARIA", "FatturaElettronica", "FatturaElettronicaBody", "FatturaElettronicaHeader"]


@wire("FatturaElettronicaHeaderType")
class FatturaElettronicaHeader:
    """Testata: transmission and parties, common to every body of the file (1)."""

    dati_trasmissione: DatiTrasmissione = element("DatiTrasmissione", DatiTrasmissione)
    cedente_prestatore: CedentePrestatore = element("CedentePrestatore", CedentePrestatore)
    rappresentante_fiscale: RappresentanteFiscale | None = element(
        "RappresentanteFiscale", RappresentanteFiscale, default=None
    )
    cessionario_committente: CessionarioCommittente = element("CessionarioCommittente", CessionarioCommittente)
    terzo_intermediario_o_soggetto_emittente: TerzoIntermediarioSoggettoEmittente | None = element(
        "TerzoIntermediarioOSoggettoEmittente", TerzoIntermediarioSoggettoEmittente, default=None
    )
    soggetto_emittente: SoggettoEmittente | None = element("SoggettoEmittente", SoggettoEmittenteType, default=None)


@wire("FatturaElettronicaBodyType")
class FatturaElettronicaBody:
    """Corpo: one document of the file (2)."""

    dati_generali: DatiGenerali = element("DatiGenerali", DatiGenerali)
    dati_beni_servizi: DatiBeniServizi = element("DatiBeniServizi", DatiBeniServizi)
    dati_veicoli: DatiVeicoli | None = element("DatiVeicoli", DatiVeicoli, default=None)
    dati_pagamento: tuple[DatiPagamento, ...] = element("DatiPagamento", DatiPagamento, many=(0, None), default=())
    allegati: tuple[Allegati, ...] = element("Allegati", Allegati, many=(0, None), default=())


@wire("FatturaElettronicaType")
class FatturaElettronica:
    """Fattura elettronica: the ordinary invoice, or a lot of them with one header.

    ``versione`` repeats the transmission format (00428). ``sistema_emittente`` names the software that wrote the file.
    """

    versione: FormatoTrasmissione = attribute("versione", FormatoTrasmissioneType)
    sistema_emittente: str | None = attribute("SistemaEmittente", String10Type, default=None)
    fattura_elettronica_header: FatturaElettronicaHeader = element("FatturaElettronicaHeader", FatturaElettronicaHeader)
    fattura_elettronica_body: tuple[FatturaElettronicaBody, ...] = element(
        "FatturaElettronicaBody", FatturaElettronicaBody, many=(1, None)
    )
    signature: Opaque | None = opaque(SIGNATURE, default=None)


ORDINARIA = Schema(
    name="FatturaPA 1.2.3",
    namespace="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2",
    prefix="p",
    version="1.2.3",
    roots={"FatturaElettronica": FatturaElettronica},
    unused=(String80Type, String100Type),
    numbered=True,
)
"""The schema of the ordinary invoice."""
