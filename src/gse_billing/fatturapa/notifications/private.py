"""SDI's messages about invoices between private parties (MessaggiFatturaTypes 1.0), one declaration per element.

A message without ``versione`` or signature is taken with a warning, as in the other family.
"""

from __future__ import annotations

import datetime as dt

from gse_billing.fatturapa.model import SIGNATURE
from gse_billing.fatturapa.notifications import types
from gse_billing.fatturapa.wire import Opaque, Schema, attribute, element, opaque, wire

__all__ = [
    "MESSAGGI_PRIVATI",
    "Destinatario",
    "Errore",
    "FileMetadati",
    "ListaErrori",
    "RicevutaConsegna",
    "RicevutaImpossibilitaRecapito",
    "RicevutaScarto",
    "RiferimentoArchivio",
]


@wire("Destinatario_Type")
class Destinatario:
    """Destinatario: code and, where given, name of the recipient."""

    codice: str = element("Codice", types.CodiceDestinatario)
    descrizione: str | None = element("Descrizione", types.String, default=None)


@wire("RiferimentoArchivio_Type")
class RiferimentoArchivio:
    """Riferimento all'archivio: the zip in which the invoice file came."""

    identificativo_sdi: str = element("IdentificativoSdI", types.IdentificativoSdIPrivate)
    nome_file: str = element("NomeFile", types.NomeFile)


@wire("Errore_Type")
class Errore:
    """Errore: code, text and advice of one failed check of SDI."""

    codice: str = element("Codice", types.CodiceErrore)
    descrizione: str = element("Descrizione", types.DescrizionePrivate)
    suggerimento: str = element("Suggerimento", types.Suggerimento)


@wire("ListaErrori_Type")
class ListaErrori:
    """Lista degli errori: the failed checks, at most 200."""

    errore: tuple[Errore, ...] = element("Errore", Errore, many=(1, 200))


@wire("RicevutaConsegna_Type")
class RicevutaConsegna:
    """Ricevuta di consegna: the file reached its recipient."""

    versione: str | None = attribute("versione", types.Versione, default="1.0", fixed="1.0", tolerated=True)
    flusso_semplificato: str | None = attribute("FlussoSemplificato", types.String, default=None, fixed="Si")
    identificativo_sdi: str = element("IdentificativoSdI", types.IdentificativoSdIPrivate)
    nome_file: str = element("NomeFile", types.NomeFile)
    hash: str = element("Hash", types.String)
    data_ora_ricezione: dt.datetime = element("DataOraRicezione", types.DateTime)
    data_ora_consegna: dt.datetime = element("DataOraConsegna", types.DateTime)
    destinatario: Destinatario = element("Destinatario", Destinatario)
    riferimento_archivio: RiferimentoArchivio | None = element("RiferimentoArchivio", RiferimentoArchivio, default=None)
    message_id: str = element("MessageId", types.MessageIdPrivate)
    pec_message_id: str | None = element("PecMessageId", types.PecMessageId, default=None)
    note: str | None = element("Note", types.String, default=None)
    signature: Opaque | None = opaque(SIGNATURE, default=None, tolerated=True)


@wire("RicevutaScarto_Type")
class RicevutaScarto:
    """Ricevuta di scarto: the file failed checks and counts as never issued."""

    versione: str | None = attribute("versione", types.Versione, default="1.0", fixed="1.0", tolerated=True)
    identificativo_sdi: str = element("IdentificativoSdI", types.IdentificativoSdIPrivate)
    nome_file: str = element("NomeFile", types.NomeFile)
    hash: str = element("Hash", types.String)
    data_ora_ricezione: dt.datetime = element("DataOraRicezione", types.DateTime)
    riferimento_archivio: RiferimentoArchivio | None = element("RiferimentoArchivio", RiferimentoArchivio, default=None)
    lista_errori: ListaErrori = element("ListaErrori", ListaErrori)
    message_id: str = element("MessageId", types.MessageIdPrivate)
    pec_message_id: str | None = element("PecMessageId", types.PecMessageId, default=None)
    note: str | None = element("Note", types.String, default=None)
    signature: Opaque | None = opaque(SIGNATURE, default=None, tolerated=True)


@wire("RicevutaImpossibilitaRecapito_Type")
class RicevutaImpossibilitaRecapito:
    """Ricevuta di impossibilità di recapito: the invoice is issued and waits in the buyer's reserved area."""

    versione: str | None = attribute("versione", types.Versione, default="1.0", fixed="1.0", tolerated=True)
    identificativo_sdi: str = element("IdentificativoSdI", types.IdentificativoSdIPrivate)
    nome_file: str = element("NomeFile", types.NomeFile)
    hash: str = element("Hash", types.String)
    data_ora_ricezione: dt.datetime = element("DataOraRicezione", types.DateTime)
    data_messa_a_disposizione: dt.date = element("DataMessaADisposizione", types.Date)
    riferimento_archivio: RiferimentoArchivio | None = element("RiferimentoArchivio", RiferimentoArchivio, default=None)
    descrizione: str | None = element("Descrizione", types.DescrizionePrivate, default=None)
    message_id: str = element("MessageId", types.MessageIdPrivate)
    pec_message_id: str | None = element("PecMessageId", types.PecMessageId, default=None)
    note: str | None = element("Note", types.String, default=None)
    signature: Opaque | None = opaque(SIGNATURE, default=None, tolerated=True)


@wire("FileMetadati_Type")
class FileMetadati:
    """Metadati del file: goes with the invoice file to the recipient; never signed."""

    versione: str | None = attribute("versione", types.Versione, default="1.0", fixed="1.0", tolerated=True)
    identificativo_sdi: str = element("IdentificativoSdI", types.IdentificativoSdIPrivate)
    nome_file: str = element("NomeFile", types.NomeFile)
    hash: str = element("Hash", types.String)
    codice_destinatario: str = element("CodiceDestinatario", types.CodiceDestinatario)
    formato: str = element("Formato", types.Formato)
    tentativi_invio: int = element("TentativiInvio", types.Integer)
    message_id: str = element("MessageId", types.MessageIdPrivate)
    note: str | None = element("Note", types.String, default=None)


MESSAGGI_PRIVATI = Schema(
    name="MessaggiFatturaTypes 1.0",
    namespace="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fattura/messaggi/v1.0",
    prefix="types",
    version="1.0",
    roots={
        "RicevutaConsegna": RicevutaConsegna,
        "RicevutaScarto": RicevutaScarto,
        "RicevutaImpossibilitaRecapito": RicevutaImpossibilitaRecapito,
        "FileMetadati": FileMetadati,
    },
    unused=(types.NumeroFattura, types.AnnoFattura),
    code="notification:schema",
)
"""The schema of the messages about invoices between private parties."""
