"""A schema as a value: its namespace, its roots and what it imports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from attrs import frozen

from gse_billing.core.errors import InvalidValueError
from gse_billing.fatturapa.wire.shapes import ElementField, Foreign, OpaqueField, Shape, shape_of
from gse_billing.fatturapa.wire.simple import SimpleType

__all__ = ["Schema"]


@frozen(kw_only=True, eq=False)
class Schema:
    """Everything that one schema file says.

    Attributes:
        name: for messages: ``FatturaPA 1.2.3``.
        namespace: the target namespace; only the roots are in it.
        prefix: with which the writer names the namespace.
        version: the version attribute of the schema.
        roots: the class of each root element, by its local name.
        unused: simple types that the official file declares and never uses.
        code: of the findings that say that a document breaks the schema.
        numbered: whether the tables of the standard number the elements (``2.2.2.6``).
    """

    name: str
    namespace: str
    prefix: str
    version: str
    roots: Mapping[str, type[Any]]
    unused: tuple[SimpleType[Any], ...] = ()
    code: str = "sdi:00200"
    numbered: bool = False

    def root_of(self, document: object) -> str:
        """The local name of the root element that a document is.

        Raises:
            InvalidValueError: the object is no document of this schema.
        """
        tag = self.tags.get(type(document))
        if tag is not None:
            return tag
        raise InvalidValueError(
            f"a {type(document).__name__} is no document of {self.name}",
            value=document,
            remedy=f"give one of {', '.join(cls.__name__ for cls in self.roots.values())}",
        )

    @cached_property
    def tags(self) -> dict[type[Any], str]:
        """The local name of the root element of each class."""
        return {cls: tag for tag, cls in self.roots.items()}

    @cached_property
    def shapes(self) -> tuple[Shape, ...]:
        """Every complex type, each once, roots first."""
        found: dict[str, Shape] = {}
        for cls in self.roots.values():
            _collect(shape_of(cls), found)
        return tuple(found.values())

    @cached_property
    def simple_types(self) -> tuple[SimpleType[Any], ...]:
        """Every simple type with a name of its own, each once: in the order of their use, then the unused."""
        used = (kind for shape in self.shapes for kind in _leaves(shape))
        named = {kind.name: kind for kind in used if not kind.is_builtin}
        return (*named.values(), *self.unused)

    @cached_property
    def foreigners(self) -> tuple[Foreign, ...]:
        """The elements of other schemas, each once."""
        fields = (each for shape in self.shapes for each in shape.elements)
        return tuple(dict.fromkeys(each.foreign for each in fields if isinstance(each, OpaqueField)))


def _collect(shape: Shape, found: dict[str, Shape]) -> None:
    if shape.name in found:
        return
    found[shape.name] = shape
    for each in shape.elements:
        if isinstance(each, ElementField) and each.record is not None:
            _collect(each.record.__wire__, found)


def _leaves(shape: Shape) -> Iterator[SimpleType[Any]]:
    yield from (each.kind for each in shape.attributes)
    yield from (each.simple for each in shape.elements if isinstance(each, ElementField) and each.simple is not None)
