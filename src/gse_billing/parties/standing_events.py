"""From what happened to the standing of an operator: each restriction is opened by one event and ended by others.

======================  ===================================  ========================================================
restriction             opened by                            ended by
======================  ===================================  ========================================================
suspension (BLK-1)      GSE's invoice discarded with 00305,  the correction of the registered data *obtained*; asking
                        00306 or 00324                       for it changes nothing
block (BLK-2, BLK-3)    the second refusal that counts       re-issue requested *and* every refused invoice accepted
inhibition (BIO-14)     a biofuel invoice not paid as        GSE lifts it
                        foreseen
missing IBAN (PAY-1)    a contract without IBAN              the IBAN given for that contract
======================  ===================================  ========================================================
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from enum import Enum

from attrs import Factory, define, field, frozen

from gse_billing.core.arguments import require_each
from gse_billing.core.dated import days_after, require_day
from gse_billing.core.errors import IllegalTransitionError, InvalidValueError
from gse_billing.core.guards import guarded, require_fields
from gse_billing.core.identifiers import ContractCode
from gse_billing.parties.refusals import BlockPolicy, RefusalGround
from gse_billing.parties.standing import SUSPENDING_CODES, Restriction, RestrictionKind, Standing

__all__ = ["StandingEvent", "StandingEventKind", "standing_after"]


class StandingEventKind(Enum):
    """What can happen to the standing of an operator."""

    INVOICE_DISCARDED = "SDI discarded an invoice of GSE"
    CORRECTION_REQUESTED = "the correction of the registered data was asked for"
    CORRECTION_OBTAINED = "the correction of the registered data was obtained"
    INVOICE_REFUSED = "the operator refused an invoice of GSE"
    REISSUE_REQUESTED = "the operator asked GSE to issue an invoice again"
    INVOICE_ACCEPTED = "the operator accepted an invoice of GSE"
    INVOICE_LAPSED = "the operator did not answer to an invoice of GSE in time"
    BIOFUEL_UNPAID = "a biofuel invoice was not paid as foreseen"
    INHIBITION_LIFTED = "GSE lifted the inhibition"
    IBAN_MISSING = "a contract has no IBAN"
    IBAN_GIVEN = "the IBAN of a contract was given"


_OF_CONTRACT = frozenset({StandingEventKind.IBAN_MISSING, StandingEventKind.IBAN_GIVEN})
_OF_INVOICE = frozenset(
    {
        StandingEventKind.INVOICE_DISCARDED,
        StandingEventKind.INVOICE_REFUSED,
        StandingEventKind.INVOICE_ACCEPTED,
        StandingEventKind.INVOICE_LAPSED,
        StandingEventKind.BIOFUEL_UNPAID,
    }
)


def _day(given: dt.date) -> dt.date:
    return require_day(given)


def _codes(given: Iterable[str]) -> frozenset[str]:
    return frozenset(require_each(given, str, meant="a code of SDI"))


@frozen(kw_only=True)
class StandingEvent:
    """One thing that happened to an operator.

    Attributes:
        kind: what.
        on: the day.
        invoice: GSE's invoice that it concerns; a request of re-issue without one is for all that were refused.
        codes: SDI's codes of a discard.
        ground: of a refusal.
        contract: of an IBAN.
    """

    kind: StandingEventKind
    on: dt.date = field(converter=_day)
    invoice: str = ""
    codes: frozenset[str] = field(default=frozenset(), converter=_codes)
    ground: RefusalGround = RefusalGround.OTHER
    contract: ContractCode | None = None

    def __attrs_post_init__(self) -> None:
        require_fields(self)
        missing = "invoice" if self.kind in _OF_INVOICE and not self.invoice else ""
        missing = missing or ("contract" if self.kind in _OF_CONTRACT and self.contract is None else "")
        if missing:
            raise InvalidValueError(
                f"{self.kind.value}: the {missing} is not named", value=self, remedy=f"give the {missing}"
            )


@guarded
def standing_after(events: Iterable[StandingEvent], *, policy: BlockPolicy | None = None) -> Standing:
    """The standing of an operator after what happened to him.

    Args:
        events: in the order in which they happened; those of one day too.
        policy: how refusals lead to a block and out of it; GSE's by default.

    Raises:
        IllegalTransitionError: an event is dated before the one that it follows.
    """
    fold = _Fold(policy=policy or BlockPolicy())
    for event in events:
        fold.take(event)
    return Standing((*fold.closed, *fold.open.values()))


_Slot = tuple[RestrictionKind, ContractCode | None]


@define
class _Refused:
    """A refused invoice of GSE on its way to being cured."""

    requested: bool = False
    accepted: bool = False

    @property
    def cured(self) -> bool:
        return self.requested and self.accepted


@define(kw_only=True)
class _Fold:
    """What is known after each event. The refusals of an invoice count one by one; a block ends when all are cured."""

    policy: BlockPolicy
    last: dt.date = dt.date.min
    open: dict[_Slot, Restriction] = Factory(dict)
    closed: list[Restriction] = Factory(list)
    refusals: list[str] = Factory(list)
    refused: dict[str, _Refused] = Factory(dict)

    def take(self, event: StandingEvent) -> None:
        if event.on < self.last:
            raise IllegalTransitionError(
                f"{event.kind.value} on {event.on}, after events of {self.last}",
                state=self.last.isoformat(),
                event=event.kind.value,
                remedy="give the events in the order in which they happened",
            )
        self.last = event.on
        _TAKE[event.kind](self, event)

    def opens(self, kind: RestrictionKind, event: StandingEvent, reason: str) -> None:
        new = Restriction(kind=kind, reason=reason, since=event.on, contract=event.contract)
        self.open.setdefault((kind, event.contract), new)

    def ends(self, kind: RestrictionKind, event: StandingEvent) -> None:
        ended = self.open.pop((kind, event.contract), None)
        if ended is not None:
            # What opened and ended on one day still held for that day: nobody pays between two events of it.
            until = max(event.on, days_after(ended.since, 1))
            self.closed.append(
                Restriction(kind=kind, reason=ended.reason, since=ended.since, until=until, contract=ended.contract)
            )

    def discarded(self, event: StandingEvent) -> None:
        wrong = sorted(event.codes & SUSPENDING_CODES)
        if wrong:
            reason = f"SDI discarded invoice {event.invoice} of GSE with code {', '.join(wrong)}"
            self.opens(RestrictionKind.SUSPENSION, event, reason)

    def corrected(self, event: StandingEvent) -> None:
        self.ends(RestrictionKind.SUSPENSION, event)

    def refuse(self, event: StandingEvent) -> None:
        if not self.policy.counts(event.ground, event.on):
            return
        self.refusals.append(event.invoice)
        self.refused[event.invoice] = _Refused()
        if len(self.refusals) >= self.policy.threshold:
            numbers = ", ".join(dict.fromkeys(self.refusals))
            reason = f"invoices {numbers} of GSE were refused, {len(self.refusals)} refusals in all"
            self.opens(RestrictionKind.BLOCK, event, reason)

    def reissue(self, event: StandingEvent) -> None:
        for invoice, refused in self.refused.items():
            refused.requested |= event.invoice in ("", invoice)
        self.cure(event)

    def accept(self, event: StandingEvent) -> None:
        if event.invoice in self.refused:
            self.refused[event.invoice].accepted = True
            self.cure(event)

    def lapse(self, event: StandingEvent) -> None:
        if self.policy.lapse_cures:
            self.accept(event)

    def cure(self, event: StandingEvent) -> None:
        """End the block once every refused invoice is cured; before a block, a cured one counts no more."""
        if (RestrictionKind.BLOCK, None) in self.open:
            if all(refused.cured for refused in self.refused.values()):
                self.refusals.clear()
                self.refused.clear()
                self.ends(RestrictionKind.BLOCK, event)
            return
        self.refused = {invoice: refused for invoice, refused in self.refused.items() if not refused.cured}
        self.refusals = [invoice for invoice in self.refusals if invoice in self.refused]

    def unpaid(self, event: StandingEvent) -> None:
        self.opens(RestrictionKind.INHIBITION, event, f"invoice {event.invoice} of GSE was not paid as foreseen")

    def lifted(self, event: StandingEvent) -> None:
        self.ends(RestrictionKind.INHIBITION, event)

    def iban_missing(self, event: StandingEvent) -> None:
        self.opens(RestrictionKind.MISSING_IBAN, event, f"contract {event.contract} has no IBAN")

    def iban_given(self, event: StandingEvent) -> None:
        self.ends(RestrictionKind.MISSING_IBAN, event)

    def nothing(self, _: StandingEvent) -> None:
        """Opening the ticket is not enough: the payments wait for the correction itself."""


_TAKE: dict[StandingEventKind, Callable[[_Fold, StandingEvent], None]] = {
    StandingEventKind.INVOICE_DISCARDED: _Fold.discarded,
    StandingEventKind.CORRECTION_REQUESTED: _Fold.nothing,
    StandingEventKind.CORRECTION_OBTAINED: _Fold.corrected,
    StandingEventKind.INVOICE_REFUSED: _Fold.refuse,
    StandingEventKind.REISSUE_REQUESTED: _Fold.reissue,
    StandingEventKind.INVOICE_ACCEPTED: _Fold.accept,
    StandingEventKind.INVOICE_LAPSED: _Fold.lapse,
    StandingEventKind.BIOFUEL_UNPAID: _Fold.unpaid,
    StandingEventKind.INHIBITION_LIFTED: _Fold.lifted,
    StandingEventKind.IBAN_MISSING: _Fold.iban_missing,
    StandingEventKind.IBAN_GIVEN: _Fold.iban_given,
}
