"""Whether a signature holds, and whether its certificate leads to a trusted root; needs the extra ``sign``."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from functools import lru_cache

from asn1crypto import cms, pem, x509
from attrs import frozen
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko_certvalidator import CertificateValidator, ValidationContext

from gse_billing.core.errors import InvalidValueError
from gse_billing.fatturapa.envelope.ber import OBJECT_IDENTIFIER
from gse_billing.fatturapa.envelope.coroutines import completed
from gse_billing.fatturapa.envelope.signatures import Signer, Verdict

__all__ = ["Judge"]

# An invoice is signed with a key for signatures; keys for encryption or for certificates do not count.
_SIGNING_USES = {"digital_signature", "non_repudiation"}

# Content can be exchanged under digests for which two contents with the same value are made at will.
_WEAK_DIGESTS = {"md2", "md5", "sha1"}


@frozen
class Judge:
    """Verifies signatures as of one moment, trusting some roots."""

    roots: Sequence[x509.Certificate]
    at: dt.datetime

    @classmethod
    def trusting(cls, roots: tuple[bytes, ...], at: dt.datetime) -> Judge:
        """A judge who trusts those certificates, DER or PEM.

        Raises:
            InvalidValueError: one is no certificate.
        """
        return cls(_certificates(roots), at)

    def judged(self, kind: bytes, payload: bytes | None, signer: Signer) -> tuple[Verdict, str]:
        """The verdict on a signature, with the reason where it is not ``VALID``.

        Args:
            kind: OID of the content, as its contents octets.
            payload: the content that the reader gets, ``None`` when it is not in the file.
            signer: who signed.
        """
        if payload is None:
            return Verdict.NOT_CHECKED, "the signed content is not in the file"
        if signer.certificate is None:
            return Verdict.INVALID, "the certificate of the signer is not in the file"
        try:
            broken = _broken(kind, payload, signer, signer.certificate)
        except Exception as error:  # noqa: BLE001 - whatever hostile bytes make three libraries raise
            return Verdict.INVALID, f"the signature cannot be verified: {_words(error)}"
        if broken is not None:
            return broken, ""
        reason = self._distrust(signer, signer.certificate)
        return (Verdict.UNTRUSTED, reason) if reason else (Verdict.VALID, "")

    def _distrust(self, signer: Signer, certificate: x509.Certificate) -> str:
        """Why the signer is not trusted, empty when he is."""
        digest = signer.info["digest_algorithm"]["algorithm"].native
        if digest in _WEAK_DIGESTS:
            return f"the digest {digest} is too weak"
        if not self.roots:
            return "no roots were given"
        try:
            uses = certificate.key_usage_value
            if uses is not None and not uses.native & _SIGNING_USES:
                return "the certificate is not for signing"
            completed(self._validator(signer, certificate).async_validate_path())
        except Exception as error:  # noqa: BLE001 - whatever hostile certificates make three libraries raise
            return _words(error)
        return ""

    def _validator(self, signer: Signer, certificate: x509.Certificate) -> CertificateValidator:
        context = ValidationContext(trust_roots=list(self.roots), moment=self.at, allow_fetching=False)
        return CertificateValidator(
            certificate, intermediate_certs=_chain(signer, certificate), validation_context=context
        )


def _chain(signer: Signer, certificate: x509.Certificate) -> list[x509.Certificate]:
    """The issuers of the certificate that are in the file, one above the other.

    A path is looked for among all orders of certificates of one name, and a hostile file may have many of them. So only
    one of a name is given: that with the key which the certificate below names, else the first.
    """
    by_name: dict[str, list[x509.Certificate]] = {}
    for other in signer.others:
        by_name.setdefault(other.subject.hashable, []).append(other)
    chain: list[x509.Certificate] = []
    below = certificate
    while candidates := by_name.pop(below.issuer.hashable, []):
        wanted = below.authority_key_identifier
        below = next((each for each in candidates if each.key_identifier == wanted), candidates[0])
        chain.append(below)
    return chain


def _broken(kind: bytes, payload: bytes, signer: Signer, certificate: x509.Certificate) -> Verdict | None:
    """What is broken, if anything; the digest is that of the payload which the reader gets."""
    algorithm = signer.info["digest_algorithm"]["algorithm"].native
    content_type = cms.ContentType.load(bytes((OBJECT_IDENTIFIER, len(kind))) + kind).native
    digest = hashlib.new(algorithm, payload).digest()
    matches, holds = validate_sig_integrity(signer.info, certificate, content_type, digest)
    if not holds:
        return Verdict.INVALID
    return None if matches else Verdict.DIGEST_MISMATCH


def _words(error: Exception) -> str:
    return str(error).strip().rstrip(".") or type(error).__name__


@lru_cache(maxsize=8)
def _certificates(encoded: tuple[bytes, ...]) -> tuple[x509.Certificate, ...]:
    return tuple(_certificate(each) for each in encoded)


def _certificate(encoded: bytes) -> x509.Certificate:
    try:
        der = pem.unarmor(encoded)[2] if pem.detect(encoded) else encoded
        certificate = x509.Certificate.load(der, strict=True)
        certificate.subject.native  # noqa: B018 - asn1crypto reads when it is asked
    except (TypeError, ValueError) as error:
        raise InvalidValueError(
            "a root is no certificate", value=encoded, why=str(error), remedy="give X.509 certificates in DER or PEM"
        ) from error
    return certificate
