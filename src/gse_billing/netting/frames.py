"""Netting in columns: from an Arrow table of whole operators to Arrow tables of applications, payouts and balances.

Operators never touch one another, so that any engine that keeps the entries of an operator together may call
:func:`net_table` on its groups: a process pool, DuckDB, polars, Spark. The scalar ``net`` does the work; amounts are
whole cents.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar
from zlib import crc32

from attrs import frozen

from gse_billing.core.dated import DatedTable
from gse_billing.core.errors import FloatRefusedError, InvalidValueError, MissingExtraError
from gse_billing.core.money import EXACT
from gse_billing.netting.engine import net
from gse_billing.netting.entries import Credit, Debit, DebitKind, DocumentRef, DocumentState, Entry, Held, HoldReason
from gse_billing.netting.policy import Policy
from gse_billing.netting.results import side_of
from gse_billing.netting.statement import NettingResult

try:
    import pyarrow as pa
except ImportError as error:
    raise MissingExtraError("frames", needed_for="netting in columns") from error

__all__ = [
    "APPLICATIONS",
    "BALANCES",
    "ENTRIES",
    "PAYOUTS",
    "NettingTables",
    "entries_from",
    "net_table",
    "parts_by_operator",
    "table_of",
]

_Member = TypeVar("_Member", bound=Enum)

_REQUIRED = ("side", "id", "operator", "contract", "service", "cents", "issue_date", "state")
_TEXT, _DAY, _CENTS = pa.string(), pa.date32(), pa.int64()

ENTRIES = pa.schema(
    [
        *((name, _TEXT) for name in ("side", "id", "operator", "contract", "service")),
        ("cents", _CENTS),
        *((name, _DAY) for name in ("issue_date", "due_date", "value_date")),
        ("document_number", _TEXT),
        ("document_date", _DAY),
        ("state", _TEXT),
        ("held", pa.list_(pa.struct([("reason", _TEXT), ("note", _TEXT)]))),
        ("published", pa.bool_()),
        ("kind", _TEXT),
        ("guarantee", pa.int32()),
        ("onerousness", pa.decimal128(28, 10)),
        ("on_capital", _TEXT),
    ]
)
"""Columns of entries: ``side`` is ``credit`` or ``debit``, enumerations are the names of their members, and columns
after ``state`` as well as ``due_date`` and the document may be missing or null."""

APPLICATIONS = pa.schema(
    [
        ("operator", _TEXT),
        ("order", pa.int32()),
        ("credit_id", _TEXT),
        ("debit_id", _TEXT),
        ("cents", _CENTS),
        ("scope", _TEXT),
        ("criterion", _TEXT),
    ]
)
"""Columns of applications; ``order`` counts from 1 within an operator."""

PAYOUTS = pa.schema(
    [
        ("operator", _TEXT),
        ("contract", _TEXT),
        ("service", _TEXT),
        ("value_date", _DAY),
        ("cents", _CENTS),
        ("documents", pa.list_(pa.struct([("credit_id", _TEXT), ("cents", _CENTS)]))),
    ]
)
"""Columns of payouts, with the part of each credit that they pay."""

BALANCES = pa.schema([*ENTRIES, ("status", _TEXT), ("reason", _TEXT)])
"""Columns of what is still open: an entry each, input of the next run, with ``CARRIED`` or ``HELD`` and the reason."""


@frozen(kw_only=True)
class NettingTables:
    """The result of a run in columns.

    Attributes:
        applications: which credit extinguished which debit, as :data:`APPLICATIONS`.
        payouts: what is paid, as :data:`PAYOUTS`.
        balances: what is still open, as :data:`BALANCES`.
    """

    applications: pa.Table
    payouts: pa.Table
    balances: pa.Table


def net_table(table: pa.Table, *, policy: Policy | DatedTable[Policy], on: dt.date) -> NettingTables:
    """Net a table of whole operators; equal to ``net`` on its entries.

    Args:
        table: columns as :data:`ENTRIES`, in any order; others are left alone. Every entry of an operator is there.
        policy: the rules, or a table of them.
        on: the payment day.

    Raises:
        FloatRefusedError: cents are floating point numbers.
        InvalidValueError: a column is missing or of another type, a value is not legal, or as ``net``.
    """
    result = net(entries_from(table), policy=policy, on=on)
    return NettingTables(applications=_applications(result), payouts=_payouts(result), balances=_balances(result))


def parts_by_operator(table: pa.Table, count: int) -> tuple[pa.Table, ...]:
    """A table cut into parts of whole operators, for as many workers; an operator always falls into the same part.

    Args:
        table: entries.
        count: how many parts, at least one; some may be empty.
    """
    if count < 1:
        raise InvalidValueError("a table cannot be cut into fewer than one part", value=count, remedy="give 1 or more")
    places = [crc32(name.encode()) % count for name in table["operator"].to_pylist()]
    return tuple(table.filter(pa.array([place == part for place in places], pa.bool_())) for part in range(count))


def table_of(entries: Iterable[Entry]) -> pa.Table:
    """Entries as a table with the columns of :data:`ENTRIES`."""
    return pa.Table.from_pylist([_row(entry) for entry in entries], schema=ENTRIES)


def entries_from(table: pa.Table) -> list[Entry]:
    """The entries of a table with the columns of :data:`ENTRIES`."""
    columns = {field.name: _column(table, field) for field in ENTRIES if _present(table, field.name)}
    rows = pa.table(columns).to_pylist()
    return [_credit(row) if _side(row) == "credit" else _debit(row) for row in rows]


def _present(table: pa.Table, name: str) -> bool:
    if name in table.column_names:
        return True
    if name in _REQUIRED:
        raise InvalidValueError(
            f"the table has no column {name}",
            value=table.column_names,
            remedy=f"give the columns {', '.join(_REQUIRED)}",
        )
    return False


def _column(table: pa.Table, field: pa.Field) -> pa.ChunkedArray:
    column = table[field.name]
    if pa.types.is_floating(column.type):
        raise FloatRefusedError(f"column {field.name}", meant=f"a column of {field.type}")
    if field.name in _REQUIRED and column.null_count:
        raise InvalidValueError(f"the column {field.name} has nulls", value=column.null_count, remedy="fill every row")
    try:
        return column.cast(field.type)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as cause:
        raise InvalidValueError(
            f"the column {field.name} is {column.type}, not {field.type}", value=str(cause), remedy="cast it before"
        ) from cause


def _member(kind: type[_Member], name: str) -> _Member:
    try:
        return kind[name]
    except KeyError:
        raise InvalidValueError(
            f"{name!r} is no {kind.__name__}", value=name, remedy=f"use one of {', '.join(kind.__members__)}"
        ) from None


def _side(row: Mapping[str, Any]) -> str:
    side: str = row["side"]
    if side not in {"credit", "debit"}:
        raise InvalidValueError(f"{side!r} is no side of an account", value=side, remedy="use credit or debit")
    return side


def _common(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **{name: row[name] for name in ("id", "operator", "contract", "service", "issue_date")},
        "amount": Decimal(row["cents"]).scaleb(-2, EXACT),
        "due_date": row.get("due_date"),
        "document": _document(row),
        "state": _member(DocumentState, row["state"]),
        "held": [Held(_member(HoldReason, held["reason"]), held["note"] or "") for held in row.get("held") or ()],
    }


def _document(row: Mapping[str, Any]) -> DocumentRef | None:
    number, date = row.get("document_number"), row.get("document_date")
    if number is None:
        return None
    if date is None:
        raise InvalidValueError(f"document {number} has no date", value=row["id"], remedy="fill document_date with it")
    return DocumentRef(number, date)


def _known(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Those of the values that are given; the others have their default."""
    return {name: row[name] for name in names if row.get(name) is not None}


