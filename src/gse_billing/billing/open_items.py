"""What is not paid, and why: one line of words for each part that a settlement leaves open."""

from __future__ import annotations

from decimal import Decimal

from attrs import frozen

from gse_billing.billing.settlement import Settlement
from gse_billing.netting import Carried, Credit, HeldEntry

__all__ = ["OpenItem", "open_items"]


@frozen(kw_only=True)
class OpenItem:
    """One amount that stays where it is.

    Attributes:
        operator: whose it is.
        contract: of which contract.
        what: number and date of the document, or the fee and its year where there is none.
        owed_by_gse: whether GSE owes it; else GSE is owed it.
        amount: EUR.
        reasons: why it stays, in words.
    """

    operator: str
    contract: str
    what: str
    owed_by_gse: bool
    amount: Decimal
    reasons: tuple[str, ...]


def open_items(settlement: Settlement) -> tuple[OpenItem, ...]:
    """Everything that neither was set off nor is paid, by operator, with every reason."""
    return tuple(_item(settlement, part) for part in settlement.open_parts)


def _item(settlement: Settlement, part: HeldEntry | Carried) -> OpenItem:
    entry = part.entry
    outcome = settlement.outcomes.get(entry.id)
    said = (outcome.note,) if outcome is not None and outcome.note else ()
    reasons = tuple(map(str, part.reasons)) if isinstance(part, HeldEntry) else (part.reason.value,)
    return OpenItem(
        operator=entry.operator,
        contract=entry.contract,
        what=settlement.labels[entry.id],
        owed_by_gse=isinstance(entry, Credit),
        amount=part.amount,
        reasons=(*reasons, *said),
    )
