"""Documents as nested dicts and back, by cattrs: one function per class and direction, compiled on first use.

What is compiled knows only what is plain. At anything unusual the dict goes to the walk of ``dicts``, which finds
every defect and its place.
"""

# ruff: noqa: ANN401 - the values of records are of any declared class

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import cache, partial
from operator import attrgetter
from typing import Any, cast

import attrs
from cattrs import Converter
from cattrs.errors import ForbiddenExtraKeysError
from cattrs.fns import identity
from cattrs.gen import make_dict_structure_fn_from_attrs, make_dict_unstructure_fn_from_attrs, override

from gse_billing.core.collector import collector_paused
from gse_billing.fatturapa.wire.checkers import is_sound
from gse_billing.fatturapa.wire.checking import require_sound
from gse_billing.fatturapa.wire.dicts import explained_dict
from gse_billing.fatturapa.wire.moments import DateText, DateTimeText
from gse_billing.fatturapa.wire.naming import Field, Names, is_tolerated, key_of
from gse_billing.fatturapa.wire.numbers import DecimalText, IntegerText
from gse_billing.fatturapa.wire.plain import Memo, UnusualError, plain_bytes, plain_expression
from gse_billing.fatturapa.wire.schema import Schema
from gse_billing.fatturapa.wire.shapes import ElementField, Opaque, OpaqueField, shape_of
from gse_billing.fatturapa.wire.simple import SimpleType
from gse_billing.fatturapa.wire.texts import Base64Text, Enumeration, Text

__all__ = ["structured", "unstructured"]

_Hook = Callable[[Any, Any], Any]
_Teller = Callable[[Any], Any]
_UNUSUAL = (LookupError, TypeError, ValueError, AttributeError, ForbiddenExtraKeysError)
_ALWAYS_TOLD = object()


def unstructured(document: object, schema: Schema, names: Names) -> dict[str, Any]:
    """A document as nested dicts under the name of its root.

    Raises:
        InvalidDocumentError: the document breaks the schema; the report says how.
        InvalidValueError: a value is not of its declared class.
        FloatRefusedError: a float stands where a decimal is declared.
    """
    tag = schema.root_of(document)
    require_sound(document, schema)
    cls: Any = type(document)
    with collector_paused():
        told: dict[str, Any] = {tag: _teller_of(cls, names)(document)}
    return told


def structured(fields: object, schemas: tuple[Schema, ...], names: Names) -> Any:
    """The document of one of the schemas that nested dicts hold.

    Raises:
        InvalidDocumentError: they hold none; the report has every defect.
    """
    with collector_paused():
        document = _plain(fields, schemas, names)
        return explained_dict(fields, schemas, names) if document is None else document


def _plain(fields: Any, schemas: tuple[Schema, ...], names: Names) -> object:
    """The document, or ``None`` when there is something to explain."""
    cls: Any
    try:
        ((tag, inside),) = fields.items()
        (cls,) = (schema.roots[tag] for schema in schemas if tag in schema.roots)
        document = _hook_of(cls, names)(inside, cls)
    except _UNUSUAL:
        return None
    return document if is_sound(document) else None


@cache
def _converter() -> Converter:
    return Converter(forbid_extra_keys=True, detailed_validation=False)


# to dicts


@cache
def _teller_of(cls: type[Any], names: Names) -> _Teller:
    fields = shape_of(cls).attributes + shape_of(cls).elements
    overrides: dict[str, Any] = {
        field.name: override(rename=key_of(field, names), unstruct_hook=_teller(field, names)) for field in fields
    }
    return make_dict_unstructure_fn_from_attrs(
        [_told(cls, field) for field in fields],
        cls,
        _converter(),
        _cattrs_omit_if_default=True,
        _cattrs_use_linecache=False,
        **overrides,
    )


def _told(cls: type[Any], field: Field) -> Any:
    """The attribute of a field, with a default that no value equals unless the field may be left out.

    cattrs puts all keys without default before the others; so each has one, and the order is that of the standard.
    """
    declared = attrs.fields_dict(cls)[field.name]
    if is_tolerated(field):
        return declared.evolve(default=None)
    return declared if field.default in (None, ()) else declared.evolve(default=_ALWAYS_TOLD)


def _teller(field: Field, names: Names) -> _Teller:
    if isinstance(field, OpaqueField):
        return attrgetter("xml")
    record: Any = field.record if isinstance(field, ElementField) else None
    teller = _leaf_teller(cast("SimpleType[Any]", field.kind)) if record is None else _teller_of(record, names)
    if not isinstance(field, ElementField) or not field.many:
        return teller
    return list if teller is identity else lambda items: [teller(item) for item in items]


def _leaf_teller(kind: SimpleType[Any]) -> _Teller:
    if isinstance(kind, Text | IntegerText):
        return cast("_Teller", identity)
    if isinstance(kind, Enumeration):
        return attrgetter("_value_")
    if isinstance(kind, DateTimeText):
        return dt.datetime.isoformat
    if isinstance(kind, DateText):
        return dt.date.isoformat
    return _figure_teller(kind) if isinstance(kind, DecimalText) else kind.spell


def _figure_teller(kind: DecimalText) -> _Teller:
    expression, spell = plain_expression(kind), kind.spell
    is_plain = expression.fullmatch if expression else Memo(kind).knows
    return lambda value: text if is_plain(text := str(value)) else spell(value)


# from dicts


@cache
def _hook_of(cls: type[Any], names: Names) -> _Hook:
    fields = shape_of(cls).attributes + shape_of(cls).elements
    overrides: dict[str, Any] = {
        field.name: override(rename=key_of(field, names), struct_hook=_hook(field, names)) for field in fields
    }
    make = make_dict_structure_fn_from_attrs(
        [attrs.fields_dict(cls)[field.name] for field in fields],
        cls,
        _converter(),
        _cattrs_use_linecache=False,
        **overrides,
    )

    def hook(given: Any, target: Any) -> Any:
        if given.__class__ is not dict:
            raise UnusualError
        return make(given, target)

    return hook


def _hook(field: Field, names: Names) -> _Hook:
    if isinstance(field, OpaqueField):
        return lambda given, _: Opaque(given)
    record: Any = field.record if isinstance(field, ElementField) else None
    hook = _leaf_hook(cast("SimpleType[Any]", field.kind)) if record is None else _hook_of(record, names)
    return partial(_all, hook) if isinstance(field, ElementField) and field.many else hook


def _all(hook: _Hook, given: Any, target: Any) -> tuple[Any, ...]:
    if given.__class__ is not list:
        raise UnusualError
    return tuple([hook(item, target) for item in given])


def _leaf_hook(kind: SimpleType[Any]) -> _Hook:
    """From JSON to a value of the class, or anything else for the checker to refuse."""
    if isinstance(kind, Text | IntegerText):
        return _given
    if isinstance(kind, Enumeration):
        by_code = kind.by_code
        return lambda given, _: by_code[given]
    if isinstance(kind, Base64Text):
        return lambda given, _: plain_bytes(given)
    expression = plain_expression(kind) if isinstance(kind, DecimalText) else None
    return _remembered(kind) if expression is None else partial(_figure, expression.fullmatch)


def _remembered(kind: SimpleType[Any]) -> _Hook:
    memo = Memo(kind)
    return lambda given, _: memo[given]


def _given(given: Any, _: Any) -> Any:
    if given is None:  # the checker would take it for what is not there
        raise UnusualError
    return given


def _figure(match: Callable[[str], object], given: Any, _: Any) -> Decimal:
    if match(given):
        return Decimal(given)
    raise UnusualError
