"""The keys of a record in a dict: the official names of its elements, or the Python names of its fields."""

from __future__ import annotations

from typing import Literal, get_args

from attrs import NOTHING

from gse_billing.core.errors import InvalidValueError
from gse_billing.fatturapa.wire.shapes import AttributeField, ElementField, OpaqueField

__all__ = ["Field", "Names", "has_to_stand", "is_tolerated", "key_of", "require_style"]

Names = Literal["official", "python"]
"""How a dict names things: ``DatiRiepilogo`` as the standard does, or ``dati_riepilogo`` as the classes do."""

Field = AttributeField | ElementField | OpaqueField


def require_style(names: Names) -> Names:
    """The style, if there is such a one.

    Raises:
        InvalidValueError: there is not.
    """
    if names not in get_args(Names):
        raise InvalidValueError(
            f"{names!r} is no style of names", value=names, remedy=f"give one of {', '.join(get_args(Names))}"
        )
    return names


def key_of(field: Field, names: Names) -> str:
    """The key under which a dict holds a field."""
    return field.tag if names == "official" else field.name


def is_tolerated(field: Field) -> bool:
    """Whether a document that lacks the field, although the schema requires it, is taken with a warning."""
    return not isinstance(field, ElementField) and field.tolerated


def has_to_stand(field: Field) -> bool:
    """Whether the key of a field must be there: elements of a choice aside, unless the schema gives a default."""
    if isinstance(field, ElementField):
        return field.minimum > 0 and field.branch is None and field.schema_default is None
    return field.required and field.default in (None, NOTHING)
