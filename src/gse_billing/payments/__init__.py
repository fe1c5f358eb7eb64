"""Transfers: the text they carry, the orders that pay an invoice, and their export."""

from gse_billing.payments.export import TRANSFER_COLUMNS, transfers_to_csv, transfers_to_json
from gse_billing.payments.orders import PayableInvoice, order_for_invoice
from gse_billing.payments.remittance import InvoiceReference, read_remittance, write_remittance
from gse_billing.payments.sepa import AMOUNT_LIMIT, LIMITS, REFERENCE_LIMIT, REMITTANCE_LIMIT
from gse_billing.payments.transfers import SettlementKey, Transfer

__all__ = [
    "AMOUNT_LIMIT",
    "LIMITS",
    "REFERENCE_LIMIT",
    "REMITTANCE_LIMIT",
    "TRANSFER_COLUMNS",
    "InvoiceReference",
    "PayableInvoice",
    "SettlementKey",
    "Transfer",
    "order_for_invoice",
    "read_remittance",
    "transfers_to_csv",
    "transfers_to_json",
    "write_remittance",
]
