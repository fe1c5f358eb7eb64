"""The day on which money moves: the due date, or the next day on which the banks are open."""

from __future__ import annotations

import datetime as dt

from gse_billing.calendars import BANKS, Calendar, Convention
from gse_billing.core.dated import Basis, Certainty
from gse_billing.core.explain import Derivation
from gse_billing.schemes.results import DatedResult
from gse_billing.schemes.services import Service

__all__ = ["value_date"]

_DUE_DATE = Basis(
    act="GSE, WeCare: data valuta di pagamento = data scadenza del documento",
    source="presentation of GSE for public bodies, 2020; moved as for the Conto Energia (ingsrl.it, esiprj.it)",
    certainty=Certainty.GSE,
)


def value_date(due: dt.date, *, service: Service | None = None, calendar: Calendar = BANKS) -> DatedResult:
    """The value date of a payment: its due date (PAY-7), moved to the next day open in Rome and in T2.

    The move goes on across the end of a month: GSE credits value on the working day right after.

    Args:
        due: the due date of the document, or the one that the rule of the service gives.
        service: the service paid, for the source of its own rule where it has one.
        calendar: the days on which the payment can be made.

    >>> value_date(dt.date(2021, 1, 31)).day
    datetime.date(2021, 2, 1)
    """
    moved = calendar.roll(due, Convention.FOLLOWING)
    own = service.rolling if service is not None else None
    change = f"due {due.isoformat()}, value {moved.day.isoformat()}"
    derivation = Derivation(
        label="value date" if service is None else f"value date of {service.code}",
        statement=change if moved.moved else f"{change}: the banks are open",
        result=moved.day,
        basis=own or _DUE_DATE,
        steps=(moved.derivation,),
    )
    return DatedResult(moved.day, derivation)
