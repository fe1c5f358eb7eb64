"""Transfers: the text they carry, the orders that pay an invoice, and their files."""

from gse_billing.payments.bank_csv import BankColumns, read_bank_csv
from gse_billing.payments.camt053 import read_camt053
from gse_billing.payments.export import TRANSFER_COLUMNS, transfers_to_csv, transfers_to_json
from gse_billing.payments.late_interest import DayCount, InterestPeriod, LateInterest, late_interest
from gse_billing.payments.matching import reconcile
from gse_billing.payments.orders import PayableInvoice, order_for_invoice
from gse_billing.payments.pain001 import CreditTransferFile, pain001, pain001_files
from gse_billing.payments.reconciliation import Evidence, Match, MatchKind, OpenItem, Reconciliation, Surplus
from gse_billing.payments.reference_rates import MARGINS, REFERENCE_RATES
from gse_billing.payments.remittance import InvoiceReference, read_remittance, write_remittance
from gse_billing.payments.sepa import AMOUNT_LIMIT, LIMITS, NAME_LIMIT, REFERENCE_LIMIT, REMITTANCE_LIMIT, sepa_name
from gse_billing.payments.standing import ObservedPayment, PaymentStanding, payment_standing
from gse_billing.payments.statements import Booking, Statement, StatementFile
from gse_billing.payments.transfers import SettlementKey, Transfer

__all__ = [
    "AMOUNT_LIMIT",
    "LIMITS",
    "MARGINS",
    "NAME_LIMIT",
    "REFERENCE_LIMIT",
    "REFERENCE_RATES",
    "REMITTANCE_LIMIT",
    "TRANSFER_COLUMNS",
    "BankColumns",
    "Booking",
    "CreditTransferFile",
    "DayCount",
    "Evidence",
    "InterestPeriod",
    "InvoiceReference",
    "LateInterest",
    "Match",
    "MatchKind",
    "ObservedPayment",
    "OpenItem",
    "PayableInvoice",
    "PaymentStanding",
    "Reconciliation",
    "SettlementKey",
    "Statement",
    "StatementFile",
    "Surplus",
    "Transfer",
    "late_interest",
    "order_for_invoice",
    "pain001",
    "pain001_files",
    "payment_standing",
    "read_bank_csv",
    "read_camt053",
    "read_remittance",
    "reconcile",
    "sepa_name",
    "transfers_to_csv",
    "transfers_to_json",
    "write_remittance",
]
