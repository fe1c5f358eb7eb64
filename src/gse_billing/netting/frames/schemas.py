"""The columns of entries and of what becomes of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from gse_billing.core.errors import MissingExtraError

try:
    import pyarrow as pa
except ImportError as error:
    raise MissingExtraError("frames", needed_for="netting in columns") from error

__all__ = ["APPLICATIONS", "BALANCES", "ENTRIES", "PAYOUTS", "REQUIRED", "table_from"]

REQUIRED = ("side", "id", "operator", "contract", "service", "cents", "issue_date", "state")
"""The columns of entries that are never missing and hold no null."""

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
        ("value_date", _DAY),
    ]
)
"""Columns of applications; ``order`` counts from 1 within an operator and a payment day."""

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


def table_from(rows: Iterable[Sequence[Any]], schema: pa.Schema) -> pa.Table:
    """A table of rows, the values of each in the order of the columns."""
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)
