"""Whole numbers in columns: scales, rounding, and what is refused."""

from __future__ import annotations

import datetime as dt
import importlib
import sys
from decimal import Decimal

import narwhals as nw
import pandas as pd
import polars as pl
import pytest

from gse_billing.core import frames
from gse_billing.core.errors import FloatRefusedError, InvalidValueError, MissingExtraError


@pytest.mark.parametrize(
    ("value", "places"), [("0", 0), ("500", 0), ("5E+2", 0), ("0.055", 3), ("0.0550", 3), ("-1.5", 1), ("0.00", 0)]
)
def test_decimals(value: str, places: int) -> None:
    assert frames.decimals(Decimal(value)) == places


def test_a_figure_becomes_a_whole_number_at_a_scale_or_is_refused() -> None:
    assert [frames.scaled(Decimal("0.055"), places) for places in (3, 5)] == [55, 5500]
    with pytest.raises(InvalidValueError, match=r"0\.055 is no whole number at 2 decimals; scale the columns by more"):
        frames.scaled(Decimal("0.055"), 2)


@pytest.mark.parametrize(("divisor", "expected"), [(1, [0, 4, 5, 14, 15]), (10, [0, 0, 1, 1, 2]), (2, [0, 2, 3, 7, 8])])
def test_half_up(divisor: int, expected: list[int]) -> None:
    frame = nw.from_native(pl.DataFrame({"n": [0, 4, 5, 14, 15]}))
    assert frame.select(r=frames.half_up(nw.col("n"), divisor))["r"].to_list() == expected


SCHEMA = nw.Schema(
    {"whole": nw.Int32(), "float": nw.Float64(), "decimal": nw.Decimal(), "huge": nw.UInt64(), "truth": nw.Boolean()}
)


def test_whole_numbers_and_truth_values_are_taken() -> None:
    frames.require_types(SCHEMA, integers=["whole"], booleans=["truth"])


def test_floats_are_refused() -> None:
    with pytest.raises(FloatRefusedError, match="'column float' is a float and cannot be a column of exact figures"):
        frames.require_types(SCHEMA, integers=["whole", "float"])


@pytest.mark.parametrize("name", ["decimal", "huge", "truth"])
def test_other_types_are_refused(name: str) -> None:
    with pytest.raises(
        InvalidValueError, match=f"column '{name}' is of type .*; store cents, or thousandths, as Int64"
    ):
        frames.require_types(SCHEMA, integers=[name])


def test_what_is_no_truth_value_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="column 'whole' holds no truth values; make it Boolean"):
        frames.require_types(SCHEMA, integers=[], booleans=["whole"])


def test_a_missing_column_is_named_with_those_there_are() -> None:
    with pytest.raises(
        InvalidValueError, match="there is no column 'kw'; there are whole, float, decimal, huge, truth"
    ):
        frames.require_types(SCHEMA, integers=["kw"])


def test_what_is_no_frame_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="date is no frame; give a frame of polars, pandas"):
        frames.frame_of(dt.date(2020, 1, 1))


def types_after(native: pd.DataFrame, *, integers: list[str], booleans: list[str]) -> dict[str, str]:
    made = frames.with_nullable_types(frames.frame_of(native), integers=integers, booleans=booleans).to_native()
    return {str(name): str(dtype) for name, dtype in made.dtypes.items()}


def test_pandas_gets_columns_of_one_kind_that_can_hold_nulls() -> None:
    native = pd.DataFrame({"n": [1], "m": pd.array([2], dtype="int64[pyarrow]"), "t": [True], "other": [0.5]})
    assert types_after(native, integers=["n", "m"], booleans=["t"]) == {
        "n": "Int64",
        "m": "Int64",
        "t": "boolean",
        "other": "float64",
    }
    assert str(native.dtypes["n"]) == "int64"


def test_frames_that_can_hold_nulls_stay_as_they_are() -> None:
    native = pd.DataFrame({"n": pd.array([2], dtype="int64[pyarrow]"), "t": pd.array([True], dtype="bool[pyarrow]")})
    assert types_after(native, integers=["n"], booleans=["t"]) == {"n": "int64[pyarrow]", "t": "bool[pyarrow]"}
    same = frames.frame_of(pl.DataFrame({"n": [1]}))
    assert frames.with_nullable_types(same, integers=["n"]) is same


def test_without_narwhals_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "narwhals", None)
    monkeypatch.delitem(sys.modules, "gse_billing.core.frames")
    with pytest.raises(MissingExtraError, match=r"needs the extra 'frames'; install it with: pip install"):
        importlib.import_module("gse_billing.core.frames")
