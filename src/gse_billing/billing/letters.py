"""The statement that an operator receives: what he was owed, what was set off, what he is paid and when, and why not.

Text and HTML say the same. Amounts are printed as GSE prints them.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from gse_billing.billing.open_items import OpenItem, open_items
from gse_billing.billing.settlement import Account, Settlement
from gse_billing.core.html import table
from gse_billing.core.money import format_it

__all__ = ["letter_html", "letter_text"]

_SET_OFF = ("Credito", "Fattura del GSE", "Compensato", "Perché")
_PAID = ("Contratto", "Documenti", "Valuta", "Importo")
_OPEN = ("Contratto", "Documento", "Dovuto da", "Importo", "Motivo")


def letter_text(settlement: Settlement, account: Account, name: str) -> str:
    """The statement of one operator as plain text.

    Args:
        settlement: the run.
        account: the account of the operator in it.
        name: the name of the operator.
    """
    lines = [f"Compensazione documenti emessi dal GSE - {settlement.on:%d/%m/%Y}", name, ""]
    for title, header, rows in _parts(settlement, account):
        lines += [title, "  " + " | ".join(header), *("  " + " | ".join(row) for row in rows), ""]
    lines += [f"{label:>28} {amount:>16}" for label, amount in _sums(account)]
    return "\n".join(lines) + "\n"


def letter_html(settlement: Settlement, account: Account, name: str) -> str:
    """The same as an HTML page."""
    title = f"Compensazione documenti emessi dal GSE - {settlement.on:%d/%m/%Y}"
    parts = "".join(table(header, rows, caption=caption) for caption, header, rows in _parts(settlement, account))
    sums = table(("EUR", ""), _sums(account), caption="Totali")
    return (
        f'<!DOCTYPE html>\n<html lang="it"><head><meta charset="utf-8"><title>{escape(title)}</title></head>'
        f"<body><h1>{escape(title)}</h1><p>{escape(name)}</p>{parts}{sums}</body></html>\n"
    )


def _parts(settlement: Settlement, account: Account) -> Iterator[tuple[str, tuple[str, ...], list[tuple[str, ...]]]]:
    for title, header, rows in (
        ("Compensazioni", _SET_OFF, list(_applications(settlement, account))),
        ("Bonifici", _PAID, list(_payouts(settlement, account))),
        ("Importi non pagati", _OPEN, list(_open(settlement, account))),
    ):
        if rows:
            yield title, header, rows


def _applications(settlement: Settlement, account: Account) -> Iterator[tuple[str, ...]]:
    for statement in account.statements:
        for item in statement.applications:
            yield (
                settlement.labels[item.credit.id],
                settlement.labels[item.debit.id],
                format_it(item.amount),
                item.criterion.value,
            )


def _payouts(settlement: Settlement, account: Account) -> Iterator[tuple[str, ...]]:
    for statement in account.statements:
        for payout in statement.payouts:
            documents = ", ".join(settlement.labels[paid.credit.id] for paid in payout.documents)
            yield payout.contract, documents, f"{payout.value_date:%d/%m/%Y}", format_it(payout.amount)


def _open(settlement: Settlement, account: Account) -> Iterator[tuple[str, ...]]:
    for item in open_items(settlement):
        if item.operator == account.operator:
            yield _open_row(item)


def _open_row(item: OpenItem) -> tuple[str, ...]:
    owed_by = "GSE" if item.owed_by_gse else "operatore"
    return item.contract, item.what, owed_by, format_it(item.amount), "; ".join(item.reasons)


def _sums(account: Account) -> tuple[tuple[str, str], ...]:
    return (
        ("Crediti", format_it(account.gross)),
        ("Compensato", format_it(account.set_off)),
        ("Bonificato", format_it(account.transferred)),
        ("Rinviato", format_it(account.carried)),
        ("Trattenuto", format_it(account.held)),
    )
