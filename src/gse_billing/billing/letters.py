"""The statement that an operator receives: what he was owed, what was set off, what he is paid and when, and why not.

It covers every run so far. Text and HTML say the same, in Italian; amounts are printed as GSE prints them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from html import escape
from itertools import groupby

from gse_billing.billing.books import SettledPart
from gse_billing.billing.open_items import OpenItem
from gse_billing.billing.settlement import Account, Settlement
from gse_billing.core.money import format_it, total_of
from gse_billing.netting import Scope
from gse_billing.netting.presentation import SCOPES, Section, day_it, html_of, text_of

__all__ = ["letter_html", "letter_text"]

_TITLE = "Compensazione documenti emessi dal GSE"


def letter_text(settlement: Settlement, account: Account, name: str, items: tuple[OpenItem, ...]) -> str:
    """The statement of one operator as plain text.

    Args:
        settlement: the run.
        account: the account of the operator in it.
        name: the name of the operator.
        items: what is open of the account: ``open_items(settlement, account)``.
    """
    return text_of(_heading(settlement, name), _sections(settlement, account, items))


def letter_html(settlement: Settlement, account: Account, name: str, items: tuple[OpenItem, ...]) -> str:
    """The same as an HTML page."""
    title, *lines = _heading(settlement, name)
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return (
        f'<!DOCTYPE html>\n<html lang="it"><head><meta charset="utf-8"><title>{escape(title)}</title></head>'
        f"<body><h1>{escape(title)}</h1>{paragraphs}"
        f"{html_of(_sections(settlement, account, items))}</body></html>\n"
    )


def _heading(settlement: Settlement, name: str) -> tuple[str, ...]:
    return _TITLE, f"Data della comunicazione: {day_it(settlement.on)}", f"Operatore: {name}"


def _sections(settlement: Settlement, account: Account, items: tuple[OpenItem, ...]) -> tuple[Section, ...]:
    labels = settlement.labels
    found = (
        Section(
            "Compensazioni",
            ("data", "credito", "documento GSE", "ambito", "importo"),
            tuple(_set_off(account, labels)),
        ),
        Section("Bonifici", ("contratto", "valuta", "documenti", "importo"), tuple(_paid(account, labels))),
        Section(
            "Importi non pagati",
            ("contratto", "documento", "dovuto da", "motivo", "serve", "importo"),
            tuple(_open(item) for item in items),
        ),
        Section("Riepilogo", ("voce", "importo"), _sums(account)),
    )
    return tuple(section for section in found if section.rows)


def _set_off(account: Account, labels: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    for part in account.parts:
        if part.debit is not None:
            credit, debit = labels.get(part.credit, part.credit), labels.get(part.debit, part.debit)
            yield day_it(part.day), credit, debit, SCOPES[Scope[part.scope]], format_it(part.amount)


def _paid(account: Account, labels: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    paid = sorted((part for part in account.parts if part.debit is None), key=_payment)
    for (contract, day), together in groupby(paid, key=_payment):
        parts = list(together)
        documents = ", ".join(labels.get(part.credit, part.credit) for part in parts)
        yield contract, day_it(day), documents, format_it(total_of(part.amount for part in parts))


def _payment(part: SettledPart) -> tuple[str, dt.date]:
    return part.contract, part.day


def _open(item: OpenItem) -> tuple[str, ...]:
    owed_by = "GSE" if item.owed_by_gse else "operatore"
    reasons, remedies = "; ".join(item.reasons), "; ".join(item.remedies)
    return item.contract, item.what, owed_by, reasons, remedies, format_it(item.amount)


def _sums(account: Account) -> tuple[tuple[str, str], ...]:
    return (
        ("crediti", format_it(account.gross)),
        ("compensato", format_it(account.set_off)),
        ("bonificato", format_it(account.transferred)),
        ("rinviato", format_it(account.carried)),
        ("trattenuto", format_it(account.held)),
    )
