"""The invoices of a settlement as the supplier of biofuels sees them in BIOCAR (BIO-7)."""

from __future__ import annotations

from collections.abc import Iterator

from gse_billing.billing.drafting import Draft, known_fee_of
from gse_billing.billing.portfolio.model import Portfolio
from gse_billing.billing.settlement import Settlement
from gse_billing.core.identifiers import InvoiceNumber
from gse_billing.fees import BiocarRow, BiofuelFee

__all__ = ["biocar_rows"]


def biocar_rows(settlement: Settlement, portfolio: Portfolio) -> Iterator[tuple[BiocarRow, BiofuelFee]]:
    """The row of each biofuel invoice, with the fee it comes from.

    An invoice of an earlier run is left out where the portfolio of today gives no fee: the report of the settlement
    says that the two contradict one another.
    """
    issued = settlement.current
    for release in portfolio.biofuel:
        document, fee = issued.get(release.key), known_fee_of(release)
        if document is not None and fee is not None:
            yield _row(document.number, document.draft), fee


def _row(number: InvoiceNumber, draft: Draft) -> BiocarRow:
    amounts = draft.amounts
    return BiocarRow(
        year=draft.date.year,
        number=number,
        taxable=amounts.taxable,
        tax=amounts.tax,
        total=amounts.total,
        issued=draft.date,
        due=draft.due,
    )
