"""The schema as JSON Schema (draft 2020-12): what the declarations say of the dicts that JSON holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import NOTHING

from gse_billing.fatturapa.wire.json_types import described, simple_type
from gse_billing.fatturapa.wire.naming import Field, Names, has_to_stand, is_tolerated, key_of
from gse_billing.fatturapa.wire.schema import Schema
from gse_billing.fatturapa.wire.shapes import AttributeField, ElementField, OpaqueField, Shape, shape_of
from gse_billing.fatturapa.wire.simple import SimpleType

__all__ = ["emitted_json"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_STYLES = {"official": "official names", "python": "names of Python"}


def emitted_json(schema: Schema, names: Names) -> dict[str, Any]:
    """The schema as nested dicts, the same every time: roots, records, simple types.

    Args:
        schema: of the documents.
        names: the style of the keys below the root.
    """
    records: dict[str, type[Any]] = {}
    for root in schema.roots.values():
        _collect(root, records)
    kinds = {kind.name: kind for cls in records.values() for kind in _kinds(shape_of(cls))}
    return {
        "$schema": _DIALECT,
        "title": f"{schema.name}, {_STYLES[names]}",
        "type": "object",
        "properties": {tag: _reference(shape_of(cls).name) for tag, cls in schema.roots.items()},
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": False,
        "$defs": {name: _record(cls, names) for name, cls in records.items()}
        | {name: simple_type(kind) for name, kind in kinds.items()},
    }


def _collect(cls: type[Any], found: dict[str, type[Any]]) -> None:
    """The classes of records by the names of their types, those that hold others first."""
    shape = shape_of(cls)
    found[shape.name] = cls
    for field in shape.elements:
        if isinstance(field, ElementField) and field.record is not None and field.type_name not in found:
            _collect(field.record, found)


def _kinds(shape: Shape) -> Iterator[SimpleType[Any]]:
    yield from (field.kind for field in shape.attributes)
    yield from (field.simple for field in shape.elements if isinstance(field, ElementField) and field.simple)


def _reference(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}


def _record(cls: type[Any], names: Names) -> dict[str, Any]:
    shape = shape_of(cls)
    fields = (*shape.attributes, *shape.elements)
    required = [key_of(field, names) for field in fields if has_to_stand(field) and not is_tolerated(field)]
    said: dict[str, Any] = {
        "title": cls.__name__,
        **described(cls),
        "type": "object",
        "properties": {key_of(field, names): _property(field) for field in fields},
        "required": required,
        "additionalProperties": False,
    }
    if shape.branches:
        said["oneOf"] = [_branch(shape, branch, names) for branch in shape.branches]
    return said


def _branch(shape: Shape, branch: tuple[str, ...], names: Names) -> dict[str, Any]:
    """One branch of a choice: all of its elements, and none of the others."""
    chosen = {field.name: key_of(field, names) for field in shape.elements if field.branch is not None}
    return {
        "required": [chosen[name] for name in branch],
        "properties": {key: False for name, key in chosen.items() if name not in branch},
    }


def _property(field: Field) -> dict[str, Any]:
    if isinstance(field, OpaqueField):
        what = f"The element {field.tag} of {field.foreign.namespace} as text."
        return {"type": "string", "contentMediaType": "application/xml", "description": what}
    if isinstance(field, AttributeField):
        return _attribute(field)
    item = _reference(field.type_name)
    if field.many:
        bounds = {"minItems": field.minimum or None, "maxItems": field.maximum}
        return {"type": "array", "items": item} | {name: most for name, most in bounds.items() if most is not None}
    if field.simple is not None and field.schema_default is not None:
        return item | {"default": field.simple.spell(field.schema_default)}
    return item


def _attribute(field: AttributeField) -> dict[str, Any]:
    said = _reference(field.kind.name)
    if field.fixed is not None:
        said |= {"const": field.fixed}
    if field.default not in (None, NOTHING):
        said |= {"default": field.fixed}
    return said
