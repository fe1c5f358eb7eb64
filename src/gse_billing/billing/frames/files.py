"""The file of entries: CSV or Parquet, with the columns of the netting, less what the portfolio knows already."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from gse_billing.core.errors import InvalidInputError, StorageError
from gse_billing.core.findings import Finding, Report
from gse_billing.netting.frames import BALANCES

# isort: split
import pyarrow as pa  # after netting.frames, which names the extra to install where pyarrow is missing
from pyarrow import csv, parquet

from gse_billing.billing.frames.explaining import Flaw, csv_flaws

__all__ = ["COLUMNS", "defect", "refused", "table_of_file"]

_AMOUNT = pa.decimal128(18, 2)

COLUMNS = pa.schema([*BALANCES, ("amount", _AMOUNT)])
"""Every column that a file of entries may have."""


def table_of_file(path: Path | str) -> pa.Table:
    """The columns of a file, each with its type; those that the file lacks are lacking.

    Args:
        path: a ``.csv`` file in UTF-8, or a ``.parquet`` file.

    Raises:
        InvalidInputError: the file cannot be parsed, a column is not known, or its values are of another type.
        StorageError: the file cannot be read.
    """
    source = Path(path)
    read = {".csv": _from_csv, ".parquet": parquet.read_table}.get(source.suffix.lower())
    if read is None:
        raise refused(defect("malformed", str(source), "its ending is not known", "name it .csv or .parquet"))
    try:
        source.stat()  # Arrow says in words of its own that there is no such file
        return _table(source, read)
    except OSError as error:
        raise StorageError(f"{source} cannot be read", path=str(source), why=error.strerror or str(error)) from None


def _table(source: Path, read: Callable[[Path], pa.Table]) -> pa.Table:
    try:
        return _typed(read(source))
    except (pa.ArrowException, UnicodeDecodeError) as error:
        raise _unreadable(source, error) from None


def _unreadable(source: Path, error: Exception) -> InvalidInputError:
    """The error for a file that does not become a table, with each line of a CSV file that keeps it from that."""
    flaws = csv_flaws(source, COLUMNS) if source.suffix.lower() == ".csv" else ()
    if flaws:
        return refused(*map(_told, flaws))
    why = f"it cannot be read as a table: {_first_line(error)}"
    return refused(defect("malformed", str(source), why, "write it anew, as Parquet or as CSV in UTF-8"))


def _told(flaw: Flaw) -> Finding:
    more = f"and {flaw.count - 1:,} more lines" if flaw.count > 1 else ""
    path = ", ".join(filter(None, (flaw.column, more)))
    return defect(flaw.code, path, flaw.why, flaw.hint, line=flaw.line)


def _from_csv(source: Path) -> pa.Table:
    types = {field.name: pa.string() if field.name == "held" else field.type for field in COLUMNS}
    options = csv.ConvertOptions(column_types=types, null_values=[""], strings_can_be_null=True)
    quoted = csv.ParseOptions(newlines_in_values=True)
    table = csv.read_csv(source, parse_options=quoted, convert_options=options)
    place = table.schema.get_field_index("held")
    return table if place < 0 else table.set_column(place, COLUMNS.field("held"), _holds(table["held"]))


def _holds(texts: pa.ChunkedArray) -> pa.Array:
    """``DISPUTED; OTHER: note`` as a list of reasons with their notes."""
    return pa.array([_reasons(text) for text in texts.to_pylist()], COLUMNS.field("held").type)


def _reasons(text: str | None) -> list[dict[str, Any]] | None:
    parts = [part.partition(":") for part in (text or "").split(";") if part.strip()]
    return [{"reason": reason.strip(), "note": note.strip()} for reason, _, note in parts] or None


def _typed(table: pa.Table) -> pa.Table:
    names = table.column_names
    unknown = [name for name in dict.fromkeys(names) if name not in COLUMNS.names or names.count(name) > 1]
    if unknown:
        hint = f"use {', '.join(COLUMNS.names)}"
        if ";" in unknown[0]:
            hint = "part the columns with commas, not with semicolons"
        raise refused(*(defect("unknown-column", name, "it is not known or stands twice", hint) for name in unknown))
    typed = pa.table({name: _column(table[name], COLUMNS.field(name)) for name in names})
    typed.validate(full=True)  # Arrow reads decimals of CSV that are beyond their type
    return typed


def _column(column: pa.ChunkedArray, field: pa.Field) -> pa.ChunkedArray:
    if pa.types.is_floating(column.type):
        raise refused(defect("float", field.name, "money is no binary float", f"store it as {field.type}"))
    try:
        return column.cast(field.type)
    except pa.ArrowException as error:
        why = f"its values are not {field.type}: {_first_line(error)}"
        raise refused(defect("wrong-type", field.name, why, "correct or cast them")) from None


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def defect(code: str, path: str, why: str, hint: str, *, line: int | None = None) -> Finding:
    """A finding about the file of entries."""
    return Finding(
        code=f"entries:{code}",
        path=path,
        line=line,
        message_it=f"il file delle partite non è valido: {why}",
        message_en=why,
        hint=hint,
    )


def refused(*findings: Finding) -> InvalidInputError:
    """The error that carries the findings."""
    return InvalidInputError(Report(findings), subject="the file of entries")
