"""A certificate authority made on the fly, and signers of its making."""

from __future__ import annotations

import datetime as dt
from functools import cache

import attrs
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID

__all__ = ["NOON", "PASSWORD", "Issued", "impostor", "intermediate", "issued", "root"]

NOON = dt.datetime(2026, 11, 20, 12, 0, tzinfo=dt.UTC)
"""A moment at which every certificate made here is valid."""

PASSWORD = b"segreta"
"""Opens the PKCS #12 files."""

_START, _END = dt.datetime(2025, 1, 1, tzinfo=dt.UTC), dt.datetime(2028, 1, 1, tzinfo=dt.UTC)
_ROOT, _BELOW = "Autorità di prova", "Autorità intermedia"
_Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@attrs.frozen(kw_only=True)
class Issued:
    """A key and its certificate, in PEM, and both in a PKCS #12 file."""

    key: bytes
    certificate: bytes
    pkcs12: bytes


def _name(common: str) -> x509.Name:
    parts = ((NameOID.COUNTRY_NAME, "IT"), (NameOID.ORGANIZATION_NAME, "Prova S.p.A."), (NameOID.COMMON_NAME, common))
    return x509.Name([x509.NameAttribute(oid, text) for oid, text in parts])


def _key(kind: str) -> _Key:
    return rsa.generate_private_key(65537, 2048) if kind == "rsa" else ec.generate_private_key(ec.SECP256R1())


def _usage(*, signs: bool, certifies: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=False,
        content_commitment=signs,
        key_encipherment=not signs and not certifies,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certifies,
        crl_sign=certifies,
        encipher_only=False,
        decipher_only=False,
    )


def _certificate(
    subject: str, key: _Key, *, by: tuple[str, _Key], signs: bool = False, certifies: bool = False
) -> x509.Certificate:
    issuer, issuing = by
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_START)
        .not_valid_after(_END)
        .add_extension(x509.BasicConstraints(ca=certifies, path_length=None), critical=True)
        .add_extension(_usage(signs=signs, certifies=certifies), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuing.public_key()), critical=False)
    )
    return builder.sign(issuing, hashes.SHA256())


@cache
def _authority(name: str) -> tuple[_Key, x509.Certificate]:
    """The root, or an authority below it."""
    key = _key("ec")
    above = (_ROOT, key if name == _ROOT else _authority(_ROOT)[0])
    return key, _certificate(name, key, by=above, certifies=True)


def impostor(name: str = _BELOW, *, issuer: str = _ROOT) -> bytes:
    """A certificate, in PEM, that bears the name of an authority and that nobody signed; another at every call."""
    key, other = _key("ec"), _key("ec")
    return _certificate(name, key, by=(issuer, other), certifies=True).public_bytes(Encoding.PEM)


def root() -> bytes:
    """The certificate of the authority, in PEM."""
    return _authority(_ROOT)[1].public_bytes(Encoding.PEM)


def intermediate() -> bytes:
    """The certificate of the authority below it, in PEM."""
    return _authority(_BELOW)[1].public_bytes(Encoding.PEM)


@cache
def issued(name: str = "Mario Rossi", *, kind: str = "rsa", signs: bool = True, below: bool = False) -> Issued:
    """A signer of that name; the same at every call.

    Args:
        name: common name.
        kind: of key, ``rsa`` or ``ec``.
        signs: whether the certificate admits signatures.
        below: whether the authority below the root issued the certificate.
    """
    key = _key(kind)
    issuer = _BELOW if below else _ROOT
    certificate = _certificate(name, key, by=(issuer, _authority(issuer)[0]), signs=signs)
    return Issued(
        key=key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        certificate=certificate.public_bytes(Encoding.PEM),
        pkcs12=pkcs12.serialize_key_and_certificates(
            name.encode(), key, certificate, [_authority(_ROOT)[1]], BestAvailableEncryption(PASSWORD)
        ),
    )
