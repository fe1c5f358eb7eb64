"""XML of a bank to a tree, safely: no document type, no entities, no network, bounded size and depth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["LARGEST", "Unreadable", "root_of"]

LARGEST = 64 * 1024**2
"""Bytes of one file; a statement of 50,000 movements is about as large."""


@frozen
class Unreadable:
    """Why no tree came out of the bytes, in Italian and in English, and the line where the parser knows it."""

    message_it: str
    message_en: str
    line: int | None = None


def root_of(data: bytes, *, limit: int = LARGEST) -> etree._Element | Unreadable:
    """The root element, or why there is none."""
    from lxml import etree  # noqa: PLC0415  loaded only where XML is read

    if len(data) > limit:
        return Unreadable(f"più di {limit} byte", f"more than {limit} bytes")
    # huge_tree is off: libxml2 itself bounds the depth and the length of a text.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        return Unreadable(f"non è XML ben formato: {error}", f"not well-formed XML: {error}", error.lineno)
    if root.getroottree().docinfo.internalDTD is not None:
        return Unreadable("dichiara un DTD", "it declares a document type", 1)
    return root
