"""Building a document from what a person knows: parties, lines with their VAT treatment, payments.

Everything that follows from these is derived: totals, VAT summaries, stamp duty, withholding, net payable.
"""

from gse_billing.fatturapa.building.amounts import DocumentAmounts
from gse_billing.fatturapa.building.contributions import Contribution, ContributionTerms
from gse_billing.fatturapa.building.documents import Draft, build
from gse_billing.fatturapa.building.figures import Figure
from gse_billing.fatturapa.building.lines import Line, discount, surcharge
from gse_billing.fatturapa.building.parties import Heading, Party
from gse_billing.fatturapa.building.payments import Payment
from gse_billing.fatturapa.building.withholding import Withholding, WithholdingTerms

__all__ = [
    "Contribution",
    "ContributionTerms",
    "DocumentAmounts",
    "Draft",
    "Figure",
    "Heading",
    "Line",
    "Party",
    "Payment",
    "Withholding",
    "WithholdingTerms",
    "build",
    "discount",
    "surcharge",
]
