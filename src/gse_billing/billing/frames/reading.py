"""Entries for one portfolio: what the file leaves out is filled in, and what contradicts the portfolio is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from gse_billing.billing.frames.files import defect, refused, table_of_file
from gse_billing.billing.portfolio.model import Portfolio
from gse_billing.core.findings import Finding
from gse_billing.netting import DebitKind, DocumentState, HoldReason
from gse_billing.netting.frames import ENTRIES

__all__ = ["entries_for", "read_entries"]

_GIVEN = ("side", "id", "contract", "issue_date", "state")
_CHOICES = {
    "side": ("credit", "debit"),
    "state": tuple(DocumentState.__members__),
    "kind": tuple(DebitKind.__members__),
}
_HELD = tuple(HoldReason.__members__)


def read_entries(path: Path | str, portfolio: Portfolio) -> pa.Table:
    """The entries of a CSV or Parquet file, as :data:`gse_billing.netting.frames.ENTRIES`, sorted by operator.

    Args:
        path: the file.
        portfolio: the parties; every entry belongs to one of their contracts.

    Raises:
        InvalidInputError: the file has defects; the report names each kind with its first row.
        StorageError: the file cannot be read.
    """
    return entries_for(portfolio, table_of_file(path))


def entries_for(portfolio: Portfolio, table: pa.Table) -> pa.Table:
    """The same for entries that are columns already.

    Raises:
        InvalidInputError: the table has defects.
    """
    lacking = [name for name in _GIVEN if name not in table.column_names]
    if ("cents" in table.column_names) == ("amount" in table.column_names):
        lacking.append("cents or amount, one of them")
    if lacking:
        hint = f"give the columns {', '.join(_GIVEN)}, and cents or amount"
        raise refused(*(defect("missing-column", name, "the column is missing", hint) for name in lacking))
    full = pa.table([_completed(table, field) for field in ENTRIES], schema=ENTRIES)
    findings = [*_row_defects(full), *_unlike_the_portfolio(full, portfolio)]
    if findings:
        raise refused(*findings)
    full = _with_holders(full, portfolio)
    findings = [*_contradictions(table, full), *_twice(full)]
    if findings:
        raise refused(*findings)
    return full.sort_by("operator")


def _completed(table: pa.Table, field: pa.Field) -> pa.ChunkedArray:
    if field.name in table.column_names:
        return table[field.name]
    if field.name == "cents":
        cents = pc.multiply(table["amount"], pa.scalar(100, pa.int64()))
        return pc.cast(cents, field.type, safe=True)
    return pa.chunked_array([pa.nulls(len(table), field.type)])


def _row_defects(table: pa.Table) -> Iterator[Finding]:
    for name in (*_GIVEN, "cents"):
        yield from _found("empty", name, pc.is_null(table[name]), "it is empty", "fill it in every row")
    for name, choices in _CHOICES.items():
        wrong = pc.invert(pc.is_in(table[name], pa.array(choices)))
        yield from _found("unknown-code", name, _and(wrong, pc.is_valid(table[name])), "", f"use {', '.join(choices)}")
    yield from _found("not-positive", "cents", pc.less_equal(table["cents"], 0), "", "an amount owed is above zero")
    unnamed = pc.equal(pc.utf8_length(pc.utf8_trim_whitespace(table["id"])), 0)
    yield from _found("empty", "id", unnamed, "it is blank", "give every entry of an operator its own id")
    half = pc.xor(pc.is_valid(table["document_number"]), pc.is_valid(table["document_date"]))
    yield from _found("half-a-document", "document_number", half, "a document has a number and a date", "give both")
    undated = _and(pc.is_null(table["due_date"]), pc.is_null(table["value_date"]))
    undated = _and(undated, pc.equal(table["side"], "credit"))
    yield from _found("no-day", "due_date", undated, "a credit has no due date", "give due_date or value_date")
    reasons = pc.struct_field(pc.list_flatten(table["held"]), "reason")
    rows = pc.take(pc.list_parent_indices(table["held"]), _places(pc.invert(pc.is_in(reasons, pa.array(_HELD)))))
    wrong = pc.is_in(pa.array(range(len(table)), pa.int64()), rows.combine_chunks())
    yield from _found("unknown-code", "held", wrong, "", f"use {', '.join(_HELD)}")


def _unlike_the_portfolio(table: pa.Table, portfolio: Portfolio) -> Iterator[Finding]:
    unknown = pc.invert(pc.is_in(table["contract"], pa.array(list(portfolio.holders), pa.string())))
    unknown = _and(unknown, pc.is_valid(table["contract"]))
    hint = "add it to operators.contracts of the portfolio, or correct it"
    yield from _found("unknown-contract", "contract", unknown, "", hint)


def _with_holders(table: pa.Table, portfolio: Portfolio) -> pa.Table:
    """The table with operator and service of each contract, as the portfolio has them."""
    holders = portfolio.holders
    place = pc.index_in(table["contract"], pa.array(list(holders), pa.string()))
    for name, known in (
        ("operator", [operator.key for operator, _ in holders.values()]),
        ("service", [contract.service for _, contract in holders.values()]),
    ):
        column = pc.take(pa.array(known, pa.string()), place)
        table = table.set_column(ENTRIES.get_field_index(name), ENTRIES.field(name), column)
    return table


def _contradictions(given: pa.Table, full: pa.Table) -> Iterator[Finding]:
    for name in ("operator", "service"):
        if name in given.column_names:
            other = pc.fill_null(pc.not_equal(given[name], full[name]), False)  # noqa: FBT003
            hint = f"leave the column out, or give the {name} that holds the contract"
            yield from _found("other-holder", name, other, "the portfolio has another for the contract", hint)


def _twice(table: pa.Table) -> Iterator[Finding]:
    counted = table.select(["operator", "id"]).group_by(["operator", "id"]).aggregate([([], "count_all")])
    for row in counted.filter(pc.greater(counted["count_all"], 1)).slice(0, 1).to_pylist():
        why = f"{row['operator']} has {row['count_all']} entries with the id {row['id']}"
        yield defect("stated-twice", "id", why, "give every entry of an operator its own id")


def _and(one: pa.ChunkedArray, other: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.and_(one, other)


def _places(mask: pa.ChunkedArray) -> pa.Array:
    return pc.indices_nonzero(mask)


def _found(code: str, column: str, mask: pa.ChunkedArray, why: str, hint: str) -> Iterator[Finding]:
    """One finding for all rows of a mask, with the first of them."""
    places = _places(mask)
    if len(places):
        first = places[0].as_py() + 1
        more = f", and {len(places) - 1} more rows" if len(places) > 1 else ""
        yield defect(code, f"{column}, row {first}{more}", why or "the value is not legal", hint)
