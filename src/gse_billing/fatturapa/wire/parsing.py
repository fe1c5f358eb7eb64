"""Bytes to a tree, safely: no document type, no entities, no network, bounded size and depth."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import cast

from attrs import frozen
from lxml import etree

from gse_billing.fatturapa.wire.flaws import Flaw
from gse_billing.fatturapa.wire.limits import LARGEST

__all__ = ["Decodable", "Unreadable", "decodable", "line_of", "parsed"]

# Everything up to the tag of the root, in an encoding that writes markup as ASCII does.
_HEAD = re.compile(
    rb"""(?:\xef\xbb\xbf)?
    (?:<\?xml\s[^>]*?(?:encoding\s*=\s*["'](?P<encoding>[^"']*)["'][^>]*)?\?>)?
    (?:\s++ | <\?(?!xml\s).*?\?> | <!--.*?-->)*+
    <(?=[A-Za-z_])""",
    re.VERBOSE | re.DOTALL,
)
_LONGEST_HEAD = 4096
_LIKE_ASCII = frozenset((b"utf-8", b"us-ascii", b"ascii", b"iso-8859-1", b"iso-8859-15", b"windows-1252"))

# libxml2 keeps line numbers in 16 bits.
_LAST_LINE = 65535


@frozen
class Unreadable:
    """Why no tree came out of the bytes: the flaw, and the line when the parser knows it."""

    flaw: Flaw
    line: int | None = None


def _parser(*, blanks: bool) -> etree.XMLParser:
    # A parser of its own for each document: sharing one between threads makes them wait for each other.
    # Depth (256) and length of a text (10 MB) are bounded by libxml2 itself while huge_tree is off.
    # collect_ids stays on: switched off, lxml lets libxml2 open the files that a document type names.
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_blank_text=not blanks,
        remove_comments=True,
        remove_pis=True,
    )


def parsed(data: bytes, *, limit: int = LARGEST, blanks: bool = True) -> etree._Element | Unreadable:
    """The root element of a document, or why there is none.

    Args:
        data: the file.
        limit: the greatest number of bytes.
        blanks: whether blank text between elements is kept; only :func:`decodable` bytes may lose it.
    """
    if len(data) > limit:
        return Unreadable(Flaw("file-size", str(limit), str(len(data))))
    if not data.strip(b"\xef\xbb\xbf \t\r\n\0"):
        return Unreadable(Flaw("empty-file"))
    try:
        root = etree.fromstring(data, _parser(blanks=blanks))
    except etree.XMLSyntaxError as error:
        return Unreadable(Flaw("not-well-formed", "", str(error.msg)), error.lineno)
    if root.getroottree().docinfo.internalDTD is not None:
        return Unreadable(Flaw("document-type"), 1)
    return root


@frozen
class Decodable:
    """Bytes for the compiled decoders, and what a look at them tells.

    Attributes:
        data: the bytes for the parser.
        blanks: whether the parser has to keep blank text between elements. One that drops it also drops it before a
            comment, an instruction or a CDATA section inside of a leaf.
        attributes: whether anything behind the tag of the root looks like an attribute.
    """

    data: bytes
    blanks: bool
    attributes: bool


def decodable(data: bytes, foreign: Iterable[bytes] = ()) -> Decodable:
    """What a look at the bytes tells.

    Args:
        data: the file.
        foreign: names of foreign elements, in which blanks count.
    """
    head = _HEAD.match(data, 0, _LONGEST_HEAD)
    if not head or (head["encoding"] or b"utf-8").lower() not in _LIKE_ASCII:
        return Decodable(data, blanks=True, attributes=True)
    start = head.end()
    if b"\r" in data:  # as the parser would: it drops a blank before a carriage return, too
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    attributes = data.find(b"=", data.find(b">", start)) >= 0
    return Decodable(data, blanks=_has_marks(data, start, foreign), attributes=attributes)


def _has_marks(data: bytes, start: int, foreign: Iterable[bytes]) -> bool:
    """Whether there is a comment, a section, an instruction or a foreign element behind the start."""
    # one sign is found ten times faster than two, the first of which stands everywhere
    if data.find(b"!", start) >= 0 and data.find(b"<!", start) >= 0:
        return True
    if data.find(b"?", start) >= 0 and data.find(b"<?", start) >= 0:
        return True
    return any(data.find(tag, start) >= 0 for tag in foreign)


def line_of(element: etree._Element) -> int | None:
    """The line of the source on which an element begins, when the parser could count that far."""
    line = cast("int | None", element.sourceline)
    return line if line is not None and line < _LAST_LINE else None
