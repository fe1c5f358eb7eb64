"""Laws of the biofuel fee."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_FLOOR, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gse_billing.fees import BiofuelClass, Declaration, biofuel_fee

quantities = st.decimals("0", "1e9", places=4)
lots = st.lists(st.tuples(st.sampled_from(BiofuelClass), st.decimals("0", "1e6", places=6)), max_size=6)


@st.composite
def declarations(draw: st.DrawFn, *, obligated: bool = True) -> Declaration:
    conventional, advanced, double_counting = draw(quantities), draw(quantities), draw(quantities)
    return Declaration(
        year=2015,
        total_gcal=conventional + advanced + double_counting,
        advanced_gcal=advanced,
        double_counting_gcal=double_counting,
        obligated_party=obligated,
    )


@pytest.mark.requirement("BIO-1", "BIO-2", "BIO-3")
@given(declaration=declarations())
def test_conventional_pays_x_and_the_rest_pays_x_and_y(declaration: Declaration) -> None:
    """X x Qbio + Y x (QbioA + QbioDC): 55 thousandths on conventional Gcal, 64 on the others, in whole numbers."""
    scale = 10**4
    marked = int((declaration.advanced_gcal + declaration.double_counting_gcal) * scale)
    conventional = int(declaration.total_gcal * scale) - marked
    thousandths = conventional * 55 + marked * 64  # of EUR, times 10,000
    cents = (thousandths + 50_000) // 100_000  # half up
    assert biofuel_fee(declaration).taxable == Decimal(cents).scaleb(-2)


@given(one=declarations(), other=declarations())
def test_the_unrounded_fee_is_linear(one: Declaration, other: Declaration) -> None:
    """Two declarations cost, before rounding, what their sum costs."""
    both = biofuel_fee(
        Declaration(
            year=2015,
            total_gcal=one.total_gcal + other.total_gcal,
            advanced_gcal=one.advanced_gcal + other.advanced_gcal,
            double_counting_gcal=one.double_counting_gcal + other.double_counting_gcal,
        )
    )
    first, second = biofuel_fee(one), biofuel_fee(other)
    assert both.base == first.base + second.base
    assert both.additional == first.additional + second.additional
    assert abs(both.taxable - first.taxable - second.taxable) <= Decimal("0.01")


@given(declaration=declarations(), more=quantities)
def test_more_biofuel_never_costs_less(declaration: Declaration, more: Decimal) -> None:
    """The fee is monotone in the total."""
    larger = Declaration(
        year=2015,
        total_gcal=declaration.total_gcal + more,
        advanced_gcal=declaration.advanced_gcal,
        double_counting_gcal=declaration.double_counting_gcal,
    )
    assert biofuel_fee(larger).taxable >= biofuel_fee(declaration).taxable


@given(lots=lots, cut=st.decimals("0", "1", places=3))
def test_splitting_lots_changes_nothing(lots: list[tuple[BiofuelClass, Decimal]], cut: Decimal) -> None:
    """A lot may be declared in two parts."""
    parts = [(kind, part) for kind, whole in lots for part in (round(whole * cut, 6), whole - round(whole * cut, 6))]
    assert Declaration.from_lots(2015, parts) == Declaration.from_lots(2015, lots)


@pytest.mark.requirement("BIO-5")
@given(declaration=declarations(obligated=False))
def test_a_party_that_is_not_obligated_pays_x_only(declaration: Declaration) -> None:
    """The instructions charge Y to obligated parties (1.2)."""
    conventional = Declaration(year=2015, total_gcal=declaration.total_gcal)
    assert biofuel_fee(declaration).taxable == biofuel_fee(conventional).taxable


@given(declaration=declarations())
def test_total_is_taxable_and_tax(declaration: Declaration) -> None:
    """The invoice adds up to the cent, and its tax is 22 % of the taxable amount, half up."""
    fee = biofuel_fee(declaration)
    if fee.invoiced:
        amounts = fee.vat(dt.date(2016, 3, 18))
        cents = int(fee.taxable * 100)
        assert amounts.taxable == fee.taxable
        assert amounts.tax == Decimal((cents * 22 + 50) // 100).scaleb(-2)
        assert amounts.total == amounts.taxable + amounts.tax


@given(declaration=declarations())
def test_the_callers_decimal_context_changes_nothing(declaration: Declaration) -> None:
    """No ambient state: a context of three digits that rounds down gives the same fee and the same words."""
    expected = biofuel_fee(declaration)
    with localcontext(prec=3, rounding=ROUND_FLOOR):
        assert biofuel_fee(declaration) == expected
        assert str(biofuel_fee(declaration).explain()) == str(expected.explain())
