"""Where a document stands: its stage, what can come next and by when, what its sender has to do.

The position depends on the set of messages alone, never on their order. Messages that cannot both be true are
reported; none of them wins.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from enum import Enum

from attrs import frozen

from gse_billing.core.arguments import require
from gse_billing.core.dated import Basis, require_day
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.findings import Finding, Report
from gse_billing.core.html import table
from gse_billing.fatturapa.codelists import EsitoCommittente, Flow, TipoMessaggio
from gse_billing.fatturapa.flow.history import Arrival, History
from gse_billing.fatturapa.flow.terms import ATTESTATION, CIRCULAR, DISCARD, OUTCOME, RESEND, last_day
from gse_billing.fatturapa.notifications import Notification, RiferimentoFattura

__all__ = ["Duty", "Expected", "Position", "Stage", "position"]

_RC, _NS, _MC, _NE, _MT, _EC, _SE, _DT, _AT = (
    TipoMessaggio(code) for code in ("RC", "NS", "MC", "NE", "MT", "EC", "SE", "DT", "AT")
)


class Stage(Enum):
    """How far a document has come."""

    SENT = "sent, no answer yet"
    DISCARDED = "discarded by SDI: never issued"
    UNDELIVERED = "issued, not delivered"
    DELIVERED = "delivered"
    ANSWERED = "the buyer has answered, SDI has not forwarded the answer yet"
    ACCEPTED = "accepted by the buyer"
    REFUSED = "refused by the buyer"
    EXPIRED = "closed without an answer of the buyer, which is no acceptance"
    ATTESTED = "SDI could not deliver it and is done with it"
    CONTRADICTED = "messages contradict one another"


_CLOSED = {Stage.DISCARDED, Stage.ACCEPTED, Stage.REFUSED, Stage.EXPIRED, Stage.ATTESTED}
_FREE = {Stage.DISCARDED, Stage.REFUSED}
_REACHED = {_RC, _MT, _EC, _SE}
"""Messages that exist only once the recipient has the file: the receipt, what goes with the file, his answer."""

_IMPOSSIBLE = (
    *((_NS, other) for other in (_RC, _MC, _NE, _MT, _EC, _SE, _DT, _AT)),
    *((_AT, other) for other in (_RC, _NE, _MT, _EC, _SE, _DT)),
    (_NE, _DT),
)
"""Pairs that cannot both be true of one document."""


@frozen(kw_only=True)
class Expected:
    """A message that can come next.

    Attributes:
        kind: of the message.
        since: the first day it can come, ``None`` at any time.
        by: the last day, ``None`` without a term.
        basis: the text with the term.
    """

    kind: TipoMessaggio
    since: dt.date | None = None
    by: dt.date | None = None
    basis: Basis | None = None


@frozen(kw_only=True)
class Duty:
    """What the sender has to do.

    Attributes:
        what: in words.
        by: the last day, ``None`` without a term.
        basis: the text that says so.
    """

    what: str
    by: dt.date | None = None
    basis: Basis | None = None


@frozen(kw_only=True)
class Position:
    """Where a document stands on a day.

    Attributes:
        stage: how far it has come.
        on: the day of the question.
        closed: whether nothing can change any more.
        issued: whether the invoice counts as issued, ``None`` as long as that is open.
        number_free: whether its number may be used again.
        expected: the messages that can come next.
        duties: what the sender has to do.
        report: contradictions and conflicts.
    """

    stage: Stage
    on: dt.date
    closed: bool
    issued: bool | None
    number_free: bool
    expected: tuple[Expected, ...]
    duties: tuple[Duty, ...]
    report: Report

    def _repr_html_(self) -> str:
        rows = [("can come", each.kind.english, each.since or "", each.by or "") for each in self.expected]
        rows += [("to do", duty.what, "", duty.by or "") for duty in self.duties]
        rows += [("contradiction", found.message_en, "", "") for found in self.report]
        return table(("", "what", "from", "until"), rows, caption=self.stage.value)


def position(history: History, *, on: dt.date, document: RiferimentoFattura | None = None) -> Position:
    """Where a document stands on a day.

    Args:
        history: of the file.
        on: the day of the question; messages that came later are left out.
        document: which one, when the file holds several.

    Raises:
        InvalidValueError: the messages tell several documents apart and none is named, or the day is no plain day.
    """
    require(history, History, meant="the history of a file")
    require_day(on, meant="the day of the question")
    if document is not None:
        require(document, RiferimentoFattura, meant="a reference to a document")
    arrivals = [each for each in history.arrivals if each.on <= on and _concerns(each.notification, document)]
    if document is None:
        _require_one_document(arrivals)
    report = Report((*_conflicts(arrivals), *_contradictions(arrivals)))
    stage = _stage(arrivals) if report.ok else Stage.CONTRADICTED
    return Position(
        stage=stage,
        on=on,
        closed=stage in _CLOSED or (history.flow is Flow.PRIVATE and stage in (Stage.DELIVERED, Stage.UNDELIVERED)),
        issued=None if stage in (Stage.SENT, Stage.CONTRADICTED) else stage is not Stage.DISCARDED,
        number_free=stage in _FREE,
        expected=tuple(_expected(stage, history, arrivals)),
        duties=tuple(_duties(stage, history, arrivals)),
        report=report,
    )


def _concerns(notification: Notification, document: RiferimentoFattura | None) -> bool:
    said = notification.reference
    if document is None or said is None:
        return True
    if None not in (document.posizione_fattura, said.posizione_fattura):
        return document == said
    return (document.numero_fattura, document.anno_fattura) == (said.numero_fattura, said.anno_fattura)


def _require_one_document(arrivals: Sequence[Arrival]) -> None:
    said = {each.notification.reference for each in arrivals} - {None}
    if len(said) > 1:
        raise InvalidValueError(
            "the messages are about several documents of the file", value=said, remedy="say which one in document"
        )


def _conflicts(arrivals: Sequence[Arrival]) -> Iterator[Finding]:
    for index, later in enumerate(arrivals):
        if any(earlier.key == later.key for earlier in arrivals[:index]):
            kind, identity = later.key
            yield Finding(
                code="flow:conflict",
                message_it=f"il messaggio {kind} {identity} è arrivato con contenuti diversi",
                message_en=f"the message {kind} {identity} came with different contents",
                hint="compare both files and ask SDI which one holds",
            )


def _contradictions(arrivals: Sequence[Arrival]) -> Iterator[Finding]:
    kinds = {each.notification.kind for each in arrivals}
    for one, other in _IMPOSSIBLE:
        if {one, other} <= kinds:
            yield _contradiction(f"{one} ({one.english})", f"{other} ({other.english})")
    if len(_outcomes(arrivals)) > 1:
        yield _contradiction("EC01", "EC02")
    if len({each.notification.sdi_id for each in arrivals} - {"0"}) > 1:
        yield _contradiction("one number of SDI", "another for the same file")


def _contradiction(one: str, other: str) -> Finding:
    return Finding(
        code="flow:contradiction",
        message_it=f"{one} e {other} non possono valere insieme",
        message_en=f"{one} and {other} cannot both be true",
        hint="nothing was overwritten: ask SDI which message holds",
    )


def _outcomes(arrivals: Sequence[Arrival]) -> set[EsitoCommittente]:
    said = {each.notification.outcome for each in arrivals if each.notification.kind is _NE}
    return {outcome for outcome in said if outcome is not None}


def _stage(arrivals: Sequence[Arrival]) -> Stage:
    kinds = {each.notification.kind for each in arrivals}
    if _NE in kinds:
        return Stage.ACCEPTED if EsitoCommittente.EC01 in _outcomes(arrivals) else Stage.REFUSED
    for kind, stage in ((_NS, Stage.DISCARDED), (_DT, Stage.EXPIRED), (_AT, Stage.ATTESTED)):
        if kind in kinds:
            return stage
    if _standing_answer(arrivals):
        return Stage.ANSWERED
    if kinds & _REACHED:
        return Stage.DELIVERED
    return Stage.UNDELIVERED if _MC in kinds else Stage.SENT


def _standing_answer(arrivals: Sequence[Arrival]) -> bool:
    """Whether an answer of the buyer is known that SDI did not refuse."""
    answers = sum(each.notification.kind is _EC for each in arrivals)
    return answers > sum(each.notification.kind is _SE for each in arrivals)


def _day_of(kind: TipoMessaggio, arrivals: Sequence[Arrival]) -> dt.date | None:
    return min((each.on for each in arrivals if each.notification.kind is kind), default=None)


def _term_starts(arrivals: Sequence[Arrival]) -> dt.date | None:
    """From when the buyer's term runs: the sending of the MC if there was one, else the date in the RC."""
    undelivered = _day_of(_MC, arrivals)
    said = (each.notification.delivered for each in arrivals if each.notification.kind is _RC)
    delivered = min((moment.date() for moment in said if moment is not None), default=None)
    known = [day for day in (undelivered, delivered) if day is not None]
    return min(known, default=None)


