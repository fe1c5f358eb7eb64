"""SDI's messages about invoices to public bodies (MessaggiTypes 1.1), one declaration per element.

The schema asks for ``versione`` and for a signature of SDI in every message but MT and EC; SDI's own published samples
lack them, so a message without them is taken with a warning. A signature is kept as it stands and is not verified.
"""

from __future__ import annotations

import datetime as dt

from gse_billing.core.values import evolve
from gse_billing.fatturapa.codelists import EsitoCommittente, ScartoEsito
from gse_billing.fatturapa.model import SIGNATURE
from gse_billing.fatturapa.notifications import types
from gse_billing.fatturapa.notifications.types import RiferimentoFattura
from gse_billing.fatturapa.wire import Opaque, Schema, attribute, element, opaque, wire

__all__ = [
    "MESSAGGI_PA",
    "AttestazioneTrasmissioneFattura",
    "Destinatario",
    "Errore",
    "ListaErrori",
    "MetadatiInvioFile",
    "NotificaDecorrenzaTermini",
    "NotificaEsito",
    "NotificaEsitoCommittente",
    "NotificaMancataConsegna",
    "NotificaScarto",
    "RicevutaConsegna",
    "RiferimentoArchivio",
    "ScartoEsitoCommittente",
]


_SIGNATURE = evolve(SIGNATURE, location="xmldsig-core-schema.xsd")  # this schema expects the other beside itself


@wire("Destinatario_Type")
class Destinatario:
    """Destinatario: code and name of the office that the invoice goes to."""

    codice: str = element("Codice", types.CodiceDestinatario)
    descrizione: str = element("Descrizione", types.String)


@wire("RiferimentoArchivio_Type")
class RiferimentoArchivio:
    """Riferimento all'archivio: the zip in which the invoice file came."""

    identificativo_sdi: int = element("IdentificativoSdI", types.IdentificativoSdI)
    nome_file: str = element("NomeFile", types.NomeFile)


@wire("Errore_Type")
class Errore:
    """Errore: code and text of one failed check of SDI."""

    codice: str = element("Codice", types.Codice)
    descrizione: str = element("Descrizione", types.Descrizione)


@wire("ListaErrori_Type")
class ListaErrori:
    """Lista degli errori: the failed checks, at most 200."""

    errore: tuple[Errore, ...] = element("Errore", Errore, many=(1, 200))


@wire("RicevutaConsegna_Type")
class RicevutaConsegna:
    """Ricevuta di consegna (RC): the file reached its recipient."""

    versione: str | None = attribute("versione", types.Versione, default="1.0", fixed="1.0", tolerated=True)
    intermediario_con_duplice_ruolo: str | None = attribute(
        "IntermediarioConDupliceRuolo", types.String, default=None, fixed="Si"
    )
    identificativo_sdi: int = element("IdentificativoSdI", types.IdentificativoSdI)
    nome_file: str = element("NomeFile", types.NomeFile)
    data_ora_ricezione: dt.datetime = element("DataOraRicezione", types.DateTime)
    data_ora_consegna: dt.datetime = element("DataOraConsegna", types.DateTime)
    destinatario: Destinatario = element("Destinatario", Destinatario)
    riferimento_archivio: RiferimentoArchivio | None = element("RiferimentoArchivio", RiferimentoArchivio, default=None)
    message_id: str = element("MessageId", types.MessageId)
    pec_message_id: str | None = element("PecMessageId", types.PecMessageId, default=None)
    note: str | None = element("Note", types.String, default=None)
    signature: Opaque | None = opaque(_SIGNATURE, default=None, tolerated=True)


@wire("NotificaScarto_Type")
class NotificaScarto:
    """Notifica di scarto (NS): the file failed checks and counts as never issued."""

    versione: str | None = attribute("versione", types.Versione, default="1.0", fixed="1.0", tolerated=True)
    identificativo_sdi: int = element("IdentificativoSdI", types.IdentificativoSdI)
    nome_file: str = element("NomeFile", types.NomeFile)
    data_ora_ricezione: dt.datetime = element("DataOraRicezione", types.DateTime)
    riferimento_archivio: RiferimentoArchivio | None = element("RiferimentoArchivio", RiferimentoArchivio, default=None)
    lista_errori: ListaErrori = element("ListaErrori", ListaErrori)
    message_id: str = element("MessageId", types.MessageId)
    pec_message_id: str | None = element("PecMessageId", types.PecMessageId, default=None)
    note: str | None = element("Note", types.String, default=None)
    signature: Opaque | None = opaque(_SIGNATURE, default=None, tolerated=True)


