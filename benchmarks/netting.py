"""How long netting takes, against a plain dict of integer sums over the same entries.

``python -m benchmarks.netting [ENTRIES]``: 100,000 entries by default, 70 operators a thousand entries. A run yields
the full list of applications. The sums read operator and amount of every entry and turn the amount into whole cents;
sums over the cents that entries hold ready are a harsher measure, told beside it without a bar. The bar speaks of a
million entries; with fewer the sums stay in the caches of the processor, so that only the usual mix has to keep it.
"""

from __future__ import annotations

import datetime as dt
import functools
import gc
import random
import sys
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from attrs import frozen

from benchmarks.paired import Measurement, paired, report
from gse_billing.netting import Credit, Debit, DocumentState, Entry, Policy, net

SLOWEST = 1 / 0.15
DAY = dt.date(2026, 6, 30)
SERVICES = ("SSP", "RID", "PMG")
POLICY = Policy(payment_thresholds=dict.fromkeys(SERVICES))


@frozen
class Mix:
    """What a portfolio is made of: contracts an operator, the share of debits, and the largest of them in cents."""

    name: str
    contracts: int
    debits: float
    largest_debit: int


USUAL = Mix("a quarter debits, smaller than credits, one or two contracts", 2, 0.25, 30_000)
HARD = Mix("half debits, as large as credits, up to four contracts", 4, 0.5, 90_000)


def portfolio(entries: int, mix: Mix, *, seed: int = 7) -> list[Entry]:
    """Entries about 14 an operator, those of an operator in no place together; one credit in ten is not payable yet."""
    draw = random.Random(seed)
    operators = max(1, entries * 7 // 100)
    contracts = [
        [(f"{service}{number:08d}", service) for service in draw.choices(SERVICES, k=draw.randint(1, mix.contracts))]
        for number in range(operators)
    ]
    return [_entry(index, mix, draw, contracts) for index in range(entries)]


def _entry(index: int, mix: Mix, draw: random.Random, contracts: list[list[tuple[str, str]]]) -> Entry:
    number = draw.randrange(len(contracts))
    contract, service = draw.choice(contracts[number])
    issued = DAY - dt.timedelta(days=draw.randint(1, 120))
    place: dict[str, Any] = {
        "operator": f"OP{number:08d}",
        "contract": contract,
        "service": service,
        "state": DocumentState.DELIVERED,
        "issue_date": issued,
    }
    if draw.random() < mix.debits:
        owed = Decimal(draw.randint(1, mix.largest_debit)).scaleb(-2)
        return Debit(id=f"{index:08d}", amount=owed, **place)
    days = draw.choice((0,) * 9 + (1,))
    return Credit(
        id=f"{index:08d}",
        amount=Decimal(draw.randint(1, 90_000)).scaleb(-2),
        value_date=DAY + dt.timedelta(days=days),
        **place,
    )


def sums_of_amounts(entries: list[Entry]) -> dict[str, int]:
    """The plain sums that the bar speaks of: cents by operator, from what every entry shows."""
    sums: dict[str, int] = {}
    for entry in entries:
        sums[entry.operator] = sums.get(entry.operator, 0) + int(entry.amount * 100)
    return sums


def sums_of_cents(entries: list[Entry]) -> dict[str, int]:
    """The same sums over the cents that the entries hold ready."""
    sums: dict[str, int] = {}
    for entry in entries:
        sums[entry.operator] = sums.get(entry.operator, 0) + entry.cents
    return sums


def full_run(entries: list[Entry]) -> object:
    """A netting run; its statements hold the full list of applications, payouts and balances."""
    return net(entries, policy=POLICY, on=DAY)


def seconds(work: Callable[[list[Entry]], object], entries: list[Entry]) -> float:
    """How long one run takes: without the garbage of the one before, and without dropping its result."""
    gc.collect()
    start = time.perf_counter()
    result = work(entries)
    taken = time.perf_counter() - start
    del result
    return taken


def measure(count: int, pairs: int) -> Iterator[Measurement]:
    """Both mixes against the sums of amounts, which has the bar, and against ready cents, without one."""
    for mix in (USUAL, HARD):
        entries = portfolio(count, mix)
        ours = functools.partial(seconds, full_run, entries)
        kept = SLOWEST if mix is USUAL or count >= 1_000_000 else float("inf")
        for sums, bar in ((sums_of_amounts, kept), (sums_of_cents, float("inf"))):
            peer = functools.partial(seconds, sums, entries)
            yield paired(f"net / {sums.__name__}, {count:,} entries, {mix.name}", ours, peer, bar=bar, pairs=pairs)


if __name__ == "__main__":
    given = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    sys.exit(report(measure(given, pairs=11 if given <= 100_000 else 5)))