def _expected(stage: Stage, history: History, arrivals: Sequence[Arrival]) -> Iterator[Expected]:
    if stage is Stage.SENT:
        yield from _first_answers(history)
    elif history.flow is Flow.PRIVATE or stage in _CLOSED or stage is Stage.CONTRADICTED:
        return
    elif stage is Stage.UNDELIVERED:
        start = _day_of(_MC, arrivals) or history.sent_on
        yield Expected(kind=_RC)
        yield Expected(kind=_AT, since=last_day(ATTESTATION, start), basis=ATTESTATION.row_on(start).basis)
    elif stage is Stage.ANSWERED:
        yield Expected(kind=_NE)
        yield Expected(kind=_SE)
    else:
        yield from _answers_of_the_buyer(_term_starts(arrivals))


def _first_answers(history: History) -> Iterator[Expected]:
    private = history.flow is Flow.PRIVATE
    by = last_day(DISCARD, history.sent_on) if private else None
    yield Expected(kind=_NS, by=by, basis=DISCARD.row_on(history.sent_on).basis if private else None)
    yield Expected(kind=_RC)
    yield Expected(kind=_MC)


def _answers_of_the_buyer(start: dt.date | None) -> Iterator[Expected]:
    if start is None:  # that it was delivered is known from something else than the receipt
        yield Expected(kind=_NE)
        yield Expected(kind=_DT)
        return
    basis = OUTCOME.row_on(start).basis
    by = last_day(OUTCOME, start)
    yield Expected(kind=_NE, by=by, basis=basis)
    yield Expected(kind=_DT, since=by + dt.timedelta(days=1), basis=basis)


def _duties(stage: Stage, history: History, arrivals: Sequence[Arrival]) -> Iterator[Duty]:
    if stage is Stage.DISCARDED:
        start = _day_of(_NS, arrivals) or history.sent_on
        yield Duty(
            what="mend it and send it again: same number and date, a new name of the file",
            by=last_day(RESEND, start),
            basis=RESEND.row_on(start).basis,
        )
    elif stage is Stage.REFUSED:
        yield Duty(what="mend it and send it again under a new name of the file; its number is free")
    elif stage is Stage.ATTESTED:
        yield Duty(
            what="deliver it to the office by other means, with the attestation",
            basis=ATTESTATION.row_on(history.sent_on).basis,
        )
    elif stage is Stage.UNDELIVERED and history.flow is Flow.PRIVATE:
        yield Duty(what="tell the buyer that it waits in his reserved area", basis=CIRCULAR)
    elif stage is Stage.CONTRADICTED:
        yield Duty(what="ask SDI which message holds")
