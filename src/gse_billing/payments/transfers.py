"""One bank transfer in EUR, as a value: who pays whom, on which account, how much, when, and with which text."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from attrs import field, frozen

from gse_billing.core.arguments import kind_of, require
from gse_billing.core.errors import InvalidAmountError, InvalidValueError, LimitExceededError
from gse_billing.core.explain import figure
from gse_billing.core.html import table
from gse_billing.core.identifiers import Iban
from gse_billing.core.money import euro
from gse_billing.core.showing import shown
from gse_billing.payments.sepa import AMOUNT_LIMIT, REFERENCE_LIMIT, REMITTANCE_LIMIT, foreign_characters

__all__ = ["SettlementKey", "Transfer"]

_END_TO_END = re.compile(r"(?P<subject>.+)-(?P<day>[0-9]{8})-(?P<sequence>[1-9][0-9]*)", re.ASCII)


def _sepa_text(text: str, *, limit: int, meant: str) -> str:
    foreign = foreign_characters(require(text, str, meant=meant))
    if not text.strip() or foreign:
        raise InvalidValueError(
            f"{text!r} cannot be {meant}",
            value=text,
            why=f"SEPA texts do not carry {foreign}" if foreign else "it is empty",
            remedy="use letters without accents, digits, blanks and / - ? : ( ) . , ' +",
        )
    if len(text) > limit:
        raise LimitExceededError(f"{text!r} is too long to be {meant}", limit=limit, found=len(text))
    return text


@frozen
class SettlementKey:
    """What a transfer settles, and its end-to-end identification, each derived from the other.

    Args:
        subject: contract code of a payment by GSE, invoice number of a payment to GSE.
        day: the value date, or the date of the invoice.
        sequence: 1 for the first transfer of that subject and day.

    Raises:
        InvalidValueError: a subject that SEPA cannot carry, or a sequence below 1.
        LimitExceededError: more than 35 characters together.

    >>> SettlementKey("SSP00030614", dt.date(2021, 2, 1)).end_to_end_id
    'SSP00030614-20210201-1'
    >>> SettlementKey.parse("SSP00030614-20210201-1").day
    datetime.date(2021, 2, 1)
    """

    subject: str
    day: dt.date = field(validator=kind_of(dt.date))
    sequence: int = 1

    def __attrs_post_init__(self) -> None:
        if type(self.sequence) is not int or not 0 < self.sequence < 10**REFERENCE_LIMIT:
            raise InvalidValueError(
                f"{shown(self.sequence)} is no sequence", value=self.sequence, remedy="count from 1"
            )
        _sepa_text(self.subject, limit=REFERENCE_LIMIT, meant="the subject of a transfer")
        _sepa_text(self.end_to_end_id, limit=REFERENCE_LIMIT, meant="an end-to-end identification")

    @property
    def end_to_end_id(self) -> str:
        """The identification that travels with the transfer, at most 35 characters."""
        return f"{self.subject}-{self.day.year:04d}{self.day:%m%d}-{self.sequence}"

    @classmethod
    def parse(cls, end_to_end_id: str) -> SettlementKey:
        """The key that an identification was made from.

        Raises:
            InvalidValueError: it was not made by this class.
        """
        match = _END_TO_END.fullmatch(require(end_to_end_id, str, meant="an identification of a settlement"))
        if match is None or len(end_to_end_id) > REFERENCE_LIMIT:
            raise _no_settlement(end_to_end_id)
        try:
            return cls(match["subject"], dt.date.fromisoformat(match["day"]), int(match["sequence"]))
        except ValueError as error:  # a day that the calendar does not have, or a subject that SEPA cannot carry
            raise _no_settlement(end_to_end_id) from error


def _no_settlement(end_to_end_id: str) -> InvalidValueError:
    return InvalidValueError(
        f"{end_to_end_id!r} is not an identification of a settlement",
        value=end_to_end_id,
        remedy="it looks like SSP00030614-20210201-1",
    )


def _name(text: str) -> str:
    if not require(text, str, meant="the name of a party").strip() or not text.isprintable():
        raise InvalidValueError(
            f"{text!r} cannot be the name of a party",
            value=text,
            why="it is empty or has a character that does not print",
            remedy="give the full name on one line",
        )
    return text


def _amount(value: Decimal | int | str) -> Decimal:
    amount = euro(value, meant="the amount of a transfer")
    if not 0 < amount <= AMOUNT_LIMIT:
        raise InvalidAmountError(
            f"{figure(amount, 'EUR')} cannot be transferred",
            value=value,
            why=f"one transfer carries from 0.01 to {figure(AMOUNT_LIMIT, 'EUR')}",
            remedy="leave out what is nothing, split what is too much",
        )
    return amount


def _remittance(text: str) -> str:
    return _sepa_text(text, limit=REMITTANCE_LIMIT, meant="the text of a transfer")


def _reference(text: str) -> str:
    return _sepa_text(text, limit=REFERENCE_LIMIT, meant="an end-to-end identification")


@frozen(kw_only=True)
class Transfer:
    """A bank transfer in EUR; GSE pays contract fees in no other way, to the account of the single contract (PAY-1).

    Args:
        debtor_name: who pays.
        creditor_name: who is paid.
        creditor_iban: the account paid to.
        amount: EUR, two decimals, 0.01 to 999,999,999.99.
        value_date: the day the money counts for the creditor.
        remittance: the text, at most 140 characters of the SEPA Latin set.
        end_to_end_id: the identification that travels along, at most 35 characters; see :class:`SettlementKey`.

    Raises:
        InvalidAmountError: nothing, less than nothing, more than two decimals, or too much for one transfer.
        InvalidIdentifierError: not an IBAN.
        InvalidValueError: an empty name, or a text with characters that SEPA lacks.
        LimitExceededError: a text that is too long.
    """

    debtor_name: str = field(converter=_name)
    creditor_name: str = field(converter=_name)
    creditor_iban: Iban = field(converter=Iban)
    amount: Decimal = field(converter=_amount)
    value_date: dt.date = field(validator=kind_of(dt.date))
    remittance: str = field(converter=_remittance)
    end_to_end_id: str = field(converter=_reference)

    def _repr_html_(self) -> str:
        header = ("to", "IBAN", "EUR", "value date", "text")
        row = (self.creditor_name, self.creditor_iban, figure(self.amount), self.value_date, self.remittance)
        return table(header, [row], caption=f"transfer {self.end_to_end_id}")
