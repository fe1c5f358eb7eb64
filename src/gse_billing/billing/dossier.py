"""The dossier of a document (*fascicolo elettronico*): the file that was sent, and every message of SDI about it.

A manifest of hashes stands inside, so that the dossier can be verified years later from nothing but itself. Keeping it
as the law asks (*conservazione*) remains the operator's duty (INV-20).
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from attrs import field, frozen

from gse_billing.billing.answers import Answer, stem_of
from gse_billing.billing.issuing import IssuedDocument
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.findings import Finding, Report
from gse_billing.fatturapa.envelope import pack, unpack

__all__ = ["MANIFEST", "Dossier", "dossier_from_zip", "dossier_of", "verify_dossier"]

MANIFEST = "manifest.json"
"""The member that lists the others with their SHA-256."""

_VERSION = 1


def _by_name(given: Mapping[str, bytes]) -> Mapping[str, bytes]:
    return MappingProxyType(dict(sorted(given.items())))


@frozen
class Dossier:
    """Files by name, the manifest among them.

    Attributes:
        files: the invoice as it was sent, SDI's messages as they came, and the manifest.
    """

    files: Mapping[str, bytes] = field(converter=_by_name, hash=False)

    def to_zip(self) -> bytes:
        """The dossier as an archive; the same dossier gives the same bytes."""
        target = io.BytesIO()
        pack(self.files.items(), target)
        return target.getvalue()


def dossier_of(document: IssuedDocument, answers: Iterable[Answer], *, signed: bytes | None = None) -> Dossier:
    """The dossier of a document.

    Args:
        document: the invoice.
        answers: SDI's messages; those about other files are left out.
        signed: the signed file (p7m) where the invoice was signed; else the XML stands in its place.

    Raises:
        InvalidValueError: two messages have the same file name and other bytes.
    """
    name = str(document.file_name) if signed is None else f"{document.file_name.stem}.xml.p7m"
    files = {name: document.xml if signed is None else signed}
    about_it = (answer for answer in answers if stem_of(answer.notification.file_name) == document.file_name.stem)
    for answer in about_it:
        if files.setdefault(answer.name, answer.data) != answer.data:
            raise InvalidValueError(
                f"two messages are named {answer.name}",
                value=answer.name,
                remedy="keep the file that SDI sent, and put the other aside",
            )
    return Dossier({**files, MANIFEST: _manifest(document, files)})


def _manifest(document: IssuedDocument, files: Mapping[str, bytes]) -> bytes:
    fields = {
        "version": _VERSION,
        "number": str(document.number),
        "date": document.draft.date.isoformat(),
        "files": {name: _digest(data) for name, data in sorted(files.items())},
    }
    return f"{json.dumps(fields, ensure_ascii=False, indent=2)}\n".encode()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def dossier_from_zip(data: bytes) -> tuple[Dossier, Report]:
    """The dossier in an archive, and what was found wrong on the way: members that were refused, hashes that differ."""
    files: dict[str, bytes] = {}
    refused: list[Finding] = []
    for member in unpack(data):
        if member.finding is not None:
            refused.append(_damaged(member.name, member.finding.message_en))
        if member.data is not None:
            files[member.name] = member.data
    dossier = Dossier(files)
    return dossier, Report(refused) + verify_dossier(dossier)


def verify_dossier(dossier: Dossier) -> Report:
    """Whether every file is there and is what the manifest says; a finding for each that is not."""
    return Report(_defects(dossier))


def _defects(dossier: Dossier) -> Iterator[Finding]:
    listed = _listed(dossier.files.get(MANIFEST))
    if listed is None:
        yield _damaged(MANIFEST, "there is no manifest that can be read")
        return
    found = {name: _digest(data) for name, data in dossier.files.items() if name != MANIFEST}
    for name in sorted(listed.keys() | found.keys()):
        if name not in found:
            yield _damaged(name, "the manifest lists it, and it is not there")
        elif name not in listed:
            yield _damaged(name, "the manifest does not list it")
        elif found[name] != listed[name]:
            yield _damaged(name, "its hash is not the one in the manifest")


def _listed(manifest: bytes | None) -> dict[str, str] | None:
    try:
        fields = json.loads(manifest or b"")
        files = fields["files"] if fields["version"] == _VERSION else None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return files if isinstance(files, dict) else None


def _damaged(name: str, why: str) -> Finding:
    return Finding(
        code="dossier:damaged",
        path=name,
        message_it=f"il fascicolo non è integro: {name}: {why}",
        message_en=f"{name}: {why}",
        hint="take the dossier again from where it was first kept",
    )
