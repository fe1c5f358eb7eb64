"""The netting of one operator on one payment day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from attrs import frozen

from gse_billing.core.errors import InvalidValueError, MissingFigureError
from gse_billing.core.money import cents
from gse_billing.netting.entries import Credit, Debit, DocumentState, Entry
from gse_billing.netting.imputation import OpenCredit, OpenDebit, in_order
from gse_billing.netting.policy import AmountThreshold, Policy
from gse_billing.netting.results import Carried, CarryReason, HeldEntry, PaidDocument, Payout
from gse_billing.netting.setoff import set_off
from gse_billing.netting.statement import Statement

__all__ = ["Terms", "settle"]


def _least(threshold: AmountThreshold | None) -> int:
    """The smallest amount that passes, in cents."""
    return 0 if threshold is None else cents(threshold.amount) + (not threshold.inclusive)


@frozen(kw_only=True)
class Terms:
    """A policy made ready for one payment day: what is looked up for every entry, looked up once."""

    policy: Policy
    on: dt.date
    moving: tuple[DocumentState, ...]
    least_paid: dict[str, int]
    least_published: dict[str, int]

    @classmethod
    def of(cls, policy: Policy, on: dt.date) -> Terms:
        """The terms of a policy on a day."""
        return cls(
            policy=policy,
            on=on,
            moving=policy.moving_states,
            least_paid={service: _least(threshold) for service, threshold in policy.payment_thresholds.items()},
            least_published={
                service: _least(threshold) for service, threshold in policy.publication_thresholds.items()
            },
        )

    def least_paid_of(self, service: str) -> int:
        """The least net amount of the service that is paid, in cents."""
        try:
            return self.least_paid[service]
        except KeyError:
            raise MissingFigureError(
                f"the payment threshold of service {service}",
                remedy="name the service in payment_thresholds, with None if it has no threshold",
            ) from None


def settle(operator: str, entries: Sequence[Entry], terms: Terms) -> Statement:
    """The statement of one operator: the entries that may move are set off, what is left is paid out or carried.

    Args:
        operator: who the entries belong to.
        entries: the open entries of that operator alone.
        terms: the policy of the day.

    Raises:
        InvalidValueError: two entries have the same id.
        MissingFigureError: a service to be paid has no threshold.
    """
    _refuse_duplicates(operator, entries)
    all_credits = sorted((entry for entry in entries if isinstance(entry, Credit)), key=_age)
    all_debits = in_order(
        [entry for entry in entries if isinstance(entry, Debit)], on=terms.on, interest=terms.policy.interest
    )
    waiting: list[Carried] = []
    held: list[HeldEntry] = []
    credits_ = _published(_payable(all_credits, terms, waiting, held), terms, waiting)
    debits_waiting: list[Carried] = []
    debits = _collectable(all_debits, terms, debits_waiting, held)
    applications = set_off(credits_, debits, terms.policy) if credits_ and debits else []
    payouts = _pay_out(operator, credits_, terms, waiting)
    waiting += debits_waiting
    waiting += [Carried(item.entry, item.left, CarryReason.INSUFFICIENT_CREDIT) for item in debits if item.left]
    return Statement(
        operator=operator,
        on=terms.on,
        credits=tuple(all_credits),
        debits=tuple(item.entry for item in all_debits),
        applications=tuple(applications),
        payouts=tuple(payouts),
        carried=tuple(waiting),
        held=tuple(held),
    )


def _refuse_duplicates(operator: str, entries: Sequence[Entry]) -> None:
    seen = {entry.id for entry in entries}
    if len(seen) == len(entries):
        return
    for entry in entries:
        if entry.id not in seen:
            raise InvalidValueError(
                f"two entries of operator {operator} have the id {entry.id}",
                value=entry.id,
                why="the id tells them apart where dates and amounts do not",
                remedy="give every entry of an operator its own id, credits and debits together",
            )
        seen.remove(entry.id)


def _age(credit: Credit) -> tuple[dt.date, dt.date, str]:
    return credit.value_date, credit.issue_date, credit.id


def _payable(
    credits_: Iterable[Credit], terms: Terms, waiting: list[Carried], held: list[HeldEntry]
) -> list[OpenCredit]:
    payable = []
    for credit in credits_:
        if credit.held or credit.state not in terms.moving:
            held.append(HeldEntry(credit, terms.policy.obstacles(credit)))
        elif credit.value_date > terms.on:
            waiting.append(Carried(credit, credit.cents, CarryReason.NOT_YET_PAYABLE))
        else:
            payable.append(OpenCredit(credit, credit.cents))
    return payable


def _published(payable: list[OpenCredit], terms: Terms, waiting: list[Carried]) -> list[OpenCredit]:
    """What is left when contracts below the threshold of publication wait: unpublished credits of a contract add up."""
    if all(item.entry.published for item in payable):
        return payable
    sums: defaultdict[str, int] = defaultdict(int)
    for item in payable:
        if not item.entry.published:
            sums[item.entry.contract] += item.left
    passed = []
    for item in payable:
        credit = item.entry
        if credit.published or sums[credit.contract] >= terms.least_published.get(credit.service, 0):
            passed.append(item)
        else:
            waiting.append(Carried(credit, item.left, CarryReason.BELOW_PUBLICATION))
    return passed


def _collectable(
    debits: Iterable[OpenDebit], terms: Terms, waiting: list[Carried], held: list[HeldEntry]
) -> list[OpenDebit]:
    collectable = []
    for item in debits:
        debit = item.entry
        if debit.held or debit.state not in terms.moving:
            held.append(HeldEntry(debit, terms.policy.obstacles(debit)))
        elif not terms.policy.collects(debit, terms.on):
            waiting.append(Carried(debit, debit.cents, CarryReason.NOT_YET_COLLECTABLE))
        else:
            collectable.append(item)
    return collectable


def _pay_out(operator: str, credits_: Iterable[OpenCredit], terms: Terms, waiting: list[Carried]) -> list[Payout]:
    """One payout a contract whose net reaches the threshold; the others wait."""
    by_contract: defaultdict[str, list[OpenCredit]] = defaultdict(list)
    for item in credits_:
        if item.left:
            by_contract[item.entry.contract].append(item)
    payouts = []
    for contract in sorted(by_contract):
        items = by_contract[contract]
        service, net = items[0].entry.service, sum(item.left for item in items)
        if net < terms.least_paid_of(service):
            waiting += [Carried(item.entry, item.left, CarryReason.BELOW_PAYMENT) for item in items]
            continue
        payouts.append(
            Payout(
                operator=operator,
                contract=contract,
                service=service,
                value_date=terms.on,
                cents=net,
                documents=tuple(PaidDocument(item.entry, item.left) for item in items),
            )
        )
    return payouts
