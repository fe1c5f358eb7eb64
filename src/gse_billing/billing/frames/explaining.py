"""What is wrong with a CSV file of entries that does not become a table: line, column, value, and how to write it.

The table is read in blocks and without a look at lines; only where that fails the file is gone through again, cell by
cell.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
from attrs import define, frozen

from gse_billing.core.showing import shown

__all__ = ["Flaw", "csv_flaws"]

_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})", re.ASCII)
_WHOLE = re.compile("-?[0-9]{1,40}", re.ASCII)
_TRUTH = {"0", "1", "true", "True", "TRUE", "false", "False", "FALSE"}


@frozen
class _Form:
    """How the cells of a column are written."""

    fits: Callable[[str], bool]
    meant: str
    hint: str


@define
class Flaw:
    """One kind of defect, by its first place.

    Attributes:
        code: what kind it is.
        line: line of the file, from 1; ``None`` where it is the whole file.
        column: name of the column; empty where it is a whole line.
        why: what is wrong.
        hint: what to do.
        count: how many lines have it.
    """

    code: str
    line: int | None
    column: str
    why: str
    hint: str
    count: int = 1


def csv_flaws(source: Path, columns: pa.Schema) -> tuple[Flaw, ...]:
    """Every kind of defect of a file, with the first line of each; none where the cells are as they should be.

    Args:
        source: a CSV file.
        columns: the columns that it may have.

    Raises:
        OSError: the file cannot be read.
    """
    flaws: dict[tuple[str, str], Flaw] = {}
    with source.open("rb") as file:
        for flaw in _flaws(_Lines(file), columns):
            first = flaws.setdefault((flaw.code, flaw.column), flaw)
            first.count += first is not flaw
    return tuple(flaws.values())


@define
class _Lines:
    """The lines of a file as text, as far as they are UTF-8."""

    file: Iterable[bytes]
    broken: int | None = None

    def __iter__(self) -> Iterator[str]:
        for number, line in enumerate(self.file, start=1):
            try:
                text = line.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError:
                self.broken = number
                return
            yield text


def _flaws(lines: _Lines, columns: pa.Schema) -> Iterator[Flaw]:
    reader = csv.reader(lines)
    try:
        header = next(reader, None)
        if not header and lines.broken is None:
            yield Flaw("malformed", None, "", "the file is empty", "begin it with a line that names the columns")
        forms = [_form(columns.field(name).type) if name in columns.names else None for name in header or ()]
        line = reader.line_num + 1
        for cells in reader:
            yield from _row_flaws(cells, header or [], forms, line)
            line = reader.line_num + 1
    except csv.Error as error:
        hint = "see that each quotation mark that opens is closed"
        yield Flaw("malformed", reader.line_num, "", f"the line cannot be parted into cells: {error}", hint)
    if lines.broken is not None:
        yield Flaw("encoding", lines.broken, "", "the line is not UTF-8", "save the file as CSV in UTF-8")


def _row_flaws(cells: list[str], header: list[str], forms: list[_Form | None], line: int) -> Iterator[Flaw]:
    if not cells:
        return  # a blank line
    if len(cells) != len(header):
        why = f"the line has {len(cells)} cells, the header has {len(header)}"
        yield Flaw("malformed", line, "", why, "put what holds a comma between quotation marks, and close each of them")
        return
    for name, form, cell in zip(header, forms, cells, strict=True):
        if form is not None and cell and not form.fits(cell.strip()):
            yield Flaw("wrong-type", line, name, f"{shown(cell)} is not {form.meant}", form.hint)


def _form(kind: pa.DataType) -> _Form | None:
    """How a column of that type is written; text may be anything."""
    if pa.types.is_decimal(kind):
        return _decimal(kind)
    if pa.types.is_integer(kind):
        return _Form(
            lambda text: bool(_WHOLE.fullmatch(text)) and abs(int(text)) < 2 ** (kind.bit_width - 1),
            "a whole number",
            "write it without point, comma and blanks",
        )
    if pa.types.is_date(kind):
        return _Form(_is_day, "a day", "write it as 2026-01-31")
    if pa.types.is_boolean(kind):
        return _Form(_TRUTH.__contains__, "a truth value", "write true or false")
    return None


def _decimal(kind: pa.Decimal128Type) -> _Form:
    unit, limit = Decimal(1).scaleb(-kind.scale), Decimal(10) ** (kind.precision - kind.scale)

    def fits(text: str) -> bool:
        number = Decimal(text) if _NUMBER.fullmatch(text) else limit
        return abs(number) < limit and number % unit == 0

    digits = kind.precision - kind.scale
    return _Form(
        fits,
        f"a number of at most {digits} digits and {kind.scale} decimals",
        "write it as 1234.56: a point before the decimals, no sign between thousands",
    )


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text) and dt.date.fromisoformat(text))
    except ValueError:
        return False
