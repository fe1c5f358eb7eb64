"""Which credit extinguishes which debit: within a contract, then within a service, then across services."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from gse_billing.netting.entries import Entry
from gse_billing.netting.imputation import OpenCredit, OpenDebit, ration
from gse_billing.netting.policy import Policy, Scope
from gse_billing.netting.results import Application

__all__ = ["set_off"]

_NEAR: dict[Scope, Callable[[Entry], str]] = {
    Scope.CONTRACT: lambda entry: entry.contract,
    Scope.SERVICE: lambda entry: entry.service,
    Scope.OPERATOR: lambda entry: entry.operator,
}


def set_off(credits_: Sequence[OpenCredit], debits: Sequence[OpenDebit], policy: Policy) -> list[Application]:
    """Set the debits of one operator off against its credits; what is left of each is written into them.

    Args:
        credits_: credits that may be used, in the order in which they are used.
        debits: debits that may be set off, in order.
        policy: the scopes and the priority of interest.
    """
    applications: list[Application] = []
    for scope in policy.scopes:
        for near_credits, near_debits in _meeting(credits_, debits, scope):
            _match(near_credits, near_debits, scope, policy, applications)
    return applications


def _meeting(
    credits_: Iterable[OpenCredit], debits: Iterable[OpenDebit], scope: Scope
) -> Iterator[tuple[list[OpenCredit], list[OpenDebit]]]:
    """The credits and debits that are near enough, group by group."""
    near = _NEAR[scope]
    owed: defaultdict[str, list[OpenDebit]] = defaultdict(list)
    for debit in debits:
        if debit.left:
            owed[near(debit.entry)].append(debit)
    usable: defaultdict[str, list[OpenCredit]] = defaultdict(list)
    for credit in credits_:
        if credit.left and near(credit.entry) in owed:
            usable[near(credit.entry)].append(credit)
    return ((usable[place], owed[place]) for place in sorted(usable))


def _match(
    credits_: Sequence[OpenCredit],
    debits: Sequence[OpenDebit],
    scope: Scope,
    policy: Policy,
    applications: list[Application],
) -> None:
    """Fill the debits in order from the credits in order."""
    available = sum(credit.left for credit in credits_)
    sources = iter(credits_)
    credit = next(sources)
    for debit, share, criterion in ration(debits, available, interest=policy.interest):
        rest = share
        while rest:
            if not credit.left:
                credit = next(sources)
            part = min(credit.left, rest)
            credit.left -= part
            rest -= part
            applications.append(Application(len(applications) + 1, credit.entry, debit.entry, part, scope, criterion))
        debit.left -= share
