"""Calendars of Italy, Rome and T2 as dated rows with their acts; business days and arithmetic of months.

No rule of GSE stands here: which calendar and which convention count for a payment is said by ``schemes``.
"""

from gse_billing.calendars.calendar import Calendar
from gse_billing.calendars.conventions import Convention, Rolled
from gse_billing.calendars.easter import easter_sunday
from gse_billing.calendars.holidays import Closure, EasterOffset, FixedDay, Holiday, Rule, Weekly
from gse_billing.calendars.months import add_months, end_of_month
from gse_billing.calendars.tables import BANKS, ITALY, ROME, T2

__all__ = [
    "BANKS",
    "ITALY",
    "ROME",
    "T2",
    "Calendar",
    "Closure",
    "Convention",
    "EasterOffset",
    "FixedDay",
    "Holiday",
    "Rolled",
    "Rule",
    "Weekly",
    "add_months",
    "easter_sunday",
    "end_of_month",
]
