"""The rows of PAGAMENTI E FATTURE as columns: the fourteen of the portal, with exact decimals and real days."""

from __future__ import annotations

from collections.abc import Iterable

from gse_billing.billing.proposals.rows import COLUMNS, FeeRow
from gse_billing.core.errors import InvalidValueError, MissingExtraError
from gse_billing.core.guards import guarded

try:
    import pyarrow as pa
except ImportError as error:
    raise MissingExtraError("frames", needed_for="proposals in columns") from error

__all__ = ["FEE_ROWS", "rows_to_arrow"]

_TEXT, _DAY, _EURO = pa.string(), pa.date32(), pa.decimal128(20, 2)

FEE_ROWS = pa.schema(
    zip(
        COLUMNS,
        (_TEXT, pa.int32(), _TEXT, _TEXT, _TEXT, _DAY, _DAY, _EURO, _EURO, _EURO, _TEXT, _TEXT, _TEXT, _TEXT),
        strict=True,
    )
)
"""The columns in the portal's order (INV-5): amounts in EUR of any size; null where a row says nothing."""


@guarded
def rows_to_arrow(rows: Iterable[FeeRow]) -> pa.Table:
    """The rows as an Arrow table, which polars, pandas and DuckDB take as it is.

    Args:
        rows: the rows, in the order of the table.

    Returns:
        A table with the columns of :data:`FEE_ROWS`.

    Raises:
        InvalidValueError: a text has half a character, which no column holds.
    """
    given = tuple(zip(*(row.values() for row in rows), strict=True)) or ((),) * len(COLUMNS)
    try:
        columns = [pa.array(values, field.type) for field, values in zip(FEE_ROWS, given, strict=True)]
    except UnicodeError as error:
        raise InvalidValueError(
            "a row has half a character", value=given, why=str(error), remedy="mend the text where it comes from"
        ) from None
    return pa.Table.from_arrays(columns, schema=FEE_ROWS)
