"""The netting of one operator on one payment day."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter

from attrs import frozen

from gse_billing.core.errors import InvalidValueError, MissingFigureError
from gse_billing.core.money import cents
from gse_billing.core.records import draft_of
from gse_billing.netting.entries import DAY_RANGE, Credit, Debit, DocumentState, Entry
from gse_billing.netting.imputation import CreditSide, debits_in_order
from gse_billing.netting.policy import Collection, Policy
from gse_billing.netting.results import Application, Carried, CarryReason, HeldEntry, PaidDocument, Payout
from gse_billing.netting.setoff import set_off
from gse_billing.netting.statement import Statement
from gse_billing.schemes import Threshold

__all__ = ["Terms", "settle"]

_ID = attrgetter("id")
_AGE = attrgetter("age")
# An attribute of an enum class is looked up slowly, so the members used for every entry have names of their own.
_NOT_YET_PAYABLE, _NOT_YET_COLLECTABLE = CarryReason.NOT_YET_PAYABLE, CarryReason.NOT_YET_COLLECTABLE
_BELOW_PUBLICATION, _BELOW_PAYMENT = CarryReason.BELOW_PUBLICATION, CarryReason.BELOW_PAYMENT
_INSUFFICIENT = CarryReason.INSUFFICIENT_CREDIT
_Carried, _PaidDocument, _Payout = draft_of(Carried), draft_of(PaidDocument), draft_of(Payout)
_Statement = draft_of(Statement)


def _least(threshold: Threshold | None) -> int:
    """The smallest amount that passes, in cents."""
    return 0 if threshold is None else cents(threshold.amount) + (not threshold.inclusive)


@frozen(kw_only=True)
class Terms:
    """A policy made ready for one payment day: what is asked for every entry, looked up once.

    Attributes:
        policy: the rules.
        on: the payment day.
        moving: the states of a document in which its entry may move.
        when_due: whether debits wait for their due date.
        horizon: the age below which credits are payable.
        least_paid: the least net amount that is paid, in cents, by service.
        least_published: the least gross amount that leaves *sottosoglia*, in cents, by service.
    """

    policy: Policy
    on: dt.date
    moving: tuple[DocumentState, ...]
    when_due: bool
    horizon: int
    least_paid: dict[str, int]
    least_published: dict[str, int]

    @classmethod
    def of(cls, policy: Policy, on: dt.date) -> Terms:
        """The terms of a policy on a day."""
        published = policy.publication_thresholds.items()
        return cls(
            policy=policy,
            on=on,
            moving=policy.moving_states,
            horizon=(on.toordinal() + 1) * DAY_RANGE,
            when_due=policy.collection is Collection.WHEN_DUE,
            least_paid={service: _least(threshold) for service, threshold in policy.payment_thresholds.items()},
            least_published={service: _least(threshold) for service, threshold in published},
        )

    def least_paid_of(self, service: str) -> int:
        """The least net amount of the service that is paid, in cents."""
        if service not in self.least_paid:
            raise MissingFigureError(
                f"the payment threshold of service {service}",
                remedy="name the service in payment_thresholds, with None if it has no threshold",
            )
        return self.least_paid[service]


def settle(operator: str, entries: list[Entry], terms: Terms) -> Statement:
    """The statement of one operator: what may move is set off, what is left is paid out or carried.

    Args:
        operator: who the entries belong to.
        entries: the open entries of that operator alone; they are sorted by id in place.
        terms: the policy of the day.

    Raises:
        InvalidValueError: two entries have the same id, or a contract has two services.
        MissingFigureError: a service to be paid has no threshold.
    """
    entries.sort(key=_ID)
    if len(set(map(_ID, entries))) < len(entries):
        raise _duplicate(operator, entries)
    usable, collectable, waiting, late, held = _sort_out(entries, terms)
    credits_ = _in_age(_published(usable, terms, waiting) if terms.least_published else usable)
    applications: list[Application] = []
    if collectable:
        debits = debits_in_order(collectable, on=terms.on, interest=terms.policy.interest)
        applications = set_off(credits_, debits, terms.policy.scopes)
        for place in debits.open_places():
            late.append(_carry(debits.entries[place], debits.left[place], _INSUFFICIENT))
    payouts = _pay_out(operator, credits_, terms, waiting)
    statement = _Statement(
        operator,
        terms.policy,
        terms.on,
        tuple(entries),
        tuple(applications),
        tuple(payouts),
        (*waiting, *late),
        tuple(held),
    )
    statement.__class__ = Statement
    return statement


def _in_age(credits_: list[Credit]) -> CreditSide:
    """The credits by the day from which they are payable, then by the day of issue, then by id."""
    credits_.sort(key=_AGE)
    by_contract: defaultdict[str, list[int]] = defaultdict(list)
    for place, credit in enumerate(credits_):
        by_contract[credit.contract].append(place)
    return CreditSide(credits_, [credit.cents for credit in credits_], by_contract)


def _duplicate(operator: str, entries: Sequence[Entry]) -> InvalidValueError:
    """What is wrong with entries, sorted by id, of which two have the same."""
    twice = next(entry.id for entry, after in pairwise(entries) if entry.id == after.id)
    return InvalidValueError(
        f"two entries of operator {operator} have the id {twice}",
        value=twice,
        why="the id tells them apart where dates and amounts do not",
        remedy="give every entry of an operator its own id, credits and debits together",
    )


def _carry(entry: Entry, units: int, reason: CarryReason) -> Carried:
    carried = _Carried(entry, units, reason)
    carried.__class__ = Carried
    return carried


def _sort_out(
    entries: Sequence[Entry], terms: Terms
) -> tuple[list[Credit], list[Debit], list[Carried], list[Carried], list[HeldEntry]]:
    """Tell apart what may move today, credits and debits, what comes too early, and what is held."""
    usable: list[Credit] = []
    collectable: list[Debit] = []
    early: list[Carried] = []
    late: list[Carried] = []
    held: list[HeldEntry] = []
    moving, on, when_due, horizon = terms.moving, terms.on, terms.when_due, terms.horizon
    for entry in entries:
        if entry.held or entry.state not in moving:
            held.append(HeldEntry(entry, terms.policy.obstacles(entry)))
        elif isinstance(entry, Credit):
            if entry.age < horizon:
                usable.append(entry)
            else:
                early.append(_carry(entry, entry.cents, _NOT_YET_PAYABLE))
        elif (entry.due_from if when_due else entry.issue_date) <= on:
            collectable.append(entry)
        else:
            late.append(_carry(entry, entry.cents, _NOT_YET_COLLECTABLE))
    return usable, collectable, early, late, held


def _published(credits_: list[Credit], terms: Terms, waiting: list[Carried]) -> list[Credit]:
    """The credits that passed the threshold of publication; those of a contract not published yet add up."""
    sums: Counter[str] = Counter()
    for credit in credits_:
        sums[credit.contract] += 0 if credit.published else credit.cents
    passed = []
    for credit in credits_:
        if credit.published or sums[credit.contract] >= terms.least_published.get(credit.service, 0):
            passed.append(credit)
        else:
            waiting.append(_carry(credit, credit.cents, _BELOW_PUBLICATION))
    return passed


def _pay_out(operator: str, credits_: CreditSide, terms: Terms, waiting: list[Carried]) -> list[Payout]:
    """One payout a contract whose net reaches the threshold; the others wait."""
    payouts = []
    for contract, places in sorted(credits_.by_contract.items()):
        documents = _left_over(credits_, places)
        if not documents:
            continue
        service = _service_of(contract, documents)
        net = sum([document.cents for document in documents])
        if net < terms.least_paid_of(service):
            waiting += [_carry(document.credit, document.cents, _BELOW_PAYMENT) for document in documents]
            continue
        payout = _Payout(operator, contract, service, terms.on, net, tuple(documents))
        payout.__class__ = Payout
        payouts.append(payout)
    return payouts


def _left_over(credits_: CreditSide, places: Sequence[int]) -> list[PaidDocument]:
    entries, left = credits_.entries, credits_.left
    documents = []
    for place in places:
        if left[place]:
            document = _PaidDocument(entries[place], left[place])
            document.__class__ = PaidDocument
            documents.append(document)
    return documents


def _service_of(contract: str, documents: Sequence[PaidDocument]) -> str:
    service = documents[0].credit.service
    for document in documents:
        if document.credit.service != service:
            raise InvalidValueError(
                f"the credits of contract {contract} name the services {service} and {document.credit.service}",
                value=(service, document.credit.service),
                why="a contract belongs to one service, whose threshold counts",
                remedy="give all entries of a contract the same service",
            )
    return service
