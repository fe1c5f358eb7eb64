"""What a person reads on the terminal after a settlement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from gse_billing.billing import Party, Portfolio, Settlement, biocar_rows, open_items
from gse_billing.core.explain import figure
from gse_billing.core.findings import Report, Severity
from gse_billing.fees import BIOCAR_COLUMNS

if TYPE_CHECKING:
    from gse_billing.billing.frames import Totals

__all__ = ["print_settlement", "print_totals"]

_WIDTH = 140
"""Columns where the output is no terminal: a table that is cut is of no use in a file."""

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}


def print_settlement(settlement: Settlement, portfolio: Portfolio, report: Report) -> None:
    """Print who is invoiced, who is paid what and when, who is not and why, and whether the sums add up."""
    console = _console()
    _documents(console, settlement, portfolio)
    _transfers(console, settlement)
    _open(console, settlement)
    _accounts(console, settlement, portfolio)
    _biofuel(console, settlement, portfolio)
    for finding in report:
        console.print(Text(f"{finding.severity.value}: {finding}", style=_COLOURS[finding.severity]))


def print_totals(totals: Totals) -> None:
    """Print the sums of a settlement in columns."""
    rows = [(name.replace("_", " "), figure(sum_)) for name, sum_ in totals.sums.items()]
    title = (
        f"Settlement of {totals.on.isoformat()}: {totals.operators:,} operators, {len(totals.transfers):,} transfers"
    )
    _print(_console(), title, ("sum", "EUR"), rows, right=("EUR",))


def _console() -> Console:
    console = Console()
    return console if console.is_terminal else Console(width=_WIDTH)


def _print(
    console: Console, title: str, header: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[str] = ()
) -> None:
    table = Table(title=title, title_justify="left", header_style="bold")
    for name in header:
        table.add_column(name, justify="right" if name in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    if table.row_count:
        console.print(table)


def _documents(console: Console, settlement: Settlement, portfolio: Portfolio) -> None:
    rows = [
        (
            str(document.number),
            document.draft.date.isoformat(),
            _party(document.draft.seller, portfolio),
            _party(document.draft.buyer, portfolio),
            figure(document.draft.amounts.total),
            figure(document.draft.amounts.payable),
            document.file_name.stem,
            settlement.outcomes[document.key].state.value,
        )
        for document in settlement.documents
    ]
    header = ("number", "date", "from", "to", "total EUR", "payable EUR", "file", "SDI")
    _print(console, "Invoices", header, rows, right=("total EUR", "payable EUR"))


def _party(party: Party, portfolio: Portfolio) -> str:
    return "GSE" if party.codice_fiscale == portfolio.gse.codice_fiscale else party.name


def _transfers(console: Console, settlement: Settlement) -> None:
    rows = [
        (
            item.creditor_name,
            item.creditor_iban,
            figure(item.amount),
            item.value_date.isoformat(),
            "now" if item in settlement.ordered else "before",
            item.remittance,
        )
        for item in settlement.transfers
    ]
    header = ("who is paid", "IBAN", "EUR", "value date", "ordered", "text")
    _print(console, "Transfers", header, rows, right=("EUR",))


def _open(console: Console, settlement: Settlement) -> None:
    rows = [
        (
            item.operator,
            item.contract,
            item.what,
            "GSE owes" if item.owed_by_gse else "GSE is owed",
            figure(item.amount),
            "; ".join(item.reasons),
            "; ".join(item.remedies),
        )
        for item in open_items(settlement)
    ]
    header = ("operator", "contract", "what", "", "EUR", "why not", "what opens it")
    _print(console, "Not paid, why, and what opens it", header, rows, right=("EUR",))


def _accounts(console: Console, settlement: Settlement, portfolio: Portfolio) -> None:
    rows = [
        (
            portfolio.name_of(account.operator),
            *map(figure, (account.gross, account.set_off, account.transferred, account.carried, account.held)),
        )
        for account in settlement.accounts
    ]
    sums = ("gross", "set off", "transferred", "carried", "held")
    _print(
        console,
        "Accounts in EUR: gross = set off + transferred + carried + held",
        ("operator", *sums),
        rows,
        right=sums,
    )


def _biofuel(console: Console, settlement: Settlement, portfolio: Portfolio) -> None:
    for row, fee in biocar_rows(settlement, portfolio):
        _print(console, "Biofuel fee", BIOCAR_COLUMNS, [row.cells()])
        console.print(Text(str(fee.explain())))
