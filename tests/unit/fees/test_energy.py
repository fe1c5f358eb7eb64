"""Conversions of energy: exact, or refused, or rounded where the caller says so."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gse_billing.core.errors import FloatRefusedError, InvalidValueError
from gse_billing.fees import EnergyUnit, convert_energy

GCAL, GJ, MWH = EnergyUnit.GCAL, EnergyUnit.GJ, EnergyUnit.MWH


@pytest.mark.parametrize(
    ("quantity", "unit", "to", "expected"),
    [
        ("1", GCAL, GJ, "4.1868"),
        ("1", GCAL, MWH, "1.163"),
        ("1", MWH, GJ, "3.6"),
        ("41.868", GJ, GCAL, "10"),  # a tonne of oil equivalent is ten million kilocalories
        ("9", GJ, MWH, "2.5"),
        ("1.163", MWH, GCAL, "1"),
        ("-1", GCAL, GJ, "-4.1868"),
        ("0", GJ, GCAL, "0"),
        ("100", GCAL, GCAL, "100"),
    ],
)
def test_exact(quantity: str, unit: EnergyUnit, to: EnergyUnit, expected: str) -> None:
    assert str(convert_energy(quantity, unit, to)) == expected


def test_what_has_no_exact_decimal_is_refused_until_the_caller_rounds() -> None:
    with pytest.raises(InvalidValueError, match=r"1 GJ is no exact decimal figure in Gcal; give places="):
        convert_energy(1, GJ, GCAL)
    assert convert_energy(1, GJ, GCAL, places=6) == Decimal("0.238846")
    assert convert_energy(1, GJ, MWH, places=3) == Decimal("0.278")


@pytest.mark.parametrize(("quantity", "rounded"), [("0.5", "0.6"), ("-0.5", "-0.6"), ("0.49", "0.6"), ("0.47", "0.5")])
def test_rounding_is_half_up_away_from_zero(quantity: str, rounded: str) -> None:
    # 0.5 Gcal are 0.5815 MWh; 0.47 Gcal are 0.54661 MWh
    assert convert_energy(quantity, GCAL, MWH, places=1) == Decimal(rounded)


def test_a_tie_goes_away_from_zero() -> None:
    assert convert_energy("0.18", GJ, MWH, places=1) == Decimal("0.1")  # 0.05
    assert convert_energy("-0.18", GJ, MWH, places=1) == Decimal("-0.1")


def test_floats_are_refused() -> None:
    with pytest.raises(FloatRefusedError, match="cannot be a quantity of energy"):
        convert_energy(1.0, GCAL, GJ)  # type: ignore[arg-type]
