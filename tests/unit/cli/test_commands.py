"""The command line: what it prints, writes and returns."""

from __future__ import annotations

import builtins
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from gse_billing import __version__
from gse_billing.billing import locked
from gse_billing.cli import main
from gse_billing.cli.app import app
from tests.support.demo_answers import DEMO
from tests.support.portfolios import fields

Change = Callable[[dict[str, Any]], object]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


def written(folder: Path, change: Change = lambda _: None) -> Path:
    given = fields()
    change(given)
    path = folder / "portfolio.json"
    path.write_text(json.dumps(given, default=str))
    return path


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_demo_does_both_steps_and_the_same_again(tmp_path: Path) -> None:
    first = run("demo", "--out", tmp_path / "a")
    assert first.exit_code == 0, first.output
    for said in ("1. Issue:", "2. Settle:", "170.46", "2021-02-01", "1.635,19", "1,594.78", "Fattura duplicata"):
        assert said in first.output
    once = content(tmp_path / "a")
    assert run("demo", "--out", tmp_path / "a").exit_code == 0
    assert content(tmp_path / "a") == once
    other = run("demo", "--out", tmp_path / "b")
    assert other.output.replace("/b", "/a") == first.output
    assert content(tmp_path / "b") == once
    assert (tmp_path / "a/documents/IT05754381001_00001.xml").exists()


def test_the_commands_that_the_demo_prints_give_what_the_demo_gives(tmp_path: Path) -> None:
    run("demo", "--out", tmp_path / "demo")
    out = tmp_path / "out"
    assert run("settle", DEMO / "portfolio.toml", "--out", out).exit_code == 0
    assert (
        run(
            "settle", DEMO / "portfolio.toml", "--answers", DEMO / "answers", "--on", "2021-01-20", "--out", out
        ).exit_code
        == 0
    )
    theirs = content(tmp_path / "demo")
    assert content(out).items() <= theirs.items()


def test_a_demo_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    result = run("demo", "--out", tmp_path / "out" / "below")
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr
    assert "choose another folder" in result.stderr