def _credit(row: Mapping[str, Any]) -> Credit:
    return Credit(value_date=row.get("value_date"), **_common(row), **_known(row, "published"))  # type: ignore[arg-type]


def _debit(row: Mapping[str, Any]) -> Debit:
    kind = DebitKind.INVOICE if row.get("kind") is None else _member(DebitKind, row["kind"])
    return Debit(kind=kind, **_common(row), **_known(row, "guarantee", "onerousness", "on_capital"))


def _row(entry: Entry) -> dict[str, Any]:
    document = entry.document
    row = {
        "side": side_of(entry),
        **{name: getattr(entry, name) for name in ("id", "operator", "contract", "service", "cents")},
        "issue_date": entry.issue_date,
        "due_date": entry.due_date,
        "document_number": document and document.number,
        "document_date": document and document.date,
        "state": entry.state.name,
        "held": [{"reason": held.reason.name, "note": held.note} for held in entry.held],
    }
    if isinstance(entry, Credit):
        return {**row, "value_date": entry.value_date, "published": entry.published}
    own = {name: getattr(entry, name) for name in ("guarantee", "onerousness", "on_capital")}
    return {**row, "kind": entry.kind.name, **own}


def _applications(result: NettingResult) -> pa.Table:
    rows = [
        {
            "operator": statement.operator,
            "order": order,
            "credit_id": part.credit.id,
            "debit_id": part.debit.id,
            "cents": part.cents,
            "scope": part.scope.name,
            "criterion": part.criterion.name,
        }
        for statement in result
        for order, part in enumerate(statement.applications, start=1)
    ]
    return pa.Table.from_pylist(rows, schema=APPLICATIONS)


def _payouts(result: NettingResult) -> pa.Table:
    rows = [
        {
            **{name: getattr(payout, name) for name in ("operator", "contract", "service", "value_date", "cents")},
            "documents": [{"credit_id": part.credit.id, "cents": part.cents} for part in payout.documents],
        }
        for payout in result.payouts
    ]
    return pa.Table.from_pylist(rows, schema=PAYOUTS)


def _balances(result: NettingResult) -> pa.Table:
    rows = [{**_row(part.as_entry()), "status": "CARRIED", "reason": part.reason.name} for part in result.carried] + [
        {**_row(part.entry), "status": "HELD", "reason": ", ".join(held.reason.name for held in part.reasons)}
        for part in result.held
    ]
    return pa.Table.from_pylist(rows, schema=BALANCES)
