"""Laws of amounts."""

from __future__ import annotations

from decimal import Context, Decimal, localcontext
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from gse_billing.core.money import allocate, cents, decimal_from, euro, format_it, parse_it, round_half_up
from tests.property.core.strategies import AMOUNTS

WEIGHTS = st.lists(st.integers(0, 10**12).map(lambda units: Decimal(units).scaleb(-4)), min_size=1, max_size=12).filter(
    any
)
FIGURES = st.decimals(-(10**12), 10**12, places=10, allow_nan=False)


@given(AMOUNTS, WEIGHTS)
def test_no_cent_is_lost_and_each_share_is_within_a_cent_of_its_quota(total: Decimal, weights: list[Decimal]) -> None:
    """Largest remainder: the shares add up, and each lies less than a cent from its exact part."""
    shares = allocate(total, weights)
    assert sum(shares, Decimal(0)) == total
    for share, weight in zip(shares, weights, strict=True):
        quota = Fraction(total) * Fraction(weight) / sum(map(Fraction, weights))
        assert abs(Fraction(share) - quota) < Fraction(1, 100)
        assert share * total >= 0


@given(AMOUNTS, WEIGHTS)
def test_a_larger_weight_never_gets_less_and_the_older_wins_a_tie(total: Decimal, weights: list[Decimal]) -> None:
    """Art. 1193 c.c.: in proportion; what cannot be divided goes to the older debt."""
    ranked = sorted(zip(weights, range(len(weights), 0, -1), map(abs, allocate(total, weights)), strict=True))
    shares = [share for _, _, share in ranked]
    assert shares == sorted(shares)


@given(AMOUNTS, WEIGHTS)
def test_a_debit_is_split_like_the_credit_of_the_same_size(total: Decimal, weights: list[Decimal]) -> None:
    """Splitting does not depend on the sign."""
    assert allocate(-total, weights) == tuple(-share + 0 for share in allocate(total, weights))


@given(FIGURES, st.integers(0, 10))
def test_rounding_is_half_up_of_the_exact_figure(value: Decimal, places: int) -> None:
    """Half up, away from zero: |rounded - exact| is at most half a unit, and a half moves away from zero."""
    rounded = Fraction(round_half_up(value, places))
    unit = Fraction(1, 10**places)
    error = abs(rounded) - abs(Fraction(value))
    assert -unit / 2 < error <= unit / 2
    assert rounded % unit == 0


@given(FIGURES, st.integers(0, 10))
def test_rounding_twice_or_the_mirror_changes_nothing(value: Decimal, places: int) -> None:
    """Rounding is idempotent and does not depend on the sign."""
    rounded = round_half_up(value, places)
    assert round_half_up(rounded, places) == rounded
    assert round_half_up(-value, places) == -rounded


@given(AMOUNTS)
def test_amounts_survive_every_form(amount: Decimal) -> None:
    """Text, Italian text and cents are the same amount."""
    assert decimal_from(str(amount)) == amount
    assert parse_it(format_it(amount)) == amount
    assert Decimal(cents(amount)).scaleb(-2) == amount


@given(AMOUNTS, st.integers(1, 12))
def test_the_callers_decimal_context_never_counts(amount: Decimal, digits: int) -> None:
    """What is exact stays exact in any context."""
    with localcontext(Context(prec=digits)):
        assert euro(amount) == amount
        assert round_half_up(amount) == amount
