"""A netting run over a table, and a table cut into parts for several workers."""

from __future__ import annotations

import datetime as dt
from zlib import crc32

import pyarrow as pa
from attrs import frozen

from gse_billing.core.arguments import require
from gse_billing.core.dated import DatedTable
from gse_billing.core.errors import InvalidValueError
from gse_billing.netting.engine import net
from gse_billing.netting.frames.reading import entries_from
from gse_billing.netting.frames.writing import applications_of, balances_of, payouts_of
from gse_billing.netting.policy import Policy

__all__ = ["NettingTables", "net_table", "parts_by_operator"]


@frozen(kw_only=True)
class NettingTables:
    """The result of a run in columns.

    Attributes:
        applications: which credit extinguished which debit, as :data:`APPLICATIONS`.
        payouts: what is paid, as :data:`PAYOUTS`.
        balances: what is still open, as :data:`BALANCES`.
    """

    applications: pa.Table
    payouts: pa.Table
    balances: pa.Table


def net_table(table: pa.Table, *, policy: Policy | DatedTable[Policy], on: dt.date) -> NettingTables:
    """Net a table of whole operators; equal to ``net`` on its entries.

    Args:
        table: columns as :data:`ENTRIES`, in any order; others are left alone. Every entry of an operator is there.
        policy: the rules, or a table of them.
        on: the payment day.

    Raises:
        FloatRefusedError: cents are floating point numbers.
        InvalidValueError: a column is missing or of another type, a value is not legal, or as ``net``.
    """
    result = net(entries_from(table), policy=policy, on=on)
    return NettingTables(applications=applications_of(result), payouts=payouts_of(result), balances=balances_of(result))


def parts_by_operator(table: pa.Table, count: int) -> tuple[pa.Table, ...]:
    """A table cut into parts of whole operators, for as many workers; an operator always falls into the same part.

    Args:
        table: entries.
        count: how many parts, at least one; some may be empty.
    """
    if require(count, int, meant="a number of parts") < 1:
        raise InvalidValueError("a table cannot be cut into fewer than one part", value=count, remedy="give 1 or more")
    require(table, pa.Table, meant="a table of entries")
    places = [crc32(name.encode()) % count for name in table["operator"].to_pylist()]
    return tuple(table.filter(pa.array([place == part for place in places], pa.bool_())) for part in range(count))
