"""What bytes are, told from the bytes alone: names and extensions say nothing that can be relied on."""

from __future__ import annotations

import binascii
import re
from enum import Enum

__all__ = ["Content", "content_of", "from_base64", "from_pem"]

_MARK = b"\xef\xbb\xbf"
_BLANKS = b" \t\r\n"
# possessive throughout: a hostile file must not make them go back
_XML = re.compile(rb"[ \t\r\n]*+<|\xff\xfe<\0|\xfe\xff\0<|<\0|\0<")
_PEM = re.compile(rb"[ \t\r\n]*+-----BEGIN [A-Z0-9 #]+-----(.*?)-----END [A-Z0-9 #]+-----", re.DOTALL)
_BASE64 = re.compile(rb"[A-Za-z0-9+/ \t\r\n]++[= \t\r\n]*+")


class Content(Enum):
    """What some bytes are."""

    XML = "XML"
    P7M = "signed file (p7m)"
    PEM = "signed file in PEM"
    BASE64 = "text in base 64"
    ZIP = "zip archive"
    OTHER = "something else"


def content_of(data: bytes) -> Content:
    """What the bytes are, by how they begin; base 64 only when what it encodes is known in turn.

    >>> content_of(b"<p:FatturaElettronica/>"), content_of(b"PD94bWw="), content_of(b"%PDF-1.7")
    (<Content.XML: 'XML'>, <Content.BASE64: 'text in base 64'>, <Content.OTHER: 'something else'>)
    """
    first = data[:1]
    if first == b"0":  # the identifier of SEQUENCE; no text in base 64 that begins so encodes anything known here
        return Content.P7M
    if first == b"P" and data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return Content.ZIP
    text = _unmarked(data)
    if _XML.match(text):
        return Content.XML
    if _PEM.match(text):
        return Content.PEM
    decoded = from_base64(data)
    known = decoded is not None and content_of(decoded) is not Content.OTHER
    return Content.BASE64 if known else Content.OTHER


def _unmarked(data: bytes) -> bytes:
    return data.removeprefix(_MARK)


def from_base64(data: bytes) -> bytes | None:
    """What a text in base 64 encodes, its lines ended in any way; ``None`` when it is no such text."""
    text = _unmarked(data)
    if not _BASE64.fullmatch(text):
        return None
    try:
        return binascii.a2b_base64(text.translate(None, _BLANKS), strict_mode=True)
    except binascii.Error:
        return None


def from_pem(data: bytes) -> bytes | None:
    """What a PEM block encodes; ``None`` when it is broken."""
    block = _PEM.match(_unmarked(data))
    return from_base64(block[1]) if block else None
