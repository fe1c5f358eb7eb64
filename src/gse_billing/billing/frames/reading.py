"""Entries for one portfolio: what the file leaves out is filled in, and what contradicts the portfolio is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from gse_billing.billing.frames.checks import GIVEN, found, not_among, row_defects, stated_twice, too_much
from gse_billing.billing.frames.files import defect, refused, table_of_file
from gse_billing.billing.portfolio.model import Portfolio
from gse_billing.core.findings import Finding
from gse_billing.core.guards import guarded
from gse_billing.netting.frames import ENTRIES

__all__ = ["entries_for", "read_entries"]


@guarded
def read_entries(path: Path | str, portfolio: Portfolio) -> pa.Table:
    """The entries of a CSV or Parquet file, as :data:`gse_billing.netting.frames.ENTRIES`, sorted by operator.

    Args:
        path: the file, with the columns of :data:`COLUMNS` of which most may be missing.
        portfolio: the parties; every entry belongs to one of their contracts.

    Raises:
        InvalidInputError: the file has defects; the report names each kind with its first row.
        StorageError: the file cannot be read.
    """
    return entries_for(portfolio, table_of_file(path))


@guarded
def entries_for(portfolio: Portfolio, table: pa.Table) -> pa.Table:
    """The same for entries that are columns already, each of the type that :data:`COLUMNS` gives it.

    Raises:
        InvalidInputError: the table has defects.
    """
    _raise_any(_missing_columns(table))
    whole = pa.table([_completed(table, field) for field in ENTRIES], schema=ENTRIES)
    unknown = not_among(whole["contract"], portfolio.holders)
    hint = "add it to operators.contracts of the portfolio, or correct it"
    strange = found("unknown-contract", "contract", unknown, why="the portfolio has no such contract", hint=hint)
    _raise_any((*row_defects(whole), *too_much(whole), *strange))
    whole = _with_holders(whole, portfolio)
    _raise_any((*_contradictions(table, whole), *stated_twice(whole)))
    return whole.sort_by("operator")


def _raise_any(findings: Iterable[Finding]) -> None:
    defects = tuple(findings)
    if defects:
        raise refused(*defects)


def _missing_columns(table: pa.Table) -> Iterator[Finding]:
    names = table.column_names
    hint = f"give the columns {', '.join(GIVEN)}, and cents or amount"
    for name in GIVEN:
        if name not in names:
            yield defect("missing-column", name, "the column is missing", hint)
    if ("cents" in names) == ("amount" in names):
        yield defect("missing-column", "cents", "either cents or amount says how much it is", hint)


def _completed(table: pa.Table, field: pa.Field) -> pa.ChunkedArray:
    """The column of the table; the cents of its amounts; else a column of nothing."""
    if field.name in table.column_names:
        return table[field.name]
    if field.name == "cents":
        return pc.cast(pc.multiply(table["amount"], pa.scalar(100, pa.int64())), field.type)
    return pa.chunked_array([pa.nulls(len(table), field.type)])


def _with_holders(table: pa.Table, portfolio: Portfolio) -> pa.Table:
    """The table with operator and service of each contract, as the portfolio has them."""
    holders = portfolio.holders
    places = pc.index_in(table["contract"], pa.array(list(holders), pa.string()))
    known = {
        "operator": [operator.key for operator, _ in holders.values()],
        "service": [contract.service for _, contract in holders.values()],
    }
    for name, names in known.items():
        column = pc.take(pa.array(names, pa.string()), places)
        table = table.set_column(ENTRIES.get_field_index(name), ENTRIES.field(name), column)
    return table


def _contradictions(given: pa.Table, known: pa.Table) -> Iterator[Finding]:
    for name in ("operator", "service"):
        if name in given.column_names:
            other = pc.fill_null(pc.not_equal(given[name], known[name]), fill_value=False)
            why = f"the portfolio has another {name} for the contract"
            yield from found("other-holder", name, other, why=why, hint="correct it, or leave the column out")
