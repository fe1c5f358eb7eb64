"""What SDI says after what: the history of a file and the position of its documents, the clock being an argument.

>>> import datetime as dt
>>> from gse_billing.fatturapa.codelists import Flow
>>> from gse_billing.fatturapa.flow import position, sent
>>> history = sent(Flow.PRIVATE, "IT01234567890_00001.xml", on=dt.date(2025, 3, 3))
>>> [(each.kind.value, str(each.by)) for each in position(history, on=dt.date(2025, 3, 4)).expected]
[('NS', '2025-03-08'), ('RC', 'None'), ('MC', 'None')]
"""

from __future__ import annotations

from gse_billing.fatturapa.flow.attestations import Attestation, read_attestation, write_attestation
from gse_billing.fatturapa.flow.history import Arrival, History, sent
from gse_billing.fatturapa.flow.position import Duty, Expected, Position, Stage, position

__all__ = [
    "Arrival",
    "Attestation",
    "Duty",
    "Expected",
    "History",
    "Position",
    "Stage",
    "position",
    "read_attestation",
    "sent",
    "write_attestation",
]
