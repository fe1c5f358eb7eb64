"""The columnar door equals the scalar one, whoever keeps the operators together."""

from __future__ import annotations

import datetime as dt
import functools
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given

from gse_billing.netting import Credit, Debit, DocumentState, Entry, Policy, net
from gse_billing.netting.frames import NettingTables, entries_from, net_table, parts_by_operator, table_of
from gse_billing.testing.netting import days, policies, portfolios

ON = dt.date(2026, 6, 30)
POLICY = Policy(payment_thresholds={"SSP": None, "RID": None})


@given(portfolios())
def test_a_table_holds_every_entry(entries: list[Entry]) -> None:
    assert entries_from(table_of(entries)) == entries


@given(portfolios(), policies(), days())
def test_columns_agree_with_the_scalar_engine(entries: list[Entry], policy: Policy, on: dt.date) -> None:
    tables, result = net_table(table_of(entries), policy=policy, on=on), net(entries, policy=policy, on=on)
    found = [
        (row["operator"], row["credit_id"], row["debit_id"], row["cents"]) for row in tables.applications.to_pylist()
    ]
    assert found == [(part.credit.operator, part.credit.id, part.debit.id, part.cents) for part in result.applications]
    assert tables.payouts["cents"].to_pylist() == [payout.cents for payout in result.payouts]
    assert set(entries_from(tables.balances)) == set(result.open_entries)


@given(portfolios(), policies(), days())
def test_parts_together_are_the_whole(entries: list[Entry], policy: Policy, on: dt.date) -> None:
    table = table_of(entries)
    whole = net_table(table, policy=policy, on=on)
    parts = [net_table(part, policy=policy, on=on) for part in parts_by_operator(table, 3)]
    assert same(parts, whole)


def same(parts: list[NettingTables], whole: NettingTables) -> bool:
    """Whether the parts hold the rows of the whole, in whatever order of the operators."""

    def rows(table: pa.Table) -> list[str]:
        return sorted(map(str, table.to_pylist()))

    return all(
        rows(pa.concat_tables([getattr(part, name) for part in parts])) == rows(getattr(whole, name))
        for name in ("applications", "payouts", "balances")
    )


@pytest.fixture(scope="module")
def portfolio() -> pa.Table:
    """Two hundred operators with ten entries each."""
    entries: list[Entry] = []
    for number in range(2_000):
        service = ("SSP", "RID")[number % 3 % 2]
        place: dict[str, Any] = {
            "id": str(number),
            "operator": f"OP{number % 200:03d}",
            "contract": f"{service}{number % 200}",
            "service": service,
            "amount": Decimal(number * 37 % 9_001 + 1).scaleb(-2),
            "issue_date": ON - dt.timedelta(days=number % 30),
            "state": DocumentState.DELIVERED,
        }
        entries.append(Credit(value_date=ON, **place) if number % 3 else Debit(**place))
    return table_of(entries)


@pytest.fixture(scope="module")
def whole(portfolio: pa.Table) -> NettingTables:
    return net_table(portfolio, policy=POLICY, on=ON)


def test_a_process_pool_nets_the_parts(portfolio: pa.Table, whole: NettingTables) -> None:
    work = functools.partial(net_table, policy=POLICY, on=ON)
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert same(list(pool.map(work, parts_by_operator(portfolio, 2))), whole)


def test_polars_groups_by_operator(portfolio: pa.Table, whole: NettingTables) -> None:
    frame = pl.from_arrow(portfolio)
    assert isinstance(frame, pl.DataFrame)
    groups = frame.with_columns(part=pl.col("operator").hash(0) % 4).partition_by("part", include_key=False)
    assert same([net_table(group.to_arrow(), policy=POLICY, on=ON) for group in groups], whole)


def test_duckdb_groups_by_operator(portfolio: pa.Table, whole: NettingTables) -> None:
    with duckdb.connect() as database:
        database.register("entries", portfolio)
        parts = [
            database.sql(f"SELECT * FROM entries WHERE hash(operator) % 4 = {part}").to_arrow_table()
            for part in range(4)
        ]
    assert same([net_table(part, policy=POLICY, on=ON) for part in parts], whole)


@pytest.mark.requirement("PAY-9")
def test_sums_in_sql_agree(portfolio: pa.Table, whole: NettingTables) -> None:
    """What each operator keeps, computed without the engine: credits less debits, never below zero."""
    with duckdb.connect() as database:
        for name, table in (("entries", portfolio), ("payouts", whole.payouts), ("balances", whole.balances)):
            database.register(name, table)
        wrong = database.execute("""
            WITH owed AS (
              SELECT operator, sum(cents) FILTER (side = 'credit') AS plus, sum(cents) FILTER (side = 'debit') AS minus
              FROM entries GROUP BY operator),
            paid AS (SELECT operator, sum(cents) AS cents FROM payouts GROUP BY operator),
            left_over AS (SELECT operator, sum(cents) AS cents FROM balances WHERE side = 'debit' GROUP BY operator)
            SELECT owed.operator FROM owed LEFT JOIN paid USING (operator) LEFT JOIN left_over USING (operator)
            WHERE coalesce(paid.cents, 0) <> greatest(coalesce(plus, 0) - coalesce(minus, 0), 0)
               OR coalesce(left_over.cents, 0) <> greatest(coalesce(minus, 0) - coalesce(plus, 0), 0)
        """).fetchall()
    assert wrong == []
