"""Laws of the energy conversions."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gse_billing.fees import EnergyUnit, convert_energy

quantities = st.decimals("-1e9", "1e9", places=4)


@given(quantity=quantities)
def test_gcal_go_to_gj_and_mwh_and_back_without_loss(quantity: Decimal) -> None:
    """The IT calorie is exactly 4.1868 J and a watt hour exactly 3,600 J, so 1 Gcal is exactly 1.163 MWh."""
    for unit in EnergyUnit:
        there = convert_energy(quantity, EnergyUnit.GCAL, unit)
        assert convert_energy(there, unit, EnergyUnit.GCAL) == quantity


@given(quantity=quantities, unit=st.sampled_from(EnergyUnit), to=st.sampled_from(EnergyUnit), places=st.integers(0, 8))
def test_rounding_is_never_off_by_more_than_half(
    quantity: Decimal, unit: EnergyUnit, to: EnergyUnit, places: int
) -> None:
    """Half up: the rounded figure is the nearest one, and a negative quantity mirrors a positive one."""
    rounded = convert_energy(quantity, unit, to, places=places)
    exact = convert_energy(quantity, unit, to, places=30)
    assert abs(rounded - exact) <= Decimal("0.5").scaleb(-places)
    assert convert_energy(-quantity, unit, to, places=places) == -rounded
