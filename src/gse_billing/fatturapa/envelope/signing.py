"""Signing a document: CAdES-BES around it, with signing time and signing-certificate-v2 (ETSI EN 319 122-1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from types import ModuleType
from typing import Any

from attrs import field, frozen

from gse_billing.core.arguments import require
from gse_billing.core.errors import InvalidValueError, MissingExtraError

__all__ = ["SigningKey", "sign"]

# UTCTime, which signing-time has to use for these years (RFC 5652, 11.3), knows no others.
_YEARS = range(1950, 2050)


def _making() -> ModuleType:
    try:
        from gse_billing.fatturapa.envelope import making  # noqa: PLC0415 - the extra may be missing
    except ImportError as error:
        raise MissingExtraError("sign", needed_for="signing a document") from error
    return making


@frozen
class SigningKey:
    """A key with its certificate.

    Attributes:
        signer: a ``pyhanko.sign.Signer``; one of a smart card (``PKCS11Signer``) or of a remote service does as well.
    """

    signer: Any = field(repr=False)

    @classmethod
    def from_pkcs12(cls, data: bytes, password: bytes | None = None) -> SigningKey:
        """The key of a PKCS #12 file (``.p12``, ``.pfx``).

        Raises:
            InvalidValueError: it cannot be opened.
            MissingExtraError: the extra ``sign`` is not installed.
        """
        return cls(_making().from_pkcs12(data, password))

    @classmethod
    def from_pem(
        cls, key: bytes, certificate: bytes, *, chain: Iterable[bytes] = (), password: bytes | None = None
    ) -> SigningKey:
        """The key and its certificate, each in PEM or DER.

        Args:
            key: the private key, PKCS #8 or the form of its algorithm.
            certificate: the certificate of the key.
            chain: certificates of the issuers, which go into the file as well.
            password: opens the private key.

        Raises:
            InvalidValueError: one cannot be read.
            MissingExtraError: the extra ``sign`` is not installed.
        """
        return cls(_making().from_pem(key, certificate, tuple(chain), password))


def sign(document: bytes, key: SigningKey, *, at: dt.datetime) -> bytes:
    """The document in a signed envelope (``.xml.p7m``): CAdES-BES, DER.

    Args:
        document: the file to sign, mostly what ``fatturapa.write`` gave.
        key: who signs.
        at: the signing time that the signature carries, with a zone.

    Raises:
        InvalidValueError: the time has no zone, or the key cannot sign at that time.
        MissingExtraError: the extra ``sign`` is not installed.
    """
    require(document, bytes, meant="a file to sign")
    require(key, SigningKey, meant="who signs")
    if require(at, dt.datetime, meant="a signing time").tzinfo is None or at.year not in _YEARS:
        raise InvalidValueError(
            f"{at} cannot be a signing time", value=at, why="it needs a zone and a year from 1950 to 2049"
        )
    signed: bytes = _making().signed(document, key.signer, at.astimezone(dt.UTC).replace(microsecond=0))
    return signed
