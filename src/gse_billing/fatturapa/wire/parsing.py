"""Bytes to a tree, safely: no document type, no entities, no network, bounded size and depth."""

from __future__ import annotations

from typing import cast

from attrs import frozen
from lxml import etree

from gse_billing.fatturapa.wire.flaws import Flaw
from gse_billing.fatturapa.wire.limits import LARGEST

__all__ = ["Unreadable", "line_of", "parsed"]

# libxml2 keeps line numbers in 16 bits.
_LAST_LINE = 65535


@frozen
class Unreadable:
    """Why no tree came out of the bytes: the flaw, and the line when the parser knows it."""

    flaw: Flaw
    line: int | None = None


def _parser() -> etree.XMLParser:
    # A parser of its own for each document: sharing one between threads makes them wait for each other.
    # Depth (256) and length of a text (10 MB) are bounded by libxml2 itself while huge_tree is off.
    # collect_ids stays on: switched off, lxml lets libxml2 open the files that a document type names.
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def parsed(data: bytes, *, limit: int = LARGEST) -> etree._Element | Unreadable:
    """The root element of a document, or why there is none.

    Args:
        data: the file.
        limit: the greatest number of bytes.
    """
    if len(data) > limit:
        return Unreadable(Flaw("file-size", str(limit), str(len(data))))
    if not data.strip(b"\xef\xbb\xbf \t\r\n\0"):
        return Unreadable(Flaw("empty-file"))
    try:
        root = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        return Unreadable(Flaw("not-well-formed", "", str(error.msg)), error.lineno)
    if root.getroottree().docinfo.internalDTD is not None:
        return Unreadable(Flaw("document-type"), 1)
    return root


def line_of(element: etree._Element) -> int | None:
    """The line of the source on which an element begins, when the parser could count that far."""
    line = cast("int | None", element.sourceline)
    return line if line is not None and line < _LAST_LINE else None
