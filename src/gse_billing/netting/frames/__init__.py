"""Netting in columns: from an Arrow table of whole operators to Arrow tables of applications, payouts and balances.

Operators never touch one another, so that any engine that keeps the entries of an operator together may call
:func:`net_table` on its groups: a process pool, DuckDB, polars, Spark. The scalar ``net`` does the work; amounts are
whole cents.
"""

from __future__ import annotations

from gse_billing.netting.frames.schemas import APPLICATIONS, BALANCES, ENTRIES, PAYOUTS, REQUIRED, table_from

# isort: split
from gse_billing.netting.frames.reading import (
    entries_from,  # after the schemas, which name the extra to install where pyarrow is missing
)
from gse_billing.netting.frames.tables import NettingTables, net_table, parts_by_operator
from gse_billing.netting.frames.writing import applications_of, balances_of, payouts_of, table_of

__all__ = [
    "APPLICATIONS",
    "BALANCES",
    "ENTRIES",
    "PAYOUTS",
    "REQUIRED",
    "NettingTables",
    "applications_of",
    "balances_of",
    "entries_from",
    "net_table",
    "parts_by_operator",
    "payouts_of",
    "table_from",
    "table_of",
]
