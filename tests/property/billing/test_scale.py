"""``gse-billing settle`` over entries in columns, at the size that the issue of netting states and at a tenth of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from pyarrow import csv, parquet

from gse_billing.testing.frames import large_entries, large_portfolio
from tests.support.settled_in_sql import differences, recompute

GIB = 1024


def settled(*arguments: str | Path) -> tuple[list[str], float]:
    """What the command says on standard error, and the most memory that it held, in MiB."""
    command = [sys.executable, "-m", "tests.support.memory", "settle", *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    *said, peak = done.stderr.splitlines()
    assert done.returncode == 0, said
    return said, float(peak)


def for_csv(entries: pa.Table) -> pa.Table:
    """The entries with their reasons as text, which is how a CSV file holds them."""
    place = entries.schema.get_field_index("held")
    texts = ["; ".join(held["reason"] for held in reasons) for reasons in entries["held"].to_pylist()]
    return entries.set_column(place, "held", pa.array(texts, pa.string()))


@pytest.mark.requirement("PAY-9")
@pytest.mark.parametrize(
    ("operators", "entries", "ending", "memory"),
    [
        pytest.param(10_000, 100_000, "csv", GIB, id="a tenth"),
        pytest.param(100_000, 1_000_000, "parquet", 4 * GIB, id="the whole", marks=pytest.mark.deep),
    ],
)
def test_a_settlement_agrees_with_sql(operators: int, entries: int, ending: str, memory: int, tmp_path: Path) -> None:
    """Accounts, payouts and open entries are, row by row, those of a second computation in SQL."""
    portfolio, table = tmp_path / "portfolio.json", large_entries(operators, entries)
    portfolio.write_text(json.dumps(large_portfolio(operators)))
    parquet.write_table(table, tmp_path / "entries.parquet")
    if ending == "csv":
        csv.write_csv(for_csv(table), tmp_path / "entries.csv")
    said, peak = settled(portfolio, "--entries", tmp_path / f"entries.{ending}", "--out", tmp_path / "out")
    assert sum(" operators" in line for line in said) >= 5
    assert peak < memory
    with duckdb.connect() as database:
        recompute(database, portfolio=portfolio, entries=tmp_path / "entries.parquet")
        assert differences(database, tmp_path / "out") == {"accounts": 0, "payouts": 0, "open": 0}
