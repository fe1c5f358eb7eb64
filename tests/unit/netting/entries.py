"""Entries for the tests: one operator, one contract, delivered, unless said otherwise."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gse_billing.netting import Credit, Debit, DocumentState, Policy
from gse_billing.schemes import Threshold

ISSUED = dt.date(2020, 12, 11)
PAYMENT_DAY = dt.date(2021, 2, 1)
POLICY = Policy(payment_thresholds={"SSP": Threshold("1.00"), "RID": Threshold("5.00")})

_PLACE: dict[str, Any] = {
    "operator": "COMUNE",
    "contract": "SSP00030614",
    "service": "SSP",
    "state": DocumentState.DELIVERED,
    "issue_date": ISSUED,
}


def credit(amount: str, **changes: Any) -> Credit:
    fields = {"id": f"C{amount}", "amount": amount, "value_date": PAYMENT_DAY, **_PLACE, **changes}
    return Credit(**fields)


def debit(amount: str, **changes: Any) -> Debit:
    fields = {"id": f"D{amount}", "amount": amount, **_PLACE, **changes}
    return Debit(**fields)


RID: dict[str, str] = {"contract": "RID1", "service": "RID"}
