"""Messages as SDI would write them about a file: for tests, for rehearsals and for the demonstration.

They carry no signature of SDI: reading one back gives a warning that says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from attrs import frozen

from gse_billing.core.errors import InvalidValueError
from gse_billing.core.guards import guarded
from gse_billing.fatturapa.codelists import EsitoCommittente, Flow, FormatoTrasmissione, ScartoEsito
from gse_billing.fatturapa.notifications import pa, private
from gse_billing.fatturapa.notifications.types import RiferimentoFattura

__all__ = [
    "Submission",
    "attested",
    "buyers_outcome",
    "delivered",
    "discarded",
    "expired",
    "forwarded",
    "outcome",
    "outcome_refused",
    "undelivered",
]

_NOT_PUBLIC = "NO PA"
"""The name that SDI gives to a recipient that is no public body (SdI specification 1.8.4, Allegato B-1, 1.2)."""


@frozen(kw_only=True)
class Submission:
    """An invoice file as SDI knows it: what every message about it repeats.

    Attributes:
        flow: which family of messages answers it.
        sdi_id: the number SDI gave to the file, up to 12 digits in the flow of public bodies.
        file_name: name of the invoice file, with its extension.
        received: when SDI received it.
        recipient: code of the office (6 characters) or of the channel (7).
        digest: SHA-256 of the file in hexadecimal digits; messages of the private family and AT say it.
        office: name of the public office.
    """

    flow: Flow
    sdi_id: int
    file_name: str
    received: dt.datetime
    recipient: str
    digest: str = ""
    office: str = _NOT_PUBLIC


def _about(file: Submission) -> dict[str, Any]:
    if file.flow is Flow.PA:
        return {"identificativo_sdi": file.sdi_id, "nome_file": file.file_name}
    return {"identificativo_sdi": str(file.sdi_id), "nome_file": file.file_name, "hash": file.digest}


def _require_public(file: Submission, what: str) -> None:
    if file.flow is not Flow.PA:
        raise InvalidValueError(
            f"the private flow has no {what}",
            value=file.flow,
            why="the buyer's outcome and its term belong to invoices to public bodies",
            remedy="build RC, NS, MC or MT",
        )


@guarded
def delivered(file: Submission, *, at: dt.datetime, message_id: str) -> pa.RicevutaConsegna | private.RicevutaConsegna:
    """RC: the file reached its recipient at that moment."""
    common: dict[str, Any] = {
        **_about(file),
        "data_ora_ricezione": file.received,
        "data_ora_consegna": at,
        "message_id": message_id,
    }
    if file.flow is Flow.PA:
        return pa.RicevutaConsegna(
            destinatario=pa.Destinatario(codice=file.recipient, descrizione=file.office), **common
        )
    return private.RicevutaConsegna(destinatario=private.Destinatario(codice=file.recipient), **common)


@guarded
def discarded(
    file: Submission, errors: Iterable[tuple[str, str]], *, message_id: str, advice: str = "Correggere e ritrasmettere"
) -> pa.NotificaScarto | private.RicevutaScarto:
    """NS: the file failed checks.

    Args:
        file: what was sent.
        errors: code of five digits and text of each failed check.
        message_id: of the message.
        advice: what the private family puts beside each error.
    """
    common: dict[str, Any] = {**_about(file), "data_ora_ricezione": file.received, "message_id": message_id}
    if file.flow is Flow.PA:
        listed = tuple(pa.Errore(codice=code, descrizione=text) for code, text in errors)
        return pa.NotificaScarto(lista_errori=pa.ListaErrori(errore=listed), **common)
    advised = tuple(private.Errore(codice=code, descrizione=text, suggerimento=advice) for code, text in errors)
    return private.RicevutaScarto(lista_errori=private.ListaErrori(errore=advised), **common)


@guarded
def undelivered(
    file: Submission, *, message_id: str, available_from: dt.date | None = None, description: str | None = None
) -> pa.NotificaMancataConsegna | private.RicevutaImpossibilitaRecapito:
    """MC: the file could not be delivered; the private family says since when it waits in the reserved area.

    Raises:
        InvalidValueError: the private flow without ``available_from``.
    """
    common: dict[str, Any] = {
        **_about(file),
        "data_ora_ricezione": file.received,
        "descrizione": description,
        "message_id": message_id,
    }
    if file.flow is Flow.PA:
        return pa.NotificaMancataConsegna(**common)
    if available_from is None:
        raise InvalidValueError(
            "a private MC says since when the invoice waits in the reserved area",
            value=available_from,
            remedy="give available_from",
        )
    return private.RicevutaImpossibilitaRecapito(data_messa_a_disposizione=available_from, **common)


@guarded
def buyers_outcome(
    file: Submission,
    answer: EsitoCommittente,
    *,
    reference: RiferimentoFattura | None = None,
    description: str | None = None,
    message_id: str | None = None,
) -> pa.NotificaEsitoCommittente:
    """EC: what the public buyer answers about one document of the file, or about all of them.

    Raises:
        InvalidValueError: the private flow, which has no outcome.
    """
    _require_public(file, "outcome")
    return pa.NotificaEsitoCommittente(
        identificativo_sdi=file.sdi_id,
        riferimento_fattura=reference,
        esito=answer,
        descrizione=description,
        message_id_committente=message_id,
    )


@guarded
def outcome(file: Submission, answer: pa.NotificaEsitoCommittente, *, message_id: str) -> pa.NotificaEsito:
    """NE: SDI forwards the buyer's outcome to the sender.

    Raises:
        InvalidValueError: the private flow, which has no outcome.
    """
    _require_public(file, "outcome")
    return pa.NotificaEsito(esito_committente=answer, message_id=message_id, **_about(file))


@guarded
def outcome_refused(
    answer: pa.NotificaEsitoCommittente, why: ScartoEsito, *, message_id: str
) -> pa.ScartoEsitoCommittente:
    """SE: SDI refuses the buyer's outcome."""
    return pa.ScartoEsitoCommittente(
        identificativo_sdi=answer.identificativo_sdi,
        riferimento_fattura=answer.riferimento_fattura,
        scarto=why,
        message_id=message_id,
        message_id_committente=answer.message_id_committente,
    )


