"""What a schema declares, as marks, and the marks that a record bears: elements there and not there, and codes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gse_billing.fatturapa.wire import Enumeration
from gse_billing.fatturapa.wire.shapes import AttributeField, ElementField, OpaqueField, Shape, shape_of

Mark = tuple[str, str, str]
_Field = AttributeField | ElementField | OpaqueField


def declared(shape: Shape) -> set[Mark]:
    """Each element and attribute there, each optional one not there, each code in its place."""
    found = set[Mark]()
    for field in (*shape.attributes, *shape.elements):
        found.add((shape.name, field.tag, "there"))
        if optional(field):
            found.add((shape.name, field.tag, "not there"))
        if isinstance(field, AttributeField | ElementField) and isinstance(field.kind, Enumeration):
            found |= {(shape.name, field.tag, code) for code in field.kind.by_code}
    return found


def optional(field: _Field) -> bool:
    """Whether a record may lack it: an element of a choice may, too."""
    if isinstance(field, ElementField):
        return field.minimum == 0 or field.branch is not None
    return not field.required


def borne(record: Any) -> Iterator[Mark]:
    """The marks of a record and of all below it."""
    shape = shape_of(type(record))
    for field in (*shape.attributes, *shape.elements):
        value = getattr(record, field.name)
        items = value if isinstance(value, tuple) else () if value is None else (value,)
        yield shape.name, field.tag, "there" if items else "not there"
        for item in items:
            if isinstance(field, ElementField) and field.record is not None:
                yield from borne(item)
            elif isinstance(field, AttributeField | ElementField) and isinstance(field.kind, Enumeration):
                yield shape.name, field.tag, item.value
