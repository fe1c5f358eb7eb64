"""The netting run: every operator on his own, one payment day at a time.

The work is linear in the number of entries: they are grouped by operator once and sorted within.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from gse_billing.core.arguments import require, require_each
from gse_billing.core.collector import collector_paused
from gse_billing.core.dated import DatedTable, require_day
from gse_billing.core.errors import InvalidValueError
from gse_billing.netting.account import Terms, settle
from gse_billing.netting.entries import Credit, Entry, require_entries
from gse_billing.netting.policy import Policy
from gse_billing.netting.statement import NettingResult

__all__ = ["net", "net_over", "payment_days"]


def net(entries: Iterable[Entry], *, policy: Policy | DatedTable[Policy], on: dt.date) -> NettingResult:
    """Set off, pay out and carry over what is open on one payment day.

    Credits whose value date has come meet the debits that may be collected, first within a contract, then within a
    service, then across the services of the same operator, as far as the policy lets them. What is left of the credits
    of a contract is paid out when it reaches the threshold of its service; everything else waits.

    Args:
        entries: credits and debits of any number of operators, in any order; ids are unique within an operator.
        policy: the rules, or a table of them of which the row of the day counts.
        on: the payment day.

    Raises:
        InvalidValueError: two entries of an operator have the same id, or something else than an entry was given.
        MissingFigureError: a service to be paid has no threshold in the policy.
        NoValueInForceError: the table of policies has no row on that day.
    """
    require_day(on, meant="a payment day")
    rules = require(policy.on(on) if isinstance(policy, DatedTable) else policy, Policy, meant="the policy of a run")
    terms = Terms.of(rules, on)
    with collector_paused():
        grouped = _by_operator(entries)
        statements = tuple([settle(operator, grouped[operator], terms) for operator in sorted(grouped)])
        return NettingResult(on=on, policy=rules, statements=statements)


def net_over(
    entries: Iterable[Entry], *, policy: Policy | DatedTable[Policy], days: Iterable[dt.date]
) -> tuple[NettingResult, ...]:
    """One run a payment day, each on what the one before left open.

    Args:
        entries: credits and debits, as for :func:`net`.
        policy: the rules, or a table of them.
        days: the payment days, strictly increasing; :func:`payment_days` gives those of the credits.

    Raises:
        InvalidValueError: the days do not increase, or as :func:`net`.
    """
    results: list[NettingResult] = []
    left: Iterable[Entry] = entries
    for day in require_each(days, dt.date, meant="a payment day"):
        if results and day <= results[-1].on:
            raise InvalidValueError(
                "the payment days do not increase", value=day, remedy="give each day once, in order of time"
            )
        results.append(net(left, policy=policy, on=day))
        left = results[-1].open_entries
    return tuple(results)


def payment_days(entries: Iterable[Entry]) -> tuple[dt.date, ...]:
    """The value dates of the credits, each once, in order of time."""
    return tuple(sorted({entry.value_date for entry in require_entries(entries) if isinstance(entry, Credit)}))


def _by_operator(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    grouped: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in require_entries(entries):
        grouped[entry.operator].append(entry)
    return grouped
