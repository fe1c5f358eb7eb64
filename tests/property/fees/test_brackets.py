"""Laws of the bracket tariffs."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gse_billing.fees import Bracket, EnergySource, Reading, Schedule, administrative_fee
from gse_billing.fees.tariffs import MANAGEMENT, MODIFICATION

DAY = dt.date(2025, 1, 1)
SHIPPED = [table.on(DAY) for table in (*MANAGEMENT.values(), *MODIFICATION.values())]

powers = st.decimals("0", "500", places=3)
figures = st.decimals("0", "50", places=2)


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """Any legal schedule up to 500, its fixed parts in any order."""
    ends = sorted(draw(st.sets(st.decimals("0.1", "499", places=1), max_size=4)))
    return Schedule(
        brackets=[Bracket(up_to=end, fixed=draw(figures), rate=draw(figures)) for end in (*ends, None)],
        exempt_up_to=draw(st.sampled_from(["0", "3"])),
        cap=draw(st.none() | st.decimals("0", "9999", places=2)),
    )


def naive(schedule: Schedule, quantity: Decimal) -> Decimal:
    """The text of a tariff, word by word, in thousandths of a unit."""
    if quantity <= schedule.exempt_up_to:
        return Decimal(0)
    due, below = Decimal(0), Decimal(0)
    for bracket in schedule.brackets:
        end = quantity if bracket.up_to is None else min(quantity, bracket.up_to)
        due += max(end - below, Decimal(0)) * bracket.rate
        if below < quantity and (bracket.up_to is None or quantity <= bracket.up_to):
            due += bracket.fixed
        below = bracket.up_to or below
    return due if schedule.cap is None else min(due, schedule.cap)


@given(schedule=schedules(), quantity=st.decimals("0.001", "500", places=3))
def test_each_rate_applies_inside_its_bracket(schedule: Schedule, quantity: Decimal) -> None:
    """DM 24/12/2014: "scaglioni progressivi di potenza"; an independent reading of the table gives the same."""
    assert schedule.charge(quantity).amount == naive(schedule, quantity)


@given(schedule=schedules(), quantity=powers)
def test_the_parts_add_up(schedule: Schedule, quantity: Decimal) -> None:
    """Additive across brackets: fixed part and slices are the amount, and the slices are the whole quantity."""
    charge = schedule.charge(quantity)
    assert charge.uncapped == charge.fixed + sum(part.amount for part in charge.parts)
    assert charge.amount <= charge.uncapped
    if all(bracket.rate for bracket in schedule.brackets) and not charge.exempt:
        assert sum(part.quantity for part in charge.parts) == quantity


@pytest.mark.parametrize("schedule", SHIPPED)
@given(one=powers, other=powers)
def test_more_power_never_costs_less(schedule: Schedule, one: Decimal, other: Decimal) -> None:
    """Every shipped tariff is monotone."""
    low, high = sorted((one, other))
    assert schedule.charge(low).amount <= schedule.charge(high).amount


@pytest.mark.parametrize("schedule", SHIPPED)
@given(power=st.decimals("0", "3", places=3))
def test_plants_up_to_3_kw_pay_nothing(schedule: Schedule, power: Decimal) -> None:
    """DL 91/2014 art. 25 leaves plants within 3 kW out."""
    assert schedule.charge(power).amount == 0


@pytest.mark.parametrize("schedule", SHIPPED)
@given(power=st.decimals("3.001", "499", places=3), more=st.decimals("0", "1", places=3))
def test_there_is_no_jump_but_at_the_exemption_and_the_flat_steps(
    schedule: Schedule, power: Decimal, more: Decimal
) -> None:
    """Where the rates are progressive, a little more power costs at most that power at the highest rate."""
    before, after = schedule.charge(power), schedule.charge(power + more)
    highest = max(bracket.rate for bracket in schedule.brackets)
    assert after.amount - before.amount <= more * highest + (after.fixed - before.fixed)


@given(power=st.decimals("0.001", "2000", places=3), source=st.sampled_from(EnergySource))
def test_the_two_readings_of_rid_agree_in_the_first_bracket(power: Decimal, source: EnergySource) -> None:
    """The flat reading never asks for more, as the rates fall, and asks for the same up to 20 kW."""
    progressive = administrative_fee("RID", power, year=2020, source=source).amount
    flat = administrative_fee("RID", power, year=2020, source=source, reading=Reading.FLAT).amount
    assert flat == progressive if power <= 20 else flat <= progressive
