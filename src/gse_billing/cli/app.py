"""The commands and their options. What a command needs is imported when it runs, so that each starts quickly."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gse_billing import __version__
from gse_billing.cli.documents import check, convert
from gse_billing.cli.errors import taught
from gse_billing.cli.numbers import numbers
from gse_billing.cli.options import AsJson, Before, Created, Day, Folder, bank_order, require_fitting

__all__ = ["app"]

app = typer.Typer(
    name="gse-billing",
    help="Everything billed and paid between an operator and GSE.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

fees = typer.Typer(help="What is owed to GSE, with its derivation.", no_args_is_help=True)
app.add_typer(fees, name="fees")
app.add_typer(numbers, name="numbers")
app.command()(check)
app.command()(convert)


def _version(asked: bool) -> None:  # noqa: FBT001 - the form of typer's callbacks
    if asked:
        typer.echo(f"gse-billing {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[  # noqa: FBT002 - typer acts on it in the callback
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Everything billed and paid between an operator and GSE."""


@app.command()
def demo(out: Folder = Path("out/demo")) -> None:
    """Settle the bundled example portfolio, in the two steps of life: issue, then settle what SDI answered."""
    from gse_billing.cli.demo import play  # noqa: PLC0415

    with taught():
        status = play(out)
    raise typer.Exit(status)


@app.command()
def settle(  # noqa: PLR0913, PLR0917 - the options of the command
    portfolio: Annotated[Path, typer.Argument(help="The portfolio: a TOML or JSON file.", dir_okay=False)],
    answers: Annotated[Path | None, typer.Option(help="The folder with SDI's answers.", file_okay=False)] = None,
    entries: Annotated[Path | None, typer.Option(help="Credits and debits, CSV or Parquet.", dir_okay=False)] = None,
    before: Before = None,
    on: Day = None,
    out: Folder = Path("out"),
    debit_account: Annotated[str | None, typer.Option(help="IBAN that pays: write pain.001 files too.")] = None,
    message_id: Annotated[str | None, typer.Option(help="How the bank names those files.")] = None,
    created: Created = None,
    as_json: AsJson = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Issue the documents of a portfolio, release what SDI delivered, set off, date and pay.

    With --entries the documents were issued and answered elsewhere: credits and debits are set off, dated and paid.

    Exit status: 0 fine (expected holds included), 1 findings of severity error, 2 wrong use or malformed input.
    """
    require_fitting(entries, answers=answers, before=before)
    day = on.date() if on else None
    with taught():
        order = bank_order(debit_account, message_id=message_id, created=created)
        if entries is None:
            from gse_billing.cli.settling import settle_file  # noqa: PLC0415

            status = settle_file(portfolio, answers=answers, on=day, out=out, order=order, as_json=as_json)
        else:
            from gse_billing.cli.columns import settle_columns  # noqa: PLC0415

            status = settle_columns(
                portfolio, entries=entries, before=before or (), on=day, out=out, order=order, as_json=as_json
            )
    raise typer.Exit(status)


@fees.command()
def biofuel(
    year: Annotated[int, typer.Option(help="The year of the invoice; the release was in the year before.")],
    total: Annotated[str, typer.Option(help="Gcal of all biofuel released.")],
    advanced: Annotated[str, typer.Option(help="Gcal of advanced biofuel, part of the total.")] = "0",
    double_counting: Annotated[str, typer.Option(help="Gcal that count double, part of the total.")] = "0",
    obligated: Annotated[bool, typer.Option(help="Whether the supplier is an obligated party.")] = True,  # noqa: FBT002
    as_json: AsJson = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """The yearly biofuel fee: X on all biofuel, Y on top for what is advanced or counts double."""
    from gse_billing.cli.feeing import print_biofuel_fee  # noqa: PLC0415

    with taught():
        print_biofuel_fee(
            year,
            total=total,
            advanced=advanced,
            double_counting=double_counting,
            obligated=obligated,
            as_json=as_json,
        )
