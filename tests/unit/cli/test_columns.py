"""``gse-billing settle`` over entries, and the files that a bank takes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gse_billing.cli.columns import told_in_tenths
from tests.support.demo_answers import DEMO
from tests.support.payment_schema import defects_of, texts
from tests.unit.cli.test_commands import run, written

ENTRIES = """side,id,contract,amount,issue_date,due_date,state,document_number,document_date
credit,1,SSP00030614,216.22,2020-12-11,2021-01-31,DELIVERED,7,2020-12-11
credit,2,SSP00030614,14.24,2020-12-11,2021-01-31,DELIVERED,8,2020-12-11
debit,3,SSP00030614,60.00,2020-12-14,,DELIVERED,90001,2020-12-14
"""
BANK = (
    "--debit-account",
    "IT58P0100503200000000654321",
    "--message-id",
    "GSE-1",
    "--created",
    "2021-01-20T10:00:00+0100",
)


@pytest.fixture
def parties(tmp_path: Path) -> Path:
    return written(tmp_path, lambda given: given.update(proposals=[], charges=[]))


@pytest.fixture
def entries(tmp_path: Path) -> Path:
    path = tmp_path / "entries.csv"
    path.write_text(ENTRIES)
    return path


def test_entries_are_settled_with_progress_and_sums(parties: Path, entries: Path, tmp_path: Path) -> None:
    result = run("settle", parties, "--entries", entries, "--on", "2021-01-20", "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "1 operators, 1 transfers" in " ".join(result.stdout.split())
    assert "170.46" in result.stdout
    assert result.stderr.splitlines() == [
        f"reading {parties}",
        f"reading {entries}",
        "settling 3 entries",
        "1 of 1 operators",
    ]
    assert "FATTURE 7 DEL 11/12/2020" in (tmp_path / "out/transfers.csv").read_text()


def test_progress_is_told_in_tenths(capsys: pytest.CaptureFixture[str]) -> None:
    tell = told_in_tenths(40)
    for done in (1, 4, 5, 30, 40):
        tell(done)
    assert capsys.readouterr().err.splitlines() == ["4 of 40 operators", "30 of 40 operators", "40 of 40 operators"]


def test_sums_as_json(parties: Path, entries: Path, tmp_path: Path) -> None:
    result = run("settle", parties, "--entries", entries, "--on", "2021-01-20", "--out", tmp_path / "out", "--json")
    assert json.loads(result.stdout)["transferred"] == "170.46"


def test_the_files_for_the_bank(parties: Path, entries: Path, tmp_path: Path) -> None:
    arguments = ("settle", parties, "--entries", entries, "--on", "2021-01-20", *BANK)
    assert run(*arguments, "--out", tmp_path / "a").exit_code == 0
    assert run(*arguments, "--out", tmp_path / "b").exit_code == 0
    [file] = (tmp_path / "a/pain.001").iterdir()
    assert file.name == "GSE-1-1.xml"
    assert file.read_bytes() == (tmp_path / "b/pain.001/GSE-1-1.xml").read_bytes()
    assert defects_of(file.read_bytes()) == []
    assert texts(file.read_bytes(), "CtrlSum")[0] == "170.46"


def test_a_later_run_uses_no_identification_again(parties: Path, entries: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    run("settle", parties, "--entries", entries, "--on", "2021-01-20", "--out", first)
    run("settle", parties, "--entries", entries, "--on", "2021-01-20", "--out", second, "--before", first)
    assert "SSP00030614-20210201-1" in (first / "transfers.csv").read_text()
    assert "SSP00030614-20210201-2" in (second / "transfers.csv").read_text()


def test_bad_entries_are_named_and_nothing_is_written(parties: Path, entries: Path, tmp_path: Path) -> None:
    entries.write_text(ENTRIES.replace("SSP00030614,14.24", "SSP00030615,14.24"))
    result = run("settle", parties, "--entries", entries, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "row 2, contract" in result.stderr
    assert not (tmp_path / "out").exists()


def test_the_portfolio_path_orders_at_the_bank_too(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("settle", DEMO / "portfolio.toml", "--out", out, *BANK)
    assert not (out / "pain.001").exists()
    arguments = ("settle", DEMO / "portfolio.toml", "--answers", DEMO / "answers", "--on", "2021-01-20", "--out", out)
    assert run(*arguments, *BANK).exit_code == 0
    data = (out / "pain.001/GSE-1-1.xml").read_bytes()
    assert defects_of(data) == []
    assert texts(data, "NbOfTxs")[0] == "3"
    # ordered once: the next run orders nothing, and the file stays
    assert run(*arguments, *BANK).exit_code == 0
    assert (out / "pain.001/GSE-1-1.xml").read_bytes() == data


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_message_is_never_written_over_and_a_refused_run_leaves_the_folder_as_it_was(
    parties: Path, entries: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    run("settle", parties, "--entries", entries, "--on", "2021-01-20", "--out", out, *BANK)
    before = contents(out)
    arguments = ("settle", parties, "--entries", entries, "--on", "2021-02-20", "--out", out, "--before", out)
    result = run(*arguments, *BANK)
    assert result.exit_code == 2
    assert "name another --message-id" in result.stderr
    assert contents(out) == before


def test_identifications_are_carried_through_all_runs_of_a_folder(parties: Path, entries: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = ("settle", parties, "--entries", entries, "--on", "2021-01-20", "--out", out)
    assert run(*arguments).exit_code == 0
    for number in (2, 3, 4):
        assert run(*arguments, "--before", out).exit_code == 0
        assert f"SSP00030614-20210201-{number}" in (out / "transfers.csv").read_text()


def test_a_folder_of_an_earlier_run_is_used_again_only_where_before_names_it(
    parties: Path, entries: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    arguments = ("settle", parties, "--entries", entries, "--on", "2021-01-20", "--out", out)
    run(*arguments)
    before = contents(out)
    result = run(*arguments)
    assert result.exit_code == 2
    assert "holds an earlier run" in result.stderr
    assert "--before" in result.stderr
    assert contents(out) == before


def test_the_moment_is_now_where_none_is_named(parties: Path, entries: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("settle", parties, "--entries", entries, "--on", "2021-01-20", "--out", out, *BANK[:4])
    assert texts((out / "pain.001/GSE-1-1.xml").read_bytes(), "CreDtTm")[0] > "2026"


def test_a_file_that_cannot_be_written(parties: Path, entries: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/pain.001").write_text("a file")
    result = run("settle", parties, "--entries", entries, "--on", "2021-01-20", "--out", tmp_path / "out", *BANK)
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


# Each line: options that say nothing together, and what the command answers.
BAD_OPTIONS = {
    "entries and answers": (("--entries", "e.csv", "--answers", "a"), "leave out --answers"),
    "an earlier run of a portfolio": (("--before", "out"), "is of a run over --entries"),
    "an account alone": (BANK[:2], "need both"),
    "a message alone": (BANK[2:4], "need both"),
    "a moment alone": (BANK[4:], "need both"),
    "no IBAN": (("--debit-account", "IT00", "--message-id", "GSE-1"), "is not a valid IBAN"),
    "a moment without zone": ((*BANK[:4], "--created", "2021-01-20T10:00:00"), "does not match"),
}


@pytest.mark.parametrize(("options", "said"), BAD_OPTIONS.values(), ids=BAD_OPTIONS.keys())
def test_options_that_do_not_fit(
    options: tuple[str, ...], said: str, parties: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    result = run("settle", parties, "--out", tmp_path / "out", *options)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (tmp_path / "out").exists()
