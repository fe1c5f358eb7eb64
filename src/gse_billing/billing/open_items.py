"""What is not paid, and why: one line of words for each part that an account leaves open."""

from __future__ import annotations

from decimal import Decimal

from attrs import frozen

from gse_billing.billing.remedies import REMEDIES
from gse_billing.billing.settlement import Account, Settlement
from gse_billing.netting import Carried, Credit, HeldEntry
from gse_billing.netting.presentation import CARRY_REASONS

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
        reasons: why it stays, in the words of the letter.
        remedies: what lets it go, in the words of the letter, each once.
    """

    operator: str
    contract: str
    what: str
    owed_by_gse: bool
    amount: Decimal
    reasons: tuple[str, ...]
    remedies: tuple[str, ...]


def open_items(settlement: Settlement, account: Account | None = None) -> tuple[OpenItem, ...]:
    """Everything that neither was set off nor is paid, with every reason.

    Args:
        settlement: the result of a run.
        account: one operator's account; all of them, by operator, if left out.
    """
    accounts = settlement.accounts if account is None else (account,)
    return tuple(_item(settlement, part) for one in accounts for part in one.open)


def _item(settlement: Settlement, part: HeldEntry | Carried) -> OpenItem:
    entry = part.entry
    note = settlement.notes.get(entry.id, "")
    reasons = tuple(map(str, part.reasons)) if isinstance(part, HeldEntry) else (CARRY_REASONS[part.reason],)
    kinds = [held.reason for held in part.reasons] if isinstance(part, HeldEntry) else [part.reason]
    return OpenItem(
        operator=entry.operator,
        contract=entry.contract,
        what=settlement.labels[entry.id],
        owed_by_gse=isinstance(entry, Credit),
        amount=part.amount,
        reasons=(*reasons, note) if note else reasons,
        remedies=tuple(dict.fromkeys(REMEDIES[kind] for kind in kinds)),
    )
