"""The source of a compiled decoder, made from a declaration.

For a record of three leaves, the second of them optional, it is about::

    def decode(at, tokens, source, end):
        start = at - 1
        try:
            token = tokens[at]
            v0 = memo0[token]
            at += 1
            token = tokens[at]
            v1 = None
            if token[:9] == 'IdCodice>':
                v1 = memo1[token]
                at += 1
                token = tokens[at]
            found = match2(token)
            v2 = found[1] if found else text2(token)
            at += 1
            token = tokens[at]
            if token != end: raise UnusualError
        except KeyError:
            return odd(start, source, Class, end)
        record = Twin()
        record.id_paese = v0
        ...
        record._spelled = None
        record._mark = PLAIN
        record.__class__ = Class
        return record, at + 1
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from typing import Any

from gse_billing.fatturapa.wire.numbers import IntegerText
from gse_billing.fatturapa.wire.plain import plain_expression
from gse_billing.fatturapa.wire.shapes import ElementField, OpaqueField, Shape
from gse_billing.fatturapa.wire.simple import SimpleType
from gse_billing.fatturapa.wire.texts import Base64Text

__all__ = ["decoder_source"]

_Field = ElementField | OpaqueField
_Lines = Iterator[str]
_REFUSE = "raise UnusualError"
_LONG_RUN = 3


def decoder_source(shape: Shape) -> str:
    """The source of ``decode``: index of the first token inside of the record in; record and index behind it out."""
    return "\n".join(_function(shape))


def _indented(lines: _Lines, steps: int) -> _Lines:
    return (f"{'    ' * steps}{line}" for line in lines)


def _function(shape: Shape) -> _Lines:
    yield "def decode(at, tokens, source, end):"
    yield "    start = at - 1"
    yield "    try:"
    yield "        token = tokens[at]"
    if shape.attributes:
        yield "        given, spelled = attributes(start, source, Class, known)"
    for in_choice, group in groupby(enumerate(shape.elements), key=lambda pair: pair[1].branch is not None):
        fields = dict(group)
        yield from _indented(_choice(shape, fields) if in_choice else _sequence(fields), 2)
    yield f"        if token != end: {_REFUSE}"
    yield "    except KeyError:"
    yield "        return odd(start, source, Class, end)"
    yield from _indented(_built(shape), 1)


def _sequence(fields: dict[int, _Field]) -> _Lines:
    for optional, group in groupby(fields.items(), key=lambda pair: _is_optional(pair[1])):
        run = dict(group)
        if optional:
            yield from _optional(run)
        else:
            for index, field in run.items():
                yield from _required(field, index)


def _is_optional(field: _Field) -> bool:
    # a foreign element is no token
    return isinstance(field, ElementField) and not field.minimum


def _optional(fields: dict[int, Any]) -> _Lines:
    for index, field in fields.items():
        yield f"v{index} = {'()' if field.many else None}"
    # a long run is jumped over when the record ends before it
    long = len(fields) >= _LONG_RUN
    yield from ["if token != end:"] if long else []
    for index, field in fields.items():
        yield from _indented(_given(field, index), int(long))


def _given(field: ElementField, index: int) -> _Lines:
    """Statements that read an optional element if it stands."""
    yield f"if {_stands(field)}:"
    yield from _indented(_many(field, index) if field.many else _item(field, index, f"v{index}"), 1)


def _required(field: _Field, index: int) -> _Lines:
    if isinstance(field, OpaqueField):
        yield f"v{index} = foreign{index}(source)"
    elif field.many:
        yield f"if not {_stands(field)}: {_REFUSE}"
        yield from _many(field, index)
    else:
        yield from [f"if not {_stands(field)}: {_REFUSE}"] if field.record is not None else []
        yield from _item(field, index, f"v{index}")


def _many(field: ElementField, index: int) -> _Lines:
    """Statements that read all of an element, the first of which stands."""
    yield from _item(field, index, "value")
    yield f"v{index} = [value]"
    yield f"while {_stands(field)}:"
    yield from _indented(_item(field, index, "value"), 1)
    yield f"    v{index}.append(value)"
    yield f"v{index} = (*v{index},)"
    if field.minimum > 1 or field.maximum is not None:
        most = "" if field.maximum is None else f" <= {field.maximum}"
        yield f"if not {field.minimum} <= len(v{index}){most}: {_REFUSE}"


def _choice(shape: Shape, fields: dict[int, Any]) -> _Lines:
    """Its first element tells the branch; all of a branch must stand."""
    yield f"{' = '.join(f'v{index}' for index in fields)} = None"
    word = "if"
    for branch in shape.branches:
        inside = [(index, field) for index, field in fields.items() if field.name in branch]
        yield f"{word} {_stands(inside[0][1])}:"
        for index, field in inside:
            yield from _indented(_required(field, index), 1)
        word = "elif"
    yield "else:"
    yield f"    {_REFUSE}"


def _stands(field: ElementField) -> str:
    """The condition that the token at hand is one of that element."""
    if field.record is not None:
        return f"token == {field.tag!r}"
    beginning = f"{field.tag}>"
    return f"token[:{len(beginning)}] == {beginning!r}"


def _item(field: ElementField, index: int, value: str) -> _Lines:
    """Statements that read the element at hand and go on to what follows it."""
    if field.record is not None:
        yield f"{value}, at = decode{index}(at + 1, tokens, source, {'/' + field.tag!r})"
    else:
        yield from _leaf(field.kind, index, value)  # type: ignore[arg-type]
        yield "at += 1"
    yield "token = tokens[at]"


def _leaf(kind: SimpleType[Any], index: int, value: str) -> _Lines:
    if isinstance(kind, Base64Text):
        yield f"{value} = bytes{index}(token)"
    elif plain_expression(kind) is None:
        yield f"{value} = memo{index}[token]"
    elif kind.python is str:
        yield f"found = match{index}(token)"
        yield f"{value} = found[1] if found else text{index}(token)"
    else:
        yield f"found = match{index}(token)"
        yield f"if not found: {_REFUSE}"
        yield f"{value} = {'int' if isinstance(kind, IntegerText) else Decimal.__name__}(found[1])"


def _built(shape: Shape) -> _Lines:
    yield "record = Twin()"
    yield from (f"record.{field.name} = given[{field.name!r}]" for field in shape.attributes)
    yield from (f"record.{field.name} = v{index}" for index, field in enumerate(shape.elements))
    yield f"record._spelled = {'spelled or None' if shape.attributes else 'None'}"
    yield f"record._mark = {'CHECKED if spelled else PLAIN' if shape.attributes else 'PLAIN'}"
    yield "record.__class__ = Class"
    yield "return record, at + 1"
