"""The attestation as SDI sends it (AT): a zip with the invoice file and what attests it.

The attestation names the invoice file and states its SHA-256, so the two are held against one another: an attestation
of other bytes attests nothing. SdI specification 1.8.4, Allegato B-1, 1.1 and 1.10.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterator
from io import BytesIO

from attrs import field, frozen

from gse_billing.core.errors import InvalidDocumentError, InvalidIdentifierError, InvalidValueError
from gse_billing.core.findings import Finding, Report, Severity
from gse_billing.core.guards import guarded
from gse_billing.core.values import evolve
from gse_billing.fatturapa.codelists import TipoMessaggio
from gse_billing.fatturapa.envelope import ArchiveLimits, pack, unpack
from gse_billing.fatturapa.filenames import MessageName
from gse_billing.fatturapa.notifications import Notification, notification_of, pa, read_notification, write_notification

__all__ = ["Attestation", "message_in", "read_attestation", "write_attestation"]

_AT = TipoMessaggio.AT
_LIMITS = ArchiveLimits(members=2)
_File = tuple[str, bytes]
"""Name and content of a file in the archive."""


@frozen(kw_only=True)
class Attestation:
    """An attestation with the invoice file that could not be delivered.

    Attributes:
        notification: what it says; its report has what is unusual, the name of the archive included.
        data: the message itself, as it stands in the archive.
        invoice: the invoice file as SDI received it; its name is ``notification.file_name``.
    """

    notification: Notification
    data: bytes = field(repr=False)
    invoice: bytes = field(repr=False)


def read_attestation(data: bytes, *, filename: str | None = None) -> Attestation:
    """Read the archive of an attestation; nothing is written anywhere.

    Args:
        data: the zip.
        filename: its name; where it disagrees with the content, the report warns.

    Raises:
        InvalidDocumentError: it is no archive of an attestation with its invoice, the attestation breaks its schema, or
            it attests a file of another name or content; ``report`` has every finding.
    """
    if not isinstance(data, bytes):
        raise InvalidValueError(
            f"an attestation is read from bytes, not from {type(data).__name__}", value=data, remedy="read the file"
        )
    (name, message), (invoice_name, invoice) = _parts(data)
    notification = read_notification(message, filename=name)
    findings = tuple(_contradictions(notification, invoice_name, invoice))
    if findings:
        raise InvalidDocumentError(Report(findings), subject="the attestation")
    if filename is not None:
        notification = evolve(notification, report=notification.report + Report(_misnamed(filename, name)))
    return Attestation(notification=notification, data=message, invoice=invoice)


def message_in(data: bytes, *, filename: str | None = None) -> tuple[bytes, Notification]:
    """A message as it came, out of its archive if it is an attestation, with what it says.

    Raises:
        InvalidDocumentError: it is no message of SDI.
    """
    if data[:2] == b"PK":  # a zip; no XML begins so
        attestation = read_attestation(data, filename=filename)
        return attestation.data, attestation.notification
    return data, read_notification(data, filename=filename)


def _parts(data: bytes) -> tuple[_File, _File]:
    """The attestation and the invoice file of an archive."""
    members = tuple(unpack(data, limits=_LIMITS))
    defects = [member.finding for member in members if member.finding is not None]
    if not defects:
        files = [(member.name, member.data or b"") for member in members]
        attesting = [file for file in files if _attests(file[0])]
        others = [file for file in files if file not in attesting]
        if len(attesting) == len(others) == 1:
            return attesting[0], others[0]
        defects.append(_members_finding([name for name, _ in files]))
    raise InvalidDocumentError(Report(defects), subject="the attestation")


def _attests(name: str) -> bool:
    try:
        parsed = MessageName.parse(name)
    except InvalidIdentifierError:
        return False
    return parsed.kind is _AT and not parsed.archive


def _members_finding(names: list[str]) -> Finding:
    listed = ", ".join(names)
    return _finding(
        f"l'archivio contiene {listed}, non il file fattura con la sua attestazione",
        f"the archive holds {listed}, not the invoice file with its attestation",
        hint="SDI sends two files: IT01234567890_00001.xml and IT01234567890_00001_AT_001.xml",
    )


def _contradictions(notification: Notification, name: str, invoice: bytes) -> Iterator[Finding]:
    """Why the attestation is none of this file."""
    if notification.kind is not _AT:
        yield _finding(
            f"il messaggio è {notification.kind}, non un'attestazione",
            f"the message is {notification.kind}, no attestation",
            actual=notification.kind.value,
        )
        return
    if notification.file_name != name:
        yield _finding(
            f"l'attestazione parla di {notification.file_name}, l'archivio contiene {name}",
            f"the attestation speaks of {notification.file_name}, the archive holds {name}",
            expected=str(notification.file_name),
            actual=name,
        )
    if not _is_digest(notification.digest or "", invoice):
        yield _finding(
            "l'hash dell'attestazione non è quello del file fattura",
            "the hash in the attestation is not that of the invoice file",
            expected=str(notification.digest),
            actual=hashlib.sha256(invoice).hexdigest(),
        )


def _is_digest(stated: str, data: bytes) -> bool:
    """Whether a text is the SHA-256 of some bytes; SDI does not say how it spells it, so base 64 counts as well."""
    digest = hashlib.sha256(data).digest()
    if stated.strip().lower() == digest.hex():
        return True
    try:
        return base64.b64decode(stated.strip(), validate=True) == digest
    except (binascii.Error, ValueError):  # no base 64, or letters beyond ASCII
        return False


def _misnamed(filename: str, member: str) -> Iterator[Finding]:
    expected = str(evolve(MessageName.parse(member), archive=True))
    if filename != expected:
        yield evolve(
            _finding(
                f"l'archivio si chiama {filename}, l'attestazione {member}",
                f"the archive is called {filename}, the attestation {member}",
                expected=expected,
                actual=filename,
            ),
            severity=Severity.WARNING,
            hint="the content was taken as it stands",
        )


def _finding(
    italian: str, english: str, *, hint: str = "ask SDI for the attestation again", **parameters: str
) -> Finding:
    return Finding(
        code="notification:attestation", message_it=italian, message_en=english, hint=hint, parameters=parameters
    )


@guarded
def write_attestation(
    message: pa.AttestazioneTrasmissioneFattura, invoice: bytes, *, progressive: str = "001"
) -> tuple[str, bytes]:
    """The archive that SDI would send, and its name: for tests, for rehearsals; the message carries no signature.

    Args:
        message: the attestation, as ``notifications.attested`` builds it.
        invoice: the invoice file.
        progressive: of the name of the message.

    Raises:
        InvalidValueError: the attestation states another hash than that of the file.
        InvalidIdentifierError: the invoice file has a name against the grammar.
        InvalidDocumentError: the schema refuses the message.
    """
    if not _is_digest(notification_of(message).digest or "", invoice):
        raise InvalidValueError(
            "the attestation is of other bytes",
            value=message.hash_file_originale,
            why=f"the hash of the file is {hashlib.sha256(invoice).hexdigest()}",
            remedy="give that as the digest of the submission",
        )
    name = MessageName.answering(message.nome_file, _AT, progressive=progressive)
    target = BytesIO()
    pack([(message.nome_file, invoice), (str(name), write_notification(message))], target)
    return str(evolve(name, archive=True)), target.getvalue()
