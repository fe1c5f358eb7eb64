"""VAT treatments and the stamp duty: dated, sourced, explicit."""

from gse_billing.tax.amounts import VatAmounts
from gse_billing.tax.catalogue import ORDINARY_RATE, TREATMENTS, treatment
from gse_billing.tax.stamp import STAMP_DUTY, StampDuty, StampRule, stamp_duty
from gse_billing.tax.treatment import AppliedVat, Esigibilita, VatTerms, VatTreatment

__all__ = [
    "ORDINARY_RATE",
    "STAMP_DUTY",
    "TREATMENTS",
    "AppliedVat",
    "Esigibilita",
    "StampDuty",
    "StampRule",
    "VatAmounts",
    "VatTerms",
    "VatTreatment",
    "stamp_duty",
    "treatment",
]
