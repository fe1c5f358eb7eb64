"""Block 1.1: the transmission."""

from __future__ import annotations

from gse_billing.fatturapa.codelists import FormatoTrasmissione
from gse_billing.fatturapa.model.common import IdFiscale
from gse_billing.fatturapa.model.types import (
    CodiceDestinatarioType,
    EmailContattiType,
    EmailType,
    FormatoTrasmissioneType,
    String10Type,
    TelFaxType,
)
from gse_billing.fatturapa.wire import element, wire

__all__ = ["ContattiTrasmittente", "DatiTrasmissione"]


@wire("ContattiTrasmittenteType")
class ContattiTrasmittente:
    """Contatti del trasmittente: how to reach who transmits (1.1.5)."""

    telefono: str | None = element("Telefono", TelFaxType, default=None)
    email: str | None = element("Email", EmailContattiType, default=None)


@wire("DatiTrasmissioneType")
class DatiTrasmissione:
    """Dati di trasmissione: who sends, in which format, to which office (1.1).

    ``codice_destinatario`` is the IPA office code of 6 characters (FPA12) or the code of 7 that SDI gave to a channel.
    """

    id_trasmittente: IdFiscale = element("IdTrasmittente", IdFiscale)
    progressivo_invio: str = element("ProgressivoInvio", String10Type)
    formato_trasmissione: FormatoTrasmissione = element("FormatoTrasmissione", FormatoTrasmissioneType)
    codice_destinatario: str = element("CodiceDestinatario", CodiceDestinatarioType)
    contatti_trasmittente: ContattiTrasmittente | None = element(
        "ContattiTrasmittente", ContattiTrasmittente, default=None
    )
    pec_destinatario: str | None = element("PECDestinatario", EmailType, default=None)
