"""Transfers as files: JSON for programs, CSV for people. Same transfers, same text, in whatever order they come."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable

from gse_billing.core.arguments import require_each
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.money import total_of
from gse_billing.core.spreadsheets import csv_text
from gse_billing.payments.transfers import Transfer

__all__ = ["TRANSFER_COLUMNS", "transfers_to_csv", "transfers_to_json"]

TRANSFER_COLUMNS = (
    "value_date",
    "end_to_end_id",
    "debtor_name",
    "creditor_name",
    "creditor_iban",
    "amount",
    "currency",
    "remittance",
)
"""The fields of a transfer in a file, in order."""


def transfers_to_json(transfers: Iterable[Transfer]) -> str:
    """The transfers as JSON text: their number, their sum, then each one by value date and identification.

    Amounts and dates are text (``"170.46"``, ``"2021-02-01"``), so that no reader makes floats of them.

    Raises:
        InvalidValueError: two transfers with one end-to-end identification.
    """
    ordered = in_order(transfers)
    content = {
        "count": len(ordered),
        "currency": "EUR",
        "total": str(total_of(transfer.amount for transfer in ordered)),
        "transfers": [dict(zip(TRANSFER_COLUMNS, _cells(transfer), strict=True)) for transfer in ordered],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def transfers_to_csv(transfers: Iterable[Transfer]) -> str:
    """The transfers as CSV (RFC 4180, every cell quoted), safe to open in a spreadsheet.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front; the JSON holds the text as it is.

    Raises:
        InvalidValueError: two transfers with one end-to-end identification.
    """
    return csv_text(TRANSFER_COLUMNS, map(_cells, in_order(transfers)))


def _cells(transfer: Transfer) -> tuple[str, ...]:
    return (
        transfer.value_date.isoformat(),
        transfer.end_to_end_id,
        transfer.debtor_name,
        transfer.creditor_name,
        str(transfer.creditor_iban),
        str(transfer.amount),
        "EUR",
        transfer.remittance,
    )


def in_order(transfers: Iterable[Transfer]) -> list[Transfer]:
    given = require_each(transfers, Transfer, meant="a transfer")
    ordered = sorted(given, key=lambda transfer: (transfer.value_date, transfer.end_to_end_id))
    counted = Counter(transfer.end_to_end_id for transfer in ordered)
    repeated = [identification for identification, count in counted.items() if count > 1]
    if repeated:
        raise InvalidValueError(
            f"more than one transfer is identified as {repeated[0]!r}",
            value=tuple(repeated),
            why="an end-to-end identification leads back to one settlement",
            remedy="give each its own sequence in SettlementKey",
        )
    return ordered