def test_a_portfolio_is_settled_and_expected_holds_are_fine(tmp_path: Path) -> None:
    result = run("settle", written(tmp_path), "--on", "2020-12-14", "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert "in attesa di consegna" in result.output
    assert "what opens it" in result.output
    assert "la consegna da parte di SDI" in result.output


def test_json_for_programs(tmp_path: Path) -> None:
    result = run("settle", written(tmp_path), "--on", "2020-12-14", "--out", tmp_path / "out", "--json")
    assert json.loads(result.stdout)["accounts"][0]["held"] == "230.46"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda p: p["operators"][0].pop("preferred_office"), "parties:no-office-code"),
        (lambda p: p["operators"][0]["contracts"][0].pop("iban"), "iban is missing"),
    ],
    ids=["no office code", "no IBAN"],
)
def test_a_gap_holds_its_operator_with_status_1(tmp_path: Path, change: Change, said: str) -> None:
    result = run("settle", written(tmp_path, change), "--on", "2020-12-14", "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert said in result.output
    assert json.loads((tmp_path / "out/report.json").read_text())["ok"] is False


def test_an_answer_to_nothing_is_status_1(tmp_path: Path) -> None:
    result = run(
        "settle", written(tmp_path), "--on", "2020-12-14", "--out", tmp_path / "out", "--answers", DEMO / "answers"
    )
    assert result.exit_code == 1
    assert "answers:unmatched" in result.output


MALFORMED: dict[str, tuple[Change, str, str]] = {
    "a wrong IBAN": (
        lambda p: p["operators"][0]["contracts"][0].update(iban="IT10A0103003200000000123456"),
        "operators[0].contracts[0].iban",
        "read it again from the account statement",
    ),
    "a wrong codice fiscale": (
        lambda p: p["operators"][0].update(codice_fiscale="80012340444"),
        "operators[0].codice_fiscale",
        "read it again",
    ),
    "a duplicate number": (
        lambda p: [proposal.update(number="7") for proposal in p["proposals"]],
        "comune.2020.7",
        "give each its own number",
    ),
    "three decimals": (
        lambda p: p["proposals"][0].update(amount="1.234"),
        "proposals[0].amount",
        "round it where a rule says how",
    ),
    "an unknown service": (
        lambda p: p["operators"][0]["contracts"][0].update(service="XYZ"),
        "operators.comune.contracts.SSP00030614",
        "SSP",
    ),
    "a date in the wrong form": (
        lambda p: p["proposals"][0].update(issue_date="11/12/2020"),
        "proposals[0].issue_date",
        "give a date in the form 2021-01-31",
    ),
    "a missing field": (lambda p: p["proposals"][0].pop("fee"), "proposals[0].fee", "add fee"),
    "an unknown field": (lambda p: p["gse"].update(ofice="x"), "gse.ofice", "did you mean office?"),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_portfolio_is_status_2_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    change, place, remedy = MALFORMED[name]
    result = run("settle", written(tmp_path, change), "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "nothing was written" in result.stderr
    assert place in result.stderr
    assert remedy in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["settle", "none.toml"], "cannot be read"),
        (["settle", "none.toml", "--on", "14/12/2020"], "Invalid value"),
        (["settle"], "Missing argument"),
        (["unknown"], "No such command"),
    ],
)
def test_wrong_use_is_status_2(arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_portfolio_against_its_books_holds_its_operator(tmp_path: Path) -> None:
    run("settle", written(tmp_path), "--on", "2020-12-14", "--out", tmp_path / "out")
    sent = content(tmp_path / "out/documents")
    changed = written(tmp_path, lambda p: p["proposals"][0].update(amount="217.00"))
    result = run("settle", changed, "--on", "2020-12-14", "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "its record has changed since" in " ".join(result.output.split())
    assert content(tmp_path / "out/documents") == sent


def test_two_runs_do_not_use_one_folder_at_once(tmp_path: Path) -> None:
    with locked(tmp_path / "out"):
        result = run("settle", written(tmp_path), "--on", "2020-12-14", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "another run is using" in result.stderr
    assert run("settle", written(tmp_path), "--on", "2020-12-14", "--out", tmp_path / "out").exit_code == 0


def test_the_demo_writes_over_nobodys_files(tmp_path: Path) -> None:
    (tmp_path / "portfolio.toml").write_text("mine")
    result = run("demo", "--out", tmp_path)
    assert result.exit_code == 2
    assert "would be written over" in result.stderr
    assert (tmp_path / "portfolio.toml").read_text() == "mine"


def test_a_narrow_terminal_shows_what_it_can(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gse_billing.cli", "demo", "--out", str(tmp_path / "out")],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert done.returncode == 0, done.stderr
    assert b"1.994,93 ?" in done.stdout


def test_the_day_of_the_portfolio_is_taken_and_else_today(tmp_path: Path) -> None:
    given = written(tmp_path, lambda p: p.update(on="2020-12-11"))
    result = run("settle", given, "--out", tmp_path / "a", "--json")
    assert json.loads(result.stdout)["on"] == "2020-12-11"
    today = run("settle", written(tmp_path), "--out", tmp_path / "b", "--json")
    assert json.loads(today.stdout)["on"] > "2026-01-01"


@pytest.mark.requirement("BIO-1", "BIO-2", "BIO-3")
def test_the_biofuel_fee_is_printed_with_its_derivation() -> None:
    result = run("fees", "biofuel", "--year", "2016", "--total", "28996", "--advanced", "4490")
    assert result.exit_code == 0
    assert "0.055 EUR/Gcal x 28,996 Gcal = 1,594.78 EUR" in result.output
    assert "taxable amount: 1,635.19 EUR" in result.output
    as_json = run("fees", "biofuel", "--year", "2016", "--total", "28996", "--advanced", "4490", "--json")
    assert json.loads(as_json.stdout)["result"] == "1635.19"


def test_where_nothing_was_released_no_taxable_amount_is_printed() -> None:
    result = run("fees", "biofuel", "--year", "2016", "--total", "0")
    assert result.exit_code == 0
    assert "no biofuel, no invoice" in result.output
    assert "taxable amount" not in result.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--year", "2016", "--total", "10", "--advanced", "11"], "error:"),
        (["--year", "2016", "--total", "1e5"], "cannot be a quantity in Gcal"),
        (["--year", "2014", "--total", "10"], "no value in force"),
        (["--year", "0", "--total", "10"], "error: 0 cannot be the year of an invoice"),
        (["--year", "1", "--total", "10"], "error: 1 cannot be the year of an invoice"),
    ],
)
def test_a_fee_that_cannot_be_is_status_2(arguments: list[str], said: str) -> None:
    result = run("fees", "biofuel", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_the_version() -> None:
    result = run("--version")
    assert (result.exit_code, result.output) == (0, f"gse-billing {__version__}\n")


def test_a_terminal_gets_a_table_of_its_own_width(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "200")
    result = run("settle", written(tmp_path), "--on", "2020-12-14", "--out", tmp_path / "out")
    assert "\x1b[" in result.output


def test_without_the_extra_the_command_says_which_one_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = builtins.__import__

    def without_typer(name: str, *rest: Any, **more: Any) -> Any:
        if name == "gse_billing.cli.app":
            raise ModuleNotFoundError("No module named 'typer'", name="typer")
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without_typer)
    with pytest.raises(SystemExit) as raised:
        main.run()
    assert raised.value.code == 2
    assert "pip install 'gse-billing[cli]'" in capsys.readouterr().err


def test_the_entry_point_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from gse_billing.cli.main import run; run()", "--version"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert done.stdout.startswith("gse-billing ")
    monkeypatch.setattr(sys, "argv", ["gse-billing", "--version"])
    with pytest.raises(SystemExit) as raised:
        main.run()
    assert raised.value.code == 0
