"""What is open, what a booking did to it, and why: the values of a reconciliation."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import Enum

from attrs import field, frozen

from gse_billing.core.arguments import kind_of, require, require_each
from gse_billing.core.errors import InvalidAmountError
from gse_billing.core.explain import Derivation, figure
from gse_billing.core.html import table
from gse_billing.core.money import EXACT, ZERO, euro, exact
from gse_billing.payments.references import strict_references
from gse_billing.payments.remittance import InvoiceReference
from gse_billing.payments.statements import Booking, account_text
from gse_billing.payments.transfers import Transfer

__all__ = ["Evidence", "Match", "MatchKind", "OpenItem", "Reconciliation", "Surplus"]


class MatchKind(Enum):
    """What a booking is to the open items."""

    ONE_TO_ONE = "settles one item"
    ONE_TO_MANY = "settles several items"
    PARTIAL = "settles a part of an item"
    OVER = "is more than what is open"
    DUPLICATE = "pays again what is settled"
    REVERSED = "takes a payment back"
    AMBIGUOUS = "may be several things, or contradicts itself"
    UNMATCHED = "is nothing that is open"


class Evidence(Enum):
    """What leads from a booking to an item, the surest first."""

    END_TO_END_ID = "end-to-end identification"
    NUMBER_AND_DATE = "number and date in the text"
    AMOUNT_AND_IBAN = "exact amount and account"


def _amount(value: Decimal | int | str) -> Decimal:
    amount = euro(value, meant="an open amount")
    if not amount:
        raise InvalidAmountError("nothing is open", value=value, remedy="leave the item out")
    return amount


def _invoices(given: Iterable[InvoiceReference]) -> tuple[InvoiceReference, ...]:
    return require_each(given, InvoiceReference, meant="an invoice")


@frozen(kw_only=True)
class OpenItem:
    """Something that will be booked.

    Args:
        key: the caller's name for it, one for each item.
        amount: EUR as it will be booked: negative for what the account pays, positive for what it receives.
        iban: the account on the other side, where it is known.
        end_to_end_id: the identification that was ordered, where it is known.
        invoices: the invoices it pays.
    """

    key: str = field(validator=kind_of(str))
    amount: Decimal = field(converter=_amount)
    iban: str = field(default="", converter=account_text)
    end_to_end_id: str = field(default="", validator=kind_of(str))
    invoices: tuple[InvoiceReference, ...] = field(default=(), converter=_invoices)

    @classmethod
    def of_transfer(cls, transfer: Transfer) -> OpenItem:
        """What an ordered transfer will be on the account that pays it."""
        require(transfer, Transfer, meant="a transfer")
        return cls(
            key=transfer.end_to_end_id,
            amount=EXACT.minus(transfer.amount),
            iban=transfer.creditor_iban,
            end_to_end_id=transfer.end_to_end_id,
            invoices=strict_references(transfer.remittance),
        )


@frozen(kw_only=True)
class Match:
    """What one booking did.

    Attributes:
        kind: what it is to the open items.
        booking: the booking.
        items: the items it was applied to; of a doubtful booking the ones it may mean.
        applied: how much of it went to each item, with its sign; nothing for a kind that settles nothing.
        evidence: what led to the items.
        why: in words.
    """

    kind: MatchKind
    booking: Booking
    items: tuple[OpenItem, ...] = ()
    applied: tuple[Decimal, ...] = ()
    evidence: Evidence | None = None
    why: str

    @property
    def unapplied(self) -> Decimal:
        """What of the booking went to no item: too much, or back from what was too much."""
        with exact():
            return self.booking.amount - sum(self.applied, ZERO)

    @property
    def other_account(self) -> bool:
        """Whether an item expected another account on the other side than the bank names."""
        found = self.booking.counterparty_iban
        return any(item.iban not in {"", found} for item in self.items) if found else False

    def explain(self) -> Derivation:
        """The match in words, with the items."""
        steps = [
            Derivation(label=item.key, statement=f"{figure(part, 'EUR')} of {figure(item.amount, 'EUR')}")
            for item, part in zip(self.items, self.applied or [ZERO] * len(self.items), strict=True)
        ]
        return Derivation(label=f"booking of {figure(self.booking.amount, 'EUR')}", statement=self.why, steps=steps)


@frozen
class Surplus:
    """What was booked beyond what was open and did not come back.

    Attributes:
        items: what it was booked for; of several it is not known which one was meant.
        amount: EUR with the sign of the items.
    """

    items: tuple[OpenItem, ...]
    amount: Decimal


@frozen
class Reconciliation:
    """Every booking with what it did, and what is still open.

    Attributes:
        matches: one for each booking, by day and then in the order given.
        open_items: the items that are not settled.
        remaining: what is open of each of them, EUR with the sign of the item.
        surplus: what was booked beyond the items and did not come back.
    """

    matches: tuple[Match, ...]
    open_items: tuple[OpenItem, ...]
    remaining: tuple[Decimal, ...]
    surplus: tuple[Surplus, ...] = ()

    def of(self, *kinds: MatchKind) -> tuple[Match, ...]:
        """The matches of some kinds."""
        return tuple(match for match in self.matches if match.kind in kinds)

    def for_item(self, key: str) -> tuple[Match, ...]:
        """The matches that touched an item or may mean it."""
        return tuple(match for match in self.matches if any(item.key == key for item in match.items))

    def explain(self) -> Derivation:
        """Every match, every open item, and what was paid too much."""
        left = (
            Derivation(label=item.key, statement=f"{figure(rest, 'EUR')} still open")
            for item, rest in zip(self.open_items, self.remaining, strict=True)
        )
        beyond = (
            Derivation(
                label=", ".join(item.key for item in one.items), statement=f"{figure(one.amount, 'EUR')} too much"
            )
            for one in self.surplus
        )
        statement = f"{figure(len(self.matches))} bookings, {figure(len(self.open_items))} items still open"
        steps: Iterable[Derivation] = (*(match.explain() for match in self.matches), *left, *beyond)
        return Derivation(label="reconciliation", statement=statement, steps=steps)

    def _repr_html_(self) -> str:
        rows = [
            (match.booking.day or "", figure(match.booking.amount), match.kind.value, match.why)
            for match in self.matches
        ]
        caption = f"{figure(len(self.open_items))} items still open"
        return table(("day", "EUR", "it", "why"), rows, caption=caption)
