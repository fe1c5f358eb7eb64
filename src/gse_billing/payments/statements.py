"""What a bank says happened on an account: statements with their balances and bookings, and what is wrong with them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal

from attrs import field, frozen

from gse_billing.core.arguments import kind_of, require, require_each
from gse_billing.core.explain import figure
from gse_billing.core.findings import Report
from gse_billing.core.html import table
from gse_billing.core.money import ZERO, decimal_from, exact

__all__ = ["Booking", "Statement", "StatementFile", "account_text"]


_LIKE_AN_IBAN = re.compile(r"\s*[A-Z]{2}[0-9]{2}[A-Z0-9\s]*", re.IGNORECASE | re.ASCII)


def account_text(value: str) -> str:
    """An account as plain text, an IBAN without blanks and in capitals; a bank may name one that is no IBAN.

    >>> account_text("it60 X054 2811 1010 0000 0123 456")
    'IT60X0542811101000000123456'
    """
    text = str(require(value, str, meant="an account"))
    return "".join(text.split()).upper() if _LIKE_AN_IBAN.fullmatch(text) else text


def _amount(value: Decimal | int | str) -> Decimal:
    return decimal_from(value, meant="the amount of a booking")


@frozen(kw_only=True)
class Booking:
    """One movement on an account, or one payment inside a movement of several.

    Attributes:
        amount: what the account gained, negative for what it lost, in the currency of the statement.
        booked: the day of booking.
        value_date: the day from which the money counts.
        reference: how the bank names the movement.
        end_to_end_id: the identification that the one who ordered it gave.
        counterparty: who paid or was paid.
        counterparty_iban: the account on the other side, an IBAN without blanks; a bank may name one that is none.
        remittance: the text.
        reversal: whether it takes an earlier movement back.
        charges: what a bank took off on the way, EUR.
        entry: the number of the movement in the statement, from 1; payments of one movement share it.
        line: line of the source.
    """

    amount: Decimal = field(converter=_amount)
    booked: dt.date | None = field(default=None, validator=kind_of(dt.date, none=True))
    value_date: dt.date | None = field(default=None, validator=kind_of(dt.date, none=True))
    reference: str = field(default="", validator=kind_of(str))
    end_to_end_id: str = field(default="", validator=kind_of(str))
    counterparty: str = field(default="", validator=kind_of(str))
    counterparty_iban: str = field(default="", converter=account_text)
    remittance: str = field(default="", validator=kind_of(str))
    reversal: bool = field(default=False, validator=kind_of(bool))
    charges: Decimal = field(default=ZERO, converter=_amount)
    entry: int = field(default=1, validator=kind_of(int))
    line: int | None = field(default=None, validator=kind_of(int, none=True))

    @property
    def day(self) -> dt.date | None:
        """The value date, or the day of booking where the bank gives none."""
        return self.value_date or self.booked


def _balance(value: Decimal | int | str | None) -> Decimal | None:
    return None if value is None else decimal_from(value, meant="a balance")


def _bookings(given: Iterable[Booking]) -> tuple[Booking, ...]:
    return require_each(given, Booking, meant="a booking")


@frozen(kw_only=True)
class Statement:
    """An account over some days.

    Attributes:
        account: the account as the bank writes it, mostly an IBAN.
        currency: three letters.
        opening, closing: the booked balances, where the statement gives them.
        bookings: what was booked, in the order of the statement.
        pending: what is announced and counts in no balance yet.
        identification: how the bank names the statement.
    """

    account: str = field(validator=kind_of(str))
    currency: str = field(default="EUR", validator=kind_of(str))
    opening: Decimal | None = field(default=None, converter=_balance)
    closing: Decimal | None = field(default=None, converter=_balance)
    bookings: tuple[Booking, ...] = field(default=(), converter=_bookings)
    pending: tuple[Booking, ...] = field(default=(), converter=_bookings)
    identification: str = field(default="", validator=kind_of(str))

    @property
    def moved(self) -> Decimal:
        """What all bookings together changed."""
        with exact():
            return sum((booking.amount for booking in self.bookings), ZERO)

    def _repr_html_(self) -> str:
        rows = [
            (one.day, figure(one.amount), one.counterparty, one.remittance, one.end_to_end_id) for one in self.bookings
        ]
        header = ("day", self.currency, "counterparty", "text", "end to end")
        return table(header, rows, caption=f"{self.account} {self.identification}".rstrip())


@frozen
class StatementFile:
    """The statements of one file and what is wrong with it."""

    statements: tuple[Statement, ...]
    report: Report

    @property
    def bookings(self) -> tuple[Booking, ...]:
        """What was booked on all accounts of the file, in order."""
        return tuple(booking for statement in self.statements for booking in statement.bookings)
