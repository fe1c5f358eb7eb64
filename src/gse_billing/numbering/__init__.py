"""Invoice numbers: series and their formats, the register, and what an accountant wants to be told about it."""

from gse_billing.numbering.books import EXPORTED_COLUMNS, BookColumns, ImportedBooks, entries_to_csv, read_books
from gse_billing.numbering.deciding import Shelf, decide_accept, decide_load, decide_reserve, decide_void
from gse_billing.numbering.entries import Entry, EntryState, Request, Step, in_order, require_moment
from gse_billing.numbering.register import MemoryRegister, NumberRegister, preview
from gse_billing.numbering.rules import disorders, duplicates, gaps, near_duplicates, open_reservations, report
from gse_billing.numbering.series import Audience, Series, choose_series, series_like

__all__ = [
    "EXPORTED_COLUMNS",
    "Audience",
    "BookColumns",
    "Entry",
    "EntryState",
    "ImportedBooks",
    "MemoryRegister",
    "NumberRegister",
    "Request",
    "Series",
    "Shelf",
    "Step",
    "choose_series",
    "decide_accept",
    "decide_load",
    "decide_reserve",
    "decide_void",
    "disorders",
    "duplicates",
    "entries_to_csv",
    "gaps",
    "in_order",
    "near_duplicates",
    "open_reservations",
    "preview",
    "read_books",
    "report",
    "require_moment",
    "series_like",
]
