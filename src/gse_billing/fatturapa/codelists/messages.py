"""Codes of SDI's messages: their kinds, the buyer's outcome, SDI's refusal of an outcome."""

from __future__ import annotations

from gse_billing.fatturapa.codelists._code import Code

__all__ = ["EsitoCommittente", "ScartoEsito", "TipoMessaggio"]


class TipoMessaggio(Code):
    """Kind of a message of SDI, as it stands in the name of its file (SdI specification, Allegato B-1, 1.1)."""

    RC = "RC", "ricevuta di consegna", "receipt of delivery"
    NS = "NS", "notifica di scarto", "notice of discard"
    MC = "MC", "notifica di mancata consegna", "notice of failed delivery"
    NE = "NE", "notifica di esito al cedente", "notice of the buyer's outcome, to the sender"
    MT = "MT", "file dei metadati", "metadata of the file, to the recipient"
    EC = "EC", "notifica di esito del committente", "the buyer's outcome, to SDI"
    SE = "SE", "scarto dell'esito del committente", "SDI's refusal of the buyer's outcome"
    DT = "DT", "notifica di decorrenza termini", "notice that the time for an outcome has passed"
    AT = (
        "AT",
        "attestazione di trasmissione con impossibilità di recapito",
        "attestation that the file was sent and could not be delivered",
    )


class EsitoCommittente(Code):
    """What the public buyer answers."""

    EC01 = "EC01", "accettazione", "acceptance"
    EC02 = "EC02", "rifiuto", "refusal"


class ScartoEsito(Code):
    """Why SDI refuses the buyer's outcome."""

    EN00 = "EN00", "notifica non conforme al formato", "the notice does not follow the format"
    EN01 = "EN01", "notifica non ammissibile", "the notice is not admissible"
