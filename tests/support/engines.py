"""The engines that run columns in the tests: whole numbers and truth values in, whole numbers out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa

Columns = Mapping[str, Sequence[int | None] | Sequence[bool | None]]


def arrow(columns: Columns) -> Any:
    """An Arrow table of 64-bit whole numbers and truth values."""
    types = {
        name: pa.bool_() if any(isinstance(v, bool) for v in values) else pa.int64() for name, values in columns.items()
    }
    return pa.table({name: pa.array(values, types[name]) for name, values in columns.items()})


def _pandas(columns: Columns) -> Any:
    """Plain numpy columns where there are no nulls, as most pandas frames have them."""
    frame = arrow(columns).to_pandas(types_mapper=pd.ArrowDtype)
    plain = {name: "int64" for name in columns if frame[name].dtype == "int64[pyarrow]" and frame[name].notna().all()}
    return frame.astype(plain)


ENGINES: dict[str, Callable[[Columns], Any]] = {
    "polars": lambda columns: pl.from_arrow(arrow(columns)),
    "polars lazy": lambda columns: pl.DataFrame(arrow(columns)).lazy(),
    "pandas": _pandas,
    "pandas with arrow": lambda columns: arrow(columns).to_pandas(types_mapper=pd.ArrowDtype),
    "pyarrow": arrow,
    "duckdb": lambda columns: duckdb.from_arrow(arrow(columns)),
}


def whole_numbers(frame: Any, column: str) -> list[int | None]:
    """The values of a column of whole numbers, nulls as ``None``."""
    known = nw.from_native(frame)
    eager = known.collect() if isinstance(known, nw.LazyFrame) else known
    assert eager.schema[column] == nw.Int64
    return [
        None if missing else int(value) for value, missing in zip(eager[column], eager[column].is_null(), strict=True)
    ]
