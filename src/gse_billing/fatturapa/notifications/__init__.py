"""SDI's messages: both families declared, read into one value, built for tests and rehearsals.

The declared messages live in ``pa`` (invoices to public bodies) and ``private``; a :class:`Notification` says what any
of them says.
"""

from __future__ import annotations

from gse_billing.fatturapa.notifications import pa, private
from gse_billing.fatturapa.notifications.building import (
    Submission,
    attested,
    buyers_outcome,
    delivered,
    discarded,
    expired,
    forwarded,
    outcome,
    outcome_refused,
    undelivered,
)
from gse_billing.fatturapa.notifications.pa import MESSAGGI_PA
from gse_billing.fatturapa.notifications.private import MESSAGGI_PRIVATI
from gse_billing.fatturapa.notifications.reading import read_notification
from gse_billing.fatturapa.notifications.types import RiferimentoFattura
from gse_billing.fatturapa.notifications.values import Message, Notification, notification_of
from gse_billing.fatturapa.notifications.writing import write_notification

__all__ = [
    "MESSAGGI_PA",
    "MESSAGGI_PRIVATI",
    "Message",
    "Notification",
    "RiferimentoFattura",
    "Submission",
    "attested",
    "buyers_outcome",
    "delivered",
    "discarded",
    "expired",
    "forwarded",
    "notification_of",
    "outcome",
    "outcome_refused",
    "pa",
    "private",
    "read_notification",
    "undelivered",
    "write_notification",
]
