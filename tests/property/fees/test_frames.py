"""The rules in columns give, row by row and on every engine, what the scalar functions give."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gse_billing import tax
from gse_billing.core.errors import GseBillingError
from gse_billing.fees import Bracket, Declaration, Reading, Schedule, biofuel_fee
from gse_billing.fees.frames import add_columns, biofuel_cents, schedule_cents, tax_cents
from gse_billing.fees.tariffs import BIOFUEL, MANAGEMENT, MODIFICATION
from tests.support.engines import ENGINES, whole_numbers

DAY = dt.date(2025, 1, 1)
ROOM = 10**13  # up to here every rule fits into 64 bits
EXTREMES = (0, 1, -1, ROOM, 2**62, 2**63 - 1, -(2**62), -(2**63))
SHIPPED = [table.on(DAY) for table in (*MANAGEMENT.values(), *MODIFICATION.values())]
Row = tuple[int | None, int | None, int | None, bool | None]

engines = pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES.keys())
# A run costs an engine some milliseconds whatever its length, so few examples of many rows.
few = settings(max_examples=max(settings().max_examples // 5, 5))
# 100 thousandths of a Gcal are 0.55 cents, so that odd multiples of 1,000 thousandths are ties at half a cent.
thousandths = st.integers(0, 10**12) | st.integers(0, 10**9).map(lambda n: n * 1_000) | st.sampled_from(EXTREMES)
hundredths = st.integers(0, 60_000) | st.integers(0, 10**10) | st.sampled_from(EXTREMES)
cents = st.integers(-(10**6), 10**6) | st.integers(-(10**12), 10**12) | st.sampled_from(EXTREMES)


def assert_equal(got: Iterable[int | None], expected: Iterable[int | None], given_: Iterable[int | None]) -> None:
    """Row by row the same, but for numbers so large that 64 bits do not hold the result, which are null."""
    for found, wanted, size in zip(got, expected, given_, strict=True):
        assert found == wanted or (found is None and size is not None and abs(size) > ROOM), (size, found, wanted)


@st.composite
def declared(draw: st.DrawFn) -> Row:
    """Rows of which many are legal: the classes are cut out of the total."""
    total, first, second = (draw(st.none() | thousandths) for _ in range(3))
    if total is not None and total >= 0 and draw(st.integers(0, 3)):
        first = draw(st.integers(0, total))
        second = draw(st.integers(0, total - first))
    return total, first, second, draw(st.booleans())


def scalar_biofuel(row: Row) -> int | None:
    """The fee of one row in cents, or nothing where the scalar function refuses it."""
    total, first, second, obligated = row
    if total is None or first is None or second is None or obligated is None:
        return None
    try:
        declaration = Declaration(
            year=2024,
            total_gcal=Decimal(total).scaleb(-3),
            advanced_gcal=Decimal(first).scaleb(-3),
            double_counting_gcal=Decimal(second).scaleb(-3),
            obligated_party=obligated,
        )
    except GseBillingError:
        return None
    return int(biofuel_fee(declaration).taxable * 100)


@few
@engines
@given(rows=st.lists(declared(), min_size=1, max_size=20), unknown=st.booleans())
def test_biofuel_in_columns_is_the_biofuel_fee(engine: Any, rows: list[Row], unknown: bool) -> None:
    """Ties at half a cent, nulls, refused rows and the ends of 64 bits included."""
    rows = [*rows, (11_000, 0, 0, None)] if unknown else rows
    names = ("total_gcal", "advanced_gcal", "double_counting_gcal", "obligated")
    frame = engine({name: [row[index] for row in rows] for index, name in enumerate(names)})
    rule = biofuel_cents(BIOFUEL.on(DAY), places=3, obligated="obligated")
    got = whole_numbers(add_columns(frame, cents=rule), "cents")
    assert_equal(got, map(scalar_biofuel, rows), [row[0] for row in rows])


def scalar_schedule(schedule: Schedule, hundredth: int | None, reading: Reading) -> int | None:
    """The charge for one quantity in cents, half up, or nothing where the schedule refuses it."""
    if hundredth is None:
        return None
    try:
        amount = schedule.charge(Decimal(hundredth).scaleb(-2), reading=reading).amount
    except GseBillingError:
        return None
    return (int(amount * 10**6) + 5_000) // 10_000


@few
@engines
@given(
    schedule=st.sampled_from(SHIPPED),
    quantities=st.lists(st.none() | hundredths, min_size=1, max_size=30),
    reading=st.sampled_from(Reading),
)
def test_the_shipped_tariffs_in_columns(
    engine: Any, schedule: Schedule, quantities: list[int | None], reading: Reading
) -> None:
    """Every tariff of the library, in both readings."""
    rule = schedule_cents(schedule, places=2, reading=reading)
    got = whole_numbers(add_columns(engine({"power_kw": quantities}), cents=rule), "cents")
    assert_equal(got, [scalar_schedule(schedule, quantity, reading) for quantity in quantities], quantities)


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """Any legal schedule with boundaries of two decimals, rates that rise or fall, exemption and cap."""
    ends = sorted(draw(st.sets(st.decimals("0.01", "499", places=2), max_size=4)))
    figures = st.decimals("0", "50", places=3)
    last = [None] if draw(st.booleans()) or not ends else []
    return Schedule(
        brackets=[Bracket(up_to=end, fixed=draw(figures), rate=draw(figures)) for end in (*ends, *last)],
        exempt_up_to=draw(st.sampled_from(["0", "3", "1000"])),
        cap=draw(st.none() | st.decimals("0", "9999", places=2)),
    )


@few
@engines
@given(
    schedule=schedules(),
    quantities=st.lists(st.none() | hundredths, min_size=1, max_size=30),
    reading=st.sampled_from(Reading),
)
def test_any_schedule_in_columns(
    engine: Any, schedule: Schedule, quantities: list[int | None], reading: Reading
) -> None:
    """The columns follow the schedule and not only the tariffs that exist today."""
    rule = schedule_cents(schedule, places=2, reading=reading)
    got = whole_numbers(add_columns(engine({"power_kw": quantities}), cents=rule), "cents")
    assert_equal(got, [scalar_schedule(schedule, quantity, reading) for quantity in quantities], quantities)


@few
@engines
@given(amounts=st.lists(st.none() | cents, min_size=1, max_size=30), rate=st.sampled_from(["22.00", "10", "4.5", "0"]))
def test_tax_in_columns_is_the_tax(engine: Any, amounts: list[int | None], rate: str) -> None:
    """Half up on the amount without its sign, as the scalar rounding does."""
    got = whole_numbers(add_columns(engine({"taxable_cents": amounts}), tax=tax_cents(Decimal(rate))), "tax")
    expected = [
        None if amount is None else int(tax.amounts.tax_of(Decimal(amount).scaleb(-2), Decimal(rate)) * 100)
        for amount in amounts
    ]
    assert_equal(got, expected, amounts)
