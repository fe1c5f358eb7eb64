"""The invoices of a settlement as the supplier of biofuels sees them in BIOCAR (BIO-7)."""

from __future__ import annotations

from collections.abc import Iterator

from gse_billing.billing.drafting.charges import biofuel_fee_of
from gse_billing.billing.portfolio.model import Portfolio
from gse_billing.billing.settlement import Settlement
from gse_billing.fees import BiocarRow, BiofuelFee

__all__ = ["biocar_rows"]


def biocar_rows(settlement: Settlement, portfolio: Portfolio) -> Iterator[tuple[BiocarRow, BiofuelFee]]:
    """The row of each biofuel invoice, with the fee it comes from."""
    issued = settlement.current
    for release in portfolio.biofuel:
        document = issued.get(release.key)
        if document is not None:
            fee = biofuel_fee_of(release)
            amounts = document.draft.amounts
            row = BiocarRow(
                year=fee.invoice_year,
                number=document.number,
                taxable=amounts.taxable,
                tax=amounts.tax,
                total=amounts.total,
                issued=release.issue_date,
                due=release.due_date,
            )
            yield row, fee
