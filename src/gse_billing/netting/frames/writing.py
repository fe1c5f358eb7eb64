"""From entries and statements to Arrow tables; amounts are whole cents, enumerations the names of their members."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from gse_billing.core.arguments import require_each
from gse_billing.netting.entries import Credit, Entry, require_entries
from gse_billing.netting.frames.schemas import APPLICATIONS, BALANCES, ENTRIES, PAYOUTS, table_from
from gse_billing.netting.results import side_of
from gse_billing.netting.statement import Statement

__all__ = ["applications_of", "balances_of", "payouts_of", "table_of"]


def table_of(entries: Iterable[Entry]) -> pa.Table:
    """Entries as a table with the columns of :data:`ENTRIES`."""
    return table_from(map(_row, require_entries(entries)), ENTRIES)


def applications_of(statements: Iterable[Statement]) -> pa.Table:
    """Which credit extinguished which debit, as :data:`APPLICATIONS`."""
    return table_from(_applications(statements), APPLICATIONS)


def payouts_of(statements: Iterable[Statement]) -> pa.Table:
    """What is paid, as :data:`PAYOUTS`."""
    rows = (
        (
            payout.operator,
            payout.contract,
            payout.service,
            payout.value_date,
            payout.cents,
            [{"credit_id": part.credit.id, "cents": part.cents} for part in payout.documents],
        )
        for statement in _known(statements)
        for payout in statement.payouts
    )
    return table_from(rows, PAYOUTS)


def balances_of(statements: Iterable[Statement]) -> pa.Table:
    """What is still open, as :data:`BALANCES`: what is carried and what is held, operator by operator."""
    return table_from(_balances(statements), BALANCES)


def _applications(statements: Iterable[Statement]) -> Iterator[tuple[Any, ...]]:
    for statement in _known(statements):
        for order, part in enumerate(statement.applications, start=1):
            names = (part.scope.name, part.criterion.name)
            yield statement.operator, order, part.credit.id, part.debit.id, part.cents, *names, statement.on


def _known(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    return require_each(statements, Statement, meant="a statement of a netting run")


def _balances(statements: Iterable[Statement]) -> Iterator[tuple[Any, ...]]:
    for statement in _known(statements):
        for part in statement.carried:
            yield *_row(part.as_entry()), "CARRIED", part.reason.name
        for held in statement.held:
            yield *_row(held.entry), "HELD", ", ".join(reason.reason.name for reason in held.reasons)


def _row(entry: Entry) -> tuple[Any, ...]:
    number, date = (entry.document.number, entry.document.date) if entry.document else (None, None)
    held = [{"reason": held.reason.name, "note": held.note} for held in entry.held]
    who = (side_of(entry), entry.id, entry.operator, entry.contract, entry.service, entry.cents)
    days = (entry.issue_date, entry.due_date)
    known = (number, date, entry.state.name, held)
    if isinstance(entry, Credit):
        return *who, *days, entry.value_date, *known, entry.published, None, None, None, None
    return *who, *days, None, *known, None, entry.kind.name, entry.guarantee, entry.onerousness, entry.on_capital
