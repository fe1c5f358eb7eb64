"""The life of a proposal: how it is listed and searched, saved with its declarations, and what follows what."""

from gse_billing.billing.proposals.rows import COLUMNS, FeeRow, Search, rows_to_csv, rows_to_html
from gse_billing.billing.proposals.saving import (
    Authorisation,
    Declared,
    Life,
    accept_and_save,
    record,
    refuse_own_sending,
)
from gse_billing.billing.proposals.states import Event, FeeState, Happening, state_after, state_of

__all__ = [
    "COLUMNS",
    "Authorisation",
    "Declared",
    "Event",
    "FeeRow",
    "FeeState",
    "Happening",
    "Life",
    "Search",
    "accept_and_save",
    "record",
    "refuse_own_sending",
    "rows_to_csv",
    "rows_to_html",
    "state_after",
    "state_of",
]
