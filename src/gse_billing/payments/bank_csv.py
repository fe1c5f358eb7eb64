"""The list of movements that a bank exports as CSV, read through a map of its columns."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Mapping
from decimal import Decimal

from attrs import field, frozen

from gse_billing.core.arguments import kind_of, require
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.findings import Finding, Report
from gse_billing.core.money import EXACT, ZERO
from gse_billing.core.showing import shown
from gse_billing.payments.statement_findings import FlawedError, Place, balance_findings, balance_skips
from gse_billing.payments.statements import Booking, Statement, StatementFile

__all__ = ["BankColumns", "read_bank_csv"]

_AMOUNT = {
    ",": re.compile(r"([+-]?)([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,([0-9]{1,2}))?", re.ASCII),
    ".": re.compile(r"([+-]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]{1,2}))?", re.ASCII),
}
_MOST_DIGITS = 18
_ISO = re.compile("([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", re.ASCII)
_ITALIAN = re.compile(r"([0-9]{1,2})([/.\-])([0-9]{1,2})\2([0-9]{4})", re.ASCII)


@frozen(kw_only=True)
class BankColumns:
    """Which column of a bank's CSV holds what; an empty name is a column that the bank does not give.

    Args:
        booked: day of booking, as ``18/03/2016`` (or with dots or hyphens) or ``2016-03-18``.
        amount: signed amount; or else both of the next two.
        credit, debit: what came in, and what went out; the sign in the debit column does not matter.
        value_date, reference, end_to_end_id, counterparty, counterparty_iban, remittance: as in a booking.
        delimiter: the sign between cells.
        decimal_mark: comma or point; the other one may part the thousands.
        encoding: of the file.
        lines_before: how many lines stand before the header.
    """

    booked: str = field(validator=kind_of(str))
    amount: str = field(default="", validator=kind_of(str))
    credit: str = field(default="", validator=kind_of(str))
    debit: str = field(default="", validator=kind_of(str))
    value_date: str = field(default="", validator=kind_of(str))
    reference: str = field(default="", validator=kind_of(str))
    end_to_end_id: str = field(default="", validator=kind_of(str))
    counterparty: str = field(default="", validator=kind_of(str))
    counterparty_iban: str = field(default="", validator=kind_of(str))
    remittance: str = field(default="", validator=kind_of(str))
    delimiter: str = field(default=";", validator=kind_of(str))
    decimal_mark: str = field(default=",", validator=kind_of(str))
    encoding: str = field(default="utf-8-sig", validator=kind_of(str))
    lines_before: int = field(default=0, validator=kind_of(int))

    def __attrs_post_init__(self) -> None:
        if bool(self.amount) == bool(self.credit and self.debit) or bool(self.credit) != bool(self.debit):
            raise InvalidValueError(
                "the columns do not say where the amount is",
                value=(self.amount, self.credit, self.debit),
                remedy="name either amount, or both credit and debit",
            )
        if self.decimal_mark not in _AMOUNT:
            raise _odd(self.decimal_mark, "is no decimal mark", "use a comma or a point")
        if len(self.delimiter) != 1 or self.delimiter in '\r\n"':
            raise _odd(self.delimiter, "cannot part cells", "use one sign, such as a semicolon")
        if not _is_encoding(self.encoding):
            raise _odd(self.encoding, "is no encoding", "use a name such as utf-8 or cp1252")
        if self.lines_before < 0:
            raise _odd(self.lines_before, "lines cannot stand before the header", "count from 0")

    @property
    def named(self) -> tuple[str, ...]:
        """The columns that the file has to have."""
        names = (self.booked, self.amount, self.credit, self.debit, self.value_date, self.reference)
        more = (self.end_to_end_id, self.counterparty, self.counterparty_iban, self.remittance)
        return tuple(filter(None, (*names, *more)))


def _odd(value: object, what: str, remedy: str) -> InvalidValueError:
    return InvalidValueError(f"{shown(value)} {what}", value=value, remedy=remedy)


def _is_encoding(name: str) -> bool:
    """Whether text can be written in it: Python knows codecs between bytes by name too."""
    try:
        "a".encode(name)
    except (LookupError, ValueError):
        return False
    return True


def read_bank_csv(
    data: bytes,
    columns: BankColumns,
    *,
    account: str,
    currency: str = "EUR",
    opening: Decimal | None = None,
    closing: Decimal | None = None,
) -> StatementFile:
    r"""The movements of a bank's CSV as one statement, and what is wrong with the file; content never raises.

    Args:
        data: the file.
        columns: which column holds what.
        account: the account it is about; a CSV mostly does not say.
        currency: of the amounts.
        opening: the booked balance before the movements.
        closing: the booked balance after them; with both, their sum is checked.

    >>> columns = BankColumns(booked="Data", amount="Importo", remittance="Causale")
    >>> text = "Data;Importo;Causale\r\n18/03/2016;-1.994,93;FATTURA 76256 DEL 18/03/2016\r\n"
    >>> read_bank_csv(text.encode(), columns, account="IT60X0542811101000000123456").bookings[0].amount
    Decimal('-1994.93')
    """
    require(data, bytes, meant="the file of a bank")
    require(columns, BankColumns, meant="the columns of a bank")
    findings: list[Finding] = []
    try:
        header, rows = _rows(data, columns)
    except FlawedError as error:
        return StatementFile((), Report((error.finding(Place()),)))
    bookings = []
    for number, row in enumerate(rows, start=1):
        try:
            bookings.append(_booking(_cells(header, row), columns, number))
        except FlawedError as error:
            findings.append(error.finding(Place(f"row {number}")))
    statement = Statement(
        account=account, currency=currency, opening=opening, closing=closing, bookings=tuple(bookings)
    )
    findings.extend(balance_findings(statement, at=Place()))
    return StatementFile((statement,), Report(findings, balance_skips([statement])))


def _rows(data: bytes, columns: BankColumns) -> tuple[list[str], list[list[str]]]:
    """The names of the columns, and the rows that are not blank."""
    try:
        lines = data.decode(columns.encoding).splitlines(keepends=True)[columns.lines_before :]
        table = list(csv.reader(io.StringIO("".join(lines), newline=""), delimiter=columns.delimiter, strict=True))
    except (UnicodeError, csv.Error) as error:
        raise FlawedError("unreadable", str(error), str(error)) from None
    header = [name.strip() for name in table[0]] if table else []
    missing = [name for name in columns.named if name not in header]
    if missing:
        raise FlawedError("missing", ", ".join(missing))
    twice = [name for name in columns.named if header.count(name) > 1]
    if twice:
        raise FlawedError("twice", ", ".join(twice))
    rows = ([cell.strip() for cell in row] for row in table[1:])
    return header, [row for row in rows if any(row)]


def _cells(header: list[str], row: list[str]) -> dict[str, str]:
    """The cells of a row by the names of their columns; a row may end early, and beyond the header in blank cells."""
    if any(row[len(header) :]):
        raise FlawedError("cells", str(len(row)), str(len(header)))
    return dict(zip(header, row, strict=False))


def _booking(cells: Mapping[str, str], columns: BankColumns, number: int) -> Booking:
    def cell(name: str) -> str:
        return cells.get(name, "") if name else ""

    value_date = cell(columns.value_date)
    return Booking(
        amount=_amount(cell(columns.amount), cell(columns.credit), cell(columns.debit), columns.decimal_mark),
        booked=_day(cell(columns.booked)),
        value_date=_day(value_date) if value_date else None,
        reference=cell(columns.reference),
        end_to_end_id=cell(columns.end_to_end_id),
        counterparty=cell(columns.counterparty),
        counterparty_iban=cell(columns.counterparty_iban),
        remittance=cell(columns.remittance),
        entry=number,
    )


def _amount(signed: str, credit: str, debit: str, mark: str) -> Decimal:
    if debit and not credit:
        return EXACT.minus(EXACT.abs(_figure(debit, mark)))
    if debit:  # some banks write a zero into the other column
        gained, lost = _figure(credit, mark), EXACT.abs(_figure(debit, mark))
        if gained and lost:
            raise FlawedError("value", f"{credit!r} + {debit!r}", "the amount of one movement")
        return EXACT.subtract(gained, lost)
    return _figure(signed or credit, mark)


def _figure(text: str, mark: str) -> Decimal:
    matched = _AMOUNT[mark].fullmatch(text)
    whole = matched[2].replace(".", "").replace(",", "") if matched else ""
    if matched is None or len(whole) > _MOST_DIGITS:
        raise FlawedError("value", shown(text), "an amount")
    return EXACT.add(Decimal(f"{matched[1]}{whole}.{matched[3] or 0}"), ZERO)


def _day(text: str) -> dt.date:
    iso, italian = _ISO.fullmatch(text), _ITALIAN.fullmatch(text)
    parts = iso.groups() if iso else italian.group(4, 3, 1) if italian else ("0", "0", "0")
    try:
        year, month, day = map(int, parts)
        return dt.date(year, month, day)
    except ValueError:
        raise FlawedError("value", repr(text), "a day") from None
