"""Making signatures with pyhanko; needs the extra ``sign``."""

from __future__ import annotations

import datetime as dt

from asn1crypto import x509
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.sign import SimpleSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes, Signer, select_suitable_signing_md
from pyhanko_certvalidator.registry import SimpleCertificateStore

from gse_billing.core.errors import InvalidValueError
from gse_billing.fatturapa.envelope.coroutines import completed
from gse_billing.fatturapa.envelope.proving import Judge
from gse_billing.fatturapa.envelope.signatures import Verdict, certificates_of, signer_of
from gse_billing.fatturapa.envelope.signed_data import signed_data

__all__ = ["from_pem", "from_pkcs12", "signed"]


def from_pkcs12(data: bytes, password: bytes | None) -> SimpleSigner:
    """The signer of a PKCS #12 file."""
    try:
        signer: SimpleSigner = SimpleSigner.load_pkcs12_data(data, (), password)
    except (AttributeError, TypeError, ValueError) as error:  # a file without key or certificate too
        raise _unreadable("the PKCS #12 file", error) from error
    return signer


def from_pem(key: bytes, certificate: bytes, chain: tuple[bytes, ...], password: bytes | None) -> SimpleSigner:
    """The signer of a key and its certificate."""
    try:
        private = load_private_key_from_pemder_data(key, password)
    except (TypeError, ValueError) as error:
        raise _unreadable("the private key", error) from error
    others = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    others.register_multiple(_certificate(each) for each in chain)
    return SimpleSigner(signing_cert=_certificate(certificate), signing_key=private, cert_registry=others)


def _certificate(encoded: bytes) -> x509.Certificate:
    try:
        (certificate,) = load_certs_from_pemder_data(encoded)
        certificate.subject.native  # noqa: B018 - asn1crypto reads when it is asked
    except (TypeError, ValueError) as error:
        raise _unreadable("the certificate", error) from error
    return certificate


def _unreadable(what: str, error: Exception) -> InvalidValueError:
    # neither the bytes nor the password go into the exception
    return InvalidValueError(f"{what} cannot be read", value=None, why=str(error), remedy="check file and password")


def signed(document: bytes, signer: Signer, at: dt.datetime) -> bytes:
    """The document inside a CAdES-BES signature; ``at`` is in UTC and of whole seconds."""
    certificate = signer.signing_cert
    if certificate is None:
        raise InvalidValueError("the signer has no certificate", value=None, remedy="give pyhanko's signer one")
    if not certificate.not_valid_before <= at <= certificate.not_valid_after:
        raise InvalidValueError(
            f"the certificate cannot sign on {at.isoformat()}",
            value=at,
            why=f"it is valid from {certificate.not_valid_before} to {certificate.not_valid_after} (SDI 00100)",
            remedy="use a certificate that is valid on that day",
        )
    work = signer.async_sign_general_data(
        document,
        select_suitable_signing_md(certificate.public_key),
        detached=False,
        use_cades=True,
        signed_attr_settings=PdfCMSSignedAttributes(signing_time=at),
    )
    try:
        made: bytes = completed(work).dump()
    except Exception as error:
        raise _unable(str(error) or type(error).__name__) from error
    parts = signed_data(made)
    verdict, _ = Judge((), at).judged(parts.kind, document, signer_of(parts.signers()[0], certificates_of(parts)))
    if verdict is not Verdict.UNTRUSTED:  # without roots a signature that holds is one of a stranger
        raise _unable("its signature does not fit the certificate")
    return made


def _unable(why: str) -> InvalidValueError:
    return InvalidValueError("the key cannot sign", value=None, why=why, remedy="give the key of the certificate")
