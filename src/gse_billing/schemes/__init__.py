"""GSE's services: fee kinds and how each is settled, thresholds, due dates, value dates, who must invoice."""

from gse_billing.schemes.catalogue import SERVICES, service, service_of_contract
from gse_billing.schemes.due_dates import (
    Anchor,
    DayOfMonth,
    DueDateRule,
    DueFacts,
    LastDay,
    LastWorkingDay,
    NthWorkingDay,
    Reckoning,
)
from gse_billing.schemes.fee_kinds import (
    ADMINISTRATIVE_FEE,
    BIOFUEL_FEE,
    INVESTIGATION_FEE,
    NEGATIVE_ADJUSTMENT,
    V_CONTO_ENERGIA_FEE,
    FeeKind,
    Settlement,
    Side,
)
from gse_billing.schemes.invoicing import must_invoice
from gse_billing.schemes.results import DatedResult, Decision
from gse_billing.schemes.services import InvoicingDuty, Service
from gse_billing.schemes.thresholds import AppliedThreshold, Threshold
from gse_billing.schemes.value_dates import value_date

__all__ = [
    "ADMINISTRATIVE_FEE",
    "BIOFUEL_FEE",
    "INVESTIGATION_FEE",
    "NEGATIVE_ADJUSTMENT",
    "SERVICES",
    "V_CONTO_ENERGIA_FEE",
    "Anchor",
    "AppliedThreshold",
    "DatedResult",
    "DayOfMonth",
    "Decision",
    "DueDateRule",
    "DueFacts",
    "FeeKind",
    "InvoicingDuty",
    "LastDay",
    "LastWorkingDay",
    "NthWorkingDay",
    "Reckoning",
    "Service",
    "Settlement",
    "Side",
    "Threshold",
    "must_invoice",
    "service",
    "service_of_contract",
    "value_date",
]
