"""SDI's answers: which document each one speaks of, and what they make of it together.

The order in which answers arrive does not matter. Answers that cannot both be true are reported, and the document
waits as if neither had come.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from gse_billing.billing.issuing import IssuedDocument
from gse_billing.core.findings import Finding
from gse_billing.fatturapa.codelists import EsitoCommittente, Flow, TipoMessaggio
from gse_billing.fatturapa.notifications import Notification
from gse_billing.netting import DocumentState

__all__ = ["Answer", "Outcome", "outcomes"]

_EXCLUDED = (
    ({TipoMessaggio.NS}, {TipoMessaggio.RC, TipoMessaggio.MC, TipoMessaggio.AT, TipoMessaggio.NE, TipoMessaggio.DT}),
    ({TipoMessaggio.NE}, {TipoMessaggio.DT, TipoMessaggio.AT}),
    ({TipoMessaggio.RC}, {TipoMessaggio.AT}),
)
"""Kinds that cannot both be true of one file: SdI specification 1.8.4, par. 4.5."""


@frozen
class Answer:
    """A message of SDI and the name of the file it came in."""

    name: str
    notification: Notification


@frozen(kw_only=True)
class Outcome:
    """What became of a document.

    Attributes:
        state: what the answers say of it together.
        answers: the answers, by name.
        note: why it is in that state, where there is more to say.
    """

    state: DocumentState
    answers: tuple[Answer, ...] = ()
    note: str = ""

    @property
    def since(self) -> dt.date | None:
        """The first day on which SDI had the file, or ``None`` where no answer says it."""
        days = (answer.notification.received for answer in self.answers)
        return min((moment.date() for moment in days if moment is not None), default=None)

    @property
    def error_codes(self) -> frozenset[str]:
        """SDI's codes for the discard, without prefix."""
        return frozenset(
            error.code.removeprefix("sdi:") for answer in self.answers for error in answer.notification.errors
        )


def outcomes(
    documents: Iterable[IssuedDocument], answers: Iterable[Answer]
) -> tuple[Mapping[str, Outcome], tuple[Finding, ...]]:
    """The outcome of each document by its key, and a finding for each answer to nothing or against another.

    Args:
        documents: what was sent.
        answers: what came back, in any order.
    """
    by_file: defaultdict[str, list[Answer]] = defaultdict(list)
    for answer in sorted(answers, key=lambda item: item.name):
        by_file[answer.notification.file_name or ""].append(answer)
    found: dict[str, Outcome] = {}
    findings: list[Finding] = []
    for document in documents:
        received = by_file.pop(str(document.file_name), [])
        found[document.key] = _outcome(received)
        findings.extend(_conflicts(document, received))
    findings.extend(_unmatched(by_file))
    return found, tuple(findings)


def _outcome(received: list[Answer]) -> Outcome:
    kinds = {answer.notification.kind for answer in received}
    if _conflicting(received):
        return Outcome(state=DocumentState.AWAITING_DELIVERY, answers=tuple(received), note="answers contradict")
    state, note = DocumentState.AWAITING_DELIVERY, ""
    if TipoMessaggio.NS in kinds:
        state = DocumentState.DISCARDED
        note = "; ".join(error.message_it for answer in received for error in answer.notification.errors)
    elif TipoMessaggio.NE in kinds:
        accepted = _results(received) == {EsitoCommittente.EC01}
        state = DocumentState.ACCEPTED if accepted else DocumentState.REFUSED
    elif TipoMessaggio.DT in kinds:
        state, note = DocumentState.ACCEPTED, "not refused within its terms"
    elif TipoMessaggio.RC in kinds or _left_for_the_buyer(received):
        state = DocumentState.DELIVERED
    elif TipoMessaggio.AT in kinds:
        note = "SDI could not deliver it: deliver it by other means"
    return Outcome(state=state, answers=tuple(received), note=note)


def _left_for_the_buyer(received: list[Answer]) -> bool:
    """In the private flow an MC leaves the invoice in the buyer's reserved area, and it counts as issued."""
    return any(
        answer.notification.kind is TipoMessaggio.MC and answer.notification.flow is Flow.PRIVATE for answer in received
    )


def _results(received: list[Answer]) -> set[EsitoCommittente | None]:
    return {answer.notification.outcome for answer in received if answer.notification.kind is TipoMessaggio.NE}


def _conflicting(received: list[Answer]) -> bool:
    kinds = {answer.notification.kind for answer in received}
    if any(kinds & one and kinds & other for one, other in _EXCLUDED):
        return True
    return len(_results(received)) > 1


def _conflicts(document: IssuedDocument, received: list[Answer]) -> Iterator[Finding]:
    if _conflicting(received):
        names = ", ".join(answer.name for answer in received)
        yield Finding(
            code="answers:conflict",
            path=str(document.file_name),
            message_it=f"le risposte non possono essere tutte vere: {names}",
            message_en=f"these answers cannot all be true: {names}",
            hint="ask SDI which one holds, and keep only that file",
        )


def _unmatched(by_file: Mapping[str, list[Answer]]) -> Iterator[Finding]:
    for name, received in sorted(by_file.items()):
        for answer in received:
            yield Finding(
                code="answers:unmatched",
                path=answer.name,
                message_it=f"risposta a un file mai inviato: {name or 'nessun nome'}",
                message_en=f"an answer to a file that was never sent: {name or 'it names none'}",
                hint="move it to the run that sent the file",
            )
