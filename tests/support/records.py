"""Hypothesis strategies that follow the declarations: any record of any declared class, every element and code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any, cast

from hypothesis import strategies as st

from gse_billing.fatturapa.wire import (
    Base64Text,
    DateText,
    DateTimeText,
    DecimalText,
    Enumeration,
    IntegerText,
    Opaque,
    SimpleType,
    Text,
)
from gse_billing.fatturapa.wire.patterns import alphabet, compiled
from gse_billing.fatturapa.wire.records import Record
from gse_billing.fatturapa.wire.shapes import ElementField, Foreign, OpaqueField, Shape

_LONG = 40
_XML = st.characters(min_codepoint=32, exclude_categories=["Cs"], exclude_characters="\ufffe\uffff")


def _texts(kind: Text) -> st.SearchStrategy[str]:
    letters = alphabet(kind.pattern) if kind.pattern else None
    if letters is not None:
        signs = st.characters(min_codepoint=32, max_codepoint=0xFF if letters.name == "Latin-1" else 0x7E)
        texts = st.text(signs, min_size=letters.shortest, max_size=min(letters.longest, _LONG))
    elif kind.pattern is not None:
        texts = st.from_regex(compiled(kind.pattern), fullmatch=True)
    else:
        shortest, longest = kind.length or kind.min_length or 0, kind.length or min(kind.max_length or _LONG, _LONG)
        signs = _XML if kind.base == "xs:normalizedString" else _XML | st.sampled_from("\t\n\r")
        texts = st.text(signs, min_size=shortest, max_size=longest)
    return texts.filter(lambda text: kind.flaw(text) is None)


def _integers(kind: IntegerText) -> st.SearchStrategy[int]:
    least = {"xs:positiveInteger": 1, "xs:nonNegativeInteger": 0}.get(kind.restricts, kind.min_inclusive)
    most = kind.max_inclusive
    if kind.total_digits is not None:
        least, most = -(10**kind.total_digits) + 1, 10**kind.total_digits - 1
    return st.integers(-(10**9) if least is None else least, 10**9 if most is None else most)


def _moments() -> st.SearchStrategy[dt.datetime]:
    offsets = st.none() | st.integers(-13 * 60, 13 * 60)
    return st.builds(_zoned, st.datetimes(min_value=dt.datetime(1000, 1, 1)), offsets)  # noqa: DTZ001 - zoned after


def _zoned(moment: dt.datetime, minutes: int | None) -> dt.datetime:
    return moment if minutes is None else moment.replace(tzinfo=dt.timezone(dt.timedelta(minutes=minutes)))


def _numbers(kind: DecimalText) -> st.SearchStrategy[Decimal]:
    figures = st.from_regex(compiled(kind.pattern), fullmatch=True).map(Decimal)
    return figures.filter(lambda figure: kind.flaw(figure) is None)


_STRATEGIES: dict[type[SimpleType[Any]], Callable[[Any], st.SearchStrategy[Any]]] = {
    Text: _texts,
    Enumeration: lambda kind: st.sampled_from(list(kind.by_code.values())),
    DecimalText: _numbers,
    IntegerText: _integers,
    DateText: lambda kind: st.dates(dt.date.fromisoformat(kind.min_inclusive or "1000-01-01")),
    DateTimeText: lambda _: _moments(),
    Base64Text: lambda _: st.binary(max_size=_LONG),
}


def leaves(kind: SimpleType[Any]) -> st.SearchStrategy[Any]:
    """Any value of a simple type."""
    return _STRATEGIES[type(kind)](kind)


def _foreign(foreign: Foreign) -> st.SearchStrategy[Opaque]:
    bare = f'<{foreign.prefix}:{foreign.tag} xmlns:{foreign.prefix}="{foreign.namespace}"'
    return st.sampled_from([Opaque(f"{bare}/>"), Opaque(f"{bare}><x>1</x></{foreign.prefix}:{foreign.tag}>")])


def _element(field: ElementField) -> st.SearchStrategy[Any]:
    one = leaves(field.simple) if field.simple is not None else records(cast("type[Record]", field.record))
    if field.many:
        return st.lists(one, min_size=field.minimum, max_size=field.minimum + 1).map(tuple)
    return one if field.minimum or field.branch is not None else st.none() | one


def _fields(shape: Shape, branch: int) -> dict[str, st.SearchStrategy[Any]]:
    fields: dict[str, st.SearchStrategy[Any]] = {}
    for attribute in shape.attributes:
        kind = attribute.kind
        values = leaves(kind) if attribute.fixed is None else st.just(kind.parse(attribute.fixed))
        fields[attribute.name] = values if attribute.required and not attribute.tolerated else st.none() | values
    for field in shape.elements:
        if isinstance(field, OpaqueField):
            some = _foreign(field.foreign)
            fields[field.name] = some if field.required and not field.tolerated else st.none() | some
        elif field.branch in (None, branch):
            fields[field.name] = _element(field)
    return fields


def records(cls: type[Any]) -> st.SearchStrategy[Any]:
    """Any record of a declared class that its schema admits; what is tolerated to lack may lack."""
    shape: Shape = cls.__wire__
    branches = range(len(shape.branches) or 1)
    return st.one_of([st.builds(cls, **_fields(shape, branch)) for branch in branches])
