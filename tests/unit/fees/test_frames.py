"""The fees in columns: the sample of the instructions on every engine, and what is refused."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from gse_billing.core.errors import FloatRefusedError, InvalidValueError
from gse_billing.fees import BiofuelCoefficients, Bracket, EnergySource, Reading, Schedule
from gse_billing.fees.frames import add_columns, biofuel_cents, schedule_cents, tax_cents
from gse_billing.fees.tariffs import BIOFUEL, MANAGEMENT
from tests.support.engines import ENGINES, whole_numbers

DAY = dt.date(2016, 3, 18)
BIOFUEL_RULE = biofuel_cents(BIOFUEL.on(DAY), places=0)
engines = pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES.keys())


@engines
def test_the_sample_of_the_instructions(engine: Any) -> None:
    frame = engine({"total_gcal": [28_996, 0], "advanced_gcal": [4_490, 0], "double_counting_gcal": [0, 0]})
    made = add_columns(frame, taxable_cents=BIOFUEL_RULE, tax_cents=tax_cents(Decimal(22)))
    assert whole_numbers(made, "taxable_cents") == [163_519, 0]
    assert whole_numbers(made, "tax_cents") == [35_974, 0]


@engines
def test_y_follows_the_column_of_obligated_parties(engine: Any) -> None:
    frame = engine(
        {
            "total_gcal": [1_000, 1_000],
            "advanced_gcal": [1_000, 1_000],
            "double_counting_gcal": [0, 0],
            "obligated": [True, False],
        }
    )
    rule = biofuel_cents(BIOFUEL.on(DAY), places=0, obligated="obligated")
    assert whole_numbers(add_columns(frame, cents=rule), "cents") == [6_400, 5_500]


@engines
def test_rows_that_the_scalar_function_refuses_are_null(engine: Any) -> None:
    frame = engine(
        {
            "total_gcal": [-1, 10, 10, 10, None, 2**63 - 1],
            "advanced_gcal": [0, 6, -1, 0, 0, 0],
            "double_counting_gcal": [0, 5, 0, -1, 0, 0],
        }
    )
    assert whole_numbers(add_columns(frame, cents=BIOFUEL_RULE), "cents") == [None] * 6


def test_columns_may_have_other_names_and_a_rule_reads_the_columns_before_it() -> None:
    frame = pl.DataFrame({"q": [9_000], "a": [0], "d": [0]})
    named = biofuel_cents(BIOFUEL.on(DAY), places=3, total="q", advanced="a", double_counting="d")
    made = add_columns(frame, net=named, vat=tax_cents(Decimal("22.00"), taxable="net"))
    assert made.row(0, named=True) == {"q": 9_000, "a": 0, "d": 0, "net": 50, "vat": 11}  # 0.495 EUR is a tie


def test_coarse_scales_are_exact_too() -> None:
    coarse = BiofuelCoefficients(base=Decimal(1), additional=Decimal(0))
    frame = pl.DataFrame({"total_gcal": [7], "advanced_gcal": [0], "double_counting_gcal": [0]})
    made = add_columns(frame, tens=biofuel_cents(coarse, places=-1), ones=biofuel_cents(coarse, places=0))
    assert made.select("tens", "ones").row(0) == (7_000, 700)


@engines
def test_the_published_examples_of_the_tariffs(engine: Any) -> None:
    frame = engine({"power_kw": [300, 1_800, 5_000, 120_000]})
    conto_energia, ssp = (MANAGEMENT[code, None].on(DAY) for code in ("CE", "SSP"))
    made = add_columns(frame, ce=schedule_cents(conto_energia, places=2), ssp=schedule_cents(ssp, places=2))
    assert whole_numbers(made, "ce") == [0, 3_060, 8_860, 171_860]
    assert whole_numbers(made, "ssp") == [0, 3_000, 6_000, None]


def test_the_flat_reading_and_the_cap() -> None:
    rid = MANAGEMENT["RID", EnergySource.SOLAR].on(DAY)
    rules = {reading.name: schedule_cents(rid, places=0, reading=reading) for reading in Reading}
    made = add_columns(pl.DataFrame({"power_kw": [200, 10**6]}), **rules)
    assert made.select("PROGRESSIVE", "FLAT").rows() == [(13_100, 13_000), (1_000_000, 1_000_000)]


def test_a_boundary_finer_than_the_quantities_is_refused() -> None:
    fine = Schedule(brackets=[Bracket(up_to="0.5", fixed=1), Bracket(fixed=2)])
    with pytest.raises(InvalidValueError, match=r"0\.5 is no whole number at 0 decimals"):
        schedule_cents(fine, places=0)


def test_a_lazy_frame_stays_lazy() -> None:
    lazy = pl.LazyFrame({"power_kw": [50]})
    made = add_columns(lazy, cents=schedule_cents(MANAGEMENT["SSP", None].on(DAY), places=0))
    assert isinstance(made, pl.LazyFrame)
    assert made.collect()["cents"].to_list() == [6_000]


def test_small_integers_do_not_overflow() -> None:
    frame = pl.DataFrame({"power_kw": pl.Series([200], dtype=pl.UInt8)})
    rule = schedule_cents(Schedule(brackets=[Bracket(rate=9)]), places=0)
    made = nw.from_native(add_columns(frame, cents=rule), eager_only=True)
    assert made["cents"].to_list() == [180_000]


@pytest.mark.parametrize(
    ("values", "error"), [([50.0], FloatRefusedError), ([Decimal(50)], InvalidValueError), (["50"], InvalidValueError)]
)
def test_only_whole_numbers_are_taken(values: list[object], error: type[Exception]) -> None:
    rule = schedule_cents(MANAGEMENT["SSP", None].on(DAY), places=0)
    with pytest.raises(error):
        add_columns(pl.DataFrame({"power_kw": values}), cents=rule)


def test_a_frame_is_needed() -> None:
    with pytest.raises(InvalidValueError, match="list is no frame"):
        add_columns([1], cents=BIOFUEL_RULE)  # type: ignore[type-var]
