"""The doors ``fatturapa.read`` and ``fatturapa.inspect``."""

from __future__ import annotations

import os
from pathlib import Path

from attrs import field, frozen

from gse_billing.core.arguments import require
from gse_billing.core.errors import InvalidDocumentError, InvalidValueError, StorageError
from gse_billing.core.findings import Finding, Report
from gse_billing.fatturapa.envelope import Envelope, unwrap
from gse_billing.fatturapa.model import ORDINARIA, SEMPLIFICATA, Document
from gse_billing.fatturapa.wire.limits import LARGEST
from gse_billing.fatturapa.wire.reading import read_as

__all__ = ["Inspection", "inspect", "read"]

# SDI lists no more than this many format errors of a file (SdI 1.8.4, 5.1.1, code 00201).
_MOST_ERRORS_OF_SDI = 50

_TOO_MANY = Finding(
    code="sdi:00201",
    message_it="gli errori di formato superano i 50 che SDI elenca: SDI non fa altri controlli",
    message_en="there are more format errors than the 50 that SDI lists: SDI makes no further check",
    hint="this report has all of them; correct them first",
)


@frozen(kw_only=True)
class Inspection:
    """A file that was looked at.

    Attributes:
        document: what it says, or ``None`` when the schema refuses it.
        report: every finding of the wrappings and of the schema, in the order of the lines.
        envelope: what the document came in (p7m, base 64), and what it was taken from.
        source: the bytes as they were given; they are what one archives and forwards when the file is signed.
    """

    document: Document | None
    report: Report
    envelope: Envelope
    source: bytes = field(repr=False)

    def _repr_html_(self) -> str:
        return self.report._repr_html_()


def inspect(source: bytes | str | os.PathLike[str], *, limit: int = LARGEST) -> Inspection:
    """Read a file and say everything that is wrong with it; its content never raises.

    The document may come as it is, signed (p7m in any encoding) or in base 64; the bytes tell. A signature is not
    verified here: :func:`gse_billing.fatturapa.verify` does it.

    Args:
        source: the bytes, or the path of a file.
        limit: the greatest number of bytes that are read.

    Raises:
        StorageError: the path cannot be read.
        InvalidValueError: a text was given that is XML and no path, or something that is neither bytes nor a path.
    """
    data = _bytes(source, require(limit, int, meant="a limit in bytes"))
    envelope = unwrap(data, limit=limit)
    if envelope.payload is None:
        return Inspection(document=None, report=envelope.report, envelope=envelope, source=data)
    reading = read_as(envelope.payload, ORDINARIA, SEMPLIFICATA, limit=limit)
    report = envelope.report + reading.report if envelope.layers else reading.report
    if len(report) > _MOST_ERRORS_OF_SDI and len(report.errors) > _MOST_ERRORS_OF_SDI:
        report += Report([_TOO_MANY])
    return Inspection(document=reading.document, report=report, envelope=envelope, source=data)


def read(source: bytes | str | os.PathLike[str], *, limit: int = LARGEST) -> Document:
    """The document that a file holds.

    What the file says is kept, odd but legal spellings included: writing the document gives the same content.

    Args:
        source: the bytes, or the path of a file.
        limit: the greatest number of bytes that are read.

    Raises:
        InvalidDocumentError: the schema refuses the file; ``report`` has every finding.
        StorageError: the path cannot be read.
        InvalidValueError: a text was given that is XML and no path, or something that is neither bytes nor a path.
    """
    inspection = inspect(source, limit=limit)
    if inspection.document is None:
        raise InvalidDocumentError(inspection.report)
    return inspection.document


def _bytes(source: bytes | str | os.PathLike[str], limit: int) -> bytes:
    if isinstance(source, bytes):
        return source
    if isinstance(source, str) and source.lstrip("\ufeff \t\r\n").startswith("<"):
        raise InvalidValueError(
            "a document was given as text",
            value=source,
            why="the declaration in the file says how its bytes are to be read",
            remedy="give bytes, or a path",
        )
    if not isinstance(source, str | os.PathLike):
        raise InvalidValueError(
            f"a document cannot be read from {type(source).__name__}", value=source, remedy="give bytes, or a path"
        )
    path = os.fsdecode(source)  # what os.scandir gives may be in bytes
    try:
        with Path(path).open("rb") as stream:
            return stream.read(limit + 1)
    except (OSError, ValueError) as error:  # a path with a null character is a ValueError
        raise StorageError(
            f"{path!r} cannot be read",
            path=path,
            why=getattr(error, "strerror", None) or str(error),
            remedy="check the path",
        ) from error
