"""What a netting run yields: who was set off against what, what is paid out, what is carried over, what is held."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from enum import Enum

from attrs import frozen

from gse_billing.core.money import EXACT
from gse_billing.core.values import evolve
from gse_billing.netting.entries import Credit, Debit, Entry, Held
from gse_billing.netting.policy import Scope

__all__ = ["Application", "Carried", "CarryReason", "Criterion", "HeldEntry", "PaidDocument", "Payout"]


def in_euro(units: int) -> Decimal:
    """Whole cents as an amount in EUR with two decimals.

    >>> in_euro(17046)
    Decimal('170.46')
    """
    return Decimal(units).scaleb(-2, context=EXACT)


def side_of(entry: Entry) -> str:
    """On which side of the account the entry stands."""
    return "credit" if isinstance(entry, Credit) else "debit"


class Criterion(Enum):
    """Why a debit got its part: the step of the law that puts it before the one for which the credits fall short."""

    SUFFICIENT = "the credits in reach cover every debit in reach"
    INTEREST = "interest goes before capital (art. 1194 c.c.)"
    OVERDUE = "it is due already (art. 1193 c. 2 c.c.)"
    LEAST_GUARANTEED = "it is less guaranteed (art. 1193 c. 2 c.c.)"
    MOST_ONEROUS = "it is more onerous (art. 1193 c. 2 c.c.)"
    OLDEST = "it is older (art. 1193 c. 2 c.c.)"
    PROPORTIONAL = "it shares what is left with its equals, in proportion (art. 1193 c. 2 c.c.)"
    REMAINDER = "it gets what the debits before it left"


class CarryReason(Enum):
    """Why an entry, or what is left of it, waits for a later payment day."""

    NOT_YET_PAYABLE = "its value date has not come"
    NOT_YET_COLLECTABLE = "it may not be set off yet"
    BELOW_PUBLICATION = "the contract is below the threshold of publication"
    BELOW_PAYMENT = "the net of the contract is below the threshold of payment"
    INSUFFICIENT_CREDIT = "no credit in reach is left"


@frozen(weakref_slot=False)
class Application:
    """One credit extinguished one debit by an amount.

    Attributes:
        credit: the credit as it was before the run.
        debit: the debit as it was before the run.
        cents: how much, in cents.
        scope: how near the two are.
        criterion: why this debit got it.
    """

    credit: Credit
    debit: Debit
    cents: int
    scope: Scope
    criterion: Criterion

    @property
    def amount(self) -> Decimal:
        """How much, in EUR."""
        return in_euro(self.cents)


@frozen(weakref_slot=False)
class PaidDocument:
    """What is left of a credit after netting, and is paid out."""

    credit: Credit
    cents: int

    @property
    def amount(self) -> Decimal:
        """How much of the credit is paid, in EUR."""
        return in_euro(self.cents)


@frozen(weakref_slot=False)
class Payout:
    """One amount to send to one contract on one day; the money order is made elsewhere.

    Attributes:
        operator: who is paid.
        contract: whose IBAN receives the money (PAY-1).
        service: the service of that contract.
        value_date: the payment day of the run.
        cents: the net amount in cents, more than zero.
        documents: the credits it pays, in order, with the part of each.
    """

    operator: str
    contract: str
    service: str
    value_date: dt.date
    cents: int
    documents: tuple[PaidDocument, ...]

    @property
    def amount(self) -> Decimal:
        """The net amount in EUR."""
        return in_euro(self.cents)


@frozen(weakref_slot=False)
class Carried:
    """What of an entry waits for a later payment day, and why."""

    entry: Entry
    cents: int
    reason: CarryReason

    @property
    def amount(self) -> Decimal:
        """How much waits, in EUR."""
        return in_euro(self.cents)

    @property
    def side(self) -> str:
        """``credit`` or ``debit``."""
        return side_of(self.entry)

    def as_entry(self) -> Entry:
        """The entry with what is left of it: input of the next run."""
        entry = self.entry
        if isinstance(entry, Credit) and self.reason is CarryReason.BELOW_PAYMENT and not entry.published:
            return evolve(entry, amount=self.amount, published=True)
        return entry if self.cents == entry.cents else evolve(entry, amount=self.amount)


@frozen(weakref_slot=False)
class HeldEntry:
    """An entry that may not move, with every reason."""

    entry: Entry
    reasons: tuple[Held, ...]

    @property
    def cents(self) -> int:
        """The whole entry, in cents."""
        return self.entry.cents

    @property
    def amount(self) -> Decimal:
        """The whole entry, in EUR."""
        return self.entry.amount

    @property
    def side(self) -> str:
        """``credit`` or ``debit``."""
        return side_of(self.entry)


def total(parts: Iterable[Application | PaidDocument | Payout | Carried | HeldEntry | Entry]) -> Decimal:
    """The sum of the amounts in EUR."""
    return in_euro(sum(part.cents for part in parts))
