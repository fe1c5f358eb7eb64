"""Files of entries: what they may leave out, and how each defect is named."""

from __future__ import annotations

import datetime as dt
import importlib
import sys
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from gse_billing.billing.frames import COLUMNS, entries_for, read_entries, table_of_file
from gse_billing.core.errors import InvalidInputError, MissingExtraError, StorageError
from gse_billing.netting.frames import BALANCES, ENTRIES
from tests.support.portfolios import fields, portfolio

PORTFOLIO = portfolio({**fields(), "proposals": [], "charges": []})
HEADER = "side,id,contract,amount,issue_date,due_date,state"
CREDIT = "credit,1,SSP00030614,216.22,2020-12-11,2021-01-31,DELIVERED"


def csv_file(folder: Path, *lines: str) -> Path:
    path = folder / "entries.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_operator_and_service_are_those_of_the_contract(tmp_path: Path) -> None:
    table = read_entries(csv_file(tmp_path, HEADER, CREDIT), PORTFOLIO)
    assert table.schema == ENTRIES
    [row] = table.to_pylist()
    assert {name: value for name, value in row.items() if value is not None} == {
        "side": "credit",
        "id": "1",
        "operator": "comune",
        "contract": "SSP00030614",
        "service": "SSP",
        "cents": 21622,
        "issue_date": dt.date(2020, 12, 11),
        "due_date": dt.date(2021, 1, 31),
        "state": "DELIVERED",
    }


def test_reasons_are_text_in_csv(tmp_path: Path) -> None:
    path = csv_file(tmp_path, f"{HEADER},held", f"{CREDIT},DISPUTED; OTHER: la nota", f"{CREDIT},")
    assert table_of_file(path)["held"].to_pylist() == [
        [{"reason": "DISPUTED", "note": ""}, {"reason": "OTHER", "note": "la nota"}],
        None,
    ]


def test_parquet_holds_cents_or_decimals(tmp_path: Path) -> None:
    row = {"side": "credit", "id": "1", "contract": "SSP00030614", "issue_date": dt.date(2020, 12, 11)}
    row |= {"state": "DELIVERED", "value_date": dt.date(2021, 1, 31)}
    for name, value in (("cents", 21622), ("amount", Decimal("216.2"))):
        parquet.write_table(pa.Table.from_pylist([row | {name: value}]), tmp_path / "entries.parquet")
        expected = 21622 if name == "cents" else 21620
        assert read_entries(tmp_path / "entries.parquet", PORTFOLIO)["cents"].to_pylist() == [expected]


def test_what_a_run_leaves_open_is_read_again(tmp_path: Path) -> None:
    row = dict.fromkeys(BALANCES.names) | {"side": "credit", "id": "1", "contract": "SSP00030614", "cents": 1}
    row |= {"operator": "comune", "service": "SSP", "state": "DELIVERED", "status": "HELD", "reason": "DISPUTED"}
    row |= {"issue_date": dt.date(2020, 12, 11), "due_date": dt.date(2021, 1, 31)}
    parquet.write_table(pa.Table.from_pylist([row], BALANCES), tmp_path / "open.parquet")
    assert read_entries(tmp_path / "open.parquet", PORTFOLIO)["cents"].to_pylist() == [1]


def test_no_entries_are_no_defect() -> None:
    assert len(entries_for(PORTFOLIO, ENTRIES.empty_table())) == 0


