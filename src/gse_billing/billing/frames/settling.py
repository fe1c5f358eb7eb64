"""Settling entries by the million: batches of whole operators, each operator on the value dates of his own credits."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import pyarrow as pa
import pyarrow.compute as pc
from attrs import field, frozen

from gse_billing.billing.frames.releasing import Gate
from gse_billing.billing.paying import transfers_of
from gse_billing.billing.portfolio.model import Portfolio
from gse_billing.billing.settlement import policy_of
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.guards import guarded
from gse_billing.netting import Credit, Entry, NettingResult, Policy, Statement, net, payment_days
from gse_billing.netting.frames import applications_of, balances_of, payouts_of, table_from
from gse_billing.payments import Transfer

__all__ = ["ACCOUNTS", "Batch", "settle_entries"]

_SUMS = ("credits", "set_off", "transferred", "carried", "held", "debits", "debits_carried", "debits_held")

ACCOUNTS = pa.schema([("operator", pa.string()), *((name, pa.int64()) for name in _SUMS)])
"""Columns of accounts, in cents: credits = set_off + transferred + carried + held, and debits = set_off +
debits_carried + debits_held."""


@frozen(kw_only=True)
class Batch:
    """What became of the entries of some operators.

    Attributes:
        operators: how many they are.
        accounts: one row an operator, as :data:`ACCOUNTS`.
        applications: which credit extinguished which debit on which day, as the netting has it in columns.
        payouts: what is paid, as the netting has it in columns.
        balances: what is still open; with the reasons for which it is, and held only for those that the entry came
            with, so that it is the input of a later run.
        transfers: the money that moves.
        ordered: the identifications ordered earlier, which none of these transfers has.
    """

    operators: int
    accounts: pa.Table
    applications: pa.Table
    payouts: pa.Table
    balances: pa.Table
    transfers: tuple[Transfer, ...]
    ordered: frozenset[str] = field(default=frozenset(), repr=False)


@guarded
def settle_entries(
    portfolio: Portfolio, entries: pa.Table, *, on: dt.date, ordered: Iterable[str] = (), size: int = 2_000
) -> Iterator[Batch]:
    """Net, date and pay entries whose documents were issued and answered already.

    The memory is that of the table, of the portfolio and of one batch; the time grows with the number of entries.

    Args:
        portfolio: parties, restrictions and thresholds, without proposals, charges and releases of its own.
        entries: as ``entries_for`` gives them: whole, right, and sorted by operator.
        on: the day of the run.
        ordered: the identifications of transfers ordered earlier, which no new one may have.
        size: operators a batch.

    Raises:
        InvalidValueError: an argument of a wrong kind, a batch of less than one operator, or a portfolio with records
            that are still to be issued.
        MissingFigureError: a service to be paid has no threshold; the portfolio may supply it.
    """
    if size < 1:
        raise InvalidValueError("a batch has at least one operator", value=size, remedy="give a size of 1 or more")
    _require_nothing_to_issue(portfolio)
    gate, policy, taken = Gate(portfolio, on), policy_of(portfolio, on), frozenset(ordered)
    for count, part in _parts(entries, size):
        given = gate.entries(part)
        runs, last = _fold(given, policy, on)
        payouts = [payout for run in runs for payout in run.payouts]
        yield Batch(
            operators=count,
            accounts=table_from(_accounts(given, runs, last), ACCOUNTS),
            applications=pa.concat_tables(map(applications_of, runs)),
            payouts=pa.concat_tables(map(payouts_of, runs)),
            balances=_as_given(balances_of(last.values()), part),
            transfers=tuple(transfers_of(portfolio, payouts, taken=taken)),
            ordered=taken,
        )


def _require_nothing_to_issue(portfolio: Portfolio) -> None:
    if portfolio.records:
        raise InvalidValueError(
            f"the portfolio has {len(portfolio.records)} records that are still to be issued",
            value=portfolio.records[0].key,
            why="entries in columns are of documents that were issued and answered already",
            remedy="settle those records in a run of their own, or leave them out",
        )


def _parts(entries: pa.Table, size: int) -> Iterator[tuple[int, pa.Table]]:
    """The rows of so many operators at a time, and how many operators they are."""
    ends = [0, *pc.run_end_encode(entries["operator"].combine_chunks()).run_ends.to_pylist()]
    for first in range(0, len(ends) - 1, size):
        last = min(first + size, len(ends) - 1)
        yield last - first, entries.slice(ends[first], ends[last] - ends[first])


def _fold(entries: Iterable[Entry], policy: Policy, on: dt.date) -> tuple[list[NettingResult], Mapping[str, Statement]]:
    """A netting run a day, each over the operators with a credit of that value date; and the last statement of each."""
    left: defaultdict[str, Iterable[Entry]] = defaultdict(list)
    for entry in entries:
        left[entry.operator].append(entry)  # type: ignore[attr-defined]
    paid_on: defaultdict[dt.date, list[str]] = defaultdict(list)
    for operator, own in left.items():
        for day in payment_days(entry for entry in own if not policy.obstacles(entry)) or (on,):
            paid_on[day].append(operator)
    runs: list[NettingResult] = []
    last: dict[str, Statement] = {}
    for day in sorted(paid_on):
        run = net((entry for operator in paid_on[day] for entry in left[operator]), policy=policy, on=day)
        runs.append(run)
        for statement in run:
            left[statement.operator], last[statement.operator] = statement.open_entries, statement
    return runs, last


def _accounts(
    entries: Iterable[Entry], runs: Iterable[NettingResult], last: Mapping[str, Statement]
) -> Iterator[tuple[str | int, ...]]:
    sums: defaultdict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(_SUMS, 0))
    for entry in entries:
        sums[entry.operator]["credits" if isinstance(entry, Credit) else "debits"] += entry.cents
    for run in runs:
        for statement in run:
            own = sums[statement.operator]
            own["set_off"] += sum(part.cents for part in statement.applications)
            own["transferred"] += sum(payout.cents for payout in statement.payouts)
    for operator, statement in last.items():
        for name, parts in (("carried", statement.carried), ("held", statement.held)):
            for part in parts:
                sums[operator][name if isinstance(part.entry, Credit) else f"debits_{name}"] += part.cents
    for operator, own in sorted(sums.items()):
        yield operator, *own.values()


def _as_given(balances: pa.Table, entries: pa.Table) -> pa.Table:
    """The balances, held for those reasons only that the entries came with: the others are found again at every run."""
    keys = zip(entries["operator"].to_pylist(), entries["id"].to_pylist(), strict=True)
    known = dict(zip(keys, entries["held"].to_pylist(), strict=True))
    held = [known[key] for key in zip(balances["operator"].to_pylist(), balances["id"].to_pylist(), strict=True)]
    place = balances.schema.get_field_index("held")
    field = balances.schema.field(place)
    return balances.set_column(place, field, pa.array(held, field.type))
