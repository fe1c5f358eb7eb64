"""Brackets: boundaries as the law words them, progressive and flat, fixed parts, exemption, cap."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from decimal import Decimal

import pytest

from gse_billing.core.errors import FloatRefusedError, InvalidAmountError, InvalidValueError
from gse_billing.fees import Bracket, Reading, Schedule

SCHEDULE = Schedule(
    brackets=[Bracket(up_to=20, fixed=30, rate="0.5"), Bracket(up_to=200, fixed=40, rate="0.4")], exempt_up_to=3
)


@pytest.mark.parametrize(
    ("quantity", "amount", "where"),
    [
        ("0", "0", "up to and including 3 kW, which is exempt"),
        ("3", "0", "up to and including 3 kW, which is exempt"),
        ("3.001", "31.5005", "above 0 up to and including 20 kW"),
        ("20", "40.0", "above 0 up to and including 20 kW"),
        ("20.001", "50.0004", "above 20 up to and including 200 kW"),
        ("200", "122.0", "above 20 up to and including 200 kW"),
    ],
)
def test_a_boundary_belongs_to_the_bracket_it_ends(quantity: str, amount: str, where: str) -> None:
    charge = SCHEDULE.charge(Decimal(quantity))
    assert (charge.amount, charge.limits) == (Decimal(amount), where)


def test_the_flat_reading_applies_the_rate_reached_to_everything() -> None:
    charge = SCHEDULE.charge(Decimal(100), reading=Reading.FLAT)
    assert charge.amount == Decimal("80.0")
    assert [part.quantity for part in charge.parts] == [Decimal(100)]


def test_a_quantity_above_the_last_bracket_is_never_extrapolated() -> None:
    with pytest.raises(
        InvalidValueError, match=r"200\.5 kW lies above the last bracket, which ends at 200 kW; .*not extrap"
    ):
        SCHEDULE.charge(Decimal("200.5"))


def test_a_negative_quantity_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="-1 kW is negative"):
        SCHEDULE.charge(Decimal(-1))


def test_without_an_exemption_nothing_is_exempt() -> None:
    charge = Schedule(brackets=[Bracket(fixed=12, rate=1)]).charge(0)
    assert (charge.exempt, charge.amount) == (False, Decimal(12))


def test_a_cap_cuts_and_says_so() -> None:
    capped = Schedule(brackets=[Bracket(rate=2)], cap=15)
    assert capped.charge(Decimal("7.5")).amount == Decimal("15.0")
    charge = capped.charge(Decimal(8))
    assert (charge.amount, charge.uncapped) == (Decimal(15), Decimal(16))
    assert tuple(charge.steps())[-1].line == "cap: 16.00 EUR is cut to 15.00 EUR"


def test_the_way_names_fixed_part_and_each_bracket_that_costs() -> None:
    schedule = Schedule(brackets=[Bracket(up_to=20, fixed=30), Bracket(up_to=500, fixed=30, rate=1)])
    assert [step.line for step in schedule.charge(Decimal("50.5")).steps()] == [
        "bracket: 50.5 kW lies above 20 up to and including 500 kW",
        "fixed part: 30.00 EUR",
        "above 20 up to and including 500 kW: 30.5 kW x 1 EUR/kW = 30.50 EUR",
    ]


def test_a_schedule_of_one_bracket_does_not_speak_of_brackets() -> None:
    steps = Schedule(brackets=[Bracket(rate="0.5")], unit="MWh").charge(Decimal(10)).steps()
    assert [step.line for step in steps] == ["above 0 MWh: 10 MWh x 0.5 EUR/MWh = 5.00 EUR"]


OUT_OF_ORDER: dict[str, Sequence[Bracket]] = {
    "no bracket at all": [],
    "an open bracket before the last": [Bracket(rate=1), Bracket(up_to=20)],
    "an end twice": [Bracket(up_to=20), Bracket(up_to=20)],
    "a falling end": [Bracket(up_to=20), Bracket(up_to=10), Bracket()],
    "an empty first bracket": [Bracket(up_to=0), Bracket(up_to=3)],
}


@pytest.mark.parametrize("brackets", OUT_OF_ORDER.values(), ids=OUT_OF_ORDER.keys())
def test_brackets_out_of_order_are_refused(brackets: Sequence[Bracket]) -> None:
    with pytest.raises(InvalidValueError, match=r"do not follow one another; .*only the last may have no end"):
        Schedule(brackets=brackets)


def test_a_quantity_is_exact() -> None:
    assert SCHEDULE.charge("50.5").quantity == Decimal("50.5")
    with pytest.raises(FloatRefusedError, match="cannot be a quantity in kW"):
        SCHEDULE.charge(50.5)  # type: ignore[arg-type]
    with pytest.raises(InvalidAmountError, match="'NaN' cannot be a quantity in kW"):
        SCHEDULE.charge(Decimal("NaN"))


def test_figures_of_a_tariff_are_exact_and_not_negative() -> None:
    with pytest.raises(InvalidValueError, match="negative figure -1"):
        Bracket(rate=-1)
    with pytest.raises(FloatRefusedError, match="cannot be a figure of a tariff"):
        Bracket(rate=0.7)  # type: ignore[arg-type]
    with pytest.raises(InvalidAmountError):
        Bracket(rate="NaN")


def test_a_charge_travels_to_another_process() -> None:
    charge = SCHEDULE.charge(Decimal(50))
    assert pickle.loads(pickle.dumps(charge)) == charge