# Each line: what the file holds, the code of the finding, what the finding says.
BAD_FILES = {
    "an ending nobody knows": ("entries.xlsx", HEADER, "malformed", "its ending is not known"),
    "an empty file": ("entries.csv", "", "malformed", "the file is empty"),
    "a blank line alone": ("entries.csv", "\n", "malformed", "the file is empty"),
    "a row too long": ("entries.csv", f"{HEADER}\n{CREDIT},8", "malformed", "has 8 cells, the header has 7"),
    "no Parquet": ("entries.parquet", "PAR1", "malformed", "it cannot be read as a table: "),
    "a column nobody knows": ("entries.csv", f"{HEADER},duedate\n{CREDIT},", "unknown-column", "not known or stands"),
    "a column twice": ("entries.csv", f"{HEADER},state\n{CREDIT},DELIVERED", "unknown-column", "stands twice"),
    "a third decimal": ("entries.csv", f"{HEADER}\n{CREDIT.replace('.22', '.225')}", "wrong-type", "'216.225' is not"),
    "an Italian day": (
        "entries.csv",
        f"{HEADER}\n{CREDIT.replace('2020-12-11', '11/12/2020')}",
        "wrong-type",
        "is not a day",
    ),
    "no amount": ("entries.csv", "side,id,contract,issue_date,state", "missing-column", "cents or amount"),
    "two amounts": ("entries.csv", f"{HEADER},cents", "missing-column", "cents or amount"),
    "no column state": ("entries.csv", "side,id,contract,issue_date,cents", "missing-column", "is missing"),
    "an empty cell": ("entries.csv", f"{HEADER}\n{CREDIT.replace('DELIVERED', '')}", "empty", "it is empty"),
    "a blank id": ("entries.csv", f"{HEADER}\n{CREDIT.replace(',1,', ', ,')}", "empty", "it is blank"),
    "a side nobody knows": ("entries.csv", f"{HEADER}\n{CREDIT.replace('credit', 'avere')}", "unknown-code", "code"),
    "a state nobody knows": ("entries.csv", f"{HEADER}\n{CREDIT.replace('DELIVERED', 'SENT')}", "unknown-code", "code"),
    "a kind nobody knows": ("entries.csv", f"{HEADER},kind\n{CREDIT},LOAN", "unknown-code", "code"),
    "a reason nobody knows": ("entries.csv", f"{HEADER},held\n{CREDIT},MOOD", "unknown-code", "reason"),
    "nothing owed": ("entries.csv", f"{HEADER}\n{CREDIT.replace('216.22', '0.00')}", "not-positive", "above zero"),
    "a number alone": ("entries.csv", f"{HEADER},document_number\n{CREDIT},7", "half-a-document", "missing"),
    "no due date": ("entries.csv", f"{HEADER}\n{CREDIT.replace('2021-01-31', '')}", "undated", "no due date"),
    "another contract": ("entries.csv", f"{HEADER}\n{CREDIT.replace('30614', '30615')}", "unknown-contract", "no such"),
    "another operator": ("entries.csv", f"{HEADER},operator\n{CREDIT},srl", "other-holder", "another operator"),
    "another service": ("entries.csv", f"{HEADER},service\n{CREDIT},RID", "other-holder", "another service"),
    "a year that no calendar has": (
        "entries.csv",
        f"{HEADER}\n{CREDIT.replace('2021-01-31', '0000-01-31')}",
        "no-day",
        "none of 1 to 9999",
    ),
    "an id twice": ("entries.csv", f"{HEADER}\n{CREDIT}\n{CREDIT}", "stated-twice", "comune has 2 entries"),
}


@pytest.mark.parametrize(("name", "text", "code", "said"), BAD_FILES.values(), ids=BAD_FILES.keys())
def test_a_defect_is_named(name: str, text: str, code: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text + "\n" if text else "", encoding="utf-8")
    with pytest.raises(InvalidInputError, match="the file of entries has 1 error") as caught:
        read_entries(path, PORTFOLIO)
    [finding] = caught.value.report
    assert finding.code == f"entries:{code}"
    assert said in finding.message_en
    assert finding.hint


