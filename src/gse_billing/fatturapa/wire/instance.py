"""Attributes of XML Schema instance: legal on any element, and no part of what a document says.

``xsi:schemaLocation`` may say what it likes, ``xsi:type`` may name the type the element has anyway, ``xsi:nil`` may
never stand. They are kept, so that a file is written as it was read.
"""

from __future__ import annotations

from lxml import etree

from gse_billing.fatturapa.wire.flaws import Flaw
from gse_billing.fatturapa.wire.leaves import quoted
from gse_billing.fatturapa.wire.records import Spelling
from gse_billing.fatturapa.wire.schema import Schema
from gse_billing.fatturapa.wire.simple import collapsed, shown

__all__ = ["XSI", "instance_attributes", "instance_spelling"]

XSI = "http://www.w3.org/2001/XMLSchema-instance"
_XS = "http://www.w3.org/2001/XMLSchema"
_INSIDE = f"{{{XSI}}}"


def instance_spelling(element: etree._Element, type_name: str, schema: Schema) -> Spelling | Flaw | None:
    """The instance attributes of an element, what is wrong with them, or ``None`` when there are none.

    Args:
        element: of the tree.
        type_name: of the type that the schema gives the element.
        schema: whose types they are.
    """
    kept: list[tuple[str, str]] = []
    # the names alone: lxml looks for each value from the first attribute on, which is quadratic
    for name in map(str, element.keys()):
        if not name.startswith(_INSIDE):
            continue
        local, text = name.removeprefix(_INSIDE), element.get(name)
        if local == "nil":
            return Flaw("nil")
        if local == "type":
            expected = type_name if type_name.startswith("xs:") else f"{schema.prefix}:{type_name}"
            if not _names(element, str(text), type_name, schema):
                return Flaw("type", expected, shown(str(text)))
            kept.append((local, expected))
        elif local in ("schemaLocation", "noNamespaceSchemaLocation"):
            kept.append((local, str(text)))
        else:
            return Flaw("unknown-attribute", "", f"xsi:{local}")
    return Spelling(attributes=tuple(kept)) if kept else None


def _names(element: etree._Element, text: str, type_name: str, schema: Schema) -> bool:
    """Whether a qualified name, with the prefixes in scope, is that of the type."""
    prefix, colon, local = collapsed(text).rpartition(":")
    namespace = element.nsmap.get(prefix if colon else None)
    if type_name.startswith("xs:"):
        return (namespace, local) == (_XS, type_name.removeprefix("xs:"))
    return (namespace, local) == (schema.namespace, type_name)


def instance_attributes(spelling: Spelling) -> str:
    """The instance attributes as they are written into a tag."""
    if not spelling.attributes:
        return ""
    written = "".join(f" xsi:{name}={quoted(text)}" for name, text in spelling.attributes)
    builtin = any(name == "type" and text.startswith("xs:") for name, text in spelling.attributes)
    return f' xmlns:xsi="{XSI}"' + (f' xmlns:xs="{_XS}"' if builtin else "") + written
