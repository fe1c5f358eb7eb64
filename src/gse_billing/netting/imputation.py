"""In which order debits are set off, and how much each one gets: artt. 1193 c. 2, 1194 and 1249 c.c."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from itertools import repeat
from typing import Generic, TypeVar

from attrs import define

from gse_billing.core.money import allocate_units
from gse_billing.netting.entries import Credit, Debit, DebitKind, Entry
from gse_billing.netting.policy import InterestPriority
from gse_billing.netting.results import Criterion

__all__ = ["CreditSide", "DebitSide", "Rank", "debits_in_order", "ration"]

_E = TypeVar("_E", Credit, Debit)

# Whether interest comes later, whether the debt is not due yet, its burden, whether interest comes later among equals.
Rank = tuple[bool, bool, tuple[int, Decimal, int], bool]

_INTEREST = DebitKind.INTEREST
_SUFFICIENT, _REMAINDER, _PROPORTIONAL = Criterion.SUFFICIENT, Criterion.REMAINDER, Criterion.PROPORTIONAL
_BURDEN = (Criterion.LEAST_GUARANTEED, Criterion.MOST_ONEROUS, Criterion.OLDEST)


@define(eq=False)
class _Side(Generic[_E]):
    """The entries of one side that may move, in order, and what is left of each in cents."""

    entries: list[_E]
    left: list[int]

    def open_places(self) -> list[int]:
        """The places of the entries of which something is left."""
        return [place for place, cents in enumerate(self.left) if cents]

    def grouped(self, places: Sequence[int], near: Callable[[Entry], str]) -> dict[str, list[int]]:
        """The places, grouped by what brings entries near, in the order of the first of each group."""
        entries = self.entries
        groups: defaultdict[str, list[int]] = defaultdict(list)
        for place, name in zip(places, map(near, [entries[place] for place in places]), strict=True):
            groups[name].append(place)
        return groups


@define(eq=False)
class CreditSide(_Side[Credit]):
    """The credits that may be used, in the order in which they are used, and their places by contract."""

    by_contract: dict[str, list[int]]


@define(eq=False)
class DebitSide(_Side[Debit]):
    """The debits that may be set off, in order.

    Attributes:
        ranks: what put them in that order, one a debit; equal ranks share in proportion.
    """

    ranks: list[Rank]


def debits_in_order(debits: Sequence[Debit], *, on: dt.date, interest: InterestPriority) -> DebitSide:
    """The debits as artt. 1193 c. 2 and 1194 c.c. order them; equals stay in the order given.

    Art. 1193 c. 2 c.c.: the debt that is due goes first, then the least guaranteed, the most onerous, the oldest. An
    interest that goes within its debt takes the rank of the capital it accrues on, where that is among the debits.

    Args:
        debits: the debits that may be set off on that day.
        on: the payment day; what falls due on it is due.
        interest: how far interest goes before capital.
    """
    ranks = _ranks(debits, on, interest)
    order = sorted(range(len(debits)), key=ranks.__getitem__)
    entries = [debits[place] for place in order]
    return DebitSide(entries, [debit.cents for debit in entries], [ranks[place] for place in order])


def _ranks(debits: Sequence[Debit], on: dt.date, interest: InterestPriority) -> list[Rank]:
    if interest is InterestPriority.BEFORE_ALL_CAPITAL:
        return [(debit.kind is not _INTEREST, debit.due_from > on, debit.burden, False) for debit in debits]
    known = {debit.id: debit for debit in debits}
    capitals = [known.get(debit.on_capital or debit.id, debit) for debit in debits]
    return [
        (False, capital.due_from > on, capital.burden, debit.kind is not _INTEREST)
        for debit, capital in zip(debits, capitals, strict=True)
    ]


def ration(debits: DebitSide, places: Sequence[int], available: int) -> tuple[list[int], Iterable[Criterion]]:
    """How many of the available cents go to each debit, and why.

    Args:
        debits: the debits of the operator.
        places: which of them are in reach, in order, each with something left.
        available: the cents to share.

    Returns:
        The cents of the first debits, in order, and as many criteria; the debits after them get nothing.
    """
    left = debits.left
    owed = [left[place] for place in places]
    if sum(owed) <= available:
        return owed, repeat(_SUFFICIENT)
    if len(owed) == 1:
        return [available], [_REMAINDER]
    rank, first, last, rest = _short(debits.ranks, places, owed, available)
    criteria = [_criterion(debits.ranks[place], rank) for place in places[:first]]
    equals = owed[first:last]
    if len(equals) == 1:
        return [*owed[:first], rest], [*criteria, _REMAINDER]
    return owed[:first] + allocate_units(rest, equals), criteria + [_PROPORTIONAL] * len(equals)


def _short(
    ranks: Sequence[Rank], places: Sequence[int], owed: Sequence[int], available: int
) -> tuple[Rank, int, int, int]:
    """The rank at which the credits fall short, the first and last (half-open) of its debits, and what they share."""
    first, rest = 0, available
    while owed[first] <= rest:
        rest -= owed[first]
        first += 1
    rank, last = ranks[places[first]], first + 1
    while first and ranks[places[first - 1]] == rank:
        first -= 1
        rest += owed[first]
    while last < len(places) and ranks[places[last]] == rank:
        last += 1
    return rank, first, last, rest


def _criterion(rank: Rank, short: Rank) -> Criterion:
    """The first step at which a debit ranks before the one for which the credits fall short."""
    if rank[0] != short[0]:
        return Criterion.INTEREST
    if rank[1] != short[1]:
        return Criterion.OVERDUE
    for step, mine, its in zip(_BURDEN, rank[2], short[2], strict=True):
        if mine != its:
            return step
    return Criterion.INTEREST
