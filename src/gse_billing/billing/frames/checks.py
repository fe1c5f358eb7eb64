"""What has to hold of every row of a file of entries; a kind of defect is one finding, with the first of its rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

import pyarrow as pa
import pyarrow.compute as pc

from gse_billing.billing.frames.files import defect
from gse_billing.core.explain import figure
from gse_billing.core.findings import Finding
from gse_billing.netting import DebitKind, DocumentState, HoldReason
from gse_billing.netting.results import in_euro

__all__ = ["GIVEN", "found", "not_among", "row_defects", "stated_twice", "too_much"]

GIVEN = ("side", "id", "contract", "issue_date", "state")
"""The columns that a file of entries has, besides the amounts, and in which no row is empty."""

_CHOICES = {
    "side": ("credit", "debit"),
    "state": tuple(DocumentState.__members__),
    "kind": tuple(DebitKind.__members__),
}
_REASONS = tuple(HoldReason.__members__)
_DAYS = ("issue_date", "due_date", "value_date", "document_date")
_MOST = 2**63 - 1


def found(code: str, column: str, rows: pa.ChunkedArray, *, why: str, hint: str) -> Iterator[Finding]:
    """A finding for the rows in which something is true; none where there are no such rows.

    Args:
        code: what kind of defect it is.
        column: where it stands.
        rows: a truth value a row.
        why: what is wrong.
        hint: what to do.
    """
    places = pc.indices_nonzero(rows)
    if len(places):
        more = f", and {len(places) - 1:,} more rows" if len(places) > 1 else ""
        yield defect(code, f"row {places[0].as_py() + 1}, {column}{more}", why, hint)


def not_among(column: pa.ChunkedArray, known: Iterable[str]) -> pa.ChunkedArray:
    """The rows that hold something else than what is known; an empty row holds nothing."""
    return pc.and_(pc.invert(pc.is_in(column, pa.array(list(known), pa.string()))), pc.is_valid(column))


def row_defects(table: pa.Table) -> Iterator[Finding]:
    """What is wrong within single rows of a table with the columns of the netting."""
    for name in (*GIVEN, "cents"):
        yield from found("empty", name, pc.is_null(table[name]), why="it is empty", hint="fill it in every row")
    blank = pc.equal(pc.utf8_length(pc.utf8_trim_whitespace(table["id"])), 0)
    yield from found("empty", "id", blank, why="it is blank", hint="give every entry of an operator its own id")
    for name, choices in _CHOICES.items():
        hint = f"use {', '.join(choices)}"
        yield from found("unknown-code", name, not_among(table[name], choices), why="the code is not known", hint=hint)
    yield from found(
        "unknown-code", "held", _oddly_held(table), why="the reason is not known", hint=f"use {', '.join(_REASONS)}"
    )
    nothing = pc.less_equal(table["cents"], 0)
    yield from found("not-positive", "cents", nothing, why="it is not above zero", hint="leave out what is settled")
    for name in _DAYS:
        beyond = pc.or_(pc.less(table[name], dt.date.min), pc.greater(table[name], dt.date.max))
        yield from found("no-day", name, beyond, why="the year is none of 1 to 9999", hint="correct the day")
    half = pc.xor(pc.is_valid(table["document_number"]), pc.is_valid(table["document_date"]))
    yield from found(
        "half-a-document", "document_number", half, why="number or date of the document is missing", hint="give both"
    )
    undated = pc.and_(pc.is_null(table["due_date"]), pc.is_null(table["value_date"]))
    undated = pc.and_(undated, pc.equal(table["side"], "credit"))
    yield from found("undated", "due_date", undated, why="a credit has no due date", hint="give it, or a value_date")


def _oddly_held(table: pa.Table) -> pa.ChunkedArray:
    """The rows with a reason that is not known."""
    held = table["held"].combine_chunks()
    reasons = pc.struct_field(pc.list_flatten(held), "reason")
    odd = pc.invert(pc.is_in(reasons, pa.array(_REASONS)))
    return pc.is_in(pa.array(range(len(table)), pa.int64()), pc.filter(pc.list_parent_indices(held), odd))


def too_much(table: pa.Table) -> Iterator[Finding]:
    """A finding where the sums of a run could be more than the columns hold."""
    together = pc.sum(table["cents"].cast(pa.decimal128(19, 0))).as_py() or 0
    if together > _MOST:
        why = f"all entries together are {figure(in_euro(int(together)), 'EUR')}, more than a column of sums holds"
        yield defect("too-much", "cents", why, "correct the amounts")


def stated_twice(table: pa.Table) -> Iterator[Finding]:
    """A finding for the first id that two entries of one operator have."""
    counted = table.select(["operator", "id"]).group_by(["operator", "id"]).aggregate([([], "count_all")])
    for row in counted.filter(pc.greater(counted["count_all"], 1)).slice(0, 1).to_pylist():
        why = f"{row['operator']} has {row['count_all']} entries with the id {row['id']}"
        yield defect("stated-twice", "id", why, "give every entry of an operator its own id")
