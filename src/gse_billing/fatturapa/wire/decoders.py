"""The source of a compiled decoder, made from a declaration.

For a record of two leaves, the second of them optional, it is about::

    def decode(at, flat, names, texts):
        start = at
        try:
            if texts[at] is not None: raise UnusualError
            taken = 0
            at += 1
            if names[at] != 'IdPaese': raise UnusualError
            v0 = memo0[texts[at]]
            taken += 1
            at += 1
            v1 = None
            if names[at] == 'IdCodice':
                v1 = memo1[texts[at]]
                taken += 1
                at += 1
            if taken != flat.sizes[start]: raise UnusualError
        except KeyError:
            return odd(start, flat, Class)
        record = new(Twin)
        record.id_paese = v0
        record.id_codice = v1
        record._spelled = None
        record._mark = PLAIN
        record.__class__ = Class
        return record, at
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from typing import Any

from gse_billing.fatturapa.wire.numbers import IntegerText
from gse_billing.fatturapa.wire.plain import Memo, plain_expression
from gse_billing.fatturapa.wire.shapes import ElementField, OpaqueField, Shape
from gse_billing.fatturapa.wire.simple import SimpleType
from gse_billing.fatturapa.wire.texts import Base64Text

__all__ = ["decoder_source", "leaf_tools"]

_Field = ElementField | OpaqueField
_Lines = Iterator[str]
_REFUSE = "raise UnusualError"


def leaf_tools(kind: SimpleType[Any], index: int) -> dict[str, Any]:
    """What the function needs to read one leaf."""
    expression = plain_expression(kind)
    return {f"match{index}": expression.fullmatch} if expression else {f"memo{index}": Memo(kind)}


def decoder_source(shape: Shape) -> str:
    """The source of ``decode``: index of the element in, record and index of what follows out."""
    return "\n".join(_function(shape))


def _indented(lines: _Lines, steps: int) -> _Lines:
    return (f"{'    ' * steps}{line}" for line in lines)


def _function(shape: Shape) -> _Lines:
    yield "def decode(at, flat, names, texts):"
    yield "    start = at"
    yield "    try:"
    yield f"        if texts[at] is not None: {_REFUSE}"
    if shape.attributes:
        yield "        given, spelled = attributes(at, flat, Class, known)"
    yield "        taken = 0"
    yield "        at += 1"
    for in_choice, group in groupby(enumerate(shape.elements), key=lambda pair: pair[1].branch is not None):
        fields = dict(group)
        yield from _indented(_choice(shape, fields) if in_choice else _sequence(fields), 2)
    yield f"        if taken != flat.sizes[start]: {_REFUSE}"
    yield "    except KeyError:"
    yield "        return odd(start, flat, Class)"
    yield from _indented(_built(shape), 1)


def _sequence(fields: dict[int, _Field]) -> _Lines:
    for index, field in fields.items():
        if isinstance(field, ElementField) and field.many:
            yield from _many(field, index)
        elif field.minimum:
            yield from _required(field, index)
        else:
            yield f"v{index} = None"
            yield f"if names[at] == {_name(field)!r}:"
            yield from _indented(_item(field, index, f"v{index}"), 1)


def _required(field: _Field, index: int) -> _Lines:
    yield f"if names[at] != {_name(field)!r}: {_REFUSE}"
    yield from _item(field, index, f"v{index}")


def _many(field: ElementField, index: int) -> _Lines:
    least = f"if names[at] != {field.tag!r}: {_REFUSE}"
    yield from [least] if field.minimum else []
    yield f"v{index} = ()"
    yield f"if names[at] == {field.tag!r}:"
    yield from _indented(_item(field, index, "value"), 1)
    yield f"    v{index} = [value]"
    yield f"    while names[at] == {field.tag!r}:"
    yield from _indented(_item(field, index, "value"), 2)
    yield f"        v{index}.append(value)"
    if field.maximum is not None:
        yield f"    if len(v{index}) > {field.maximum}: {_REFUSE}"
    yield f"    v{index} = (*v{index},)"


def _choice(shape: Shape, fields: dict[int, _Field]) -> _Lines:
    """The name of its first element tells the branch; all of a branch must stand."""
    yield f"{' = '.join(f'v{index}' for index in fields)} = None"
    word = "if"
    for branch in shape.branches:
        inside = [(index, field) for index, field in fields.items() if field.name in branch]
        yield f"{word} names[at] == {_name(inside[0][1])!r}:"
        for index, field in inside:
            yield from _indented(_required(field, index), 1)
        word = "elif"
    yield "else:"
    yield f"    {_REFUSE}"


def _item(field: _Field, index: int, value: str) -> _Lines:
    """Statements that read the element at hand and go on to what follows it."""
    if isinstance(field, OpaqueField):
        yield f"{value}, at = foreign(at, flat)"
    elif field.record is not None:
        yield f"{value}, at = decode{index}(at, flat, names, texts)"
    else:
        yield from _leaf(field.kind, index, value)  # type: ignore[arg-type]
        yield "at += 1"
    yield "taken += 1"


def _leaf(kind: SimpleType[Any], index: int, value: str) -> _Lines:
    if isinstance(kind, Base64Text):
        yield f"{value} = plain_bytes(texts[at])"
    elif plain_expression(kind):
        yield f"{value} = texts[at]"
        yield f"if match{index}({value} or '') is None: {_REFUSE}"
        if kind.python is Decimal:
            yield f"{value} = Decimal({value})"
        elif isinstance(kind, IntegerText):
            yield f"{value} = int({value})"
    else:
        yield f"{value} = memo{index}[texts[at]]"


def _built(shape: Shape) -> _Lines:
    yield "record = new(Twin)"
    yield from (f"record.{field.name} = given[{field.name!r}]" for field in shape.attributes)
    yield from (f"record.{field.name} = v{index}" for index, field in enumerate(shape.elements))
    yield f"record._spelled = {'spelled or None' if shape.attributes else 'None'}"
    yield f"record._mark = {'CHECKED if spelled else PLAIN' if shape.attributes else 'PLAIN'}"
    yield "record.__class__ = Class"
    yield "return record, at"


def _name(field: _Field) -> str:
    return field.foreign.clark if isinstance(field, OpaqueField) else field.tag
