"""ACCETTA E SALVA: the number is typed, three declarations are accepted, the number freezes (INV-11 to INV-18)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import Enum

from attrs import field, frozen

from gse_billing.billing.portfolio.model import Proposal
from gse_billing.billing.proposals.states import Event, FeeState, Happening, state_of
from gse_billing.core.arguments import require_each
from gse_billing.core.errors import FrozenNumberError, IllegalTransitionError
from gse_billing.core.guards import guarded, require_fields
from gse_billing.core.identifiers import InvoiceNumber
from gse_billing.core.values import evolve

__all__ = ["Authorisation", "Declared", "Life", "accept_and_save", "record", "refuse_own_sending"]


class Declared(Enum):
    """What the responsible party declares when he saves a number; all three are needed (INV-15)."""

    NUMBER_IS_RIGHT = "the number is right and cannot be changed afterwards"
    GSE_MAY_ISSUE = "GSE may issue the invoice on his behalf, in the form of DM 55 of 3 April 2013"
    PAID_AFTER_DELIVERY = "GSE pays against this invoice alone, and after SDI told GSE of its delivery"


@frozen(kw_only=True)
class Authorisation:
    """What was accepted, by whom and when: it lets GSE send the invoice as third-party issuer (INV-17).

    Attributes:
        number: the number, frozen.
        declared: the declarations that were accepted.
        by: the responsible party, as his books name him.
        on: the day of saving, which becomes the date of the invoice where the service dates it so.
    """

    number: InvoiceNumber
    declared: frozenset[Declared]
    by: str
    on: dt.date

    def __attrs_post_init__(self) -> None:
        require_fields(self)


def _events(given: Iterable[Event]) -> tuple[Event, ...]:
    return require_each(given, Event, meant="events")


@frozen(kw_only=True)
class Life:
    """A proposal with everything recorded of it; its state is a fold over the events."""

    proposal: Proposal
    events: tuple[Event, ...] = field(default=(), converter=_events)
    authorisation: Authorisation | None = None

    def __attrs_post_init__(self) -> None:
        require_fields(self)

    @property
    def state(self) -> FeeState:
        """The state that the events lead to."""
        return state_of(self.events)


@guarded
def record(life: Life, what: Happening, *, on: dt.date) -> Life:
    """The life with one more event.

    Raises:
        IllegalTransitionError: the event cannot happen in the present state, is dated before the last one, or needs
            ``accept_and_save``.
    """
    if what is Happening.ACCEPTED_AND_SAVED:
        raise IllegalTransitionError(
            "a number is saved with its declarations",
            state=life.state.value,
            event=what.name,
            remedy="call accept_and_save",
        )
    return _with(life, Event(what, on))


def _with(life: Life, event: Event) -> Life:
    events = (*life.events, event)
    state_of(events)
    return evolve(life, events=events)


@guarded
def accept_and_save(life: Life, *, number: InvoiceNumber, declared: Iterable[Declared], by: str, on: dt.date) -> Life:
    """The life after ACCETTA E SALVA.

    Args:
        life: a proposal that is DA FATTURARE.
        number: the number from the operator's books.
        declared: the declarations that the responsible party accepts.
        by: who he is.
        on: the day.

    Raises:
        FrozenNumberError: a number was saved before; the same or another makes no difference (INV-12).
        IllegalTransitionError: a declaration is missing, the proposal is not DA FATTURARE, or the day is before that of
            its last event.
    """
    if life.authorisation is not None:
        raise FrozenNumberError(
            f"number {life.authorisation.number} was saved on {life.authorisation.on}",
            number=life.authorisation.number,
            why="a number cannot change once it is saved",
            remedy="wait for SDI's answer; after a discard a new proposal comes",
        )
    accepted = frozenset(declared)
    missing = [needed.value for needed in Declared if needed not in accepted]
    if missing:
        raise IllegalTransitionError(
            f"the number {number} cannot be saved",
            state=life.state.value,
            event=Happening.ACCEPTED_AND_SAVED.name,
            why=f"not declared: {'; '.join(missing)}",
            remedy="accept the three declarations, or close and leave the proposal as it is",
        )
    saved = _with(life, Event(Happening.ACCEPTED_AND_SAVED, on))
    return evolve(saved, authorisation=Authorisation(number=number, declared=accepted, by=by, on=on))


@guarded
def refuse_own_sending(life: Life) -> None:
    """Say why an operator must not send the invoice himself (INV-18).

    Raises:
        IllegalTransitionError: always: GSE issues it, and a second sending would be a duplicate.
    """
    raise IllegalTransitionError(
        "the operator does not send this invoice to SDI",
        state=life.state.value,
        event="SENT_BY_THE_OPERATOR",
        why="GSE sends it on his behalf, and SDI discards the second file with the same number (00404)",
        remedy="wait for the receipt and the signed file in the dossier",
    )
