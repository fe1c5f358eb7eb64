"""A statement as people read it: sections with rows in Italian, as text and as HTML."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from attrs import frozen

from gse_billing.core.html import table
from gse_billing.core.money import format_it
from gse_billing.netting.policy import Scope
from gse_billing.netting.results import CarryReason
from gse_billing.netting.view import StatementView

__all__ = ["CARRY_REASONS", "SCOPES", "Section", "day_it", "html_of", "sections", "text_of"]

SCOPES = {
    Scope.CONTRACT: "stesso contratto",
    Scope.SERVICE: "stesso servizio",
    Scope.OPERATOR: "servizi diversi",
}
_SIDES = {"credit": "credito", "debit": "debito"}
CARRY_REASONS = {
    CarryReason.NOT_YET_PAYABLE: "non ancora pagabile",
    CarryReason.NOT_YET_COLLECTABLE: "non ancora compensabile",
    CarryReason.BELOW_PUBLICATION: "sotto la soglia di pubblicazione",
    CarryReason.BELOW_PAYMENT: "netto sotto la soglia di pagamento",
    CarryReason.INSUFFICIENT_CREDIT: "crediti non sufficienti",
}


@frozen
class Section:
    """One table of a statement; the last column holds amounts."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def day_it(day: dt.date) -> str:
    """A day as Italian documents print it.

    >>> day_it(dt.date(2021, 2, 1))
    '01/02/2021'
    """
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def sections(statement: StatementView) -> tuple[Section, ...]:
    """What a statement tells, section by section; sections without rows are left out."""
    found = (_set_off(statement), _paid(statement), _carried(statement), _held(statement), _totals(statement))
    return tuple(section for section in found if section.rows)


def _set_off(statement: StatementView) -> Section:
    rows = (
        (part.credit.label, part.debit.label, part.debit.kind.value, SCOPES[part.scope], format_it(part.amount))
        for part in statement.applications
    )
    return Section("Compensazioni", ("credito", "documento GSE", "natura", "ambito", "importo"), tuple(rows))


def _paid(statement: StatementView) -> Section:
    rows = (
        (payout.contract, day_it(payout.value_date), document.credit.label, format_it(document.amount))
        for payout in statement.payouts
        for document in payout.documents
    )
    return Section("Pagamenti", ("contratto", "valuta", "documento", "importo"), tuple(rows))


def _carried(statement: StatementView) -> Section:
    rows = (
        (part.entry.contract, _SIDES[part.side], part.entry.label, CARRY_REASONS[part.reason], format_it(part.amount))
        for part in statement.carried
    )
    return Section("Riportato", ("contratto", "segno", "documento", "motivo", "importo"), tuple(rows))


def _held(statement: StatementView) -> Section:
    rows = (
        (
            part.entry.contract,
            _SIDES[part.side],
            part.entry.label,
            "; ".join(str(reason) for reason in part.reasons),
            format_it(part.amount),
        )
        for part in statement.held
    )
    return Section("Sospeso", ("contratto", "segno", "documento", "motivo", "importo"), tuple(rows))


def _totals(statement: StatementView) -> Section:
    lines: tuple[tuple[str, Decimal, Decimal], ...] = (
        ("aperto", statement.gross, statement.owed),
        ("compensato", statement.set_off, statement.set_off),
        ("pagato", statement.paid_out, Decimal("0.00")),
        ("riportato", statement.carried_credits, statement.carried_debits),
        ("sospeso", statement.held_credits, statement.held_debits),
    )
    rows = tuple((name, format_it(credit), format_it(debit)) for name, credit, debit in lines)
    return Section("Riepilogo", ("voce", "crediti", "debiti"), rows)


def text_of(heading: Iterable[str], tables: Iterable[Section]) -> str:
    """Heading and sections as plain text; amounts stand to the right."""
    return "\n".join([*heading, *(line for section in tables for line in _lines(section))]) + "\n"


def _lines(section: Section) -> list[str]:
    rows = (section.header, *section.rows)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["", section.title, *(_line(row, widths) for row in rows)]


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=False)]
    return "  " + "  ".join([*cells, row[-1].rjust(widths[-1])])


def html_of(tables: Iterable[Section]) -> str:
    """The sections as HTML tables, every cell escaped."""
    return "".join(table(section.header, section.rows, caption=section.title) for section in tables)
