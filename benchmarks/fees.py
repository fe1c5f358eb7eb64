"""How fast the fees are: one by one against a bare product of decimals, in columns against bare integer expressions."""

from __future__ import annotations

import datetime as dt
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import polars as pl

from benchmarks.paired import Measurement, paired, report
from gse_billing.fees import Declaration, EnergySource, biofuel_fee, biofuel_taxable
from gse_billing.fees.frames import ColumnRule, add_columns, biofuel_cents, schedule_cents, tax_cents
from gse_billing.fees.tariffs import BIOFUEL, MANAGEMENT

DAY = dt.date(2016, 3, 18)
COEFFICIENTS = BIOFUEL.on(DAY)
CENT = Decimal("0.01")
TOTAL, ADVANCED = Decimal("28996.123"), Decimal("4490.5")
CALLS = 20_000
ROWS = 10_000_000
MEMORY = 2 * 1024**3
BIOFUEL_RULE = biofuel_cents(COEFFICIENTS, places=3)


def seconds(call: Callable[[], object], calls: int = CALLS) -> float:
    """How long so many calls take."""
    start = time.perf_counter()
    for _ in range(calls):
        call()
    return time.perf_counter() - start


def bare() -> Decimal:
    return (TOTAL * COEFFICIENTS.base).quantize(CENT, rounding=ROUND_HALF_UP)


def declared() -> Declaration:
    return Declaration(year=2015, total_gcal=TOTAL, advanced_gcal=ADVANCED)


def one_by_one() -> Iterator[Measurement]:
    """Rates of at least 0.1 and 0.3 of the bare product are ratios of at most 10 and 3.33 in time."""
    declaration = declared()
    subjects: list[tuple[str, Callable[[], object], float]] = [
        ("the amount alone", lambda: biofuel_taxable(TOTAL, ADVANCED, COEFFICIENTS), 1 / 0.3),
        ("the fee of a declaration", lambda: biofuel_fee(declaration), 10),
        ("declaration and fee", lambda: biofuel_fee(declared()), 10),
    ]
    for name, call, bar in subjects:
        yield paired(f"{name} / bare product", lambda c=call: seconds(c), lambda: seconds(bare), bar=bar, pairs=15)  # type: ignore[misc]


def columns() -> pl.DataFrame:
    """Ten million rows: half of the biofuel at most is advanced or double counting."""
    row = pl.int_range(ROWS, dtype=pl.Int64, eager=True)
    total = (row * 7_919) % 1_000_000_000
    return pl.DataFrame(
        {
            "total_gcal": total,
            "advanced_gcal": total // 3,
            "double_counting_gcal": total // 7,
            "power_kw": row * 31 % 50_000,
            "taxable_cents": (row * 104_729) % 1_000_000_000,
        }
    )


def bare_expressions() -> Iterator[tuple[str, ColumnRule, pl.Expr]]:
    """Each rule with the same formula over bare integers, which knows no illegal row."""
    col = pl.col
    marked = col("advanced_gcal") + col("double_counting_gcal")
    yield "biofuel", BIOFUEL_RULE, (col("total_gcal") * 55 + marked * 9 + 5_000) // 10_000
    power = col("power_kw")
    due = pl.when(power <= 300).then(power * 0).when(power <= 2_000).then(power * 70)
    due = due.when(power <= 20_000).then(power * 65 + 10_000).otherwise(power * 60 + 110_000)  # type: ignore[assignment]
    capped = pl.when(due > 10**8).then(10**8).otherwise(due)
    yield "RID", schedule_cents(MANAGEMENT["RID", EnergySource.SOLAR].on(DAY), places=2), (capped + 50) // 100
    taxable = col("taxable_cents")
    tax = pl.when(taxable < 0).then(-((taxable * -22 + 50) // 100)).otherwise((taxable * 22 + 50) // 100)
    yield "VAT", tax_cents(Decimal(22)), tax


def in_columns() -> Iterator[Measurement]:
    """On polars, at most twice the bare expressions."""
    frame = columns().lazy()
    for name, rule, bare_expression in bare_expressions():
        ours = add_columns(frame, found=rule).select("found")
        theirs = frame.select(found=bare_expression)
        assert ours.collect().equals(theirs.collect())
        yield paired(
            f"{name} in columns, {ROWS:,} rows / bare integer expressions",
            lambda plan=ours: seconds(plan.collect, 1),  # type: ignore[misc]
            lambda plan=theirs: seconds(plan.collect, 1),  # type: ignore[misc]
            bar=2,
            pairs=7,
        )


def stream(source: str, target: str) -> None:
    """Compute the fee of every row of one Parquet file into another, and print the largest memory of this process."""
    add_columns(pl.scan_parquet(source), taxable_cents=BIOFUEL_RULE).sink_parquet(target)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


def in_bounded_memory() -> Measurement:
    """Ten million rows stream from Parquet to Parquet within 2 GiB."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "declared.parquet"), Path(folder, "fees.parquet")
        columns().write_parquet(source)
        command = [sys.executable, "-m", "benchmarks.fees", "stream", str(source), str(target)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    share = int(done.stdout) / MEMORY
    name = f"memory to stream {ROWS:,} rows / 2 GiB"
    return Measurement(name=name, ratio=share, bar=1, pairs=1, spread=(share, share))


def measure() -> Iterator[Measurement]:
    """Everything, the quick ones first."""
    yield from one_by_one()
    yield from in_columns()
    yield in_bounded_memory()


if __name__ == "__main__":
    if sys.argv[1:2] == ["stream"]:
        stream(*sys.argv[2:])
    else:
        sys.exit(report(measure()))
