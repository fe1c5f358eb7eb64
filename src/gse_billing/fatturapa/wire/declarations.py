"""How an element of the standard is written down once.

::

    @wire("DatiRiepilogoType")
    class DatiRiepilogo:
        aliquota_iva: Decimal = element("AliquotaIVA", RateType)
        natura: Natura | None = element("Natura", NaturaType, default=None)

The class is frozen, slotted and keyword-only. It checks nothing when it is built: ``check`` and the writer do, and say
everything that is wrong at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from keyword import iskeyword
from typing import Any, TypeVar, dataclass_transform, overload

import attrs
from attrs import NOTHING

from gse_billing.core.errors import InvalidValueError
from gse_billing.fatturapa.wire.records import UNCHECKED, Record
from gse_billing.fatturapa.wire.shapes import AttributeField, ElementField, Foreign, Opaque, OpaqueField, Shape
from gse_billing.fatturapa.wire.simple import SimpleType

__all__ = ["attribute", "element", "opaque", "wire"]

Value = TypeVar("Value")
Declared = TypeVar("Declared")
Many = tuple[int, int | None]
_Declaration = ElementField | AttributeField | OpaqueField

_XML_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


@overload
def element(tag: str, kind: SimpleType[Value] | type[Value], *, default: None) -> Value | None: ...
@overload
def element(tag: str, kind: SimpleType[Value] | type[Value], *, default: Value = ...) -> Value: ...
@overload
def element(
    tag: str, kind: SimpleType[Value] | type[Value], *, many: Many, default: tuple[()] = ...
) -> tuple[Value, ...]: ...
def element(tag: str, kind: Any, *, many: Many | None = None, default: Any = NOTHING) -> Any:
    """Declare an element.

    Args:
        tag: the local name, as the standard writes it.
        kind: a simple type, or a class declared with :func:`wire`.
        many: least and greatest number, ``None`` without bound; the field is then a tuple.
        default: ``None`` makes the element optional; another value is the one that the schema gives to an empty
            element; ``()`` for a tuple that may be empty. Inside a choice every element has ``default=None``.
    """
    _known(tag, kind)
    if many is not None:
        return ElementField(tag=tag, kind=kind, minimum=many[0], maximum=many[1], default=default)
    return ElementField(tag=tag, kind=kind, minimum=0 if default is None else 1, maximum=1, default=default)


@overload
def attribute(tag: str, kind: SimpleType[Value], *, default: None, fixed: Value | None = None) -> Value | None: ...
@overload
def attribute(
    tag: str, kind: SimpleType[Value], *, default: Value = ..., fixed: Value | None = None, tolerated: bool = False
) -> Value: ...
def attribute(tag: str, kind: Any, *, default: Any = NOTHING, fixed: Any = None, tolerated: bool = False) -> Any:
    """Declare an attribute.

    Args:
        tag: the name, as the standard writes it.
        kind: its simple type.
        default: ``None`` makes it optional; a required attribute with a fixed value has that value as default.
        fixed: the only value the schema admits.
        tolerated: a document that lacks a required attribute is taken with a warning; the field is then ``None``.
    """
    _known(tag, kind)
    if default not in (None, NOTHING) and default != fixed:
        raise InvalidValueError(
            f"the attribute {tag} has a default that is not its fixed value", value=default, remedy="give both or none"
        )
    spelled = None if fixed is None else kind.spell(fixed)
    return AttributeField(tag=tag, kind=kind, fixed=spelled, default=default, tolerated=tolerated)


@overload
def opaque(foreign: Foreign) -> Opaque: ...
@overload
def opaque(foreign: Foreign, *, default: None, tolerated: bool = False) -> Opaque | None: ...
def opaque(foreign: Foreign, *, default: Any = NOTHING, tolerated: bool = False) -> Any:
    """Declare an element of another schema that is kept as it stands; ``default=None`` makes it optional.

    With ``tolerated`` the schema requires it all the same, and a document that lacks it is taken with a warning.
    """
    return OpaqueField(foreign=foreign, default=default, tolerated=tolerated)


@dataclass_transform(
    kw_only_default=True, frozen_default=True, eq_default=True, field_specifiers=(element, attribute, opaque)
)
def wire(name: str, *, choice: Sequence[Sequence[str]] = ()) -> Callable[[type[Declared]], type[Declared]]:
    """Make a class a record of the standard: frozen, slotted, keyword-only, equal by value.

    Args:
        name: of the complex type in the schema.
        choice: the branches of an ``xs:choice``, each with the Python names of its elements in their order; the
            elements of all branches stand together in the class.

    Raises:
        InvalidValueError: the declaration contradicts itself.
    """

    def declare(cls: type[Declared]) -> type[Declared]:
        shape = _shape(name, cls, tuple(tuple(branch) for branch in choice))
        space = {key: value for key, value in vars(cls).items() if key not in (*shape.names, "__dict__", "__weakref__")}
        bare = type(cls.__name__, (Record,), {**space, "__slots__": (), "__wire__": shape})
        built: Any = attrs.frozen(bare, these=_slots(shape), kw_only=True, eq=False, repr=False, weakref_slot=False)
        return built  # type: ignore[no-any-return]

    return declare


def _known(tag: str, kind: object) -> None:
    if not _XML_NAME.fullmatch(tag):
        raise InvalidValueError(f"{tag!r} is not a name of XML", value=tag, remedy="state the local name")
    if not isinstance(kind, SimpleType) and not hasattr(kind, "__wire__"):
        raise InvalidValueError(
            f"the kind of {tag} is {kind!r}", value=kind, remedy="give a simple type or a class declared with @wire"
        )


def _slots(shape: Shape) -> dict[str, Any]:
    fields = {each.name: attrs.field(default=each.default) for each in (*shape.attributes, *shape.elements)}
    return {
        **fields,
        "_spelled": attrs.field(default=None, alias="_spelled"),
        "_mark": attrs.field(default=UNCHECKED, init=False),
    }


def _shape(name: str, cls: type, branches: tuple[tuple[str, ...], ...]) -> Shape:
    branch_of = {each: index for index, branch in enumerate(branches) for each in branch}
    elements: list[ElementField | OpaqueField] = []
    attributes: list[AttributeField] = []
    for key, declared in vars(cls).items():
        if isinstance(declared, ElementField):
            bound = attrs.evolve(declared, name=key, position=len(elements) + 1)
            elements.append(_in_branch(bound, branch_of.pop(key, None)))
        elif isinstance(declared, OpaqueField):
            elements.append(attrs.evolve(declared, name=key))
        elif isinstance(declared, AttributeField):
            attributes.append(attrs.evolve(declared, name=key))
    _consistent(name, [each.tag for each in elements], branch_of)
    _compilable([each.name for each in (*attributes, *elements)])
    return Shape(name=name, attributes=tuple(attributes), elements=tuple(elements), branches=branches)


def _in_branch(declared: ElementField, branch: int | None) -> ElementField:
    if branch is None:
        return declared
    if declared.default is not None or declared.many:
        raise InvalidValueError(
            f"{declared.tag} stands in a choice", value=declared.default, remedy="give it default=None and no many"
        )
    return attrs.evolve(declared, branch=branch, minimum=1)


def _compilable(names: Sequence[str]) -> None:
    """The names go into the source of compiled functions."""
    for name in names:
        if not name.isidentifier() or iskeyword(name) or name.startswith("_"):
            raise InvalidValueError(
                f"{name!r} cannot name a field",
                value=name,
                remedy="use a plain name of Python, without underscore before it",
            )


def _consistent(name: str, tags: Sequence[str], left: dict[str, int]) -> None:
    twice = sorted({tag for tag in tags if tags.count(tag) > 1})
    if twice or left:
        raise InvalidValueError(
            f"the declaration of {name} contradicts itself",
            value=(*twice, *left),
            why="a tag stands twice" if twice else "the choice names a field that is not declared",
            remedy="declare each element once",
        )
