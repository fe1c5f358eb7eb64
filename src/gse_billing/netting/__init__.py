"""Netting: what GSE owes an operator is set off against what the operator owes GSE, and the rest is paid out.

>>> import datetime as dt
>>> from gse_billing.netting import Credit, Debit, DocumentState, Policy, net
>>> ssp = {"operator": "COMUNE", "contract": "SSP00030614", "service": "SSP", "state": DocumentState.DELIVERED}
>>> entries = [
...     Credit(id="1", amount="216.22", issue_date=dt.date(2020, 12, 11), value_date=dt.date(2021, 2, 1), **ssp),
...     Credit(id="2", amount="14.24", issue_date=dt.date(2020, 12, 11), value_date=dt.date(2021, 2, 1), **ssp),
...     Debit(id="3", amount="60.00", issue_date=dt.date(2020, 12, 11), **ssp),
... ]
>>> result = net(entries, policy=Policy(payment_thresholds={"SSP": None}), on=dt.date(2021, 2, 1))
>>> [(payout.contract, payout.amount) for payout in result.payouts]
[('SSP00030614', Decimal('170.46'))]
"""

from gse_billing.netting.engine import net, net_over, payment_days
from gse_billing.netting.entries import Credit, Debit, DebitKind, DocumentRef, DocumentState, Entry, Held, HoldReason
from gse_billing.netting.letter import CompensationLetter
from gse_billing.netting.policy import Collection, InterestPriority, Policy, Scope
from gse_billing.netting.results import Application, Carried, CarryReason, Criterion, HeldEntry, PaidDocument, Payout
from gse_billing.netting.statement import NettingResult, Statement

__all__ = [
    "Application",
    "Carried",
    "CarryReason",
    "Collection",
    "CompensationLetter",
    "Credit",
    "Criterion",
    "Debit",
    "DebitKind",
    "DocumentRef",
    "DocumentState",
    "Entry",
    "Held",
    "HeldEntry",
    "HoldReason",
    "InterestPriority",
    "NettingResult",
    "PaidDocument",
    "Payout",
    "Policy",
    "Scope",
    "Statement",
    "net",
    "net_over",
    "payment_days",
]
