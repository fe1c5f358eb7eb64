"""The terms of the flow: how many days each step may take, with the text that says so."""

from __future__ import annotations

import datetime as dt

from gse_billing.core.dated import Basis, Certainty, DatedTable, Row

__all__ = ["ATTESTATION", "CIRCULAR", "DISCARD", "OUTCOME", "RESEND", "last_day"]

_SPECIFICATION = "Specifiche tecniche, Allegato B DM 55/2013, ver. 1.8.4 of 31/03/2026"


CIRCULAR = Basis(
    act="circolare AdE 13/E of 02/07/2018, 1.6",
    source="michelebana.it and mawgroup.it on the circular",
    certainty=Certainty.SECONDARY,
)
"""Invoices between private parties: discarded ones, and those that wait in the buyer's reserved area."""


def _table(name: str, days: int, basis: Basis, note: str) -> DatedTable[int]:
    return DatedTable(name, (Row(value=days, basis=basis, note=note),))


def _specification(paragraph: str) -> Basis:
    return Basis(act=f"SdI specification 1.8.4, {paragraph}", source=_SPECIFICATION, certainty=Certainty.SPECIFICATION)


OUTCOME = _table(
    "days for the buyer's outcome",
    15,
    _specification("4.5 f)"),
    "from the date in the RC, or from the sending of the MC when that came first",
)
"""Public bodies: how long the buyer may accept or refuse through SDI."""

ATTESTATION = _table(
    "days from MC to AT", 10, _specification("4.5 e)"), "from the sending of the MC, if SDI could not deliver meanwhile"
)
"""Public bodies: after how long SDI gives up delivering."""

DISCARD = _table(
    "days for SDI's discard",
    5,
    CIRCULAR,
    "from the sending of the file, between private parties",
)
"""Private parties: within how long a discard comes."""

RESEND = _table(
    "days to send a discarded invoice again",
    5,
    CIRCULAR,
    "from the notice of discard; same number and date, new name of the file",
)
"""How long a discarded invoice may be sent again without being late."""


def last_day(table: DatedTable[int], start: dt.date) -> dt.date:
    """The last day of a term that runs from the day after its start; at the end of the calendar, its last day."""
    days = table.on(start)
    return start + dt.timedelta(days=days) if (dt.date.max - start).days > days else dt.date.max