# Each case: the lines after a good one, then a part of place and message of the finding, and of its hint.
BAD_LINES = {
    "text for an amount": (
        [CREDIT.replace("216.22", "abc")],
        "entries:wrong-type at amount, line 3: 'abc' is not a number of at most 16 digits and 2 decimals",
        "write it as 1234.56",
    ),
    "a comma in an amount": ([CREDIT.replace("216.22", '"216,22"')], "line 3: '216,22' is not", "1234.56"),
    "too much": ([CREDIT.replace("216.22", f"{10**16}.00")], "at most 16 digits", "1234.56"),
    "no such day": (
        [CREDIT.replace("2020-12-11", "2020-02-30")],
        "issue_date, line 3: '2020-02-30' is not a day",
        "2026",
    ),
    "a digit too many": ([CREDIT.replace("216.22", "9" * 17)], "amount, line 3: '99999999999999999' is not", "1234.56"),
    "twice": (
        [CREDIT.replace("216.22", "x"), CREDIT, CREDIT.replace("216.22", "y")],
        "amount, and 1 more lines, line 3: 'x' is not",
        "1234.56",
    ),
    "after blank lines": (["", "", CREDIT.replace("216.22", "x")], "amount, line 5: 'x'", "1234.56"),
    "after a line break in a cell": (
        [CREDIT.replace(",1,", ',"1\n2",'), CREDIT.replace("216.22", "x")],
        "amount, line 5: 'x'",
        "1234.56",
    ),
    "a short line": ([CREDIT, "credit,2"], "entries:malformed at line 4: the line has 2 cells", "quotation marks"),
    "an open quotation mark": ([f'"{CREDIT}', CREDIT], "at line 3: the line has 1 cells", "close each of them"),
    "a cell beyond measure": (["x" * 200_000], "line 3: the line cannot be parted into cells", "is closed"),
    "a long value": (
        [CREDIT.replace("216.22", "x" * 1_000)],
        "line 3: 'xxxxxxxxxxxxxxxxxxxxxxxxxxx...xxxxxxxxxxxxxxxxxxxxxxxxxxxx' is not",
        "1234.56",
    ),
}


@pytest.mark.parametrize(("lines", "said", "hint"), BAD_LINES.values(), ids=BAD_LINES.keys())
def test_a_bad_line_is_named_by_line_and_column(lines: list[str], said: str, hint: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError) as caught:
        table_of_file(csv_file(tmp_path, HEADER, CREDIT, *lines))
    [finding] = caught.value.report
    assert said in finding.summary
    assert hint in finding.hint


BAD_CELLS = {
    "cents": ("1.5", "a whole number"),
    "guarantee": ("9999999999", "a whole number"),
    "published": ("maybe", "a truth value"),
    "onerousness": ("10 %", "a number of at most 18 digits and 10 decimals"),
    "document_date": ("2021-02-29", "a day"),
}


@pytest.mark.parametrize(("column", "value", "meant"), [(name, *case) for name, case in BAD_CELLS.items()])
def test_each_kind_of_column_says_what_it_holds(column: str, value: str, meant: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError) as caught:
        table_of_file(csv_file(tmp_path, f"id,{column}", f"1,{value}"))
    assert caught.value.report.errors[0].summary == f"entries:wrong-type at {column}, line 2: {value!r} is not {meant}"


def test_several_kinds_of_defects_are_all_named(tmp_path: Path) -> None:
    bad = CREDIT.replace("216.22", "x").replace("2020-12-11", "y")
    with pytest.raises(InvalidInputError) as caught:
        table_of_file(csv_file(tmp_path, HEADER, bad, "credit"))
    assert [(one.code, one.path, one.line) for one in caught.value.report] == [
        ("entries:wrong-type", "amount", 2),
        ("entries:wrong-type", "issue_date", 2),
        ("entries:malformed", "", 3),
    ]


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_a_line_that_is_not_utf_8_is_named(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "entries.csv"
    path.write_text("\n".join((HEADER, CREDIT.replace(",1,", ",è,"))), encoding=encoding)
    with pytest.raises(InvalidInputError) as caught:
        table_of_file(path)
    [finding] = caught.value.report
    assert (finding.code, finding.line) == ("entries:encoding", 1 if encoding == "utf-16" else 2)
    assert finding.hint == "save the file as CSV in UTF-8"


def test_semicolons_are_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="unknown-column") as caught:
        table_of_file(csv_file(tmp_path, HEADER.replace(",", ";"), CREDIT.replace(",", ";")))
    assert caught.value.report.errors[0].hint == "part the columns with commas, not with semicolons"