@wire("NotificaMancataConsegna_Type")
class NotificaMancataConsegna:
    """Notifica di mancata consegna (MC): the file could not be delivered yet."""

    versione: str | None = attribute("versione", types.Versione, default="1.0", fixed="1.0", tolerated=True)
    identificativo_sdi: int = element("IdentificativoSdI", types.IdentificativoSdI)
    nome_file: str = element("NomeFile", types.NomeFile)
    data_ora_ricezione: dt.datetime = element("DataOraRicezione", types.DateTime)
    riferimento_archivio: RiferimentoArchivio | None = element("RiferimentoArchivio", RiferimentoArchivio, default=None)
    descrizione: str | None = element("Descrizione", types.Descrizione, default=None)
    message_id: str = element("MessageId", types.MessageId)
    pec_message_id: str | None = element("PecMessageId", types.PecMessageId, default=None)
    note: str | None = element("Note", types.String, default=None)
    signature: Opaque | None = opaque(_SIGNATURE, default=None, tolerated=True)


@wire("NotificaEsitoCommittente_Type")
class NotificaEsitoCommittente:
    """Notifica di esito del committente (EC): the public buyer accepts or refuses, one document or the whole file."""

    versione: str | None = attribute("versione", types.Versione, default="1.0", fixed="1.0", tolerated=True)
    identificativo_sdi: int = element("IdentificativoSdI", types.IdentificativoSdI)
    riferimento_fattura: RiferimentoFattura | None = element("RiferimentoFattura", RiferimentoFattura, default=None)
    esito: EsitoCommittente = element("Esito", types.Esito)
    descrizione: str | None = element("Descrizione", types.Descrizione, default=None)
    message_id_committente: str | None = element("MessageIdCommittente", types.MessageId, default=None)
    signature: Opaque | None = opaque(_SIGNATURE, default=None)


@wire("NotificaEsito_Type")
class NotificaEsito:
    """Notifica di esito (NE): SDI forwards the buyer's outcome to the sender."""

    versione: str | None = attribute("versione", types.Versione, default="1.0", fixed="1.0", tolerated=True)
    intermediario_con_duplice_ruolo: str | None = attribute(
        "IntermediarioConDupliceRuolo", types.String, default=None, fixed="Si"
    )
    identificativo_sdi: int = element("IdentificativoSdI", types.IdentificativoSdI)
    nome_file: str = element("NomeFile", types.NomeFile)
    esito_committente: NotificaEsitoCommittente = element("EsitoCommittente", NotificaEsitoCommittente)
    message_id: str = element("MessageId", types.MessageId)
    pec_message_id: str | None = element("PecMessageId", types.PecMessageId, default=None)
    note: str | None = element("Note", types.String, default=None)
    signature: Opaque | None = opaque(_SIGNATURE, default=None, tolerated=True)


@wire("ScartoEsitoCommittente_Type")
class ScartoEsitoCommittente:
    """Scarto dell'esito del committente (SE): SDI refuses the buyer's outcome; the id is 0 when no file fits."""

    versione: str | None = attribute("versione", types.Versione, default="1.0", fixed="1.0", tolerated=True)
    identificativo_sdi: int = element("IdentificativoSdI", types.IdentificativoSdI)
    riferimento_fattura: RiferimentoFattura | None = element("RiferimentoFattura", RiferimentoFattura, default=None)
    scarto: ScartoEsito = element("Scarto", types.Scarto)
    message_id: str = element("MessageId", types.MessageId)
    message_id_committente: str | None = element("MessageIdCommittente", types.MessageId, default=None)
    pec_message_id: str | None = element("PecMessageId", types.PecMessageId, default=None)
    note: str | None = element("Note", types.String, default=None)
    signature: Opaque | None = opaque(_SIGNATURE, default=None, tolerated=True)


