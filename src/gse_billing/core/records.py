"""Making many small frozen values quickly."""

from __future__ import annotations

from typing import Any, TypeVar, cast

import attrs

__all__ = ["draft_of"]

_Value = TypeVar("_Value")


def draft_of(cls: type[_Value]) -> type[_Value]:
    """A mutable twin of a frozen attrs class, with the same slots.

    A frozen constructor stores each field through ``object.__setattr__``, which takes most of its time. Where a million
    values are made, make the draft and then assign ``__class__``: the value is an ordinary one from then on. Neither
    converters nor validators run, so the arguments have to be right already.

    Args:
        cls: a frozen attrs class with ``weakref_slot=False`` and without base class.

    >>> @attrs.frozen(weakref_slot=False)
    ... class Part:
    ...     cents: int
    >>> part = draft_of(Part)(7)
    >>> part.__class__ = Part
    >>> part
    Part(cents=7)
    """
    names = {field.name: attrs.field() for field in attrs.fields(cast("Any", cls))}
    twin = attrs.make_class(f"{cls.__name__}Draft", names, slots=True, weakref_slot=False, eq=False, repr=False)
    return cast("type[_Value]", twin)
