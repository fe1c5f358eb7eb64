"""The door ``write_notification``."""

from __future__ import annotations

from gse_billing.core.errors import InvalidValueError
from gse_billing.fatturapa.notifications.pa import MESSAGGI_PA
from gse_billing.fatturapa.notifications.private import MESSAGGI_PRIVATI
from gse_billing.fatturapa.notifications.values import Message

__all__ = ["SCHEMAS", "write_notification"]

SCHEMAS = (MESSAGGI_PA, MESSAGGI_PRIVATI)
"""The schemas of both families."""


def write_notification(message: Message) -> bytes:
    """The message as a file: UTF-8, canonical, the same bytes every time. Its name: ``MessageName.answering``.

    Raises:
        InvalidDocumentError: the schema refuses the message; ``report`` has every finding.
        InvalidValueError: the object is no message, or a value is not of its declared class.
    """
    from gse_billing.fatturapa.wire.writing import written  # noqa: PLC0415  loads lxml

    for schema in SCHEMAS:
        if type(message) in schema.roots.values():
            return written(message, schema)
    raise InvalidValueError(
        f"a {type(message).__name__} is no message of SDI",
        value=message,
        remedy="give a class of notifications.pa or notifications.private",
    )
