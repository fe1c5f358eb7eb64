"""Whether a biofuel invoice was paid in time and in the manner foreseen, by what the bank booked (BIO-10 to BIO-15)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal

from attrs import field, frozen

from gse_billing.core.arguments import kind_of, require, require_each
from gse_billing.core.dated import Basis, Certainty, require_day
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.explain import Derivation, figure
from gse_billing.core.html import table
from gse_billing.core.money import EXACT, ZERO, euro, exact
from gse_billing.fees import InvoicePayment, PaymentOutcome
from gse_billing.payments.orders import PayableInvoice
from gse_billing.payments.references import KnownInvoices
from gse_billing.payments.remittance import InvoiceReference
from gse_billing.payments.statements import Booking, account_text

__all__ = ["ObservedPayment", "PaymentStanding", "payment_standing"]

_MANNER = Basis(
    act="GSE, instructions on invoicing and paying the biofuel fees, 3 and 4",
    source="the instructions",
    certainty=Certainty.GSE,
)


def _day(value: object) -> dt.date:
    return require_day(value, meant="a day of payment")


@frozen(kw_only=True)
class ObservedPayment:
    """What reached an account for an invoice; a payment that came back is negative.

    Args:
        amount: EUR.
        day: the value date.
        iban: the account it reached, with blanks or without.
        remittance: the text.
        charges: what a bank took off on the way, EUR, where it says so.
    """

    amount: Decimal = field(converter=euro)
    day: dt.date = field(converter=_day)
    iban: str = field(converter=account_text)
    remittance: str = field(validator=kind_of(str))
    charges: Decimal = field(default=ZERO, converter=euro)

    @classmethod
    def received(cls, booking: Booking, *, account: str) -> ObservedPayment:
        """A booking on the statement of the one who is paid.

        Args:
            booking: positive for what came in.
            account: the account of the statement.

        Raises:
            InvalidValueError: the bank gives no day.
        """
        return cls(
            amount=require(booking, Booking, meant="a booking").amount,
            day=_day_of(booking),
            iban=account,
            remittance=booking.remittance,
            charges=booking.charges,
        )

    @classmethod
    def sent(cls, booking: Booking) -> ObservedPayment:
        """A booking on the statement of the one who pays, negative for what went out.

        Raises:
            InvalidValueError: the bank gives no day.
        """
        return cls(
            amount=EXACT.minus(require(booking, Booking, meant="a booking").amount),
            day=_day_of(booking),
            iban=booking.counterparty_iban,
            remittance=booking.remittance,
            charges=booking.charges,
        )


def _day_of(booking: Booking) -> dt.date:
    if booking.day is None:
        raise InvalidValueError("a booking without a day", value=booking, remedy="ask the bank for the value date")
    return booking.day


@frozen(kw_only=True)
class PaymentStanding:
    """What became of the payment of an invoice.

    Attributes:
        invoice: the invoice.
        outcome: paid, late, in part, in another manner or not at all.
        paid: what was paid, in whatever manner, EUR.
        reasons: why it is not simply paid; empty when it is.
    """

    invoice: PayableInvoice
    outcome: PaymentOutcome
    paid: Decimal
    reasons: tuple[str, ...] = ()

    @property
    def missing(self) -> Decimal:
        """What is still to be paid, EUR, never negative."""
        return max(ZERO, EXACT.subtract(self.invoice.total, self.paid))

    @property
    def invoice_payment(self) -> InvoicePayment:
        """The same for ``fees.cic_standing``, which says whether certificates are inhibited (BIO-14)."""
        return InvoicePayment(number=self.invoice.number, due=self.invoice.due, outcome=self.outcome)

    def explain(self) -> Derivation:
        """The outcome with its reasons."""
        return Derivation(
            label=f"payment of invoice {self.invoice.number}",
            statement=f"{figure(self.paid, 'EUR')} of {figure(self.invoice.total, 'EUR')}: {self.outcome.value}",
            result=self.paid,
            basis=_MANNER,
            steps=(Derivation(label="because", statement=reason) for reason in self.reasons),
        )

    def _repr_html_(self) -> str:
        rows = [("outcome", self.outcome.value), ("paid", figure(self.paid, "EUR"))]
        rows += [("because", reason) for reason in self.reasons]
        return table(("what", "it"), rows, caption=f"payment of invoice {self.invoice.number}")


def payment_standing(invoice: PayableInvoice, payments: Iterable[ObservedPayment]) -> PaymentStanding:
    """What the payments of a biofuel invoice amount to.

    It is paid when its full amount reached the account stated in it, by its due date (the value date counts), with a
    text that names its number and date. Less than the amount is a partial payment, charges of a bank included
    (BIO-11); the full amount on another account or without number and date is another manner; in the right manner but
    after the due date it is late.

    Args:
        invoice: number, date, due date, amount and account.
        payments: what was paid for it, in any order; which payments those are is the reconciliation's answer.

    >>> day, account = dt.date(2016, 3, 18), "IT60X0542811101000000123456"
    >>> invoice = PayableInvoice(
    ...     number="76256", issued=day, due=day, total="1994.93", iban=account, creditor_name="GSE S.p.A."
    ... )
    >>> paid = ObservedPayment(amount="1994.93", day=day, iban=account, remittance="SALDO FATTURA")
    >>> print(payment_standing(invoice, [paid]).reasons[0])
    2016-03-18, 1,994.93 EUR: its text does not name number and date, 76256 DEL 18/03/2016
    """
    require(invoice, PayableInvoice, meant="the invoice that was paid")
    given = require_each(payments, ObservedPayment, meant="a payment")
    observed = sorted(given, key=lambda payment: (payment.day, -payment.amount))
    known = KnownInvoices([InvoiceReference(invoice.number, invoice.issued)])
    faults = [tuple(_faults(invoice, payment, known)) for payment in observed]
    money = _money(invoice.due, [(payment, bool(wrong)) for payment, wrong in zip(observed, faults, strict=True)])
    outcome = money.outcome(invoice.total)
    reasons: tuple[str, ...] = ()
    if outcome is not PaymentOutcome.PAID:
        said = (fault for each in faults for fault in each)
        reasons = (*said, *_times(invoice.due, observed), *_gap(EXACT.subtract(invoice.total, money.paid), observed))
    return PaymentStanding(invoice=invoice, outcome=outcome, paid=money.paid, reasons=reasons)


@frozen(kw_only=True)
class _Money:
    """What was paid and did not come back: in time and in the right manner, too late, in another manner."""

    in_time: Decimal = ZERO
    late: Decimal = ZERO
    faulty: Decimal = ZERO

    @property
    def paid(self) -> Decimal:
        return EXACT.add(self.faulty, EXACT.add(self.in_time, self.late))

    def outcome(self, total: Decimal) -> PaymentOutcome:
        if self.paid < total:
            return PaymentOutcome.PARTIAL if self.paid else PaymentOutcome.UNPAID
        if EXACT.add(self.in_time, self.late) < total:
            return PaymentOutcome.WRONG_MANNER
        return PaymentOutcome.LATE if self.in_time < total else PaymentOutcome.PAID


def _money(due: dt.date, payments: Iterable[tuple[ObservedPayment, bool]]) -> _Money:
    """What stands after all payments in their order.

    What comes back is taken from the money in another manner first, then from late money: one sends back what should
    not have been there. What a bank dates before the payment is taken when all payments are known.
    """
    held = {"in_time": ZERO, "late": ZERO, "faulty": ZERO}
    early = ZERO
    for payment, wrong in payments:
        if payment.amount < 0:
            early = EXACT.add(early, _take_back(held, EXACT.minus(payment.amount)))
        else:
            kind = "faulty" if wrong else "late" if payment.day > due else "in_time"
            held[kind] = EXACT.add(held[kind], payment.amount)
    _take_back(held, early)
    return _Money(**held)


def _take_back(held: dict[str, Decimal], back: Decimal) -> Decimal:
    """Take an amount from what is held; the rest of it, for which nothing is there."""
    for kind in reversed(held):
        taken = min(back, held[kind])
        held[kind], back = EXACT.subtract(held[kind], taken), EXACT.subtract(back, taken)
    return back


def _said(payment: ObservedPayment) -> str:
    return f"{payment.day.isoformat()}, {figure(payment.amount, 'EUR')}"


def _faults(invoice: PayableInvoice, payment: ObservedPayment, known: KnownInvoices) -> Iterator[str]:
    if payment.amount < 0:
        return  # it takes money back, in whatever manner
    if payment.iban != invoice.iban:
        reached = payment.iban or "an account that is not known"
        yield f"{_said(payment)}: it reached {reached}, the invoice states {invoice.iban}"
    if not known.named_in(payment.remittance):
        named = InvoiceReference(invoice.number, invoice.issued)
        yield f"{_said(payment)}: its text does not name number and date, {named}"


def _times(due: dt.date, observed: list[ObservedPayment]) -> Iterator[str]:
    for payment in observed:
        days = (payment.day - due).days
        if payment.amount < 0:
            yield f"{_said(payment)}: it came back"
        elif days > 0:
            yield f"{_said(payment)}: {figure(days)} days after the due date, {due.isoformat()}"


def _gap(missing: Decimal, observed: list[ObservedPayment]) -> Iterator[str]:
    if missing > 0:
        with exact():
            charges = sum((payment.charges for payment in observed), ZERO)
        taken = f"; charges of {figure(charges, 'EUR')} were taken off on the way" if charges else ""
        yield f"{figure(missing, 'EUR')} missing{taken}"
