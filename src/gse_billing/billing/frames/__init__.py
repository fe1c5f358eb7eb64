"""Settling in columns: credits and debits by the million, whose documents were issued and answered already.

The portfolio says who the parties are; the entries come beside it as CSV or Parquet.
"""

from gse_billing.billing.frames.files import COLUMNS, table_of_file

# isort: split
from gse_billing.billing.frames.reading import (  # after files, which names the extra to install
    entries_for,
    read_entries,
)
from gse_billing.billing.frames.settling import ACCOUNTS, Batch, settle_entries
from gse_billing.billing.frames.writing import Totals, identifications, save_batches

__all__ = [
    "ACCOUNTS",
    "COLUMNS",
    "Batch",
    "Totals",
    "entries_for",
    "identifications",
    "read_entries",
    "save_batches",
    "settle_entries",
    "table_of_file",
]
