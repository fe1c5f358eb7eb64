"""Who signed, with which certificate, and when: read from a signed file, believed by nobody yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import Enum

from asn1crypto import cms, core, x509
from attrs import field, frozen

from gse_billing.core.html import table
from gse_billing.fatturapa.envelope.signed_data import SignedData

__all__ = ["Signature", "Signer", "Verdict", "certificates_of", "described", "signer_of"]


class Verdict(Enum):
    """What is known of a signature."""

    NOT_CHECKED = "not checked"
    DIGEST_MISMATCH = "the content was changed after signing"
    INVALID = "the signature is not valid"
    UNTRUSTED = "valid, the signer is not known to be trusted"
    VALID = "valid"


_INTACT = {Verdict.DIGEST_MISMATCH: False, Verdict.INVALID: False, Verdict.UNTRUSTED: True, Verdict.VALID: True}


@frozen(kw_only=True)
class Signature:
    """One signature and its state. What it says of itself is a claim as long as it is not valid.

    Attributes:
        verdict: what is known of it.
        reason: why it is not valid or not trusted, empty otherwise.
        signer: the name in the certificate, empty when the certificate is not in the file.
        issuer: who issued the certificate.
        serial: serial number of the certificate, hexadecimal.
        made_at: when it says it was made, with a zone, or ``None``.
        certificate_from: the moment the certificate begins.
        certificate_until: the moment the certificate ends.
    """

    verdict: Verdict = Verdict.NOT_CHECKED
    reason: str = ""
    signer: str = ""
    issuer: str = ""
    serial: str = ""
    made_at: dt.datetime | None = None
    certificate_from: dt.datetime | None = None
    certificate_until: dt.datetime | None = None

    @property
    def intact(self) -> bool | None:
        """Whether it matches the content; ``None`` when that was not checked."""
        return _INTACT.get(self.verdict)

    @property
    def defect(self) -> str:
        """Why it does not match the content, empty where it does or that was not checked."""
        return self.reason or self.verdict.value if self.intact is False else ""

    def _repr_html_(self) -> str:
        rows = [
            (name, getattr(self, name) or "")
            for name in ("reason", "signer", "issuer", "serial", "made_at", "certificate_from", "certificate_until")
        ]
        return table(("signature", self.verdict.value), rows)


@frozen(eq=False)
class Signer:
    """One signer as asn1crypto reads it, with the certificates of the file."""

    info: cms.SignerInfo
    certificate: x509.Certificate | None
    others: Sequence[x509.Certificate] = field(repr=False)


def certificates_of(parts: SignedData) -> list[x509.Certificate]:
    """The certificates of a file, not looked into yet.

    Raises:
        BrokenEncodingError: there are too many, or one is too long.
    """
    return [x509.Certificate.load(each) for each in parts.certificates()]


def signer_of(encoded: bytes, certificates: Sequence[x509.Certificate]) -> Signer:
    """Read one SignerInfo and find its certificate; hostile bytes may raise anything."""
    info = cms.SignerInfo.load(encoded)
    own = next((each for each in certificates if _is_of(each, info["sid"])), None)
    return Signer(info, own, [each for each in certificates if each is not own])


def _is_of(certificate: x509.Certificate, sid: cms.SignerIdentifier) -> bool:
    if sid.name == "subject_key_identifier":
        return bool(certificate.key_identifier == sid.native)
    return bool(
        certificate.serial_number == sid.chosen["serial_number"].native and certificate.issuer == sid.chosen["issuer"]
    )


def described(signer: Signer) -> Signature:
    """What a signature says of itself; hostile bytes may raise anything."""
    certificate = signer.certificate
    made_at = _made_at(signer.info)
    if certificate is None:
        return Signature(made_at=made_at)
    return Signature(
        signer=_name(certificate.subject),
        issuer=_name(certificate.issuer),
        serial=f"{certificate.serial_number:x}",
        made_at=made_at,
        certificate_from=certificate.not_valid_before,
        certificate_until=certificate.not_valid_after,
    )


def _name(name: x509.Name) -> str:
    common = name.native.get("common_name")
    return common if isinstance(common, str) else str(name.human_friendly)


def _made_at(info: cms.SignerInfo) -> dt.datetime | None:
    """The attribute signing-time, when it is there."""
    if info["signed_attrs"] is core.VOID:
        return None
    for attribute in info["signed_attrs"]:
        if attribute["type"].native == "signing_time":
            moment = attribute["values"][0].native
            return moment if isinstance(moment, dt.datetime) else None
    return None
