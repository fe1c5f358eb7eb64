"""The keys of a record in a dict: the official names of its elements, or the Python names of its fields."""

from __future__ import annotations

from typing import Literal

from attrs import NOTHING

from gse_billing.fatturapa.wire.shapes import AttributeField, ElementField, OpaqueField

__all__ = ["Field", "Names", "has_to_stand", "key_of"]

Names = Literal["official", "python"]
"""How a dict names things: ``DatiRiepilogo`` as the standard does, or ``dati_riepilogo`` as the classes do."""

Field = AttributeField | ElementField | OpaqueField


def key_of(field: Field, names: Names) -> str:
    """The key under which a dict holds a field."""
    return field.tag if names == "official" else field.name


def has_to_stand(field: Field) -> bool:
    """Whether the key of a field must be there: elements of a choice aside, unless the schema gives a default."""
    if isinstance(field, ElementField):
        return field.minimum > 0 and field.branch is None and field.schema_default is None
    return field.required and field.default in (None, NOTHING)
