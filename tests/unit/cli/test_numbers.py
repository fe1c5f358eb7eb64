"""``gse-billing numbers``, on SQLite and on PostgreSQL."""

from __future__ import annotations

import csv
import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import Result

from gse_billing.cli.choices import NumberState
from gse_billing.cli.registering import series_of, who
from gse_billing.core.identifiers import InvoiceNumber
from gse_billing.numbering import Entry, EntryState
from gse_billing.stores import open_store
from tests.unit.cli.files import lines, run

ME = "01234560440"
WANTED = ["--issuer", ME, "--series", "pa=PA/{n}", "--on", "2026-03-10"]


@pytest.fixture
def store(place: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty store, named to the command as users would name it once for all."""
    monkeypatch.setenv("GSE_BILLING_STORE", place)
    return place


@pytest.fixture
def sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A SQLite file that is not there yet."""
    path = tmp_path / "numbers.sqlite"
    monkeypatch.setenv("GSE_BILLING_STORE", str(path))
    return path


def numbers(*arguments: str | Path, given: bytes = b"") -> Result:
    return run("numbers", *arguments, given=given)


def taken(key: str, *more: str) -> Result:
    return numbers("next", *WANTED, "--key", key, *more)


@pytest.mark.usefixtures("store")
def test_a_key_gets_its_number_and_the_same_again() -> None:
    assert [taken(key).stdout for key in ("a", "b", "a")] == ["PA/1\n", "PA/2\n", "PA/1\n"]
    (first, second) = lines(numbers("list", "--as", "json"))
    assert (first["number"], first["state"], first["key"]) == ("PA/1", "reserved", "a")
    assert first["owner"] == who(None)
    assert dt.datetime.fromisoformat(first["reserved_at"]).tzinfo is not None
    assert second["number"] == "PA/2"


@pytest.mark.usefixtures("store")
def test_the_same_key_with_other_data_is_an_error() -> None:
    taken("a", "--content", "216.22")
    result = taken("a", "--content", "217.00")
    assert result.exit_code == 2
    assert "number PA/1 of 2026-03-10 cannot change" in result.stderr
    assert result.stdout == ""


@pytest.mark.usefixtures("store")
def test_a_dry_run_takes_nothing() -> None:
    for _ in range(2):
        result = taken("a", "--dry-run")
        assert (result.stdout, result.stderr) == ("PA/1\n", "dry run: no number was taken\n")
    taken("a")
    assert taken("b", "--dry-run", "--json").stdout.startswith(
        '{"issuer": "01234560440", "series": "pa", "number": "PA/2"'
    )
    assert taken("a", "--dry-run").stdout == "PA/1\n"
    assert len(lines(numbers("list", "--as", "json"))) == 1


def test_a_dry_run_makes_no_file(sqlite: Path) -> None:
    assert taken("a", "--dry-run").stdout == "PA/1\n"
    assert not sqlite.exists()


@pytest.mark.usefixtures("store")
def test_reserved_accepted_void_and_the_trail() -> None:
    for key in ("a", "b"):
        taken(key, "--by", "Rossi")
    assert numbers("accept", "a", "--issuer", ME, "--by", "Verdi").stdout == "PA/1\n"
    voided = numbers("void", "b", "--issuer", ME, "--reason", "not sent", "--by", "Verdi", "--json")
    assert json.loads(voided.stdout)["state"] == "void"
    trail = lines(numbers("list", "--trail", "--as", "json"))
    assert [(step["number"], step["state"], step["by"], step["reason"]) for step in trail] == [
        ("PA/1", "reserved", "Rossi", ""),
        ("PA/2", "reserved", "Rossi", ""),
        ("PA/1", "accepted", "Verdi", ""),
        ("PA/2", "void", "Verdi", "not sent"),
    ]
    assert numbers("void", "a", "--issuer", ME, "--reason", "late").exit_code == 2
    assert taken("b").exit_code == 2
    assert taken("c").stdout == "PA/3\n"
    assert "2 steps" in numbers("list", "--trail", "--state", "accepted").stdout
    assert numbers("list", "--trail", "--as", "csv").stdout.startswith('"step","issuer","number"')


@pytest.mark.usefixtures("store")
def test_reserved_and_accepted_at_once() -> None:
    result = taken("a", "--accept", "--json")
    assert json.loads(result.stdout)["state"] == "accepted"
    assert taken("a", "--accept").stdout == "PA/1\n"


@pytest.mark.usefixtures("store")
def test_a_number_of_ones_own_choice_and_a_series_that_starts_late() -> None:
    assert taken("a", "--number", "PA/7").stdout == "PA/7\n"
    assert taken("b").stdout == "PA/8\n"
    wanted = ["--issuer", ME, "--series", "all=A{n:05}", "--first", "40", "--no-yearly"]
    assert numbers("next", *wanted, "--on", "2026-12-31", "--key", "c").stdout == "A00040\n"
    assert numbers("next", *wanted, "--on", "2027-01-01", "--key", "d").stdout == "A00041\n"


@pytest.mark.usefixtures("store")
def test_the_list_can_be_narrowed_and_looked_at() -> None:
    taken("a")
    taken("b", "--accept")
    numbers("next", "--issuer", "other", "--series", "books", "--on", "2025-01-01", "--key", "c")
    assert "3 numbers" in numbers("list").stdout
    for narrowed, said in (
        (["--issuer", "other"], "1 number\n"),
        (["--year", "2026"], "2 numbers\n"),
        (["--series", "books"], "1 number\n"),
        (["--state", "accepted"], "1 number\n"),
        (["--state", "void"], "0 numbers\n"),
    ):
        assert numbers("list", *narrowed).stdout.endswith(said)


@pytest.mark.usefixtures("store")
def test_what_is_exported_can_be_imported_elsewhere(tmp_path: Path) -> None:
    taken("a", "--accept")
    taken("=b")
    numbers("void", "=b", "--issuer", ME, "--reason", '+39; "così"')
    exported = numbers("list", "--as", "csv")
    assert list(csv.reader(exported.stdout_bytes.decode().splitlines()))[2][-2:] == ['\'+39; "così"', "'=b"]
    other = ["--store", str(tmp_path / "other.sqlite")]
    columns = ["--key", "key", "--state", "state", "--reason", "reason"]
    result = numbers(
        "import", "-", "--issuer", ME, "--series", "pa=PA/{n}", *columns, *other, given=exported.stdout_bytes
    )
    assert (result.exit_code, result.stdout) == (0, "2 numbers read, 2 taken over\n")
    assert numbers("list", "--as", "csv", *other).stdout_bytes == exported.stdout_bytes
    assert taken("c", *other).stdout == "PA/3\n"


BOOKS = "Numero;Data\nPA/1;10/03/2026\nPA/3;11/03/2026\n"
OF_BOOKS = ["--issuer", ME, "--series", "pa=PA/{n}", "--number", "Numero", "--day", "Data", "--delimiter", ";"]


@pytest.mark.usefixtures("store")
def test_books_come_in_and_go_on_from_there(tmp_path: Path) -> None:
    path = tmp_path / "books.csv"
    path.write_bytes(BOOKS.encode())
    tried = numbers("import", path, *OF_BOOKS, "--dry-run")
    assert tried.exit_code == 0
    assert "skips 2" in tried.stdout
    assert "2 numbers read, 0 taken over" in tried.stdout
    done = numbers("import", path, *OF_BOOKS, "--by", "Rossi", "--json")
    fields = json.loads(done.stdout)
    assert (done.exit_code, fields["numbers"], fields["imported"]) == (0, 2, 2)
    assert [finding["code"] for finding in fields["findings"]] == ["numbering:gap"]
    assert numbers("next", *WANTED[:4], "--on", "2026-03-12", "--key", "a").stdout == "PA/4\n"
    again = numbers("import", path, *OF_BOOKS)
    assert again.exit_code == 2
    assert "number PA/1 of 2026 is taken" in again.stderr
    assert len(lines(numbers("list", "--as", "json"))) == 3


@pytest.mark.usefixtures("store")
def test_books_with_an_error_are_not_taken_over_at_all() -> None:
    wrong = BOOKS + "none;12/03/2026\nPA/1;13/03/2026\n"
    result = numbers("import", "-", *OF_BOOKS, given=wrong.encode())
    assert result.exit_code == 1
    assert "the row cannot be read: it has no digit" in " ".join(result.stdout.replace("│", " ").split())
    assert "numbering:duplicate" in result.stdout
    assert "3 numbers read, 0 taken over" in result.stdout


@pytest.mark.usefixtures("store")
def test_a_column_that_is_missing_is_named_with_the_options() -> None:
    result = numbers("import", "-", "--issuer", ME, "--delimiter", ";", "--json", given=BOOKS.encode())
    assert result.exit_code == 1
    (finding,) = json.loads(result.stdout)["findings"]
    assert finding["message"]["en"] == "these columns are missing: number, day"
    assert finding["hint"].startswith("name the columns of the file with --number and --day, ")


def test_books_in_another_encoding(sqlite: Path) -> None:
    given = "Numero;Però\n1;10/03/2026\n".encode("windows-1252")
    arguments = ["--issuer", ME, "--series", "books", "--number", "Numero", "--day", "Però", "--delimiter", ";"]
    refused = numbers("import", "-", *arguments, given=given)
    assert refused.exit_code == 2
    assert "check the path and --encoding" in refused.stderr
    assert not sqlite.exists()
    assert numbers("import", "-", *arguments, "--encoding", "windows-1252", given=given).exit_code == 0


@pytest.mark.usefixtures("store")
def test_the_report_tells_gaps_duplicates_and_what_was_left_open() -> None:
    numbers("import", "-", *OF_BOOKS, given=(BOOKS + "pa/03;11/03/2026\n").encode())
    numbers("next", *WANTED[:4], "--on", "2026-03-12", "--key", "left")
    result = numbers("report")
    assert result.exit_code == 0
    assert "numbering:gap" in result.stdout
    assert "numbering:near-duplicate" in result.stdout
    assert "4 numbers, 2 findings" in result.stdout
    assert "open: PA/4 of 2026-03-12, key left: accept it, or void it with a reason" in result.stdout
    fields = json.loads(numbers("report", "--json", "--year", "2026", "--issuer", ME).stdout)
    assert (fields["ok"], fields["numbers"], [entry["key"] for entry in fields["open"]]) == (True, 4, ["left"])
    assert "0 numbers, 0 findings" in numbers("report", "--year", "2025").stdout


def test_disorder_is_an_error_and_a_late_start_a_gap(store: str) -> None:
    day = {"PA/5": dt.date(2026, 3, 10), "PA/6": dt.date(2026, 3, 9)}
    series = series_of("pa=PA/{n}")
    with open_store(store) as opened:
        opened.register.load(
            Entry(
                issuer=ME,
                series="pa",
                number=InvoiceNumber(number),
                position=series.position(number, 2026),
                period=2026,
                day=day[number],
                key=number,
                content="",
            )
            for number in day
        )
    result = numbers("report", "--series", "pa=PA/{n}")
    assert result.exit_code == 1
    assert "numbering:disorder" in result.stdout
    assert "skips 1-4" in result.stdout


WRONG: dict[str, tuple[list[str], str]] = {
    "no series": (["next", "--issuer", ME, "--on", "2026-03-10", "--key", "a"], "Missing option"),
    "no date": (["next", "--issuer", ME, "--series", "pa", "--key", "a"], "Missing option"),
    "a format that is none": (
        ["next", "--issuer", ME, "--series", "pa=PA/{x}", "--on", "2026-03-10", "--key", "a"],
        "is not a number format",
    ),
    "a series without name": (
        ["next", "--issuer", ME, "--series", "={n}", "--on", "2026-03-10", "--key", "a"],
        "the name of the series is empty",
    ),
    "an empty key": (["next", "--issuer", ME, "--series", "a", "--on", "2026-03-10", "--key", " "], "the key is empty"),
    "an empty issuer": (
        ["next", "--issuer", "", "--series", "a", "--on", "2026-03-10", "--key", "a"],
        "issuer is empty",
    ),
    "a number that is none": (
        ["next", "--issuer", ME, "--series", "a", "--on", "2026-03-10", "--key", "a", "--number", "abc"],
        "error:",
    ),
    "a start at 0": (
        ["next", "--issuer", ME, "--series", "a", "--on", "2026-03-10", "--key", "a", "--first", "0"],
        "Invalid value",
    ),
    "a key that is not known": (["accept", "nobody", "--issuer", ME], "holds no register"),
    "a void without reason": (["void", "a", "--issuer", ME], "Missing option"),
    "a list of nothing": (["list"], "check --store"),
    "a report on nothing": (["report"], "there is no such file"),
    "books that are not there": (["import", "nowhere.csv", "--issuer", ME], "nowhere.csv cannot be read"),
    "an encoding that is none": (["import", "-", "--issuer", ME, "--encoding", "klingon"], "is no encoding"),
    "two delimiters": (["import", "-", "--issuer", ME, "--delimiter", ";;"], "cannot stand between cells"),
    "a quote as delimiter": (["import", "-", "--issuer", ME, "--delimiter", '"'], "cannot stand between cells"),
    "another kind of database": (["list", "--store", "mysql://localhost/x"], "stores live in SQLite or PostgreSQL"),
    "a file that is no store": (["list", "--store", __file__], "give the path of a store"),
    "a URL of a file that is not there": (["list", "--store", "sqlite:///nowhere.sqlite"], "holds no register"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_use_is_status_2_and_makes_no_file(name: str, sqlite: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(sqlite.parent)
    arguments, said = WRONG[name]
    result = numbers(*arguments)
    assert result.exit_code == 2, result.output
    assert said in " ".join(result.stderr.split())
    assert list(sqlite.parent.iterdir()) == []


def test_columns_that_are_missing_are_named(sqlite: Path) -> None:
    result = numbers("import", "-", "--issuer", ME, given=b"a,b\n1,2\n")
    assert result.exit_code == 1
    assert "these columns are missing: number, day" in result.stdout
    assert not sqlite.exists()


@pytest.mark.usefixtures("store")
def test_an_unknown_key_is_told() -> None:
    taken("a")
    result = numbers("accept", "b", "--issuer", ME)
    assert result.exit_code == 2
    assert "no number was reserved for 'b'" in result.stderr
    assert "a number is voided with a reason" in numbers("void", "a", "--issuer", ME, "--reason", " ").stderr


def test_the_states_are_those_of_the_library() -> None:
    assert {each.value for each in NumberState} == {each.value for each in EntryState}


def test_a_name_alone_is_a_series_that_counts() -> None:
    assert (series_of("books").format, series_of("a=b={n}").format) == ("{n}", "b={n}")


def test_a_user_without_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise KeyError("uid")

    monkeypatch.setattr("getpass.getuser", nameless)
    assert (who(None), who("Rossi")) == ("", "Rossi")


def test_hostile_text_is_not_obeyed_by_the_terminal(sqlite: Path) -> None:
    taken("a\x1b[2J", "--by", "b\x1b[2J")
    for arguments in (["list"], ["list", "--trail"], ["report"]):
        assert "\x1b" not in numbers(*arguments).stdout
        assert "a\\x1b" in numbers(*arguments).stdout
    assert sqlite.exists()


def test_without_the_extra_the_command_says_which_one_is_missing(tmp_path: Path) -> None:
    code = "import sys; sys.modules['sqlalchemy'] = None; from gse_billing.cli.main import run; run()"
    wanted = ["numbers", "next", *WANTED, "--key", "a", "--store", str(tmp_path / "a.sqlite")]
    done = subprocess.run([sys.executable, "-c", code, *wanted], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "pip install 'gse-billing[sql]'" in done.stderr
    assert "Traceback" not in done.stderr
