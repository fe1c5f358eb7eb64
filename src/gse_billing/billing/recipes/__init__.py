"""The documents of this field: each names its parties, states its account or none, and stands on the builder.

An operator's invoice to GSE, which GSE issues on his behalf (INV-17); GSE's invoices to a public office and to a
company for costs that are set off, which carry no IBAN (PAY-5); GSE's invoice for the biofuel fee, which is paid by
transfer and carries one (BIO-10); credit notes. ``compose`` makes the same documents out of the drafts of a portfolio.
"""

from __future__ import annotations

from gse_billing.billing.recipes.bills import Bill, Recipe
from gse_billing.billing.recipes.composing import compose
from gse_billing.billing.recipes.documents import (
    biofuel_invoice,
    charge_to_company,
    charge_to_office,
    credit_note,
    gse_invoice,
    operator_invoice,
)

__all__ = [
    "Bill",
    "Recipe",
    "biofuel_invoice",
    "charge_to_company",
    "charge_to_office",
    "compose",
    "credit_note",
    "gse_invoice",
    "operator_invoice",
]
