"""Every shape in which a document comes, made by openssl, by pyhanko, and by hand where neither makes it."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from functools import cache

from gse_billing import fatturapa
from gse_billing.fatturapa.envelope import SigningKey
from tests.support import openssl
from tests.support.authority import NOON, issued
from tests.unit.fatturapa import samples

DOCUMENT = samples.ordinary()
XML = fatturapa.write(DOCUMENT)


def ours(document: bytes = XML, *, kind: str = "rsa") -> bytes:
    """A file that the package itself signed."""
    who = issued(kind=kind)
    return fatturapa.sign(document, SigningKey.from_pem(who.key, who.certificate), at=NOON)


def lines(data: bytes, end: bytes = b"\n", width: int = 76) -> bytes:
    """Base 64 in lines."""
    text = base64.b64encode(data)
    return b"".join(text[at : at + width] + end for at in range(0, len(text), width))


@cache
def der() -> bytes:
    return openssl.signed(XML, "-cades")


def in_chunks(data: bytes, size: int) -> bytes:
    """A DER file of openssl written again: content in chunks, every value around it of indefinite length."""
    signed_data, plain = bytes.fromhex("06092a864886f70d010702"), bytes.fromhex("06092a864886f70d010701")
    at = data.index(plain)
    before = data[data.index(b"\x02\x01") : at]
    head = before[: before.rindex(b"\x30")]
    content = data.index(XML, at)
    chunks = b"".join(tlv(0x04, XML[start : start + size]) for start in range(0, len(XML), size))
    opened = b"\x30\x80" + signed_data + b"\xa0\x80\x30\x80" + head + b"\x30\x80" + plain + b"\xa0\x80\x24\x80"
    return opened + chunks + b"\0" * 6 + data[content + len(XML) :] + b"\0" * 6


def tlv(identifier: int, contents: bytes) -> bytes:
    """A value in DER."""
    size = len(contents)
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    length = bytes((size,)) if size < 128 else bytes((0x80 | len(octets),)) + octets
    return bytes((identifier,)) + length + contents


SHAPES: Mapping[str, Callable[[], bytes]] = {
    "DER, CAdES": der,
    "DER by this package": ours,
    "DER by this package, elliptic curve": lambda: ours(kind="ec"),
    "DER, digest SHA-512": lambda: openssl.signed(XML, "-cades", "-md", "sha512"),
    "PKCS #7": lambda: openssl.signed(XML, command="smime"),
    "version 3, signer by key id": lambda: openssl.signed(XML, "-cades", "-keyid"),
    "version 3, content of another type": lambda: openssl.signed(XML, "-econtent_type", "1.2.840.113549.1.9.16.1.1"),
    "without signed attributes": lambda: openssl.signed(XML, "-noattr"),
    "BER, indefinite lengths": lambda: openssl.signed(XML, "-cades", "-stream"),
    "BER, chunks of 100": lambda: in_chunks(der(), 100),
    "PEM": lambda: openssl.signed(XML, "-cades", form="PEM"),
    "PEM, CRLF": lambda: openssl.signed(XML, "-cades", form="PEM").replace(b"\n", b"\r\n"),
    "base 64, one line": lambda: base64.b64encode(der()),
    "base 64, lines": lambda: lines(der()),
    "base 64, CRLF": lambda: lines(der(), b"\r\n"),
    "base 64, BOM": lambda: b"\xef\xbb\xbf" + lines(der()),
    "base 64, blank lines before and behind": lambda: b"\r\n \r\n" + lines(der()) + b"\r\n\r\n",
    "base 64, twice": lambda: lines(lines(der()), b"\r\n"),
    "base 64 of PEM": lambda: lines(openssl.signed(XML, form="PEM")),
    "base 64 of BER": lambda: lines(openssl.signed(XML, "-stream")),
    "signed twice, one around the other": lambda: openssl.signed(ours(), "-cades"),
    "signed, base 64, signed": lambda: openssl.signed(lines(ours()), "-cades"),
    "padding behind": lambda: der() + b"\0\0\r\n",
}
"""Signed files that all hold ``XML``."""
