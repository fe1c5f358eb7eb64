"""The due-date rules that GSE publishes, service by service."""

from __future__ import annotations

from gse_billing.core.dated import Basis, DatedTable, Row
from gse_billing.schemes.due_dates import (
    Anchor,
    DayOfMonth,
    DueDateRule,
    LastDay,
    LastWorkingDay,
    NthWorkingDay,
    Reckoning,
)
from gse_billing.schemes.sources import (
    BIO_PMG_TERMS,
    CONTO_ENERGIA_PAYMENTS,
    PMG_TERMS,
    RETEE_TERMS,
    RID_THRESHOLDS,
    SSP_PAYMENTS,
    SSP_SETTLEMENTS,
)

__all__ = ["BIO_PMG_RULES", "CONTO_ENERGIA_RULES", "PMG_RULES", "RETEE_RULES", "RID_RULES", "SSP_RULES"]

# Months after January of the reference year.
_JUNE = 5
_NOVEMBER = 10
_JUNE_OF_THE_YEAR_AFTER = 17

_ROME = "working days are those of Rome, as GSE says for BIO-PMG"
_SHORT_MONTH = "a month with fewer working days is read as due on its last one"
_MONTH_AFTER = "within the month after is read as the last day of that month"


def _reckoned(name: str, months_after: int, day: DayOfMonth, basis: Basis, note: str = "") -> DatedTable[Reckoning]:
    return DatedTable(f"the due date of {name}", (Row(value=Reckoning(months_after, day), basis=basis, note=note),))


def _rule(code: str, name: str, anchor: Anchor, reckonings: DatedTable[Reckoning]) -> DueDateRule:
    return DueDateRule(code=code, name=name, anchor=anchor, reckonings=reckonings)


def _instalment(code: str, name: str, months_after: int, accepted_by: tuple[int, int], note: str) -> DueDateRule:
    reckonings = _reckoned(name, months_after, NthWorkingDay(15), SSP_PAYMENTS, f"{note}; {_ROME}")
    return DueDateRule(code=code, name=name, anchor=Anchor.YEAR, reckonings=reckonings, accepted_by=accepted_by)


SSP_RULES = (
    _instalment(
        "first-instalment",
        "first SSP instalment (acconto)",
        _JUNE,
        (3, 31),
        "GSE says accepted before 31 March, then speaks of 1 April; the press of 31 March: read as by 31 March",
    ),
    _instalment(
        "second-instalment",
        "second SSP instalment (acconto)",
        _NOVEMBER,
        (8, 31),
        "a contract accepted later gets the settlement of June of the year after alone",
    ),
    _rule(
        "settlement",
        "SSP settlement (conguaglio)",
        Anchor.YEAR,
        _reckoned(
            "SSP settlement",
            _JUNE_OF_THE_YEAR_AFTER,
            NthWorkingDay(15),
            SSP_SETTLEMENTS,
            f"GSE's notices say by the 15th working day of June, the press 30 June: read as that working day; {_ROME}",
        ),
    ),
)
RID_RULES = (
    _rule(
        "with-invoice",
        "RID with invoice",
        Anchor.INVOICED,
        _reckoned("RID with invoice", 1, LastDay(), RID_THRESHOLDS, _MONTH_AFTER),
    ),
    _rule(
        "without-invoice",
        "RID without invoice",
        Anchor.PUBLISHED,
        _reckoned("RID without invoice", 1, LastDay(), RID_THRESHOLDS, _MONTH_AFTER),
    ),
)
PMG_RULES = (
    _rule(
        "supplement",
        "PMG supplement (corrispettivo integrativo)",
        Anchor.SENT,
        _reckoned("PMG supplement", 1, NthWorkingDay(20), PMG_TERMS, f"{_SHORT_MONTH}; {_ROME}"),
    ),
)
BIO_PMG_RULES = (
    _rule(
        "with-invoice",
        "BIO-PMG",
        Anchor.INVOICED,
        _reckoned("BIO-PMG", 1, LastWorkingDay(), BIO_PMG_TERMS),
    ),
)
RETEE_RULES = (
    _rule(
        "with-invoice",
        "RETEE",
        Anchor.ACCEPTED,
        _reckoned("RETEE", 1, LastWorkingDay(), RETEE_TERMS, _ROME),
    ),
)
CONTO_ENERGIA_RULES = (
    _rule(
        "instalment",
        "Conto Energia instalment (acconto)",
        Anchor.PERIOD_END,
        _reckoned("Conto Energia instalment", 2, LastDay(), CONTO_ENERGIA_PAYMENTS),
    ),
)
