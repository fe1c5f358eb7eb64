"""The schema as a file: what the declarations say, written as XML Schema."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import cast

from lxml import etree

from gse_billing.fatturapa.wire.schema import Schema
from gse_billing.fatturapa.wire.shapes import AttributeField, ElementField, OpaqueField, Shape
from gse_billing.fatturapa.wire.simple import SimpleType

__all__ = ["emitted"]

_XS = "http://www.w3.org/2001/XMLSchema"
_Element = etree._Element


def emitted(schema: Schema) -> bytes:
    """The schema as UTF-8 bytes, the same every time: imports, roots, complex types, simple types."""
    names: dict[str | None, str] = {
        "xs": _XS,
        None: schema.namespace,
        **{each.prefix: each.namespace for each in schema.foreigners},
    }
    top = etree.Element(f"{{{_XS}}}schema", nsmap=cast("dict[str, str]", names))
    top.set("targetNamespace", schema.namespace)
    top.set("version", schema.version)
    for foreign in schema.foreigners:
        _below(top, "import", namespace=foreign.namespace, schemaLocation=foreign.location)
    for tag, cls in schema.roots.items():
        _below(top, "element", name=tag, type=cls.__wire__.name)
    for shape in schema.shapes:
        _complex_type(top, shape)
    for kind in schema.simple_types:
        _simple_type(top, kind)
    etree.indent(top)
    return etree.tostring(top, encoding="UTF-8", xml_declaration=True)


def _below(parent: _Element, tag: str, **attributes: str) -> _Element:
    return etree.SubElement(parent, f"{{{_XS}}}{tag}", attributes)


def _simple_type(top: _Element, kind: SimpleType[object]) -> None:
    restriction = _below(_below(top, "simpleType", name=kind.name), "restriction", base=kind.restricts)
    for name, value in kind.facets():
        _below(restriction, name, value=value)


def _complex_type(top: _Element, shape: Shape) -> None:
    outer = _below(top, "complexType", name=shape.name)
    sequence = _below(outer, "sequence")
    # the elements of a choice stand together: one group among those that stand alone
    for in_choice, fields in groupby(shape.elements, key=lambda field: field.branch is not None):
        if in_choice:
            _choice(sequence, fields)
        else:
            for field in fields:
                _element(sequence, field)
    for attribute in shape.attributes:
        _attribute(outer, attribute)


def _choice(sequence: _Element, fields: Iterator[ElementField | OpaqueField]) -> None:
    choice = _below(sequence, "choice")
    for _, branch in groupby(fields, key=lambda field: field.branch):
        inside = _below(choice, "sequence")
        for field in branch:
            _element(inside, field)


def _element(parent: _Element, field: ElementField | OpaqueField) -> None:
    if isinstance(field, OpaqueField):
        element = _below(parent, "element", ref=f"{field.foreign.prefix}:{field.tag}")
    else:
        element = _below(parent, "element", name=field.tag, type=field.type_name)
    if field.minimum != 1:
        element.set("minOccurs", str(field.minimum))
    if field.maximum != 1:
        element.set("maxOccurs", "unbounded" if field.maximum is None else str(field.maximum))
    if isinstance(field, ElementField) and field.simple and field.schema_default is not None:
        element.set("default", field.simple.spell(field.schema_default))


def _attribute(outer: _Element, field: AttributeField) -> None:
    use = "required" if field.required else "optional"
    attribute = _below(outer, "attribute", name=field.tag, type=field.kind.name, use=use)
    if field.fixed is not None:
        attribute.set("fixed", field.fixed)
