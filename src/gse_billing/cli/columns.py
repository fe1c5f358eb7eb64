"""``gse-billing settle --entries``: one run over entries by the million, beside a portfolio that names the parties."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import typer

from gse_billing.billing import load_portfolio, locked
from gse_billing.cli.ordering import BankOrder, write_files
from gse_billing.cli.settling import day_of_run
from gse_billing.cli.tables import print_totals
from gse_billing.core.errors import StorageError

__all__ = ["settle_columns", "told_in_tenths"]


def settle_columns(  # noqa: PLR0913 - the options of the command
    source: Path,
    *,
    entries: Path,
    before: Sequence[Path] = (),
    on: dt.date | None = None,
    out: Path,
    order: BankOrder | None = None,
    as_json: bool = False,
) -> int:
    """Settle a file of entries, write the folder of the run, print its sums; progress goes to standard error.

    Args:
        source: the portfolio.
        entries: a CSV or Parquet file.
        before: the folders of earlier runs, whose identifications no new transfer may have; ``out`` too, where it
            holds one.
        on: the day of the run; that of the portfolio, else today.
        out: the folder of the run.
        order: what the files for the bank need, or ``None`` for none.
        as_json: print JSON instead of a table.

    Returns:
        The exit status, 0.

    Raises:
        StorageError: ``out`` holds an earlier run that ``before`` does not name, or a file of that message is there
            already; the folder stays as it was.
    """
    from gse_billing.billing import frames  # noqa: PLC0415  an optional dependency

    typer.echo(f"reading {source}", err=True)
    portfolio = load_portfolio(source)
    typer.echo(f"reading {entries}", err=True)
    table = frames.read_entries(entries, portfolio)
    day = day_of_run(on, portfolio)
    typer.echo(f"settling {len(table):,} entries", err=True)
    files: Mapping[Path, bytes] = {}

    def make_files(totals: frames.Totals) -> None:
        nonlocal files
        files = {} if order is None else order.files(totals.transfers, out)

    with locked(out):
        _require_named(out, before)
        ordered = frozenset().union(*map(frames.identifications, before))
        batches = frames.settle_entries(portfolio, table, on=day, ordered=ordered)
        tell = told_in_tenths(len(portfolio.operators))
        totals = frames.save_batches(batches, out, on=day, ordered=ordered, progress=tell, check=make_files)
        write_files(files)
    if as_json:
        typer.echo(json.dumps(totals.to_dict(), indent=2))
    else:
        print_totals(totals)
    return 0


def _require_named(out: Path, before: Sequence[Path]) -> None:
    if (out / "transfers.json").exists() and out.resolve() not in {folder.resolve() for folder in before}:
        raise StorageError(
            f"{out} holds an earlier run",
            path=str(out),
            why="its transfers would be forgotten, and their identifications used again",
            remedy=f"name another --out, or say --before {out} to replace it and keep its identifications taken",
        )


def told_in_tenths(operators: int) -> Callable[[int], None]:
    """Progress on standard error: a line whenever another tenth of so many operators is done."""
    told = 0

    def tell(done: int) -> None:
        nonlocal told
        tenth = 10 * done // operators
        if tenth > told:
            told = tenth
            typer.echo(f"{done:,} of {operators:,} operators", err=True)

    return tell