@guarded
def expired(
    file: Submission, *, message_id: str, reference: RiferimentoFattura | None = None, description: str | None = None
) -> pa.NotificaDecorrenzaTermini:
    """DT: no outcome came in time.

    Raises:
        InvalidValueError: the private flow, which has no such term.
    """
    _require_public(file, "term for an outcome")
    return pa.NotificaDecorrenzaTermini(
        riferimento_fattura=reference, descrizione=description, message_id=message_id, **_about(file)
    )


@guarded
def attested(file: Submission, *, message_id: str) -> pa.AttestazioneTrasmissioneFattura:
    """AT: the file was received and could not be delivered; SDI is done with it.

    Raises:
        InvalidValueError: the private flow, whose messages have no attestation.
    """
    _require_public(file, "attestation")
    return pa.AttestazioneTrasmissioneFattura(
        data_ora_ricezione=file.received,
        destinatario=pa.Destinatario(codice=file.recipient, descrizione=file.office),
        message_id=message_id,
        hash_file_originale=file.digest,
        **_about(file),
    )


@guarded
def forwarded(
    file: Submission, form: FormatoTrasmissione, *, message_id: str, attempts: int = 1
) -> pa.MetadatiInvioFile | private.FileMetadati:
    """MT: the metadata that go to the recipient with the file."""
    common: dict[str, Any] = {
        **_about(file),
        "codice_destinatario": file.recipient,
        "formato": form.value,
        "tentativi_invio": attempts,
        "message_id": message_id,
    }
    return pa.MetadatiInvioFile(**common) if file.flow is Flow.PA else private.FileMetadati(**common)