def test_what_only_the_reader_of_tables_refuses_is_said_as_such(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise pa.ArrowInvalid("straddling object\nand more")

    monkeypatch.setattr("pyarrow.csv.read_csv", refuse)
    with pytest.raises(InvalidInputError) as caught:
        table_of_file(csv_file(tmp_path, HEADER, CREDIT))
    [finding] = caught.value.report
    assert finding.message_en == "it cannot be read as a table: straddling object"
    assert finding.hint == "write it anew, as Parquet or as CSV in UTF-8"


def test_rows_are_counted(tmp_path: Path) -> None:
    late = CREDIT.replace(",1,", ",2,").replace("2021-01-31", "")
    with pytest.raises(InvalidInputError) as caught:
        read_entries(csv_file(tmp_path, HEADER, CREDIT, late, late), PORTFOLIO)
    assert caught.value.report.errors[0].path == "row 2, due_date, and 1 more rows"


@pytest.mark.parametrize(
    ("values", "code"), [(pa.array([216.22]), "float"), (pa.array([True]), "wrong-type")], ids=["float", "truth"]
)
def test_a_column_of_another_type_is_refused(values: pa.Array, code: str, tmp_path: Path) -> None:
    parquet.write_table(pa.table({"amount": values}), tmp_path / "entries.parquet")
    with pytest.raises(InvalidInputError) as caught:
        table_of_file(tmp_path / "entries.parquet")
    assert caught.value.report.errors[0].code == f"entries:{code}"


def credits_of(*cents: int, **columns: pa.Array) -> pa.Table:
    """Credits of these amounts, with some columns as they are given."""
    row = {"side": "credit", "contract": "SSP00030614", "issue_date": dt.date(2020, 12, 11), "state": "DELIVERED"}
    rows = [{**row, "due_date": dt.date(2021, 1, 31), "id": str(place)} for place in range(len(cents))]
    table = pa.Table.from_pylist(rows).append_column("cents", pa.array(cents))
    for name, column in columns.items():
        table = table.drop_columns([name]) if name in table.column_names else table
        table = table.append_column(name, column)
    return table


@pytest.mark.parametrize("days", [-719_163, 2_932_897, 2**31 - 1], ids=["year 0", "year 10000", "the last of Arrow"])
@pytest.mark.parametrize("column", ["issue_date", "due_date", "value_date"])
def test_a_day_that_only_arrow_has_is_named(column: str, days: int) -> None:
    table = credits_of(1, **{column: pa.array([days], pa.date32())})
    with pytest.raises(InvalidInputError, match=f"entries:no-day at row 1, {column}: the year is none of 1 to 9999"):
        entries_for(PORTFOLIO, table)


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_the_first_and_the_last_day_are_days(day: dt.date) -> None:
    table = entries_for(PORTFOLIO, credits_of(1, value_date=pa.array([day])))
    assert table["value_date"].to_pylist() == [day]


def test_sums_that_no_column_holds_are_refused() -> None:
    assert len(entries_for(PORTFOLIO, credits_of(2**62, 2**62 - 1))) == 2
    with pytest.raises(InvalidInputError, match=r"together are 92,233,720,368,547,758\.08 EUR, more than a column"):
        entries_for(PORTFOLIO, credits_of(2**62, 2**62))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for name in ("entries.csv", "entries.parquet"):
        with pytest.raises(StorageError, match=r"cannot be read; No such file or directory$"):
            read_entries(tmp_path / name, PORTFOLIO)


def test_every_column_has_one_type() -> None:
    assert len(set(COLUMNS.names)) == len(COLUMNS.names)


def test_without_pyarrow_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    for name in [
        name for name in sys.modules if name.startswith(("gse_billing.billing.frames", "gse_billing.netting.frames"))
    ]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(MissingExtraError, match="needs the extra 'frames'"):
        importlib.import_module("gse_billing.billing.frames")
