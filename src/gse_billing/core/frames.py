"""Exact arithmetic in columns: whole numbers at a known scale, as narwhals expressions that the user's own engine runs.

A scaled column holds whole numbers: cents, thousandths of a Gcal, hundredths of a kW. Binary floats do not hold
decimal figures exactly and are refused; so are decimal columns, whose products some engines round. Engines compute with
64 bits, and some stop at the first overflow, so a rule leaves out what it cannot hold before it computes.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, TypeAlias, cast

from gse_billing.core.errors import FloatRefusedError, InvalidValueError, MissingExtraError
from gse_billing.core.money import EXACT

try:
    import narwhals as nw
except ImportError as error:
    raise MissingExtraError("frames", needed_for="the arithmetic in columns") from error

__all__ = [
    "LARGEST",
    "Frame",
    "decimals",
    "frame_of",
    "half_up",
    "integers",
    "legal_only",
    "require_types",
    "scaled",
    "with_nullable_types",
]

Frame: TypeAlias = "nw.DataFrame[Any] | nw.LazyFrame[Any]"
"""A frame of any engine, eager or lazy."""

LARGEST = 2**63 - 1
"""The largest whole number of a 64-bit column."""

_INTEGERS = (nw.Int64, nw.Int32, nw.Int16, nw.Int8, nw.UInt32, nw.UInt16, nw.UInt8)


def decimals(value: Decimal) -> int:
    """How many decimals a figure has, zeros at the end left out.

    >>> decimals(Decimal("0.0550")), decimals(Decimal(500))
    (3, 0)
    """
    return max(0, -int(value.normalize(EXACT).as_tuple().exponent))


def scaled(value: Decimal, places: int) -> int:
    """A figure as a whole number at a scale.

    Raises:
        InvalidValueError: the figure has more decimals than that.

    >>> scaled(Decimal("0.055"), 3)
    55
    """
    if decimals(value) > places:
        raise InvalidValueError(
            f"{value} is no whole number at {places} decimals", value=value, remedy="scale the columns by more decimals"
        )
    return int(value.scaleb(places, EXACT))


def integers(column: str) -> nw.Expr:
    """A column of whole numbers, in 64 bits."""
    return nw.col(column).cast(nw.Int64)


def legal_only(legal: nw.Expr, value: nw.Expr) -> nw.Expr:
    """The value where it is legal, else null; engines that stop at an overflow pass over nulls."""
    return nw.when(legal).then(value)


def half_up(numerator: nw.Expr, divisor: int) -> nw.Expr:
    """A whole number divided by another and rounded half up; the number must not be negative.

    Adding half the divisor and dividing whole numbers is exact; the caller leaves room for that half.
    """
    return numerator if divisor == 1 else (numerator + divisor // 2) // divisor


def frame_of(native: object) -> Frame:
    """The frame of narwhals around one of any engine.

    Raises:
        InvalidValueError: nothing that narwhals knows.
    """
    try:
        known: Frame = nw.from_native(cast("Any", native))
    except TypeError as error:
        raise InvalidValueError(
            f"{type(native).__name__} is no frame",
            value=native,
            remedy="give a frame of polars, pandas, pyarrow, DuckDB ...",
        ) from error
    return known


def require_types(schema: nw.Schema, *, integers: Iterable[str], booleans: Iterable[str] = ()) -> None:
    """Refuse columns that a rule cannot read exactly.

    Raises:
        FloatRefusedError: a column of floats where whole numbers are read.
        InvalidValueError: a column that is not there, or of another type.
    """
    for name in integers:
        found = _type_of(schema, name)
        if found.is_float():
            raise FloatRefusedError(f"column {name}", meant="a column of exact figures")
        if not isinstance(found, _INTEGERS):
            raise InvalidValueError(
                f"column {name!r} is of type {found}",
                value=name,
                why="exact arithmetic in columns needs whole numbers of at most 64 bits at a known scale",
                remedy="store cents, or thousandths, as Int64 where the data are made",
            )
    for name in booleans:
        if _type_of(schema, name) != nw.Boolean:
            raise InvalidValueError(f"column {name!r} holds no truth values", value=name, remedy="make it Boolean")


def _type_of(schema: nw.Schema, name: str) -> nw.dtypes.DType:
    if name not in schema:
        raise InvalidValueError(f"there is no column {name!r}", value=name, why=f"there are {', '.join(schema)}")
    return schema[name]


def with_nullable_types(frame: Frame, *, integers: Iterable[str], booleans: Iterable[str] = ()) -> Frame:
    """The frame with columns that can hold nulls, and all of one kind, where the engine needs to be told.

    pandas turns the whole numbers of numpy into floats where a null comes in, and cannot compare its own nulls with
    those of Arrow.
    """
    if not frame.implementation.is_pandas():
        return frame
    native = frame.to_native()
    types = dict.fromkeys(integers, "Int64") | dict.fromkeys(booleans, "boolean")
    if all(hasattr(native[name].dtype, "pyarrow_dtype") for name in types):
        return frame
    nullable: Frame = nw.from_native(native.astype(types))
    return nullable
