"""``gse-billing settle``: one run over a portfolio file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import typer

from gse_billing.billing import (
    Answer,
    Portfolio,
    load_books,
    load_portfolio,
    locked,
    read_answers,
    save,
    settle,
    summary,
)
from gse_billing.cli.ordering import BankOrder, write_files
from gse_billing.cli.tables import print_settlement
from gse_billing.core.findings import Report

__all__ = ["day_of_run", "settle_file"]


def settle_file(
    source: Path,
    *,
    answers: Path | None = None,
    on: dt.date | None = None,
    out: Path,
    order: BankOrder | None = None,
    as_json: bool = False,
) -> int:
    """Settle a portfolio file, write the folder of the run, print what happened.

    Args:
        source: the portfolio.
        answers: the folder with SDI's answers, or ``None`` before there are any.
        on: the day of the run; that of the portfolio, else today.
        out: the folder of the run; its books are read first, so that numbers stay what they were.
        order: what the files for the bank need, for the transfers that this run orders; ``None`` for no files.
        as_json: print JSON instead of tables.

    Returns:
        The exit status: 0 fine, 1 findings of severity error.
    """
    portfolio = load_portfolio(source)
    received: tuple[Answer, ...] = ()
    unread = Report()
    if answers is not None:
        received, unread = read_answers(answers)
    day = day_of_run(on, portfolio)
    with locked(out):
        settlement = settle(portfolio, on=day, books=load_books(out), answers=received)
        report = settlement.report + unread
        files = {} if order is None else order.files(settlement.ordered, out)
        save(settlement, portfolio, out, report=report)
        write_files(files)
    if as_json:
        typer.echo(summary(settlement, portfolio, report=report))
    else:
        print_settlement(settlement, portfolio, report)
    return 0 if report.ok else 1


def day_of_run(on: dt.date | None, portfolio: Portfolio) -> dt.date:
    """The day that was asked for; else that of the portfolio, else today."""
    return on or portfolio.on or dt.datetime.now(tz=dt.UTC).astimezone().date()
