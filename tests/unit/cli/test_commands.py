"""The command line: what it prints, writes and returns."""

from __future__ import annotations

import builtins
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from gse_billing import __version__
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
    again = run("demo", "--out", tmp_path / "a")
    assert again.output == first.output
    run("demo", "--out", tmp_path / "b")
    assert content(tmp_path / "a") == content(tmp_path / "b")
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


def test_json_for_programs(tmp_path: Path) -> None:
    result = run("settle", written(tmp_path), "--on", "2020-12-14", "--out", tmp_path / "out", "--json")
    assert json.loads(result.stdout)["accounts"][0]["held"] == "230.46"


@pytest.mark.parametrize(("name", "change"), [("no office", lambda p: p["operators"][0].pop("preferred_office"))])
def test_a_gap_holds_its_operator_with_status_1(tmp_path: Path, name: str, change: Change) -> None:
    result = run("settle", written(tmp_path, change), "--on", "2020-12-14", "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "error: parties:no-office-code" in result.output
    assert json.loads((tmp_path / "out/report.json").read_text())["ok"] is False


def test_an_answer_to_nothing_is_status_1(tmp_path: Path) -> None:
    result = run(
        "settle", written(tmp_path), "--on", "2020-12-14", "--out", tmp_path / "out", "--answers", DEMO / "answers"
    )
    assert result.exit_code == 1
    assert "answers:unmatched" in result.output


def test_a_malformed_portfolio_is_status_2_and_nothing_is_written(tmp_path: Path) -> None:
    def change(p: dict[str, Any]) -> None:
        p["proposals"][0]["amount"] = "1.234"
        p["gse"]["ofice"] = "x"

    result = run("settle", written(tmp_path, change), "--out", tmp_path / "out")
    assert result.exit_code == 2
    for said in ("2 errors", "proposals[0].amount", "more than two decimals", "gse.ofice", "did you mean office"):
        assert said in result.stderr
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


def test_a_portfolio_against_its_books_is_status_2(tmp_path: Path) -> None:
    run("settle", written(tmp_path), "--on", "2020-12-14", "--out", tmp_path / "out")
    before = content(tmp_path / "out")
    changed = written(tmp_path, lambda p: p["proposals"][0].update(amount="217.00"))
    result = run("settle", changed, "--on", "2020-12-14", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "cannot change" in result.stderr
    assert content(tmp_path / "out") == before


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


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--year", "2016", "--total", "10", "--advanced", "11"], "error:"),
        (["--year", "2016", "--total", "1e5"], "cannot be a quantity in Gcal"),
        (["--year", "2014", "--total", "10"], "no value in force"),
        (["--year", "0", "--total", "10"], "error:"),
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
