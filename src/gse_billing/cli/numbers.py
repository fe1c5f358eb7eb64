"""The commands ``gse-billing numbers``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from gse_billing.cli.choices import NumberState, Shape
from gse_billing.cli.errors import taught

__all__ = ["numbers"]

numbers = typer.Typer(help="The register of invoice numbers, in SQLite or PostgreSQL.", no_args_is_help=True)

_STORE = Path("numbers.sqlite")

Store = Annotated[
    str,
    typer.Option(envvar="GSE_BILLING_STORE", help="A SQLite file, or a URL such as postgresql://user@host/name."),
]
Issuer = Annotated[str, typer.Option(help="Whose numbers: the tax code of the seller, or of the buyer who issues.")]
OfIssuer = Annotated[str | None, typer.Option(help="Only the numbers of this issuer.")]
OfYear = Annotated[int | None, typer.Option(help="Only the numbers of documents of this year.")]
OfSeries = Annotated[
    list[str] | None,
    typer.Option("--series", help="A series as NAME=FORMAT, such as 'pa=PA/{n}'; may be given more than once."),
]
By = Annotated[str | None, typer.Option(help="Who does it, for the audit trail; the name of the login if left out.")]
Key = Annotated[str, typer.Argument(help="The key under which the number was reserved.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@numbers.command("next")
def next_(  # noqa: PLR0913, PLR0917 - the options of the command
    issuer: Issuer,
    series: Annotated[str, typer.Option(help="The series as NAME=FORMAT, such as 'pa=PA/{n:03}'.")],
    on: Annotated[dt.datetime, typer.Option(formats=["%Y-%m-%d"], help="The date of the document.")],
    key: Annotated[str, typer.Option(help="What the number is for: the same key gets the same number again.")],
    number: Annotated[str | None, typer.Option(help="A number of your choice instead of the next one.")] = None,
    content: Annotated[str, typer.Option(help="A digest of the document: the same key with another is refused.")] = "",
    first: Annotated[int, typer.Option(min=1, help="Where the series starts.")] = 1,
    yearly: Annotated[bool, typer.Option(help="Whether the series restarts each year.")] = True,  # noqa: FBT002
    accept: Annotated[bool, typer.Option("--accept", help="Accept it at once; it never changes then.")] = False,  # noqa: FBT002
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell which number it would be; take none.")] = False,  # noqa: FBT002
    by: By = None,
    store: Store = str(_STORE),
    as_json: AsJson = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Reserve the next number of a series, and print it."""
    from gse_billing.cli.registering import Wish, next_number  # noqa: PLC0415 - when it runs

    wish = Wish(
        issuer=issuer,
        series=series,
        first=first,
        yearly=yearly,
        day=on.date(),
        key=key,
        number=number,
        content=content,
        by=by,
    )
    with taught():
        next_number(store, wish, accept=accept, dry_run=dry_run, as_json=as_json)


@numbers.command()
def accept(key: Key, issuer: Issuer, by: By = None, store: Store = str(_STORE), as_json: AsJson = False) -> None:  # noqa: FBT002
    """Accept a reserved number: it never changes then."""
    from gse_billing.cli.registering import accept_number  # noqa: PLC0415 - when it runs

    with taught():
        accept_number(store, issuer, key, by=by, as_json=as_json)


@numbers.command()
def void(
    key: Key,
    issuer: Issuer,
    reason: Annotated[str, typer.Option(help="Why it is not used; it explains the gap.")],
    by: By = None,
    store: Store = str(_STORE),
    as_json: AsJson = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Give up a reserved number; it stays in the register and is not used again."""
    from gse_billing.cli.registering import void_number  # noqa: PLC0415 - when it runs

    with taught():
        void_number(store, issuer, key, reason, by=by, as_json=as_json)


@numbers.command("list")
def list_(  # noqa: PLR0913, PLR0917 - the options of the command
    issuer: OfIssuer = None,
    year: OfYear = None,
    series: Annotated[str | None, typer.Option(help="Only the numbers of this series, by its name.")] = None,
    state: Annotated[NumberState | None, typer.Option(help="Only the numbers in this state.")] = None,
    shape: Annotated[Shape, typer.Option("--as", help="How they are printed; csv is for spreadsheets.")] = Shape.TABLE,
    trail: Annotated[bool, typer.Option("--trail", help="Every step instead: the audit trail.")] = False,  # noqa: FBT002
    store: Store = str(_STORE),
) -> None:
    """List the numbers, or export them."""
    from gse_billing.cli.listing import Choice, list_numbers, list_steps  # noqa: PLC0415 - when it runs

    chosen = Choice(issuer=issuer, year=year, series=series, state=state.value if state else None)
    with taught():
        if trail:
            list_steps(store, chosen, shape=shape.value)
        else:
            list_numbers(store, chosen, shape=shape.value)


@numbers.command("import")
def import_(  # noqa: PLR0913, PLR0917 - the options of the command
    file: Annotated[str, typer.Argument(help="The books: a CSV file, - for standard input.")],
    issuer: Issuer,
    series: OfSeries = None,
    number: Annotated[str, typer.Option(help="The column with the number.")] = "number",
    day: Annotated[
        str, typer.Option(help="The column with the date, as 2026-03-10, 10/03/2026 or 10.03.2026.")
    ] = "day",
    key: Annotated[str | None, typer.Option(help="The column with what the number was used for.")] = None,
    state: Annotated[str | None, typer.Option(help="The column with reserved, accepted or void.")] = None,
    reason: Annotated[str | None, typer.Option(help="The column with the reason of what is void.")] = None,
    delimiter: Annotated[str, typer.Option(help="What stands between the cells.")] = ",",
    encoding: Annotated[str, typer.Option(help="How the file is written, such as windows-1252.")] = "utf-8",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Report on the file; take nothing over.")] = False,  # noqa: FBT002
    by: By = None,
    store: Store = str(_STORE),
    as_json: AsJson = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Take over the numbers of your own books: all of them, or none when the file has errors.

    Exit status: 0 fine, 1 the file has errors, 2 wrong use, or a number that the register has already.
    """
    from gse_billing.cli.books import Books, import_books  # noqa: PLC0415 - when it runs

    books = Books(
        file=file,
        issuer=issuer,
        series=tuple(series or ()),
        number=number,
        day=day,
        key=key,
        state=state,
        reason=reason,
        delimiter=delimiter,
        encoding=encoding,
    )
    with taught():
        status = import_books(store, books, by=by, dry_run=dry_run, as_json=as_json)
    raise typer.Exit(status)


@numbers.command()
def report(
    issuer: OfIssuer = None,
    year: OfYear = None,
    series: OfSeries = None,
    store: Store = str(_STORE),
    as_json: AsJson = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Tell of gaps, duplicates, disorder, near-duplicates and reservations that were left open.

    Exit status: 0 fine, 1 errors were found, 2 wrong use.
    """
    from gse_billing.cli.listing import Choice, report_numbers  # noqa: PLC0415 - when it runs

    with taught():
        status = report_numbers(store, Choice(issuer=issuer, year=year), series=series or (), as_json=as_json)
    raise typer.Exit(status)
