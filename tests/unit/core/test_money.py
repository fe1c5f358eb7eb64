"""Amounts: what is exact passes, everything else is refused with its reason."""

from __future__ import annotations

from decimal import Context, Decimal, localcontext

import pytest

from gse_billing.core.errors import FloatRefusedError, InvalidAmountError
from gse_billing.core.money import (
    allocate,
    allocate_units,
    cents,
    decimal_from,
    euro,
    exact,
    format_it,
    parse_it,
    round_half_up,
)

NOT_AMOUNTS: list[tuple[object, str]] = [
    ("", "nothing"),
    (" 1", "blank before"),
    ("1\n", "line end"),
    ("1_00.00", "underscore, which Decimal() takes"),
    ("1,00", "decimal comma"),
    ("1.", "point without decimals"),
    (".5", "no digit before the point"),
    ("+1.00", "plus sign"),
    ("1e3", "exponent"),
    ("NaN", "not a number"),
    ("Infinity", "infinite"),
    ("١٠", "Arabic digits"),
    ("1.00000000001", "eleven decimals"),
    ("1234567890123456789", "19 digits"),
    ("1" * 100_000, "a text that fills the screen"),
    (Decimal("NaN"), "not a number"),
    (Decimal("sNaN"), "a NaN that raises at a touch"),
    (Decimal("-Infinity"), "infinite"),
    (Decimal("1E+18"), "19 digits with an exponent"),
    (Decimal("1E+999999999"), "a billion digits: writing them out would fill the memory"),
    (Decimal("1E-999999999"), "a billion decimals"),
    (10**18, "19 digits"),
    (-(10**18), "19 digits"),
    (10**5000, "a number that Python refuses to write out"),
    (True, "a truth value, which counts as 1"),
    (None, "nothing"),
    (b"1", "bytes"),
]


@pytest.mark.parametrize(("value", "reason"), NOT_AMOUNTS, ids=[reason for _, reason in NOT_AMOUNTS])
def test_what_is_no_plain_decimal_is_refused(value: object, reason: str) -> None:
    with pytest.raises(InvalidAmountError, match="cannot be a price") as caught:
        decimal_from(value, meant="a price")  # type: ignore[arg-type]
    assert caught.value.value is value
    assert caught.value.remedy
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("216.22", "216.22"),
        ("-0.0000000001", "-0.0000000001"),
        ("007.00", "7.00"),
        (Decimal("1E+3"), "1000"),
        (Decimal("1E-10"), "0.0000000001"),
        (Decimal("0E+5"), "0"),
        (10**18 - 1, "999999999999999999"),
        (-7, "-7"),
    ],
)
def test_plain_decimals_pass_unchanged(value: Decimal | int | str, text: str) -> None:
    assert format(decimal_from(value), "f") == text


@pytest.mark.parametrize("call", [decimal_from, euro, round_half_up, cents, format_it])
def test_floats_are_refused_everywhere(call: object) -> None:
    with pytest.raises(FloatRefusedError, match="binary floats do not hold decimal figures exactly"):
        call(0.1)  # type: ignore[operator]


def test_floats_are_refused_as_totals_and_weights() -> None:
    with pytest.raises(FloatRefusedError):
        allocate(1.0, [Decimal(1)])  # type: ignore[arg-type]
    with pytest.raises(FloatRefusedError, match="cannot be a weight"):
        allocate(Decimal(1), [0.5])  # type: ignore[list-item]


@pytest.mark.parametrize(("value", "text"), [("14.2", "14.20"), (7, "7.00"), ("-0.00", "0.00"), ("1.500", "1.50")])
def test_euro_has_two_decimals(value: str | int, text: str) -> None:
    assert str(euro(value)) == text


def test_euro_never_rounds() -> None:
    with pytest.raises(InvalidAmountError) as caught:
        euro("100.005", meant="the taxable amount")
    assert str(caught.value) == (
        "'100.005' cannot be the taxable amount; it has more than two decimals; "
        "round it where a rule says how, then give cents"
    )


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        ("359.7418", 2, "359.74"),
        ("0.005", 2, "0.01"),
        ("-0.005", 2, "-0.01"),
        ("0.025", 2, "0.03"),  # half-even would give 0.02
        ("-0.001", 2, "0.00"),  # no negative zero
        ("2.5", 0, "3"),
        ("1.23456789015", 10, "1.2345678902"),
    ],
)
def test_half_up_rounds_away_from_zero_at_the_half(value: str, places: int, text: str) -> None:
    assert str(round_half_up(Decimal(value), places)) == text


