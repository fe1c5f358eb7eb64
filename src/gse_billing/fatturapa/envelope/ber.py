"""Walking over BER and DER by offsets: nothing is copied, everything is bounded, time is linear.

Only what leads to the content, the certificates and the signers of a signed file is walked here; what they say is
read by asn1crypto. A value of indefinite length ends at its end-of-contents octets, which are looked for without
recursion.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["INTEGER", "OBJECT_IDENTIFIER", "SEQUENCE", "SET", "BrokenEncodingError", "Element", "children", "octets"]

INTEGER, OBJECT_IDENTIFIER, SEQUENCE, SET = 0x02, 0x06, 0x30, 0x31
_OCTETS, _OCTETS_IN_CHUNKS = 0x04, 0x24
_CONSTRUCTED = 0x20
_LONG_TAG = 0x1F
_INDEFINITE = 0x80

# A signed file of 10 MB in chunks of 100 bytes; writers use chunks of 1,000 and more.
_MOST_ELEMENTS = 100_000


class BrokenEncodingError(ValueError):
    """The bytes are no BER, or not of the structure asked for; it never leaves the envelope."""


class Element(NamedTuple):
    """One value by its offsets: identifier octet, header, contents, first byte behind it."""

    identifier: int
    start: int
    content: int
    stop: int
    after: int


def element_at(data: bytes, at: int, end: int) -> Element:
    """The value that starts at an offset and stays before ``end``.

    Raises:
        BrokenEncodingError: there is none.
    """
    content, stop = _header(data, at, end)
    if stop >= 0:
        return Element(data[at], at, content, stop, stop)
    stop = _end_of_contents(data, content, end)
    return Element(data[at], at, content, stop, stop + 2)


def _header(data: bytes, at: int, end: int) -> tuple[int, int]:
    """Where the contents begin and end; -1 for the end of an indefinite length."""
    if at + 2 > end:
        raise BrokenEncodingError(f"cut short at byte {at}")
    identifier, length = data[at], data[at + 1]
    if identifier & _LONG_TAG == _LONG_TAG:
        raise BrokenEncodingError(f"unknown tag at byte {at}")
    content = at + 2
    if length == _INDEFINITE:
        if not identifier & _CONSTRUCTED:
            raise BrokenEncodingError(f"a plain value without length at byte {at}")
        return content, -1
    if length > _INDEFINITE:
        content += length & 0x7F
        length = int.from_bytes(data[at + 2 : content], "big")
    if content + length > end:
        raise BrokenEncodingError(f"the value at byte {at} is longer than what holds it")
    return content, content + length


def _end_of_contents(data: bytes, at: int, end: int) -> int:
    """Where the end-of-contents octets stand that belong to a value whose contents begin at ``at``."""
    depth = 1
    for _ in range(_MOST_ELEMENTS):
        if data[at : at + 2] == b"\0\0":
            depth -= 1
            if not depth:
                return at
            at += 2
            continue
        content, stop = _header(data, at, end)
        depth += stop < 0
        at = content if stop < 0 else stop
    raise BrokenEncodingError(f"more than {_MOST_ELEMENTS} values inside one")


def children(data: bytes, parent: Element) -> Iterator[Element]:
    """The values inside a value, in order.

    Raises:
        BrokenEncodingError: one is broken, or there are too many.
    """
    at = parent.content
    for _ in range(_MOST_ELEMENTS):
        if at >= parent.stop:
            return
        child = element_at(data, at, parent.stop)
        yield child
        at = child.after
    raise BrokenEncodingError(f"more than {_MOST_ELEMENTS} values inside one")


def octets(data: bytes, element: Element) -> bytes:
    """The bytes of an octet string, in one piece or in chunks.

    Raises:
        BrokenEncodingError: it is none, or one in chunks of chunks, which no writer makes.
    """
    if element.identifier == _OCTETS:
        return data[element.content : element.stop]
    if element.identifier != _OCTETS_IN_CHUNKS:
        raise BrokenEncodingError(f"no octet string at byte {element.start}")
    chunks = list(children(data, element))
    if any(chunk.identifier != _OCTETS for chunk in chunks):
        raise BrokenEncodingError(f"chunks inside chunks at byte {element.start}")
    return b"".join(data[chunk.content : chunk.stop] for chunk in chunks)
