"""Laws of VAT amounts."""

from __future__ import annotations

import datetime as dt
from decimal import Context, Decimal, localcontext
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from gse_billing.tax import TREATMENTS, AppliedVat, stamp_duty, treatment

AMOUNTS = st.integers(-(10**13), 10**13).map(lambda cents: Decimal(cents).scaleb(-2))
DAYS = st.dates(dt.date(2020, 10, 1), dt.date(2020, 12, 31))  # all treatments are in force
APPLIED = st.builds(lambda code, day: treatment(code).on(day), st.sampled_from(sorted(TREATMENTS)), DAYS)


@given(APPLIED, AMOUNTS)
def test_amounts_conserve(applied: AppliedVat, taxable: Decimal) -> None:
    """DPR 633/72 art. 17-ter and art. 21: taxable + tax = total; the seller gets the total, or the taxable amount."""
    amounts = applied.amounts(taxable)
    assert amounts.taxable == taxable
    assert amounts.taxable + amounts.tax == amounts.total
    assert amounts.payable == (taxable if applied.split_payment else amounts.total)
    assert amounts.tax == applied.tax(taxable)


@given(APPLIED, AMOUNTS)
def test_tax_is_the_exact_product_rounded_half_up_once(applied: AppliedVat, taxable: Decimal) -> None:
    """SDI 00421: the tax is taxable x rate / 100, rounded half up on two decimals."""
    exact = Fraction(taxable) * Fraction(applied.rate)  # in cents
    cents = int(abs(exact) + Fraction(1, 2)) * (1 if exact >= 0 else -1)
    assert applied.tax(taxable) == Decimal(cents).scaleb(-2)


@given(APPLIED, AMOUNTS, AMOUNTS)
def test_a_credit_note_mirrors_the_invoice(applied: AppliedVat, taxable: Decimal, other: Decimal) -> None:
    """DPR 633/72 art. 26: a variation undoes tax by the rule that made it; and more taxable is never less tax."""
    assert applied.tax(-taxable) == -applied.tax(taxable)
    low, high = sorted((taxable, other))
    assert applied.tax(low) <= applied.tax(high)


@given(APPLIED, AMOUNTS)
def test_the_decimal_context_of_the_caller_is_not_asked(applied: AppliedVat, taxable: Decimal) -> None:
    """House law: no ambient state changes an amount."""
    expected = applied.amounts(taxable)
    with localcontext(Context(prec=3)):
        assert applied.amounts(taxable) == expected


@given(APPLIED)
def test_only_what_is_outside_vat_counts_for_the_stamp_duty(applied: AppliedVat) -> None:
    """DPR 642/72 tabella B art. 6: VAT and stamp duty exclude one another."""
    assert not (applied.outside_vat and applied.rate > 0)
    assert not (applied.outside_vat and (applied.natura or "").startswith("N6"))


@given(AMOUNTS, AMOUNTS, st.dates(dt.date(2013, 6, 26), dt.date(2030, 1, 1)))
def test_stamp_duty_is_a_step(one: Decimal, other: Decimal, day: dt.date) -> None:
    """DPR 642/72, tariffa art. 13: due above 77.47 EUR, one fixed sum."""
    low, high = sorted((one, other))
    assert stamp_duty(low, day).amount <= stamp_duty(high, day).amount
    assert stamp_duty(high, day).due == (high > Decimal("77.47"))
