"""The life of a proposal: what is recorded of it, and the state that follows.

::

    SOTTOSOGLIA ─► DA FATTURARE ─► SALVATA ─► INVIATA ─┬─► CONSEGNATA ─► IN PAGAMENTO ─► PAGATO
         │                                             ├─► SCARTATA    a new proposal follows
         │                                             └─► RIFIUTATA   a new proposal follows
         └─► IN PAGAMENTO ─► PAGATO                    where nothing is invoiced

*Da fatturare*, *sottosoglia* and *in pagamento* are GSE's words, the others are ours.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import Enum
from functools import reduce
from itertools import pairwise

from attrs import field, frozen

from gse_billing.core.dated import require_day
from gse_billing.core.errors import IllegalTransitionError
from gse_billing.core.guards import guarded, require_fields

__all__ = ["Event", "FeeState", "Happening", "state_after", "state_of"]


class FeeState(Enum):
    """The states of a fee, with the words of the column STATO CORRISPETTIVO."""

    BELOW_THRESHOLD = "SOTTOSOGLIA"
    TO_INVOICE = "DA FATTURARE"
    SAVED = "SALVATA"
    SENT = "INVIATA"
    DISCARDED = "SCARTATA"
    REFUSED = "RIFIUTATA"
    DELIVERED = "CONSEGNATA"
    IN_PAYMENT = "IN PAGAMENTO"
    PAID = "PAGATO"


class Happening(Enum):
    """What can happen to a proposal."""

    THRESHOLD_REACHED = "the sum of the contract reached the publication threshold, and the fee is invoiced"
    ACCEPTED_AND_SAVED = "the number was typed and frozen, and GSE was authorised to issue"
    SENT_TO_SDI = "GSE sent the invoice to SDI"
    DISCARDED = "SDI discarded the invoice"
    DELIVERED = "SDI delivered the invoice"
    REFUSED = "the invoice was refused"
    PAYMENT_ORDERED = "the payment was ordered"
    PAID = "the money was credited"


_STEPS = {
    (FeeState.BELOW_THRESHOLD, Happening.THRESHOLD_REACHED): FeeState.TO_INVOICE,
    (FeeState.BELOW_THRESHOLD, Happening.PAYMENT_ORDERED): FeeState.IN_PAYMENT,
    (FeeState.TO_INVOICE, Happening.ACCEPTED_AND_SAVED): FeeState.SAVED,
    (FeeState.SAVED, Happening.SENT_TO_SDI): FeeState.SENT,
    (FeeState.SENT, Happening.DISCARDED): FeeState.DISCARDED,
    (FeeState.SENT, Happening.DELIVERED): FeeState.DELIVERED,
    (FeeState.DELIVERED, Happening.REFUSED): FeeState.REFUSED,
    (FeeState.DELIVERED, Happening.PAYMENT_ORDERED): FeeState.IN_PAYMENT,
    (FeeState.IN_PAYMENT, Happening.PAID): FeeState.PAID,
}


def _day(given: dt.date) -> dt.date:
    return require_day(given, meant="the day of an event")


@frozen
class Event:
    """Something that happened to a proposal, on a day."""

    what: Happening
    on: dt.date = field(converter=_day)

    def __attrs_post_init__(self) -> None:
        require_fields(self)


@guarded
def state_after(state: FeeState, event: Event) -> FeeState:
    """The state after an event.

    Raises:
        IllegalTransitionError: the event cannot happen in that state; the message says which can.
    """
    following = _STEPS.get((state, event.what))
    if following is None:
        possible = [happening.value for before, happening in _STEPS if before is state]
        raise IllegalTransitionError(
            f"a fee that is {state.value} cannot take this: {event.what.value}",
            state=state.value,
            event=event.what.name,
            why=f"what can follow: {'; '.join(possible) or 'nothing'}",
        )
    return following


@guarded
def state_of(events: Iterable[Event]) -> FeeState:
    """The state that some events lead to, in the order in which they happened; those of one day too.

    Raises:
        IllegalTransitionError: an event cannot happen in the state before it, or is dated before the one it follows.

    >>> day = dt.date(2020, 12, 11)
    >>> state_of([Event(Happening.THRESHOLD_REACHED, day)])
    <FeeState.TO_INVOICE: 'DA FATTURARE'>
    """
    given = tuple(events)
    for before, event in pairwise(given):
        _refuse_disorder(before, event)
    return reduce(state_after, given, FeeState.BELOW_THRESHOLD)


def _refuse_disorder(before: Event, event: Event) -> None:
    if event.on < before.on:
        raise IllegalTransitionError(
            f"{event.what.value} on {event.on}, after events of {before.on}",
            state=before.on.isoformat(),
            event=event.what.name,
            why=f"{before.what.value} on {before.on}",
            remedy="give the events in the order in which they happened",
        )
