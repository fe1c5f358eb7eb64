"""The rules of a netting run as one explicit value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum

from attrs import field, frozen

from gse_billing.core.arguments import kind_of, require, require_each
from gse_billing.core.dated import Basis, Certainty
from gse_billing.core.errors import InvalidValueError
from gse_billing.netting.entries import DocumentState, Entry, Held, HoldReason
from gse_billing.schemes import Threshold

__all__ = ["Collection", "InterestPriority", "Policy", "Scope"]


class Scope(Enum):
    """Within what a credit and a debit of one operator may meet, from near to far."""

    CONTRACT = "same contract"
    SERVICE = "same service"
    OPERATOR = "across services"


class Collection(Enum):
    """From when a debit may be set off."""

    WHEN_DUE = "once it is due"
    FIRST_USEFUL_PAYMENT = "at the first useful payment after its issue"


class InterestPriority(Enum):
    """How far interest goes before capital (art. 1194 c.c.)."""

    BEFORE_ALL_CAPITAL = "interest before every capital"
    WITHIN_ITS_DEBT = "interest before the capital it accrues on, at the rank of that capital"


_OBSTACLES = {
    DocumentState.AWAITING_DELIVERY: Held(HoldReason.AWAITING_DELIVERY),
    DocumentState.DELIVERED: Held(HoldReason.AWAITING_ACCEPTANCE),
    DocumentState.REFUSED: Held(HoldReason.REFUSED),
    DocumentState.DISCARDED: Held(HoldReason.DISCARDED),
}

_PRACTICE = Basis(
    act="artt. 1193, 1194, 1241, 1249, 1252 c.c.; GSE, compensazione parziale e totale",
    source="civil code; assistenza.clienti.gse.it, articles b8de5cc2, 73b52ff2 and 30d71f02",
    certainty=Certainty.GSE,
)


def _payment(given: Mapping[str, Threshold | None]) -> dict[str, Threshold | None]:
    return {
        service: None if threshold is None else _threshold(service, threshold)
        for service, threshold in _by_service(given)
    }


def _publication(given: Mapping[str, Threshold]) -> dict[str, Threshold]:
    return {service: _threshold(service, threshold) for service, threshold in _by_service(given)}


def _by_service(given: object) -> Iterator[tuple[str, object]]:
    if not isinstance(given, Mapping):
        raise InvalidValueError(
            "the thresholds of a policy are not given by service",
            value=given,
            why="each service has its own",
            remedy='give a dict such as {"SSP": None}',
        )
    for service, threshold in given.items():
        yield require(service, str, meant="a service"), threshold


def _threshold(service: str, given: object) -> Threshold:
    return require(given, Threshold, meant=f"the threshold of {service}")


def _in_turn(given: Iterable[Scope]) -> tuple[Scope, ...]:
    return require_each(given, Scope, meant="a scope")


def _widening(_: object, __: object, value: tuple[Scope, ...]) -> None:
    order = list(Scope)
    places = [order.index(scope) for scope in value]
    if places != sorted(set(places)):
        raise InvalidValueError(
            "the scopes of a policy do not widen",
            value=value,
            why="what meets near is set off before what meets far",
            remedy="name each scope once, in the order CONTRACT, SERVICE, OPERATOR; none switches netting off",
        )


@frozen(kw_only=True)
class Policy:
    """Which entries move, in which order, and from which amount money is sent.

    A policy that changes in time is a ``DatedTable[Policy]``: ``net`` and ``net_over`` take the row of the day.

    Attributes:
        payment_thresholds: for each service the least net amount that is paid out; ``None`` for none. A service that is
            paid and not named raises.
        publication_thresholds: for each service the least gross amount of a contract that leaves *sottosoglia*; it
            concerns only credits that are not ``published``, and services not named have none.
        collection: from when a debit may be set off. By default at the first useful payment, as GSE does.
        scopes: where credit and debit meet, from near to far; empty switches netting off.
        interest: how far interest goes before capital.
        require_acceptance: whether a document has to be accepted too before its entry moves; by default its delivery by
            SDI is enough (INV-15).
        basis: where the rules stand.
    """

    payment_thresholds: Mapping[str, Threshold | None] = field(converter=_payment, hash=False)
    publication_thresholds: Mapping[str, Threshold] = field(
        factory=dict[str, Threshold], converter=_publication, hash=False
    )
    collection: Collection = field(default=Collection.FIRST_USEFUL_PAYMENT, validator=kind_of(Collection))
    scopes: tuple[Scope, ...] = field(default=tuple(Scope), converter=_in_turn, validator=_widening)
    interest: InterestPriority = field(default=InterestPriority.BEFORE_ALL_CAPITAL, validator=kind_of(InterestPriority))
    require_acceptance: bool = field(default=False, validator=kind_of(bool))
    basis: Basis = field(default=_PRACTICE, validator=kind_of(Basis))

    @property
    def moving_states(self) -> tuple[DocumentState, ...]:
        """The states of a document in which its entry may move."""
        settled = (DocumentState.ACCEPTED, DocumentState.NOT_NEEDED)
        return settled if self.require_acceptance else (DocumentState.DELIVERED, *settled)

    def obstacles(self, entry: Entry) -> tuple[Held, ...]:
        """Everything that keeps the entry from moving: the caller's reasons, then the state of its document."""
        return entry.held if entry.state in self.moving_states else (*entry.held, _OBSTACLES[entry.state])
