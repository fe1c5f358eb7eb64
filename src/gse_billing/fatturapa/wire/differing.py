"""Two documents told apart, path by path."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import InvalidOperation
from itertools import zip_longest
from typing import Any

from attrs import frozen

from gse_billing.fatturapa.wire.places import Place
from gse_billing.fatturapa.wire.records import Record
from gse_billing.fatturapa.wire.shapes import AttributeField, shape_of

__all__ = ["Difference", "differences"]


@frozen(kw_only=True)
class Difference:
    """One place in which two documents differ.

    Attributes:
        path: XPath-like, 1-based.
        element: the element number of the tables, or empty.
        left: the value in the first document, ``None`` when it is not there.
        right: the value in the second.
    """

    path: str
    element: str
    left: object
    right: object

    def __str__(self) -> str:
        return f"{self.path}: {_shown(self.left)} -> {_shown(self.right)}"


def _shown(value: object) -> str:
    return "nothing" if value is None else repr(value) if isinstance(value, Record) else str(value)


def differences(left: Any, right: Any, place: Place) -> Iterator[Difference]:  # noqa: ANN401 - records of one class
    """The differences of two records of one class, in the order of the schema.

    What is a record in both is gone into; repeated elements are compared by their number.
    """
    shape = shape_of(type(left))
    for field in (*shape.attributes, *shape.elements):
        ours, theirs = (_items(getattr(record, field.name)) for record in (left, right))
        for index, (one, other) in enumerate(zip_longest(ours, theirs)):
            here = place.attribute(field) if isinstance(field, AttributeField) else place.child(field, index)
            if isinstance(one, Record) and isinstance(other, Record):
                yield from differences(one, other, here)
            elif not _same(one, other):
                yield Difference(path=here.path, element=here.number, left=one, right=other)


def _same(one: object, other: object) -> bool:
    try:
        return one == other
    except InvalidOperation:  # a signalling NaN cannot be compared
        return False


def _items(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,)
