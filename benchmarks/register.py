"""Numbers from a SQLite register, against the same statements through bare ``sqlite3``.

Both sides keep a write-ahead log (``journal_mode=WAL``) and sync it at every commit (``synchronous=FULL``), on files in
the same folder. One transaction takes one number. The register may take 1 / 0.15 of the bare time.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import event

from benchmarks.paired import Measurement, paired, report
from gse_billing.numbering import Request, Series
from gse_billing.stores import Store, open_store

NUMBERS = 300
SERIES = Series(name="pa", format="PA/{n}")
DAY = dt.date(2026, 3, 10)

Statement = tuple[str, Sequence[Any]]


def take(store: Store, count: int) -> float:
    """Seconds for that many numbers."""
    start = perf_counter()
    for key in range(count):
        store.register.reserve(Request(issuer="me", series=SERIES, day=DAY, key=str(key), content="data"))
    return perf_counter() - start


def recorded(path: Path, count: int) -> tuple[list[Statement], list[str]]:
    """The statements that the register sends for that many numbers, and those that make its tables."""
    statements: list[Statement] = []
    with open_store(path) as store:
        engine = store._database.engine

        def remember(_c: object, _cursor: object, statement: str, parameters: Sequence[Any], *_: object) -> None:
            statements.append((statement, parameters))

        event.listen(engine, "begin", lambda _: statements.append(("BEGIN IMMEDIATE", ())))
        event.listen(engine, "before_cursor_execute", remember)
        event.listen(engine, "commit", lambda _: statements.append(("COMMIT", ())))
        take(store, count)
    with sqlite3.connect(path) as connection:
        tables = [sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")]
    connection.close()
    return statements, [sql for sql in tables if "sqlite_sequence" not in sql]


def bare(path: Path, statements: Sequence[Statement], tables: Sequence[str]) -> float:
    """Seconds for the same statements through ``sqlite3`` alone."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    for table in tables:
        connection.execute(table)
    start = perf_counter()
    for statement, parameters in statements:
        connection.execute(statement, parameters).fetchall()
    seconds = perf_counter() - start
    connection.close()
    return seconds


def measure() -> Iterator[Measurement]:
    """One number a transaction, as often as the pairs ask."""
    with tempfile.TemporaryDirectory() as folder:
        statements, tables = recorded(Path(folder) / "recorded.sqlite", NUMBERS)
        files = (Path(folder) / f"{count}.sqlite" for count in range(1_000))

        def ours() -> float:
            with open_store(next(files)) as store:
                return take(store, NUMBERS)

        def theirs() -> float:
            return bare(next(files), statements, tables)

        name = "one number a transaction / the same statements through sqlite3 (WAL, synchronous=FULL)"
        yield paired(name, ours, theirs, bar=1 / 0.15, pairs=15)


if __name__ == "__main__":
    sys.exit(report(measure()))
