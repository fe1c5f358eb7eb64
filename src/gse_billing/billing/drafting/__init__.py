"""Drafting: from the records of a portfolio to everything an invoice will say, but for its number."""

from gse_billing.billing.drafting.charges import awaited_check, draft_biofuel, draft_charge, known_fee_of
from gse_billing.billing.drafting.drafts import Amounts, Direction, Draft, Party
from gse_billing.billing.drafting.intents import Gap, Intent, Payable
from gse_billing.billing.drafting.proposals import draft_proposals

__all__ = [
    "Amounts",
    "Direction",
    "Draft",
    "Gap",
    "Intent",
    "Party",
    "Payable",
    "awaited_check",
    "draft_biofuel",
    "draft_charge",
    "draft_proposals",
    "known_fee_of",
]
