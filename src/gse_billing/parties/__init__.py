"""Operators, their contracts, the code that receives GSE's invoices, and their standing."""

from gse_billing.parties.contracts import Contract
from gse_billing.parties.operators import Address, Operator, OperatorKind
from gse_billing.parties.recipients import FOREIGN_CODE, NO_CODE, Recipient, choose_recipient
from gse_billing.parties.standing import SUSPENDING_CODES, Restriction, RestrictionKind, Standing

__all__ = [
    "FOREIGN_CODE",
    "NO_CODE",
    "SUSPENDING_CODES",
    "Address",
    "Contract",
    "Operator",
    "OperatorKind",
    "Recipient",
    "Restriction",
    "RestrictionKind",
    "Standing",
    "choose_recipient",
]
