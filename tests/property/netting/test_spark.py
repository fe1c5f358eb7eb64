"""Spark keeps the operators together, and the netting in columns does the rest: equal to the run in one process."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from gse_billing.netting import Policy
from gse_billing.netting.frames import APPLICATIONS, BALANCES, PAYOUTS, net_table
from gse_billing.testing.frames import large_entries

ON = dt.date(2026, 3, 31)
POLICY = Policy(payment_thresholds=dict.fromkeys(("SSP", "RID", "PMG")))

pytestmark = [
    pytest.mark.deep,
    # Spark 4.3 says so of pandas 3, and takes it all the same
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture(scope="module")
def entries() -> pa.Table:
    """A thousand operators with ten entries each, credits payable when they are due."""
    table = large_entries(1_000, 10_000)
    dues = pc.if_else(pc.equal(table["side"], "credit"), table["due_date"], pa.scalar(None, pa.date32()))
    return table.set_column(table.schema.get_field_index("value_date"), table.schema.field("value_date"), dues)


@pytest.mark.parametrize(
    ("name", "schema"), [("applications", APPLICATIONS), ("payouts", PAYOUTS), ("balances", BALANCES)]
)
def test_spark_nets_operator_by_operator(name: str, schema: pa.Schema, entries: pa.Table, spark: Any) -> None:
    from pyspark.sql.pandas.types import from_arrow_schema

    policy, on = POLICY, ON  # what the workers need travels with the function

    def netted(group: pa.Table) -> pa.Table:
        return getattr(net_table(group, policy=policy, on=on), name)

    frame = spark.createDataFrame(entries).groupBy("operator")
    found = frame.applyInArrow(netted, schema=from_arrow_schema(schema)).toArrow()
    expected = getattr(net_table(entries, policy=policy, on=on), name)
    assert len(expected) > 500
    assert sorted(map(str, found.to_pylist())) == sorted(map(str, expected.to_pylist()))
