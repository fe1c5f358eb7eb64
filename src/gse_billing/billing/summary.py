"""A settlement as JSON: for programs that call the command line."""

from __future__ import annotations

import json
from typing import Any

from gse_billing.billing.issuing import IssuedDocument
from gse_billing.billing.open_items import OpenItem, open_items
from gse_billing.billing.portfolio.model import Portfolio
from gse_billing.billing.settlement import Account, Settlement
from gse_billing.core.findings import Report
from gse_billing.payments import transfers_to_json

__all__ = ["summary"]


def summary(settlement: Settlement, portfolio: Portfolio, *, report: Report | None = None) -> str:
    """The settlement as JSON text; amounts and days are text.

    Args:
        settlement: the result of a run.
        portfolio: what it was made from, for the names.
        report: all findings, where there are more than those of the settlement.
    """
    fields = {
        "on": settlement.on.isoformat(),
        "documents": [_document(settlement, document) for document in settlement.documents],
        "accounts": [_account(account, portfolio) for account in settlement.accounts],
        "transfers": json.loads(transfers_to_json(settlement.transfers)),
        "ordered": [transfer.end_to_end_id for transfer in settlement.ordered],
        "open": [_open(item) for item in open_items(settlement)],
        "report": (settlement.report if report is None else report).to_dict(),
    }
    return json.dumps(fields, ensure_ascii=False, indent=2)


def _document(settlement: Settlement, document: IssuedDocument) -> dict[str, Any]:
    draft = document.draft
    return {
        "number": str(document.number),
        "date": draft.date.isoformat(),
        "due": draft.due.isoformat(),
        "seller": draft.seller.name,
        "buyer": draft.buyer.name,
        "contract": draft.contract,
        "taxable": str(draft.amounts.taxable),
        "tax": str(draft.amounts.tax),
        "total": str(draft.amounts.total),
        "payable": str(draft.amounts.payable),
        "file": str(document.file_name),
        "state": settlement.outcomes[document.key].state.name.lower(),
    }


def _account(account: Account, portfolio: Portfolio) -> dict[str, str]:
    return {
        "operator": account.operator,
        "name": portfolio.name_of(account.operator),
        "gross": str(account.gross),
        "set_off": str(account.set_off),
        "transferred": str(account.transferred),
        "carried": str(account.carried),
        "held": str(account.held),
    }


def _open(item: OpenItem) -> dict[str, Any]:
    return {
        "operator": item.operator,
        "contract": item.contract,
        "what": item.what,
        "owed_by": "gse" if item.owed_by_gse else "operator",
        "amount": str(item.amount),
        "reasons": list(item.reasons),
        "remedies": list(item.remedies),
    }
