"""CSV that people open in a spreadsheet: no cell is taken for a formula, and none is lost on the way back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from gse_billing.core.errors import InvalidValueError
from gse_billing.core.showing import shown

__all__ = ["csv_text", "harmless_cell", "original_cell", "require_delimiter"]

# A spreadsheet takes a cell that begins so for a formula (CWE-1236; OWASP ASVS 1.2.10), also after blanks and in full
# width; tabs, line ends and null characters have the same effect. Apostrophes in front change nothing, so that the way
# back is exact.
_RISKY = re.compile(r"[\s']*[=+\-@＝＋－＠\t\r\n\0]")


def harmless_cell(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would take it for a formula.

    >>> harmless_cell("=1+1"), harmless_cell("PA/7")
    ("'=1+1", 'PA/7')
    """
    return f"'{text}" if _RISKY.match(text) else text


def original_cell(cell: str) -> str:
    """The inverse of :func:`harmless_cell`.

    >>> original_cell("'=1+1")
    '=1+1'
    """
    return cell[1:] if cell.startswith("'") and harmless_cell(cell[1:]) == cell else cell


def require_delimiter(text: str) -> str:
    """The text if it can stand between the cells of a CSV file.

    Raises:
        InvalidValueError: it is not one character, or one that ends a line or a cell.

    >>> require_delimiter(";")
    ';'
    """
    if len(text) != 1 or text in '"\r\n':
        raise InvalidValueError(
            f"{shown(text)} cannot stand between cells", value=text, remedy="give one character: , or ; or a tab"
        )
    return text


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    r"""A table as CSV (RFC 4180, every cell quoted), safe to open in a spreadsheet.

    >>> csv_text(("number", "reason"), [("PA/7", "=x")]).splitlines()
    ['"number","reason"', '"PA/7","\'=x"']
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([harmless_cell(cell) for cell in row] for row in rows)
    return buffer.getvalue()
