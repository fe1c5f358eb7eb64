"""What becomes of a record before any number is given: a draft, a payable without invoice, or a gap."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from attrs import frozen

from gse_billing.billing.drafting.drafts import Direction, Draft
from gse_billing.core.errors import GseBillingError
from gse_billing.core.findings import Finding
from gse_billing.core.identifiers import ContractCode
from gse_billing.netting import Held, HoldReason

__all__ = ["Gap", "Intent", "Payable", "gap_of_error", "gap_of_field", "payable_of"]


@frozen(kw_only=True)
class Payable:
    """An amount that moves without an invoice: a fee that is not invoiced, a negative balance, a sum below threshold.

    Attributes:
        key: what identifies it from run to run.
        description: what it is, in the words of the portal.
        amount: EUR, above zero.
        due: its due date, or the day it came into being where none is known yet.
        published: whether the sum of its contract reached the publication threshold.
    """

    key: str
    direction: Direction
    operator: str
    contract: ContractCode
    service: str
    description: str
    amount: Decimal
    date: dt.date
    due: dt.date
    published: bool = True


@frozen(kw_only=True)
class Gap:
    """What is missing or wrong for one record; it holds the whole operator until it is mended.

    Attributes:
        key: the record.
        operator: the key of the operator.
        held: the reason, for the statement.
        finding: the same with place and remedy, for the report.
        payable: what will move once it is mended, where the amount is known.
    """

    key: str
    operator: str
    held: Held
    finding: Finding
    payable: Payable | None = None


Intent = Draft | Payable | Gap
"""What a record becomes: the draft of an invoice, an amount that moves without one, or the gap that is in the way."""


def payable_of(draft: Draft) -> Payable | None:
    """What a draft that cannot be issued would move; ``None`` where it is paid to GSE by transfer and never netted."""
    if draft.contract is None or not draft.netted:
        return None
    return Payable(
        key=draft.key,
        direction=draft.direction,
        operator=draft.operator,
        contract=draft.contract,
        service=draft.service,
        description=draft.description,
        amount=draft.amounts.payable,
        date=draft.date,
        due=draft.due,
    )


def gap_of_error(key: str, operator: str, error: GseBillingError) -> Gap:
    """The gap that an exception of this package tells of: a figure nobody gave, a treatment not in force."""
    said = "; ".join(part for part in (error.what, error.why) if part)
    return Gap(
        key=key,
        operator=operator,
        held=Held(HoldReason.OTHER, f"dati da correggere: {key}"),
        finding=Finding(
            code="billing:not-possible",
            path=key,
            message_it=f"non si può procedere: {said}",
            message_en=said,
            hint=error.remedy,
        ),
    )


def gap_of_field(key: str, operator: str, reason: HoldReason, *, field: str, why: str) -> Gap:
    """The gap of a field that the portfolio leaves empty and this record needs."""
    return Gap(
        key=key,
        operator=operator,
        held=Held(reason, f"manca {field}"),
        finding=Finding(
            code="billing:missing-datum",
            path=key,
            message_it=f"manca {field}: {why}",
            message_en=f"{field} is missing: {why}",
            hint=f"give {field}",
            parameters={"field": field},
        ),
    )
