"""SDI's answers: which document each one speaks of, and what they make of it together.

What follows from the answers is said by ``fatturapa.flow``; here it becomes what netting wants to know. The order in
which answers arrive does not matter. Answers that cannot both be true are reported, and the document waits.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping

from attrs import field, frozen

from gse_billing.billing.books import SentDocument
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.findings import Finding, Severity
from gse_billing.core.values import evolve
from gse_billing.fatturapa.codelists import Flow
from gse_billing.fatturapa.flow import History, Position, Stage, position, sent
from gse_billing.fatturapa.notifications import Notification, read_notification
from gse_billing.netting import DocumentState

__all__ = ["Answer", "Outcome", "outcomes", "read_answer", "stem_of"]

_STATES = {
    Stage.SENT: DocumentState.AWAITING_DELIVERY,
    Stage.DISCARDED: DocumentState.DISCARDED,
    Stage.UNDELIVERED: DocumentState.AWAITING_DELIVERY,
    Stage.DELIVERED: DocumentState.DELIVERED,
    Stage.ANSWERED: DocumentState.DELIVERED,
    Stage.ACCEPTED: DocumentState.ACCEPTED,
    Stage.REFUSED: DocumentState.REFUSED,
    Stage.EXPIRED: DocumentState.ACCEPTED,
    Stage.ATTESTED: DocumentState.AWAITING_DELIVERY,
    Stage.CONTRADICTED: DocumentState.AWAITING_DELIVERY,
}


@frozen
class Answer:
    """A message of SDI as it came: the name of its file, its bytes, and what it says."""

    name: str
    data: bytes = field(repr=False)
    notification: Notification


def read_answer(name: str, data: bytes) -> Answer:
    """The answer in a file.

    Raises:
        InvalidDocumentError: it is no message of SDI.
    """
    return Answer(name, data, read_notification(data, filename=name))


@frozen(kw_only=True)
class Outcome:
    """What became of a document.

    Attributes:
        state: what the answers say of it together.
        position: where it stands in SDI's flow: what can come next and by when.
        answers: the answers it follows from, by name.
        errors: the checks that failed, when it was discarded.
        since: the first day on which SDI had the file, or ``None`` where no answer says it.
    """

    state: DocumentState
    position: Position
    answers: tuple[Answer, ...] = ()
    errors: tuple[Finding, ...] = ()
    since: dt.date | None = None

    @property
    def note(self) -> str:
        """SDI's reasons for a discard (MOTIVO SCARTO), or what is left to do; empty where there is nothing to say."""
        if self.errors:
            return "; ".join(error.message_it for error in self.errors)
        told = (Stage.ATTESTED, Stage.CONTRADICTED)
        return self.position.stage.value if self.position.stage in told else ""

    @property
    def error_codes(self) -> frozenset[str]:
        """SDI's codes for the discard, without prefix."""
        return frozenset(error.code.removeprefix("sdi:") for error in self.errors)


def outcomes(
    documents: Iterable[SentDocument], answers: Iterable[Answer], *, on: dt.date, new: Container[str] = frozenset()
) -> tuple[Mapping[str, Outcome], tuple[Finding, ...]]:
    """The outcome of each document by its key, and a finding for each answer that cannot be taken.

    Args:
        documents: what was sent.
        answers: what came back, in any order.
        on: the day of the question; what SDI received later is left for a later run.
        new: the keys of the documents that this run names: SDI cannot have answered them.
    """
    by_file: defaultdict[str, list[Answer]] = defaultdict(list)
    for answer in sorted(answers, key=lambda item: item.name):
        by_file[stem_of(answer.notification.file_name)].append(answer)
    found: dict[str, Outcome] = {}
    findings: list[Finding] = []
    for document in documents:
        received = by_file.pop(stem_of(document.file_name), [])
        history = _sent(document, received)
        taken: list[Answer] = []
        for answer in received:
            try:
                history = _receive(history, document, answer, on=on, new=new)
                taken.append(answer)
            except _NotTakenError as refusal:
                findings.append(refusal.finding)
        found[document.key] = _outcome(history, taken, max(on, history.sent_on))
        findings.extend(evolve(finding, path=document.file_name) for finding in found[document.key].position.report)
    findings.extend(_unmatched(by_file))
    return found, tuple(findings)


def stem_of(name: str | None) -> str:
    """The name of an invoice file without its ending: what is signed goes out as .xml.p7m."""
    return (name or "").removesuffix(".p7m").removesuffix(".xml")


def _sent(document: SentDocument, received: list[Answer]) -> History:
    """The history of a document, under the name that SDI calls it by: as it is, or signed."""
    flow = Flow.PA if document.draft.recipient.format == "FPA12" else Flow.PRIVATE
    name = received[0].notification.file_name if received else None
    return sent(flow, name or document.file_name, on=document.named_on)


def _signed(said: Notification) -> bool:
    """Whether SDI speaks of a signed file, whose hash is not that of the invoice inside."""
    return str(said.file_name).endswith(".p7m")


class _NotTakenError(Exception):
    """An answer that does not count; it carries the finding that says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding)
        self.finding = finding


def _receive(history: History, document: SentDocument, answer: Answer, *, on: dt.date, new: Container[str]) -> History:
    said = answer.notification
    if document.key in new:
        raise _NotTakenError(
            _stranger(answer, "the file is named in this very run; see that --out is the right folder")
        )
    if said.received is not None and said.received.date() > on:
        raise _NotTakenError(_later(answer, on))
    if said.digest and not _signed(said) and said.digest.lower() != document.sha256:
        raise _NotTakenError(_stranger(answer, "its hash is that of another file of the same name"))
    try:
        return history.receive(answer.data, on=on, filename=answer.name)
    except InvalidValueError as error:
        raise _NotTakenError(_stranger(answer, error.why)) from None


def _later(answer: Answer, on: dt.date) -> Finding:
    return Finding(
        code="answers:later",
        severity=Severity.INFO,
        path=answer.name,
        message_it=f"la risposta è successiva al {on} e non è stata considerata",
        message_en=f"the answer came after {on} and was left for a later run",
        hint="run again with --on the day it came, or later",
    )


def _outcome(history: History, taken: Iterable[Answer], on: dt.date) -> Outcome:
    where = position(history, on=on)
    left_for_the_buyer = history.flow is Flow.PRIVATE and where.stage is Stage.UNDELIVERED
    received = (arrival.notification.received for arrival in history.arrivals)
    return Outcome(
        # a private MC leaves the invoice in the buyer's reserved area, and it counts as issued
        state=DocumentState.DELIVERED if left_for_the_buyer else _STATES[where.stage],
        position=where,
        answers=tuple(taken),
        errors=tuple(error for arrival in history.arrivals for error in arrival.notification.errors),
        since=min((moment.date() for moment in received if moment is not None), default=None),
    )


def _unmatched(by_file: Mapping[str, list[Answer]]) -> Iterator[Finding]:
    for _, received in sorted(by_file.items()):
        for answer in received:
            yield _stranger(answer, f"no such file was sent: {answer.notification.file_name or 'it names none'}")


def _stranger(answer: Answer, why: str) -> Finding:
    return Finding(
        code="answers:unmatched",
        path=answer.name,
        message_it=f"risposta che non riguarda nessun documento inviato: {why}",
        message_en=f"an answer to no document that was sent: {why}",
        hint="move it to the run that sent the file",
    )
