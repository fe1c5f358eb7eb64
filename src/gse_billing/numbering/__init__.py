"""Invoice numbers: series and their formats, the register, and what an accountant wants to be told about it."""

from gse_billing.numbering.register import Entry, EntryState, MemoryRegister, NumberRegister, Request
from gse_billing.numbering.rules import gaps, near_duplicates
from gse_billing.numbering.series import Series

__all__ = [
    "Entry",
    "EntryState",
    "MemoryRegister",
    "NumberRegister",
    "Request",
    "Series",
    "gaps",
    "near_duplicates",
]
