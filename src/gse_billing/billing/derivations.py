"""How every amount and date of a settlement came about, one derivation a document."""

from __future__ import annotations

from collections.abc import Iterator

from gse_billing import schemes
from gse_billing.billing.drafting.drafts import Direction
from gse_billing.billing.issuing import IssuedDocument
from gse_billing.billing.settlement import Settlement
from gse_billing.core.explain import Derivation

__all__ = ["derivations"]


def derivations(settlement: Settlement) -> Iterator[tuple[str, Derivation]]:
    """For each document the stem of its file name and why it says what it says, down to the acts."""
    for document in settlement.documents:
        yield document.file_name.stem, _derivation(settlement, document)


def _derivation(settlement: Settlement, document: IssuedDocument) -> Derivation:
    draft = document.draft
    steps = [draft.explain()]
    if draft.direction is Direction.TO_GSE:
        steps.append(
            schemes.value_date(max(draft.due, settlement.on), service=schemes.service(draft.service)).explain()
        )
    return Derivation(
        label=f"invoice {document.number} of {draft.date.isoformat()}",
        statement=f"{draft.seller.name} to {draft.buyer.name}",
        result=draft.amounts.payable,
        steps=tuple(steps),
    )
