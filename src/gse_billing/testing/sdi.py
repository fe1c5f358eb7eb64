"""SDI as a rehearsal plays it: messages about documents of a settlement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from gse_billing.billing import Answer, IssuedDocument, read_answer
from gse_billing.fatturapa.codelists import EsitoCommittente, Flow, FormatoTrasmissione
from gse_billing.fatturapa.notifications import (
    Message,
    Submission,
    attested,
    buyers_outcome,
    delivered,
    discarded,
    expired,
    forwarded,
    outcome,
    undelivered,
    write_notification,
)

__all__ = ["ANSWER_KINDS", "sdi_answer", "sdi_receipts"]

ANSWER_KINDS = ("RC", "NS", "MC", "DT", "AT", "MT", "EC01", "EC02")
"""The messages that can be played: the kinds of SDI, with the two outcomes of an NE by their own codes."""

_RECEIVED = dt.datetime(2020, 12, 15, 9, 30)  # noqa: DTZ001 - SDI writes the moments of its messages without a zone


def sdi_receipts(documents: Iterable[IssuedDocument]) -> tuple[Answer, ...]:
    """A receipt of delivery for each document."""
    return tuple(sdi_answer(document, "RC") for document in documents)


def sdi_answer(
    document: IssuedDocument,
    kind: str,
    *,
    code: str = "00404",
    number: int = 1,
    received: dt.datetime = _RECEIVED,
) -> Answer:
    """One message about a document.

    Args:
        document: what was sent.
        kind: one of :data:`ANSWER_KINDS`; the private flow knows RC, NS, MC and MT only.
        code: the check that failed, for NS.
        number: tells messages of one kind apart, in the name of the file.
        received: when SDI had the file and, for RC, when it delivered it; without a zone, as its messages write it.

    Raises:
        InvalidValueError: the private flow has no such message.
    """
    file = Submission(
        flow=Flow.PA if document.draft.recipient.format == "FPA12" else Flow.PRIVATE,
        sdi_id=4_100_000_000,
        file_name=str(document.file_name),
        received=received,
        recipient=document.draft.recipient.code,
        digest=document.sent.sha256,
        office="Ufficio",
    )
    name = f"{document.file_name.stem}_{'NE' if kind.startswith('EC') else kind}_{number:03}.xml"
    return read_answer(name, write_notification(_message(file, kind, code)))


def _message(file: Submission, kind: str, code: str) -> Message:
    if kind.startswith("EC"):
        return outcome(file, buyers_outcome(file, EsitoCommittente(kind)), message_id="1")
    day = None if file.flow is Flow.PA else file.received.date()
    made: dict[str, Callable[[], Message]] = {
        "RC": lambda: delivered(file, at=file.received, message_id="1"),
        "NS": lambda: discarded(file, [(code, "motivo")], message_id="1"),
        "MC": lambda: undelivered(file, message_id="1", available_from=day),
        "DT": lambda: expired(file, message_id="1"),
        "AT": lambda: attested(file, message_id="1"),
        "MT": lambda: forwarded(file, FormatoTrasmissione.FPA12, message_id="1"),
    }
    return made[kind]()
