"""From an Arrow table to entries: every column of the right type, every name one that the scalar engine knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import Enum
from itertools import repeat
from typing import Any, TypeVar

import pyarrow as pa

from gse_billing.core.arguments import require
from gse_billing.core.errors import FloatRefusedError, InvalidValueError
from gse_billing.core.money import EXACT
from gse_billing.netting.entries import Credit, Debit, DebitKind, DocumentRef, DocumentState, Entry, Held, HoldReason
from gse_billing.netting.frames.schemas import ENTRIES, REQUIRED

__all__ = ["entries_from"]

_Member = TypeVar("_Member", bound=Enum)

_STATES, _REASONS, _KINDS = DocumentState.__members__, HoldReason.__members__, DebitKind.__members__
_SHARED = ("id", "operator", "contract", "service", "issue_date", "due_date")


def entries_from(table: pa.Table) -> list[Entry]:
    """The entries of a table with the columns of :data:`ENTRIES`.

    Raises:
        FloatRefusedError: cents are floating point numbers.
        InvalidValueError: a column is missing or of another type, or a value is not legal.
    """
    require(table, pa.Table, meant="a table of entries")
    columns = [_column(table, field) for field in ENTRIES]
    rows = zip(*(repeat(None, len(table)) if one is None else one.to_pylist() for one in columns), strict=True)
    return [_entry(dict(zip(ENTRIES.names, row, strict=True))) for row in rows]


def _column(table: pa.Table, field: pa.Field) -> pa.ChunkedArray | None:
    """A column with the type it has to have; ``None`` where it may be missing and is."""
    if field.name not in table.column_names:
        if field.name in REQUIRED:
            raise InvalidValueError(
                f"the table has no column {field.name}",
                value=table.column_names,
                remedy=f"give the columns {', '.join(REQUIRED)}",
            )
        return None
    column = table[field.name]
    if pa.types.is_floating(column.type):
        raise FloatRefusedError(f"column {field.name}", meant=f"a column of {field.type}")
    if field.name in REQUIRED and column.null_count:
        raise InvalidValueError(f"the column {field.name} has nulls", value=column.null_count, remedy="fill every row")
    try:
        return column.cast(field.type)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as cause:
        raise InvalidValueError(
            f"the column {field.name} is {column.type}, not {field.type}", value=str(cause), remedy="cast it before"
        ) from cause


def _entry(row: Mapping[str, Any]) -> Entry:
    common = {name: row[name] for name in _SHARED}
    common["amount"] = Decimal(row["cents"]).scaleb(-2, EXACT)
    common["state"] = _member(_STATES, row["state"], DocumentState)
    if row["document_number"] is not None:
        common["document"] = _document(row["document_number"], row["document_date"], row["id"])
    if row["held"]:
        common["held"] = tuple(_holds(row["held"]))
    if row["side"] == "credit":
        return Credit(value_date=row["value_date"], **common, **_known(row, "published"))
    if row["side"] == "debit":
        kind = DebitKind.INVOICE if row["kind"] is None else _member(_KINDS, row["kind"], DebitKind)
        return Debit(kind=kind, **common, **_known(row, "guarantee", "onerousness", "on_capital"))
    raise InvalidValueError(
        f"{row['side']!r} is no side of an account", value=row["side"], remedy="use credit or debit"
    )


def _member(members: Mapping[str, _Member], name: str, kind: type[_Member]) -> _Member:
    if name in members:
        return members[name]
    raise InvalidValueError(f"{name!r} is no {kind.__name__}", value=name, remedy=f"use one of {', '.join(members)}")


def _document(number: str, date: dt.date | None, entry: str) -> DocumentRef:
    if date is None:
        raise InvalidValueError(f"document {number} has no date", value=entry, remedy="fill document_date with it")
    return DocumentRef(number, date)


def _holds(given: Iterable[Mapping[str, str | None]]) -> Iterable[Held]:
    for held in given:
        yield Held(_member(_REASONS, held["reason"] or "", HoldReason), held["note"] or "")


def _known(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Those of the values that are given; the others have their default."""
    return {name: row[name] for name in names if row[name] is not None}
