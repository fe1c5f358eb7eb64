"""What a declaration says, as values: the fields of a class and their order."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Any, cast

from attrs import NOTHING, field, frozen

from gse_billing.fatturapa.wire.records import Record
from gse_billing.fatturapa.wire.simple import SimpleType

__all__ = ["AttributeField", "ElementField", "Foreign", "Opaque", "OpaqueField", "Shape", "shape_of"]


@frozen(kw_only=True)
class Foreign:
    """An element of another schema, which is imported and not explained.

    Attributes:
        namespace: of the element.
        tag: its local name.
        prefix: with which the schema names it.
        location: where the schema says that the other schema is found.
        misspelt: namespaces seen in the wild that were meant to be this one; the reader warns of them.
    """

    namespace: str
    tag: str
    prefix: str
    location: str
    misspelt: tuple[str, ...] = ()

    @property
    def clark(self) -> str:
        """The name in Clark form: ``{namespace}tag``."""
        return f"{{{self.namespace}}}{self.tag}"


@frozen
class Opaque:
    """An element kept as it stands.

    Attributes:
        xml: the element as text, with the declarations of the namespaces it uses.
    """

    xml: str


@frozen(kw_only=True, eq=False)
class ElementField:
    """An element of a record.

    Attributes:
        tag: the local name.
        kind: a simple type, or the class of the records it holds.
        minimum: how often it must stand (inside a choice: once its branch is taken).
        maximum: how often it may stand, ``None`` without bound.
        default: of the Python field, ``NOTHING`` when it must be given.
        name: of the Python field.
        branch: which branch of the choice it belongs to, ``None`` outside.
        position: among the elements of the record, from 1; the tables number the elements by it.
    """

    tag: str
    kind: SimpleType[Any] | type
    minimum: int
    maximum: int | None
    default: object
    name: str = ""
    branch: int | None = None
    position: int = 0

    @property
    def many(self) -> bool:
        """Whether the Python field is a tuple."""
        return self.maximum != 1

    @property
    def simple(self) -> SimpleType[Any] | None:
        """The simple type of a leaf, ``None`` for a record."""
        return self.kind if isinstance(self.kind, SimpleType) else None

    @property
    def record(self) -> type[Record] | None:
        """The class of a record, ``None`` for a leaf."""
        return None if isinstance(self.kind, SimpleType) else cast("type[Record]", self.kind)

    @property
    def is_long(self) -> bool:
        """Whether lists of lists may stand there, so that the writer does not join their texts at every level."""
        shape = self.record.__wire__ if self.record is not None else None
        return shape is not None and (shape.is_long or (self.many and shape.has_lists))

    @property
    def type_name(self) -> str:
        """The name of its type in the schema."""
        return self.kind.name if isinstance(self.kind, SimpleType) else shape_of(self.kind).name

    @property
    def schema_default(self) -> object:
        """The value an empty element stands for, ``None`` when the schema gives no default."""
        return None if self.default is NOTHING or self.many else self.default


@frozen(kw_only=True, eq=False)
class AttributeField:
    """An attribute of a record.

    Attributes:
        tag: the name.
        kind: its simple type.
        fixed: the only text the schema admits, or ``None``.
        default: of the Python field: ``NOTHING`` or the fixed value make it required, ``None`` optional.
        name: of the Python field.
        tolerated: a document that lacks it, although required, is taken with a warning.
    """

    tag: str
    kind: SimpleType[Any]
    fixed: str | None
    default: object
    name: str = ""
    tolerated: bool = False

    @property
    def required(self) -> bool:
        """Whether the attribute must stand."""
        return self.default is not None


@frozen(kw_only=True, eq=False)
class OpaqueField:
    """An element of another schema, kept as it stands.

    Attributes:
        foreign: the element.
        default: of the Python field: ``NOTHING`` makes it required, ``None`` optional.
        name: of the Python field.
        tolerated: a document that lacks it, although the schema requires it, is taken with a warning.
        position: 0, for the tables give it no number.
    """

    foreign: Foreign
    default: object
    name: str = ""
    tolerated: bool = False
    position: int = 0

    @property
    def tag(self) -> str:
        """The local name."""
        return self.foreign.tag

    @property
    def minimum(self) -> int:
        """How often it must stand."""
        return int(self.required)

    @property
    def maximum(self) -> int:
        """How often it may stand."""
        return 1

    @property
    def branch(self) -> None:
        """It belongs to no choice."""

    @property
    def required(self) -> bool:
        """Whether the element must stand."""
        return self.tolerated or self.default is NOTHING


@frozen(kw_only=True, eq=False)
class Shape:
    """A class as it was declared.

    Attributes:
        name: of the complex type in the schema.
        attributes: in the order of declaration.
        elements: in the order of the schema, foreign ones included.
        branches: the branches of the choice, as Python names; empty without a choice.
    """

    name: str
    attributes: tuple[AttributeField, ...]
    elements: tuple[ElementField | OpaqueField, ...]
    branches: tuple[tuple[str, ...], ...] = field(default=())

    @cached_property
    def by_tag(self) -> dict[str, tuple[int, ElementField | OpaqueField]]:
        """Index and field of each element by the name the parser gives it."""
        keys = ((each.foreign.clark if isinstance(each, OpaqueField) else each.tag) for each in self.elements)
        return {key: (index, each) for index, (key, each) in enumerate(zip(keys, self.elements, strict=True))}

    @cached_property
    def tags(self) -> str:
        """The names of the elements, for messages."""
        return ", ".join(each.tag for each in self.elements)

    @cached_property
    def has_foreign(self) -> bool:
        """Whether an element of another schema may stand inside."""
        return any(isinstance(each, OpaqueField) for each in self.elements)

    @cached_property
    def is_marked(self) -> bool:
        """Whether a record remembers that it was checked.

        One that has no figure inside, and only parts without one, is as quickly checked again; nothing but an odd
        spelling of its own asks for the careful writer.
        """
        return self.has_foreign or any(
            each.record.__wire__.is_marked if each.record is not None else each.kind.python is Decimal  # type: ignore[union-attr]
            for each in self.elements
            if isinstance(each, ElementField)
        )

    @cached_property
    def has_lists(self) -> bool:
        """Whether records may stand inside in any number."""
        return any(each.many and each.record is not None for each in self.elements if isinstance(each, ElementField))

    @cached_property
    def is_long(self) -> bool:
        """Whether lists of records with lists may stand inside, on any level."""
        return any(each.is_long for each in self.elements if isinstance(each, ElementField))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The Python names of all fields, attributes first."""
        return tuple(each.name for each in (*self.attributes, *self.elements))


def shape_of(cls: type[Any]) -> Shape:
    """The declaration of a class."""
    return cast("type[Record]", cls).__wire__
