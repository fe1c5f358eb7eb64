"""The documents of the standard, one declaration per element: the ordinary invoice 1.2.3 and the simplified 1.0.2.

Class names are the complex types of the official schema, field names its elements in snake case. The blocks of the
simplified format live in :mod:`gse_billing.fatturapa.model.semplificata`.
"""

from __future__ import annotations

from gse_billing.fatturapa.model import semplificata
from gse_billing.fatturapa.model.common import SIGNATURE, Allegati, Anagrafica, IdFiscale, Indirizzo, IscrizioneREA
from gse_billing.fatturapa.model.document import (
    ORDINARIA,
    FatturaElettronica,
    FatturaElettronicaBody,
    FatturaElettronicaHeader,
)
from gse_billing.fatturapa.model.general import (
    DatiBollo,
    DatiCassaPrevidenziale,
    DatiDDT,
    DatiDocumentiCorrelati,
    DatiGenerali,
    DatiGeneraliDocumento,
    DatiRitenuta,
    DatiSAL,
    FatturaPrincipale,
    ScontoMaggiorazione,
)
from gse_billing.fatturapa.model.goods import (
    AltriDatiGestionali,
    CodiceArticolo,
    DatiBeniServizi,
    DatiRiepilogo,
    DettaglioLinee,
)
from gse_billing.fatturapa.model.parties import (
    CedentePrestatore,
    CessionarioCommittente,
    Contatti,
    DatiAnagraficiCedente,
    DatiAnagraficiCessionario,
    DatiAnagraficiRappresentante,
    DatiAnagraficiTerzoIntermediario,
    RappresentanteFiscale,
    RappresentanteFiscaleCessionario,
    TerzoIntermediarioSoggettoEmittente,
)
from gse_billing.fatturapa.model.payment import DatiPagamento, DettaglioPagamento
from gse_billing.fatturapa.model.semplificata import SEMPLIFICATA, FatturaElettronicaSemplificata
from gse_billing.fatturapa.model.transmission import ContattiTrasmittente, DatiTrasmissione
from gse_billing.fatturapa.model.transport import DatiAnagraficiVettore, DatiTrasporto, DatiVeicoli

Document = FatturaElettronica | FatturaElettronicaSemplificata
"""An invoice of either format."""

__all__ = [
    "ORDINARIA",
    "SEMPLIFICATA",
    "SIGNATURE",
    "Allegati",
    "AltriDatiGestionali",
    "Anagrafica",
    "CedentePrestatore",
    "CessionarioCommittente",
    "CodiceArticolo",
    "Contatti",
    "ContattiTrasmittente",
    "DatiAnagraficiCedente",
    "DatiAnagraficiCessionario",
    "DatiAnagraficiRappresentante",
    "DatiAnagraficiTerzoIntermediario",
    "DatiAnagraficiVettore",
    "DatiBeniServizi",
    "DatiBollo",
    "DatiCassaPrevidenziale",
    "DatiDDT",
    "DatiDocumentiCorrelati",
    "DatiGenerali",
    "DatiGeneraliDocumento",
    "DatiPagamento",
    "DatiRiepilogo",
    "DatiRitenuta",
    "DatiSAL",
    "DatiTrasmissione",
    "DatiTrasporto",
    "DatiVeicoli",
    "DettaglioLinee",
    "DettaglioPagamento",
    "Document",
    "FatturaElettronica",
    "FatturaElettronicaBody",
    "FatturaElettronicaHeader",
    "FatturaElettronicaSemplificata",
    "FatturaPrincipale",
    "IdFiscale",
    "Indirizzo",
    "IscrizioneREA",
    "RappresentanteFiscale",
    "RappresentanteFiscaleCessionario",
    "ScontoMaggiorazione",
    "TerzoIntermediarioSoggettoEmittente",
    "semplificata",
]
