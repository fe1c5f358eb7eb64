"""In which order debits are set off, and how much each one gets: artt. 1193 c. 2, 1194 and 1249 c.c."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from attrs import define

from gse_billing.core.money import allocate_units
from gse_billing.netting.entries import Credit, Debit, DebitKind
from gse_billing.netting.policy import InterestPriority
from gse_billing.netting.results import Criterion

__all__ = ["OpenCredit", "OpenDebit", "Rank", "in_order", "rank", "ration"]

Rank = tuple[Any, ...]

_LAW = (Criterion.OVERDUE, Criterion.LEAST_GUARANTEED, Criterion.MOST_ONEROUS, Criterion.OLDEST)
_CRITERIA = {
    InterestPriority.BEFORE_ALL_CAPITAL: (Criterion.INTEREST, *_LAW),
    InterestPriority.WITHIN_ITS_DEBT: (*_LAW, Criterion.INTEREST),
}


@define(eq=False)
class OpenCredit:
    """A credit with what is left of it while a run works on it, in cents."""

    entry: Credit
    left: int


@define(eq=False)
class OpenDebit:
    """A debit with what is left of it while a run works on it, in cents, and its rank."""

    entry: Debit
    left: int
    rank: Rank


def rank(debit: Debit, *, on: dt.date, interest: InterestPriority, capital: Debit) -> Rank:
    """What decides when a debit is set off: the smaller goes earlier, equals share.

    Art. 1193 c. 2 c.c.: the debt that is due, then the least guaranteed, then the most onerous, then the oldest.

    Args:
        debit: the debit.
        on: the payment day; what falls due on it is due.
        interest: how far interest goes before capital.
        capital: the debit whose qualities count: itself, or for an interest the capital it accrues on.
    """
    law = (capital.due_from > on, capital.guarantee, -capital.onerousness, capital.issue_date)
    is_capital = debit.kind is not DebitKind.INTEREST
    return (is_capital, *law) if interest is InterestPriority.BEFORE_ALL_CAPITAL else (*law, is_capital)


def in_order(debits: Iterable[Debit], *, on: dt.date, interest: InterestPriority) -> list[OpenDebit]:
    """The debits in the order in which they are set off; equals by id."""
    bearing = {}
    if interest is InterestPriority.WITHIN_ITS_DEBT:
        bearing = {debit.id: debit for debit in debits}
    opened = [
        OpenDebit(
            debit,
            debit.cents,
            rank(debit, on=on, interest=interest, capital=bearing.get(debit.on_capital or debit.id, debit)),
        )
        for debit in debits
    ]
    opened.sort(key=lambda item: (item.rank, item.entry.id))
    return opened


def ration(
    debits: Sequence[OpenDebit], available: int, *, interest: InterestPriority
) -> Iterator[tuple[OpenDebit, int, Criterion]]:
    """How many cents of the available ones go to each debit, in order, and why it came before the next.

    Args:
        debits: what is open, in order.
        available: the cents to share.
        interest: the priority by which the debits were ordered.

    Yields:
        Each debit that gets something, its cents, and the criterion.
    """
    if sum(debit.left for debit in debits) <= available:
        for debit in debits:
            yield debit, debit.left, Criterion.SUFFICIENT
        return
    groups = [list(equals) for _, equals in groupby(debits, key=lambda debit: debit.rank)]
    for place, equals in enumerate(groups):
        if not available:
            return
        owed = [debit.left for debit in equals]
        criterion = _criterion(groups, place, interest)
        if sum(owed) > available:
            owed = allocate_units(available, owed)
            criterion = Criterion.PROPORTIONAL if len(owed) > 1 else criterion
        available -= sum(owed)
        for debit, cents in zip(equals, owed, strict=True):
            if cents:
                yield debit, cents, criterion


def _criterion(groups: Sequence[Sequence[OpenDebit]], place: int, interest: InterestPriority) -> Criterion:
    if place + 1 == len(groups):
        return Criterion.LAST
    here, after = groups[place][0].rank, groups[place + 1][0].rank
    return next(step for step, mine, its in zip(_CRITERIA[interest], here, after, strict=True) if mine != its)
