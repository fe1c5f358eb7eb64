"""The door ``read_notification``."""

from __future__ import annotations

from collections.abc import Iterator

from gse_billing.core.errors import InvalidIdentifierError, InvalidValueError
from gse_billing.core.findings import Finding, Report, Severity
from gse_billing.core.identifiers.checked import require_text
from gse_billing.core.values import evolve
from gse_billing.fatturapa.filenames import MessageName
from gse_billing.fatturapa.notifications.values import Notification, notification_of
from gse_billing.fatturapa.notifications.writing import SCHEMAS

__all__ = ["read_notification"]


def read_notification(data: bytes, *, filename: str | None = None) -> Notification:
    """Read a message of SDI of either family; name and namespace of its root tell which.

    Args:
        data: the message.
        filename: the name of its file; where it disagrees with the content, the report warns.

    Raises:
        InvalidDocumentError: it is no message of SDI, or it breaks its schema; ``report`` has every finding.
        InvalidValueError: ``data`` is no bytes.
    """
    if not isinstance(data, bytes):
        raise InvalidValueError(
            f"a message is read from bytes, not from {type(data).__name__}",
            value=data,
            remedy="read the file in binary mode",
        )
    if filename is not None:
        require_text(filename, kind="name of a message")
    from gse_billing.fatturapa.wire.reading import read_as  # noqa: PLC0415  loads lxml

    reading = read_as(data, *SCHEMAS)
    notification = notification_of(reading.strict(), report=reading.report)
    if filename is None:
        return notification
    return evolve(notification, report=notification.report + Report(_disagreements(filename, notification)))


def _disagreements(filename: str, notification: Notification) -> Iterator[Finding]:
    try:
        name = MessageName.parse(filename)
    except InvalidIdentifierError as error:
        yield _warning(
            f"il nome {filename!r} non segue le regole dei messaggi",
            f"the name {filename!r} breaks the rules of messages: {error.why}",
            actual=filename,
        )
        return
    if name.kind is not notification.kind:
        yield _warning(
            f"il nome del file dice {name.kind}, il contenuto è {notification.kind}",
            f"the name of the file says {name.kind}, the content is {notification.kind}",
            expected=notification.kind.value,
            actual=name.kind.value,
        )
    if notification.file_name is not None and not name.speaks_of(notification.file_name):
        yield _warning(
            f"il nome del file parla di {name.stem}, il contenuto di {notification.file_name}",
            f"the name of the file speaks of {name.stem}, the content of {notification.file_name}",
            expected=notification.file_name,
            actual=name.stem,
        )


def _warning(italian: str, english: str, **parameters: str) -> Finding:
    return Finding(
        code="notification:name",
        message_it=italian,
        message_en=english,
        severity=Severity.WARNING,
        hint="the content was taken as it stands",
        parameters=parameters,
    )
