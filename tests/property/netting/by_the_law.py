"""A second, slow reading of the law: nothing of the engine is used, and every step follows the words of the code.

Art. 1193 c. 2 c.c.: payment goes to the debt that is due; among several due to the less guaranteed; among equally
guaranteed to the most onerous; among equally onerous to the oldest; where these do not help, in proportion. Art. 1194:
to interest before capital. Art. 1249 sends set-off to that order.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from math import floor

from attrs import define, field

from gse_billing.netting import (
    Collection,
    Credit,
    Debit,
    DebitKind,
    DocumentState,
    Entry,
    InterestPriority,
    Policy,
    Scope,
)
from gse_billing.schemes import Threshold

Pair = tuple[str, str, str]


@define
class Book:
    """One operator: debits that may be set off, what is left of each entry, the rules, and the outcome."""

    operator: str
    debits: list[Debit]
    left: dict[str, int]
    policy: Policy
    on: dt.date
    outcome: Outcome


@define
class Outcome:
    """What the naive reading says: cents by operator and credit, debit or contract."""

    applied: Counter[Pair] = field(factory=Counter)
    paid: Counter[tuple[str, str]] = field(factory=Counter)
    left: Counter[tuple[str, str]] = field(factory=Counter)


def recompute(entries: list[Entry], policy: Policy, on: dt.date) -> Outcome:
    outcome = Outcome()
    by_operator = sorted(entries, key=lambda entry: (entry.operator, entry.id))
    for operator, own in groupby(by_operator, key=lambda entry: entry.operator):
        _operator(operator, list(own), policy, on, outcome)
    return outcome


def _operator(operator: str, entries: list[Entry], policy: Policy, on: dt.date, outcome: Outcome) -> None:
    moving = [entry for entry in entries if _moves(entry, policy)]
    credits_ = [entry for entry in moving if isinstance(entry, Credit) and entry.value_date <= on]
    credits_ = [credit for credit in credits_ if credit.published or _published(credit, credits_, policy)]
    credits_.sort(key=lambda credit: (credit.value_date, credit.issue_date, credit.id))
    debits = [entry for entry in moving if isinstance(entry, Debit) and _collectable(entry, policy, on)]
    left = {entry.id: int(entry.amount * 100) for entry in [*credits_, *debits]}
    book = Book(operator, debits, left, policy, on, outcome)
    for scope in policy.scopes:
        names = {_near(entry, scope) for entry in debits}
        for name in names:
            pot = [credit for credit in credits_ if _near(credit, scope) == name]
            owed = [debit for debit in debits if _near(debit, scope) == name]
            _settle(book, pot, owed)
    for contract in {credit.contract for credit in credits_}:
        own = [credit for credit in credits_ if credit.contract == contract]
        net = sum(left[credit.id] for credit in own)
        if net and _reached(net, policy.payment_thresholds[own[0].service]):
            outcome.paid[operator, contract] += net
            left.update((credit.id, 0) for credit in own)
    for entry in entries:
        outcome.left[operator, entry.id] += left.get(entry.id, int(entry.amount * 100))


def _moves(entry: Entry, policy: Policy) -> bool:
    delivered = entry.state is DocumentState.DELIVERED and not policy.require_acceptance
    return not entry.held and (delivered or entry.state in {DocumentState.ACCEPTED, DocumentState.NOT_NEEDED})


def _published(credit: Credit, payable: list[Credit], policy: Policy) -> bool:
    threshold = policy.publication_thresholds.get(credit.service)
    unpublished = [other for other in payable if other.contract == credit.contract and not other.published]
    return _reached(sum(int(other.amount * 100) for other in unpublished), threshold)


def _reached(cents: int, threshold: Threshold | None) -> bool:
    return threshold is None or threshold.reached(Decimal(cents) / 100)


def _collectable(debit: Debit, policy: Policy, on: dt.date) -> bool:
    return debit.issue_date <= on and (
        policy.collection is not Collection.WHEN_DUE or (debit.due_date or debit.issue_date) <= on
    )


def _near(entry: Entry, scope: Scope) -> str:
    return {Scope.CONTRACT: entry.contract, Scope.SERVICE: entry.service, Scope.OPERATOR: entry.operator}[scope]


def _settle(book: Book, pot: list[Credit], owed: list[Debit]) -> None:
    left = book.left
    while True:
        available = sum(left[credit.id] for credit in pot)
        open_debits = [debit for debit in owed if left[debit.id]]
        if not available or not open_debits:
            return
        for debit, cents in _shares(_preferred(open_debits, book), left, available):
            goal = left[debit.id] - cents
            for credit in pot:
                part = min(left[credit.id], left[debit.id] - goal)
                left[credit.id] -= part
                left[debit.id] -= part
                if part:
                    book.outcome.applied[book.operator, credit.id, debit.id] += part


def _preferred(debits: list[Debit], book: Book) -> list[Debit]:
    """The debits that come first; several when nothing in the law tells them apart."""
    if book.policy.interest is InterestPriority.BEFORE_ALL_CAPITAL:
        debits = [debit for debit in debits if debit.kind is DebitKind.INTEREST] or debits
        judged = {debit.id: debit for debit in debits}
    else:
        known = {debit.id: debit for debit in book.debits}
        judged = {debit.id: known.get(debit.on_capital or "", debit) for debit in debits}
    debits = [d for d in debits if (judged[d.id].due_date or judged[d.id].issue_date) <= book.on] or debits
    least = min(judged[d.id].guarantee for d in debits)
    debits = [d for d in debits if judged[d.id].guarantee == least]
    most = max(judged[d.id].onerousness for d in debits)
    debits = [d for d in debits if judged[d.id].onerousness == most]
    oldest = min(judged[d.id].issue_date for d in debits)
    debits = [d for d in debits if judged[d.id].issue_date == oldest]
    return [d for d in debits if d.kind is DebitKind.INTEREST] or debits


def _shares(equals: list[Debit], left: dict[str, int], available: int) -> list[tuple[Debit, int]]:
    total = sum(left[debit.id] for debit in equals)
    if total <= available:
        return [(debit, left[debit.id]) for debit in equals]
    exact = {debit.id: Fraction(available * left[debit.id], total) for debit in equals}
    cut = {name: floor(share) for name, share in exact.items()}
    by_cut = sorted(exact, key=lambda name: (cut[name] - exact[name], name))
    for name in by_cut[: available - sum(cut.values())]:
        cut[name] += 1
    return [(debit, cut[debit.id]) for debit in sorted(equals, key=lambda debit: debit.id)]
