"""SDI's answers: which document each one speaks of, and what they make of it together.

What follows from the answers is said by ``fatturapa.flow``; here it becomes what netting wants to know. The order in
which answers arrive does not matter. Answers that cannot both be true are reported, and the document waits.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from attrs import field, frozen

from gse_billing.billing.issuing import IssuedDocument
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.findings import Finding
from gse_billing.core.values import evolve
from gse_billing.fatturapa.codelists import Flow
from gse_billing.fatturapa.flow import History, Position, Stage, position, sent
from gse_billing.fatturapa.notifications import Notification, read_notification
from gse_billing.netting import DocumentState

__all__ = ["Answer", "Outcome", "outcomes", "read_answer"]

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
    documents: Iterable[IssuedDocument], answers: Iterable[Answer], *, on: dt.date
) -> tuple[Mapping[str, Outcome], tuple[Finding, ...]]:
    """The outcome of each document by its key, and a finding for each answer to nothing or against another.

    Args:
        documents: what was sent.
        answers: what came back up to that day, in any order.
        on: the day of the question.
    """
    by_file: defaultdict[str, list[Answer]] = defaultdict(list)
    for answer in sorted(answers, key=lambda item: item.name):
        by_file[answer.notification.file_name or ""].append(answer)
    found: dict[str, Outcome] = {}
    findings: list[Finding] = []
    for document in documents:
        received = by_file.pop(str(document.file_name), [])
        history, taken, strangers = _history(document, received, on)
        findings.extend(strangers)
        found[document.key] = _outcome(history, taken, max(on, document.draft.date))
        place = str(document.file_name)
        findings.extend(evolve(finding, path=place) for finding in found[document.key].position.report)
    findings.extend(_unmatched(by_file))
    return found, tuple(findings)


def _history(
    document: IssuedDocument, received: Iterable[Answer], on: dt.date
) -> tuple[History, list[Answer], list[Finding]]:
    """The history of a document, the answers that are in it, and a finding for each that cannot be."""
    flow = Flow.PA if document.draft.recipient.format == "FPA12" else Flow.PRIVATE
    history = sent(flow, str(document.file_name), on=document.draft.date)
    taken: list[Answer] = []
    strangers: list[Finding] = []
    for answer in received:
        try:
            history = history.receive(answer.data, on=max(on, history.sent_on), filename=answer.name)
            taken.append(answer)
        except InvalidValueError as error:
            strangers.append(_stranger(answer, error.why))
    return history, taken, strangers


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
    for name, received in sorted(by_file.items()):
        for answer in received:
            yield _stranger(answer, f"no such file was sent: {name or 'it names none'}")


def _stranger(answer: Answer, why: str) -> Finding:
    return Finding(
        code="answers:unmatched",
        path=answer.name,
        message_it=f"risposta che non riguarda nessun documento inviato: {why}",
        message_en=f"an answer to no document that was sent: {why}",
        hint="move it to the run that sent the file",
    )