@pytest.mark.parametrize(
    "value", [Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), Decimal("1E+70"), 7, "7", None]
)
def test_what_cannot_be_rounded_is_refused(value: object) -> None:
    with pytest.raises(InvalidAmountError, match="what is rounded is a finite Decimal of at most 60 digits"):
        round_half_up(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("places", [-1, 11])
def test_decimals_to_round_to_have_bounds(places: int) -> None:
    with pytest.raises(InvalidAmountError, match="to 0 to 10 decimals"):
        round_half_up(Decimal(1), places)


def test_cents() -> None:
    assert (cents(Decimal("170.46")), cents(Decimal("-0.01")), cents(Decimal(0))) == (17046, -1, 0)


@pytest.mark.parametrize(
    ("total", "weights", "shares"),
    [
        ("100.00", [1, 1, 1], ["33.34", "33.33", "33.33"]),
        ("-100.00", [1, 1, 1], ["-33.34", "-33.33", "-33.33"]),
        ("0.01", [1, 1], ["0.01", "0.00"]),  # a tie goes to the older one
        ("0.05", [1, 2], ["0.02", "0.03"]),
        ("10.00", ["0.5", "1.25"], ["2.86", "7.14"]),
        ("0.00", [1, 2], ["0.00", "0.00"]),
        ("7.00", [0, 1], ["0.00", "7.00"]),
    ],
)
def test_splitting_loses_no_cent(total: str, weights: list[str | int], shares: list[str]) -> None:
    found = allocate(Decimal(total), [Decimal(weight) for weight in weights])
    assert [str(share) for share in found] == shares


@pytest.mark.parametrize("weights", [[], [0], [0, 0], [-1, 2], [1, -1]])
def test_weights_that_cannot_share_are_refused(weights: list[int]) -> None:
    with pytest.raises(InvalidAmountError, match="none may be negative, not all may be zero"):
        allocate(Decimal(1), [Decimal(weight) for weight in weights])
    with pytest.raises(InvalidAmountError, match="the weights cannot share an amount"):
        allocate_units(100, weights)


@pytest.mark.parametrize(
    ("amount", "text"),
    [("1994.93", "1.994,93"), ("-1234567.8", "-1.234.567,80"), ("0", "0,00"), ("999", "999,00")],
)
def test_italian_figures_both_ways(amount: str, text: str) -> None:
    assert format_it(Decimal(amount)) == text
    assert parse_it(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["1635,19", "1.635,19"])
def test_the_thousands_separator_may_be_missing(text: str) -> None:
    assert parse_it(text) == Decimal("1635.19")


@pytest.mark.parametrize("text", ["", "1.994.93", "1,994.93", "19.94,93", "1.994,9", "1 994,93", "€ 1,00", "١,٠٠", 12])
def test_what_is_no_italian_figure_is_refused(text: str) -> None:
    with pytest.raises(InvalidAmountError, match=r"is not an Italian amount; write it as 1\.994,93, with two decimals"):
        parse_it(text)


def test_an_italian_figure_has_the_bounds_of_any_other_and_no_negative_zero() -> None:
    assert str(parse_it("-0,00")) == "0.00"
    with pytest.raises(InvalidAmountError, match="a figure has up to 18 digits"):
        parse_it("1" * 19 + ",00")


def test_the_callers_decimal_context_changes_nothing() -> None:
    amount = Decimal("1234567.89")
    with localcontext(Context(prec=3)):
        assert euro(amount) == amount
        assert cents(amount) == 123456789
        assert round_half_up(Decimal("1234567.885")) == amount
        assert allocate(amount, [Decimal(1)]) == (amount,)
        assert format_it(amount) == "1.234.567,89"
        with exact():
            assert amount + amount == Decimal("2469135.78")
