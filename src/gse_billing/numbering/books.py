"""A user's own books: numbers that were given elsewhere come in as CSV, and the register goes out as CSV.

Nothing is believed: a row that cannot be read is a finding with its line, and what the numbers say together
(duplicates, disorder, gaps) is told beside the entries.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from gse_billing.core.errors import InvalidIdentifierError, InvalidValueError
from gse_billing.core.findings import Finding, Report
from gse_billing.core.guards import guarded, require_fields
from gse_billing.core.html import table
from gse_billing.core.identifiers import InvoiceNumber
from gse_billing.core.spreadsheets import csv_text, original_cell, require_delimiter
from gse_billing.numbering.entries import Entry, EntryState
from gse_billing.numbering.rules import report
from gse_billing.numbering.series import Series

__all__ = ["EXPORTED_COLUMNS", "BookColumns", "ImportedBooks", "entries_to_csv", "read_books"]

_DAYS = (
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"),
    re.compile(r"(?P<day>[0-9]{1,2})[/.](?P<month>[0-9]{1,2})[/.](?P<year>[0-9]{4})"),
)
_STATES = {state.value: state for state in EntryState}


@frozen(kw_only=True)
class BookColumns:
    """Which column of the user's file holds what, by the name in its first row.

    Attributes:
        number: the number of the invoice.
        day: its date, written 2026-03-10, 10/03/2026 or 10.03.2026.
        key: what the number was used for, or ``None`` where the file does not say.
        state: ``reserved``, ``accepted`` or ``void``, or ``None``: then every number counts as accepted.
        reason: why a number was voided; a void number without one cannot be read.
    """

    number: str
    day: str
    key: str | None = None
    state: str | None = None
    reason: str | None = None

    def __attrs_post_init__(self) -> None:
        require_fields(self)

    @property
    def names(self) -> tuple[str, ...]:
        """The columns that the file must have."""
        return tuple(name for name in (self.number, self.day, self.key, self.state, self.reason) if name is not None)


EXPORTED_COLUMNS = BookColumns(number="number", day="day", key="key", state="state", reason="reason")
"""The columns that :func:`entries_to_csv` writes, for reading them again."""


@frozen(kw_only=True)
class ImportedBooks:
    """What was read: the numbers, in the order of the file, and what is to be said about them."""

    entries: tuple[Entry, ...]
    report: Report

    def _repr_html_(self) -> str:
        rows = [(entry.number, entry.day, entry.series, entry.state.value) for entry in self.entries]
        return table(("number", "day", "series", "state"), rows) + self.report._repr_html_()


@guarded
def read_books(
    lines: Iterable[str], *, issuer: str, series: Sequence[Series], columns: BookColumns, delimiter: str = ","
) -> ImportedBooks:
    """Read a user's books.

    Args:
        lines: the lines of the CSV file, the first one with the names of the columns.
        issuer: whose books they are.
        series: the series of the issuer; a number belongs to the first one that could have written it.
        columns: which column holds what.
        delimiter: what stands between the cells: ``,`` or ``;``.

    Returns:
        The entries of the rows that could be read, and the findings: ``numbering:row`` with the line for those that
        could not, ``numbering:column`` for a missing column, and those of :func:`.report`.

    Raises:
        InvalidValueError: two series have one name, or nothing can stand between cells so.
    """
    _refuse_twice(series)
    reader = csv.DictReader(_unmarked(lines), delimiter=require_delimiter(delimiter))
    entries: list[Entry] = []
    findings: list[Finding] = []
    for found in _rows(reader, issuer, series, columns):
        if isinstance(found, Entry):
            entries.append(found)
        else:
            findings.append(found)
    return ImportedBooks(entries=tuple(entries), report=Report(findings) + report(entries, series=series))


def _refuse_twice(series: Sequence[Series]) -> None:
    names = [item.name for item in series]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise InvalidValueError(
            f"series {twice!r} is given twice",
            value=tuple(series),
            why="a register knows a series by its name, and each writes in one way",
            remedy="give each a name of its own",
        )


def _unmarked(lines: Iterable[str]) -> Iterator[str]:
    """The lines without the mark that spreadsheets put before the first one."""
    for place, line in enumerate(lines):
        yield line if place else line.removeprefix("\ufeff")


def _rows(
    reader: csv.DictReader[str], issuer: str, series: Sequence[Series], columns: BookColumns
) -> Iterator[Entry | Finding]:
    try:
        missing = [name for name in columns.names if name not in (reader.fieldnames or ())]
        if missing:
            yield _bad_column(", ".join(missing))
            return
        for row in reader:
            cells = {name: original_cell((row[name] or "").strip()) for name in columns.names}
            if any(cells.values()):
                yield _entry(cells, reader.line_num, issuer, series, columns)
    except csv.Error as error:
        yield _bad_row(reader.line_num, "", str(error))


def _entry(
    cells: Mapping[str, str], line: int, issuer: str, series: Sequence[Series], columns: BookColumns
) -> Entry | Finding:
    text, state = cells[columns.number], cells.get(columns.state or "", EntryState.ACCEPTED.value)
    day = _day(cells[columns.day])
    if day is None:
        return _bad_row(line, text, f"{cells[columns.day]!r} is no date such as 2026-03-10 or 10/03/2026")
    if state not in _STATES:
        return _bad_row(line, text, f"{state!r} is not reserved, accepted or void")
    reason = cells.get(columns.reason or "", "")
    if _STATES[state] is EntryState.VOID and not reason:
        return _bad_row(line, text, "a number is void with a reason, and none is given")
    try:
        number = InvoiceNumber(text)
    except InvalidIdentifierError as error:
        return _bad_row(line, text, error.why)
    found = next((item for item in series if item.position(number, day.year) is not None), None)
    return Entry(
        issuer=issuer,
        series=found.name if found else "",
        number=number,
        position=found.position(number, day.year) if found else None,
        period=day.year if found is None or found.yearly else 0,
        day=day,
        key=cells.get(columns.key or "") or f"books/{day.year}/{number}",
        content="",
        state=_STATES[state],
        reason=reason,
    )


def _day(text: str) -> dt.date | None:
    for pattern in _DAYS:
        found = pattern.fullmatch(text)
        if found:
            try:
                return dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
            except ValueError:
                return None
    return None


def _bad_row(line: int, number: str, why: str) -> Finding:
    return Finding(
        code="numbering:row",
        line=line,
        message_it=f"la riga non si legge: {why}",
        message_en=f"the row cannot be read: {why}",
        hint="mend the row in the file and read it again",
        parameters={"number": number},
    )


def _bad_column(names: str) -> Finding:
    return Finding(
        code="numbering:column",
        line=1,
        message_it=f"mancano le colonne: {names}",
        message_en=f"these columns are missing: {names}",
        hint="name the columns of the file in BookColumns",
        parameters={"missing": names},
    )


@guarded
def entries_to_csv(entries: Iterable[Entry]) -> str:
    """The numbers as CSV, safe to open in a spreadsheet; :data:`EXPORTED_COLUMNS` reads them again."""
    header = ("issuer", "series", "number", "day", "state", "reason", "key")
    return csv_text(
        header,
        (
            (
                entry.issuer,
                entry.series,
                str(entry.number),
                entry.day.isoformat(),
                entry.state.value,
                entry.reason,
                entry.key,
            )
            for entry in entries
        ),
    )
