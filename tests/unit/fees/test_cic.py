"""Certificates: counted by class, given only to obligated parties in order with their payments."""

from __future__ import annotations

import datetime as dt
import pickle
from decimal import Decimal

import pytest

from gse_billing.core.errors import InvalidIdentifierError, InvalidValueError, NoValueInForceError
from gse_billing.fees import (
    BiofuelClass,
    CicStanding,
    Declaration,
    InvoicePayment,
    PaymentOutcome,
    certificates,
    cic_standing,
)

DUE = dt.date(2016, 3, 18)
ISSUING = dt.date(2016, 3, 31)
IN_ORDER = cic_standing([], on=ISSUING)


def payment(outcome: PaymentOutcome, *, number: str = "76256", due: dt.date = DUE) -> InvoicePayment:
    return InvoicePayment(number=number, due=due, outcome=outcome)


def declared(conventional: str = "0", advanced: str = "0", double_counting: str = "0") -> Declaration:
    total = Decimal(conventional) + Decimal(advanced) + Decimal(double_counting)
    return Declaration(year=2015, total_gcal=total, advanced_gcal=advanced, double_counting_gcal=double_counting)


@pytest.mark.parametrize(
    ("declaration", "counts"),
    [
        (declared("24506", "4490"), (2451, 898, 0)),
        (declared("4.9"), (0, 0, 0)),
        (declared("5"), (1, 0, 0)),
        (declared("14.999"), (1, 0, 0)),
        (declared("15"), (2, 0, 0)),
        (declared(double_counting="4.9"), (0, 0, 1)),
        (declared(double_counting="2.5"), (0, 0, 1)),
        (declared(advanced="2.4999"), (0, 0, 0)),
        (declared(advanced="2.4999", double_counting="2.4999"), (0, 0, 0)),  # each class is rounded on its own
    ],
)
def test_ten_gcal_or_five_of_a_premium_class_make_a_certificate(
    declaration: Declaration, counts: tuple[int, ...]
) -> None:
    made = certificates(declaration, standing=IN_ORDER)
    assert made.earned == tuple(zip(BiofuelClass, counts, strict=True))
    assert made.issued == made.total == sum(counts)


@pytest.mark.requirement("BIO-14")
@pytest.mark.parametrize(
    ("outcome", "inhibited", "recovery"),
    [
        (PaymentOutcome.PAID, False, False),
        (PaymentOutcome.LATE, True, False),
        (PaymentOutcome.WRONG_MANNER, True, True),
        (PaymentOutcome.UNPAID, True, True),
        (PaymentOutcome.PARTIAL, True, True),
    ],
)
def test_payment_out_of_time_or_manner_inhibits_both_ways(
    outcome: PaymentOutcome, inhibited: bool, recovery: bool
) -> None:
    standing = cic_standing([payment(PaymentOutcome.PAID, number="1"), payment(outcome)], on=ISSUING)
    assert (standing.issuance_inhibited, standing.exchange_inhibited) == (inhibited, inhibited)
    assert standing.recovery_may_follow is recovery


@pytest.mark.requirement("BIO-15")
def test_a_partial_payment_is_one_not_made() -> None:
    partial = cic_standing([payment(PaymentOutcome.PARTIAL)], on=ISSUING)
    assert partial.reasons == ("76256, due on 2016-03-18: paid in part",)
    assert certificates(declared("1000"), standing=partial).issued == 0
    assert certificates(declared("1000"), standing=partial).total == 100


@pytest.mark.requirement("BIO-16")
def test_recovery_may_follow_only_what_is_still_owed() -> None:
    assert cic_standing([payment(PaymentOutcome.UNPAID)], on=ISSUING).recovery_may_follow
    assert not cic_standing([payment(PaymentOutcome.LATE)], on=ISSUING).recovery_may_follow


def test_an_invoice_that_is_not_yet_due_inhibits_nothing() -> None:
    for outcome in PaymentOutcome:
        assert not cic_standing([payment(outcome)], on=DUE).issuance_inhibited
    assert cic_standing([payment(PaymentOutcome.UNPAID)], on=DUE + dt.timedelta(days=1)).issuance_inhibited


def test_a_payment_is_late_only_once_the_due_date_has_passed() -> None:
    late = [payment(PaymentOutcome.LATE)]
    assert not cic_standing(late, on=dt.date(2016, 3, 1)).issuance_inhibited
    assert cic_standing(late, on=DUE + dt.timedelta(days=1)).issuance_inhibited


@pytest.mark.parametrize("payments", [[], [payment(PaymentOutcome.UNPAID)]], ids=["none", "one"])
def test_a_standing_is_asked_for_a_plain_day(payments: list[InvoicePayment]) -> None:
    with pytest.raises(InvalidValueError, match="None cannot be the day of a standing"):
        cic_standing(payments, on=None)  # type: ignore[arg-type]


def test_the_other_reading_lets_a_late_payment_cure() -> None:
    late = payment(PaymentOutcome.LATE)
    assert not cic_standing([late], on=ISSUING, late_payment_cures=True).issuance_inhibited
    assert cic_standing([payment(PaymentOutcome.PARTIAL)], on=ISSUING, late_payment_cures=True).issuance_inhibited


def test_a_party_that_is_not_obligated_receives_none() -> None:
    made = certificates(Declaration(year=2015, total_gcal=100, obligated_party=False), standing=IN_ORDER)
    assert (made.total, made.issued) == (10, 0)
    assert "party: certificates go to obligated parties" in str(made.explain())


def test_from_2023_the_sizes_are_not_known() -> None:
    assert certificates(Declaration(year=2022, total_gcal=10), standing=IN_ORDER).total == 1
    with pytest.raises(NoValueInForceError, match="Gcal for one certificate, by year of release has no value in force"):
        certificates(Declaration(year=2023, total_gcal=10), standing=IN_ORDER)


def test_the_derivation_counts_class_by_class_and_says_what_is_in_the_way() -> None:
    standing = cic_standing([payment(PaymentOutcome.UNPAID)], on=ISSUING)
    act = "DM 10/10/2014 art. 6"
    consequences = f"{act}; GSE, instructions on invoicing and paying the biofuel fees, 4"
    assert str(certificates(declared("24506", "4490"), standing=standing).explain()).splitlines() == [
        f"certificates for 2015: 3,349 earned, 0 issued ({act})",
        "  conventional: 24,506 Gcal at 10 Gcal each = 2,451, rounded half up",
        "  advanced: 4,490 Gcal at 5 Gcal each = 898, rounded half up",
        "  double counting: 0 Gcal at 5 Gcal each = 0, rounded half up",
        "  note: commercial rounding is read as half up",
        f"  certificates on 2016-03-31: inhibited, issuing and exchange ({consequences})",
        "    invoice: 76256, due on 2016-03-18: not paid",
    ]


def test_both_values_show_themselves_and_travel() -> None:
    made = certificates(declared("100"), standing=IN_ORDER)
    assert "<caption>certificates for 2015: 10</caption>" in made._repr_html_()
    assert "in order with its payments" in CicStanding(on=ISSUING)._repr_html_()
    assert pickle.loads(pickle.dumps(made)) == made


def test_a_payment_names_an_invoice() -> None:
    with pytest.raises(InvalidIdentifierError):
        payment(PaymentOutcome.PAID, number="")