@wire("NotificaDecorrenzaTermini_Type")
class NotificaDecorrenzaTermini:
    """Notifica di decorrenza termini (DT): 15 days passed without an outcome; the matter is closed, not accepted."""

    versione: str | None = attribute("versione", types.Versione, default="1.0", fixed="1.0", tolerated=True)
    intermediario_con_duplice_ruolo: str | None = attribute(
        "IntermediarioConDupliceRuolo", types.String, default=None, fixed="Si"
    )
    identificativo_sdi: int = element("IdentificativoSdI", types.IdentificativoSdI)
    riferimento_fattura: RiferimentoFattura | None = element("RiferimentoFattura", RiferimentoFattura, default=None)
    nome_file: str = element("NomeFile", types.NomeFile)
    descrizione: str | None = element("Descrizione", types.Descrizione, default=None)
    message_id: str = element("MessageId", types.MessageId)
    pec_message_id: str | None = element("PecMessageId", types.PecMessageId, default=None)
    note: str | None = element("Note", types.String, default=None)
    signature: Opaque | None = opaque(_SIGNATURE, default=None, tolerated=True)


@wire("AttestazioneTrasmissioneFattura_Type")
class AttestazioneTrasmissioneFattura:
    """Attestazione di trasmissione (AT): the file was received and could not be delivered; SDI is done with it."""

    versione: str | None = attribute("versione", types.Versione, default="1.0", fixed="1.0", tolerated=True)
    identificativo_sdi: int = element("IdentificativoSdI", types.IdentificativoSdI)
    nome_file: str = element("NomeFile", types.NomeFile)
    data_ora_ricezione: dt.datetime = element("DataOraRicezione", types.DateTime)
    riferimento_archivio: RiferimentoArchivio | None = element("RiferimentoArchivio", RiferimentoArchivio, default=None)
    destinatario: Destinatario = element("Destinatario", Destinatario)
    message_id: str = element("MessageId", types.MessageId)
    pec_message_id: str | None = element("PecMessageId", types.PecMessageId, default=None)
    note: str | None = element("Note", types.String, default=None)
    hash_file_originale: str = element("HashFileOriginale", types.String)
    signature: Opaque | None = opaque(_SIGNATURE, default=None, tolerated=True)


@wire("MetadatiInvioFile_Type")
class MetadatiInvioFile:
    """Metadati dell'invio (MT): goes with the invoice file to the recipient; never signed."""

    versione: str | None = attribute("versione", types.Versione, default="1.0", fixed="1.0", tolerated=True)
    identificativo_sdi: int = element("IdentificativoSdI", types.IdentificativoSdI)
    nome_file: str = element("NomeFile", types.NomeFile)
    codice_destinatario: str = element("CodiceDestinatario", types.CodiceDestinatario)
    formato: str = element("Formato", types.Formato)
    tentativi_invio: int = element("TentativiInvio", types.Integer)
    message_id: str = element("MessageId", types.MessageId)
    note: str | None = element("Note", types.String, default=None)


MESSAGGI_PA = Schema(
    name="MessaggiTypes 1.1",
    namespace="http://www.fatturapa.gov.it/sdi/messaggi/v1.0",
    prefix="types",
    version="1.1",
    roots={
        "RicevutaConsegna": RicevutaConsegna,
        "NotificaMancataConsegna": NotificaMancataConsegna,
        "NotificaScarto": NotificaScarto,
        "NotificaEsito": NotificaEsito,
        "AttestazioneTrasmissioneFattura": AttestazioneTrasmissioneFattura,
        "MetadatiInvioFile": MetadatiInvioFile,
        "NotificaEsitoCommittente": NotificaEsitoCommittente,
        "ScartoEsitoCommittente": ScartoEsitoCommittente,
        "NotificaDecorrenzaTermini": NotificaDecorrenzaTermini,
    },
    code="notification:schema",
)
"""The schema of the messages about invoices to public bodies."""
