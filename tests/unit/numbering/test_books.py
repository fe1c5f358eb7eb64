"""A user's own books: read row by row, judged as a whole, written so that they can be read again."""

from __future__ import annotations

import pytest

from gse_billing import evolve
from gse_billing.numbering import (
    EXPORTED_COLUMNS,
    BookColumns,
    EntryState,
    MemoryRegister,
    Series,
    entries_to_csv,
    read_books,
)

ISSUER = "01234560440"
PA = Series(name="pa", format="PA/{n}")
WHOLE = Series(name="whole", format="W{n}", yearly=False)
COLUMNS = BookColumns(number="Numero", day="Data")


def lines(*rows: str, header: str = "Data;Numero;Cliente") -> list[str]:
    return [f"{row}\n" for row in (header, *rows)]


def test_books_are_read_by_the_names_of_their_columns() -> None:
    rows = lines("2026-03-10;PA/1;GSE", "10/03/2026;PA/2;GSE", "1.4.2026;W7;Rossi", ";;", "2026-04-02;A-1;Bianchi")
    read = read_books(rows, issuer=ISSUER, series=[PA, WHOLE], columns=COLUMNS, delimiter=";")
    assert [(entry.number, entry.series, entry.position, entry.period) for entry in read.entries] == [
        ("PA/1", "pa", 1, 2026),
        ("PA/2", "pa", 2, 2026),
        ("W7", "whole", 7, 0),
        ("A-1", "", None, 2026),
    ]
    assert {entry.state for entry in read.entries} == {EntryState.ACCEPTED}
    assert read.entries[1].key == "books/2026/PA/2"
    assert read.report.codes == ("numbering:gap",)
    assert "series whole skips 1-6" in str(read.report)
    register = MemoryRegister(read.entries)
    assert len(register.entries()) == 4
    assert "<td>A-1</td>" in read._repr_html_()


def test_what_the_numbers_say_together_is_told() -> None:
    rows = lines("2026-03-10;PA/1;", "2026-03-11;PA/1;", "2026-03-09;PA/2;", "2026-03-12;PA/4;", "2026-03-12;pa/04;")
    read = read_books(rows, issuer=ISSUER, series=[PA], columns=COLUMNS, delimiter=";")
    assert read.report.codes == (
        "numbering:duplicate",
        "numbering:disorder",
        "numbering:gap",
        "numbering:near-duplicate",
    )
    assert not read.report.ok


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("31/02/2026;PA/1;", "'31/02/2026' is no date"),
        ("tomorrow;PA/1;", "'tomorrow' is no date"),
        ("2026-03-10;PA;", "it has no digit"),
        ("2026-03-10", "it has 1 to 20 characters, not 0"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_by_its_line(row: str, why: str) -> None:
    rows = lines("2026-03-10;PA/1;GSE", row)
    read = read_books(rows, issuer=ISSUER, series=[PA], columns=COLUMNS, delimiter=";")
    assert [entry.number for entry in read.entries] == ["PA/1"]
    (found,) = read.report.findings
    assert (found.code, found.line) == ("numbering:row", 3)
    assert why in found.message_en


def test_a_file_that_is_no_csv_is_named_by_its_line() -> None:
    read = read_books(
        lines("2026-03-10;PA/1;" + "x" * 200_000), issuer=ISSUER, series=[PA], columns=COLUMNS, delimiter=";"
    )
    (found,) = read.report.findings
    assert "field larger than field limit" in found.message_en


@pytest.mark.parametrize("rows", [[], lines("2026-03-10;PA/1", header="Data;Numero")])
def test_a_missing_column_is_named(rows: list[str]) -> None:
    wanted = BookColumns(number="Numero", day="Data", key="Oggetto")
    read = read_books(rows, issuer=ISSUER, series=[PA], columns=wanted, delimiter=";")
    assert read.entries == ()
    assert read.report.codes == ("numbering:column",)
    assert "Oggetto" in read.report.findings[0].message_en


def test_the_mark_of_a_spreadsheet_is_no_part_of_a_name() -> None:
    rows = lines("2026-03-10;PA/1;GSE", header="\ufeffData;Numero;Cliente")
    assert read_books(rows, issuer=ISSUER, series=[PA], columns=COLUMNS, delimiter=";").report.ok


def test_a_state_that_is_none_is_named() -> None:
    wanted = BookColumns(number="Numero", day="Data", state="Cliente")
    rows = lines("2026-03-10;PA/1;reserved", "2026-03-10;PA/2;lost")
    read = read_books(rows, issuer=ISSUER, series=[PA], columns=wanted, delimiter=";")
    assert [entry.state for entry in read.entries] == [EntryState.RESERVED]
    assert "'lost' is not reserved, accepted or void" in str(read.report)


@pytest.mark.parametrize("reason", [None, "Motivo"])
def test_a_void_number_without_a_reason_is_named_by_its_line(reason: str | None) -> None:
    wanted = BookColumns(number="Numero", day="Data", state="Stato", reason=reason)
    rows = lines("2026-03-10;PA/1;accepted;", "2026-03-10;PA/2;void; ", header="Data;Numero;Stato;Motivo")
    read = read_books(rows, issuer=ISSUER, series=[PA], columns=wanted, delimiter=";")
    assert [entry.number for entry in read.entries] == ["PA/1"]
    (found,) = read.report.findings
    assert (found.code, found.line, found.parameters["number"]) == ("numbering:row", 3, "PA/2")
    assert "a number is void with a reason" in found.message_en


def test_what_is_written_can_be_read_again() -> None:
    first = read_books(
        lines("2026-03-10;PA/1;", "2026-03-11;W1;", "2026-03-12;-7;"),
        issuer=ISSUER,
        series=[PA, WHOLE],
        columns=COLUMNS,
        delimiter=";",
    )
    named = evolve(first.entries[0], key="SSP00030614/2025", state=EntryState.VOID, reason="withdrawn")
    register = MemoryRegister([named, *first.entries[1:]])
    written = entries_to_csv(register.entries())
    assert '"\'-7"' in written
    again = read_books(written.splitlines(keepends=True), issuer=ISSUER, series=[PA, WHOLE], columns=EXPORTED_COLUMNS)
    assert again.report.ok
    assert set(again.entries) == set(register.entries())
