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

__all__ = ["NOON", "PASSWORD", "Issued", "issued", "root"]

NOON = dt.datetime(2026, 11, 20, 12, 0, tzinfo=dt.UTC)
"""A moment at which every certificate made here is valid."""

PASSWORD = b"segreta"
"""Opens the PKCS #12 files."""

_START, _END = dt.datetime(2025, 1, 1, tzinfo=dt.UTC), dt.datetime(2028, 1, 1, tzinfo=dt.UTC)
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
    subject: str, key: _Key, *, signs: bool, end: dt.datetime, authority: bool = False
) -> x509.Certificate:
    by = (subject, key) if authority else ("Autorità di prova", _root()[0])
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(by[0]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_START)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(_usage(signs=signs, certifies=authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by[1].public_key()), critical=False)
    )
    return builder.sign(by[1], hashes.SHA256())


@cache
def _root() -> tuple[_Key, x509.Certificate]:
    key = _key("ec")
    return key, _certificate("Autorità di prova", key, signs=False, end=_END, authority=True)


def root() -> bytes:
    """The certificate of the authority, in PEM."""
    return _root()[1].public_bytes(Encoding.PEM)


@cache
def issued(name: str = "Mario Rossi", *, kind: str = "rsa", signs: bool = True, end: dt.datetime = _END) -> Issued:
    """A signer of that name; the same at every call.

    Args:
        name: common name.
        kind: of key, ``rsa`` or ``ec``.
        signs: whether the certificate admits signatures.
        end: when the certificate ends.
    """
    key = _key(kind)
    certificate = _certificate(name, key, signs=signs, end=end)
    return Issued(
        key=key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        certificate=certificate.public_bytes(Encoding.PEM),
        pkcs12=pkcs12.serialize_key_and_certificates(
            name.encode(), key, certificate, [_root()[1]], BestAvailableEncryption(PASSWORD)
        ),
    )
