"""What became of the payment of a biofuel invoice, and what it means for certificates."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from gse_billing.core.errors import InvalidValueError
from gse_billing.fees import CicStanding, PaymentOutcome, cic_standing
from gse_billing.payments import (
    Booking,
    ObservedPayment,
    PaymentStanding,
    order_for_invoice,
    payment_standing,
)
from tests.unit.payments.test_orders import invoice

ISSUED, DUE, AFTER = dt.date(2016, 3, 18), dt.date(2016, 4, 18), dt.date(2016, 4, 19)
IBAN, OTHER = "IT60X0542811101000000123456", "DE89370400440532013000"
TEXT = "FATTURA 76256 DEL 18/03/2016"


def payment(**changes: object) -> ObservedPayment:
    fields: dict[str, object] = {"amount": "1994.93", "day": DUE, "iban": IBAN, "remittance": TEXT, **changes}
    return ObservedPayment(**fields)  # type: ignore[arg-type]


def standing(*payments: ObservedPayment) -> PaymentStanding:
    return payment_standing(invoice(), payments)


def certificates(found: PaymentStanding, on: dt.date = AFTER) -> CicStanding:
    return cic_standing([found.invoice_payment], on=on)


@pytest.mark.requirement("BIO-10", "BIO-13")
def test_the_order_of_the_invoice_pays_it() -> None:
    order = order_for_invoice(invoice(), debtor_name="Carburanti S.p.A.")
    found = standing(
        payment(amount=order.amount, day=order.value_date, iban=order.creditor_iban, remittance=order.remittance)
    )
    assert (found.outcome, found.paid, found.missing, found.reasons) == (
        PaymentOutcome.PAID,
        Decimal("1994.93"),
        Decimal("0.00"),
        (),
    )
    assert not certificates(found).issuance_inhibited


CASES: dict[str, tuple[list[ObservedPayment], PaymentOutcome, str]] = {
    "nothing": ([], PaymentOutcome.UNPAID, "1,994.93 EUR missing"),
    "a day late": (
        [payment(day=AFTER)],
        PaymentOutcome.LATE,
        "2016-04-19, 1,994.93 EUR: 1 days after the due date, 2016-04-18",
    ),
    "a part": ([payment(amount="1000.00")], PaymentOutcome.PARTIAL, "994.93 EUR missing"),
    "charges taken off": (
        [payment(amount="1989.93", charges="5.00")],
        PaymentOutcome.PARTIAL,
        "5.00 EUR missing; charges of 5.00 EUR were taken off on the way",
    ),
    "another account": (
        [payment(iban=OTHER)],
        PaymentOutcome.WRONG_MANNER,
        f"2016-04-18, 1,994.93 EUR: it reached {OTHER}, the invoice states {IBAN}",
    ),
    "an account not known": (
        [payment(iban="")],
        PaymentOutcome.WRONG_MANNER,
        f"2016-04-18, 1,994.93 EUR: it reached an account that is not known, the invoice states {IBAN}",
    ),
    "no date": (
        [payment(remittance="FATTURA 76256")],
        PaymentOutcome.WRONG_MANNER,
        "2016-04-18, 1,994.93 EUR: its text does not name number and date, 76256 DEL 18/03/2016",
    ),
    "no number": (
        [payment(remittance="FATTURA DEL 18/03/2016")],
        PaymentOutcome.WRONG_MANNER,
        "2016-04-18, 1,994.93 EUR: its text does not name number and date, 76256 DEL 18/03/2016",
    ),
    "the rest in another manner": (
        [payment(amount="1000.00"), payment(amount="994.93", iban=OTHER)],
        PaymentOutcome.WRONG_MANNER,
        f"2016-04-18, 994.93 EUR: it reached {OTHER}, the invoice states {IBAN}",
    ),
    "the rest late": (
        [payment(amount="994.93", day=AFTER), payment(amount="1000.00")],
        PaymentOutcome.LATE,
        "2016-04-19, 994.93 EUR: 1 days after the due date, 2016-04-18",
    ),
    "it came back": (
        [payment(), payment(amount="-1994.93", day=AFTER, remittance="STORNO", iban="")],
        PaymentOutcome.UNPAID,
        "2016-04-19, -1,994.93 EUR: it came back",
    ),
    "it came back with a value date before the payment": (
        [payment(), payment(amount="-1994.93", day=ISSUED)],
        PaymentOutcome.UNPAID,
        "2016-03-18, -1,994.93 EUR: it came back",
    ),
    "it came back and was paid again": (
        [payment(), payment(amount="-1994.93", day=AFTER), payment(day=dt.date(2016, 4, 20))],
        PaymentOutcome.LATE,
        "2016-04-19, -1,994.93 EUR: it came back",
    ),
}


@pytest.mark.requirement("BIO-11", "BIO-12", "BIO-14", "BIO-15")
@pytest.mark.parametrize(("payments", "outcome", "reason"), CASES.values(), ids=CASES.keys())
def test_anything_else_is_said_and_inhibits(
    payments: list[ObservedPayment], outcome: PaymentOutcome, reason: str
) -> None:
    found = standing(*payments)
    assert found.outcome is outcome
    assert found.reasons[0] == reason
    state = certificates(found)
    assert (state.issuance_inhibited, state.exchange_inhibited) == (True, True)


IN_ORDER: dict[str, list[ObservedPayment]] = {
    "in two parts": [payment(amount="1000.00", day=ISSUED), payment(amount="994.93")],
    "more than was asked": [payment(amount="2000.00")],
    "an account as people print it": [payment(iban="it60 x054 2811 1010 0000 0123 456")],
    "the date as ISO has it": [payment(remittance="saldo ft.76256 2016-03-18 grazie")],
    "a faulty payment that was sent back": [
        payment(day=ISSUED, iban=OTHER),
        payment(day=ISSUED, amount="-1994.93"),
        payment(),
    ],
    "a late second payment that was sent back": [payment(), payment(day=AFTER), payment(day=AFTER, amount="-1994.93")],
}


@pytest.mark.parametrize("payments", IN_ORDER.values(), ids=IN_ORDER.keys())
def test_what_is_in_order_opens_certificates(payments: list[ObservedPayment]) -> None:
    found = standing(*payments)
    assert (found.outcome, found.reasons) == (PaymentOutcome.PAID, ())
    assert not certificates(found).issuance_inhibited
    assert standing(*reversed(payments)) == found


def test_the_order_of_payments_of_one_day_decides_nothing() -> None:
    back = payment(amount="-1994.93", day=ISSUED)
    pair = [payment(), payment(iban=OTHER)]
    for both in (pair, pair[::-1]):
        assert standing(back, *both).outcome is PaymentOutcome.PAID


@pytest.mark.requirement("BIO-16")
def test_recovery_may_follow_what_is_not_paid_in_the_manner_foreseen() -> None:
    assert certificates(standing()).recovery_may_follow
    assert not certificates(standing(), on=DUE).recovery_may_follow
    assert not certificates(standing(payment(day=AFTER))).recovery_may_follow


def test_a_later_payment_of_the_rest_closes_the_gap() -> None:
    assert standing(payment(amount="1000.00")).missing == Decimal("994.93")
    assert standing(payment(amount="3000.00")).missing == 0


def test_both_sides_see_the_same_payment() -> None:
    booked = Booking(
        amount=Decimal("1990.00"), value_date=DUE, remittance=TEXT, counterparty_iban=IBAN, charges=Decimal("4.93")
    )
    received = ObservedPayment.received(booked, account=IBAN)
    assert received == payment(amount="1990.00", charges="4.93")
    paid = Booking(amount=Decimal("-1994.93"), booked=DUE, remittance=TEXT, counterparty_iban=IBAN)
    assert ObservedPayment.sent(paid) == payment()


def test_a_booking_without_a_day_proves_nothing() -> None:
    with pytest.raises(InvalidValueError, match="a booking without a day; ask the bank"):
        ObservedPayment.sent(Booking(amount=Decimal(-1)))
    with pytest.raises(InvalidValueError, match="cannot be a day of payment"):
        payment(day="2016-04-18")


def test_a_standing_explains_itself() -> None:
    found = standing(payment(iban=OTHER))
    assert str(found.explain()).splitlines()[0] == (
        "payment of invoice 76256: 1,994.93 EUR of 1,994.93 EUR: paid in another manner: another account, or no number "
        "and date in the text (GSE, instructions on invoicing and paying the biofuel fees, 3 and 4)"
    )
    shown = found._repr_html_()
    assert "<caption>payment of invoice 76256</caption>" in shown
    assert f"it reached {OTHER}" in shown
