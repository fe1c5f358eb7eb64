"""The rules in columns on Spark: the same cents as the scalar functions, on every row."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from random import Random
from typing import Any

import pyarrow as pa
import pytest

from gse_billing import tax
from gse_billing.fees import EnergySource, Reading
from gse_billing.fees.frames import add_columns, biofuel_cents, schedule_cents, tax_cents
from gse_billing.fees.tariffs import BIOFUEL, MANAGEMENT
from tests.property.fees.test_frames import scalar_biofuel, scalar_schedule

DAY = dt.date(2025, 1, 1)
RID = MANAGEMENT["RID", EnergySource.SOLAR].on(DAY)
NAMES = ("total_gcal", "advanced_gcal", "double_counting_gcal", "obligated", "power_kw", "taxable")
ROWS = 20_000

pytestmark = [
    pytest.mark.deep,
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def row(draw: Random) -> tuple[int | None, int, int, bool, int | None, int]:
    """Quantities of which one in eight is a tie at half a cent, one in eight is refused, and some are unknown."""
    # 100 thousandths of a Gcal are 0.55 cents, so that odd multiples of 1,000 are ties
    total = draw.choice((draw.randrange(10**9), 1_000 * draw.randrange(10**6)))
    first = draw.randrange(total + 1 + total // 4)
    second = draw.choice((0, draw.randrange(max(total - first, 0) + 1)))
    known = draw.random() < 0.98
    power = draw.choice((draw.randrange(60_000), 10**9, -1))
    return (
        total if known else None,
        first,
        second,
        draw.random() < 0.5,
        power if known else None,
        draw.randint(-(10**9), 10**9),
    )


def test_the_rules_on_spark(spark: Any) -> None:
    draw = Random(11)
    rows = [row(draw) for _ in range(ROWS)]
    types = (pa.int64(), pa.int64(), pa.int64(), pa.bool_(), pa.int64(), pa.int64())
    columns = [pa.array(values, kind) for values, kind in zip(zip(*rows, strict=True), types, strict=True)]
    frame = spark.createDataFrame(pa.table(columns, names=NAMES))
    made = add_columns(
        frame,
        biofuel=biofuel_cents(BIOFUEL.on(DAY), places=3, obligated="obligated"),
        rid=schedule_cents(RID, places=2),
        flat=schedule_cents(RID, places=2, reading=Reading.FLAT),
        vat=tax_cents(Decimal("22.00"), taxable="taxable"),
    )
    found = made.toArrow().to_pylist()
    assert len(found) == ROWS
    for got in found:
        declared = tuple(got[name] for name in NAMES[:4])
        taxable = Decimal(got["taxable"]).scaleb(-2)
        assert got["biofuel"] == scalar_biofuel(declared)
        assert got["rid"] == scalar_schedule(RID, got["power_kw"], Reading.PROGRESSIVE)
        assert got["flat"] == scalar_schedule(RID, got["power_kw"], Reading.FLAT)
        assert got["vat"] == int(tax.amounts.tax_of(taxable, Decimal(22)) * 100)
    assert sum(got["biofuel"] is None for got in found) > 1_000
