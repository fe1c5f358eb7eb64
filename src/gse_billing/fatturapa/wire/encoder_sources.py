"""The sources of encoders: statements and f-strings, made from the declarations alone.

A plain value becomes text without a question; :func:`is_odd` gives the condition under which that would be wrong.
"""

from __future__ import annotations

from typing import Any

from gse_billing.fatturapa.wire.moments import DateText, DateTimeText
from gse_billing.fatturapa.wire.numbers import DecimalText
from gse_billing.fatturapa.wire.patterns import alphabet, is_of_letters
from gse_billing.fatturapa.wire.shapes import ElementField, OpaqueField, Shape, shape_of
from gse_billing.fatturapa.wire.simple import SimpleType
from gse_billing.fatturapa.wire.texts import Base64Text, Enumeration, Text

__all__ = ["field_source", "is_odd", "is_part", "is_remembered", "is_spelled", "record_source"]

_MOST_ITEMS = 256
_LONGEST_NAME = 80
_SOURCES: dict[type, str] = {
    Enumeration: "{0}._value_",
    DateTimeText: "{0}.isoformat()",
    Base64Text: "b64({0}).decode()",
}


def is_part(field: ElementField) -> bool:
    """Whether the records of a field are written where they stand: small ones, of which there is always one."""
    if field.record is None or field.many or not field.minimum or field.branch is not None:
        return False
    return not (field.record.__wire__.is_marked or field.record.__wire__.attributes)


def is_remembered(field: ElementField) -> bool:
    """Whether few values come again and again: days, and texts short enough to be kept that may need an escape."""
    if not isinstance(field.kind, Text):
        return isinstance(field.kind, DateText)
    letters = alphabet(field.kind.pattern or ".")
    return letters is not None and letters.longest <= _LONGEST_NAME


def is_odd(shape: Shape) -> str:
    """The condition under which a record ``r`` is left to a more careful encoder, for itself or for a part of it."""
    return " or ".join(["r._mark != PLAIN", *_parts_spelled(shape, "r")]) if shape.is_marked else is_spelled(shape)


def is_spelled(shape: Shape, record: str = "r") -> str:
    """The condition under which a record, or a part of it, has odd spellings."""
    return " or ".join([f"{record}._spelled", *_parts_spelled(shape, record)])


def _parts_spelled(shape: Shape, record: str) -> list[str]:
    parts = [each for each in shape.elements if isinstance(each, ElementField) and is_part(each)]
    return [is_spelled(shape_of(each.kind), f"{record}.{each.name}") for each in parts]  # type: ignore[arg-type]


def record_source(shape: Shape, record: str, prefix: str, *, padded: bool = False) -> tuple[list[str], str]:
    """Statements that prepare the texts of the fields of a record, and the inside of the f-string that joins them.

    Where decimals may need padding they are made texts first.
    """
    statements: list[str] = []
    parts: list[str] = []
    for index, field in enumerate(shape.elements):
        prepared, part = field_source(field, f"{prefix}{index}", record)
        statements += [prepared[0], *(_padding(field, f"{prefix}{index}") if padded else ()), *prepared[1:]]
        parts.append(part)
    return statements, "".join(parts)


def _padding(field: ElementField | OpaqueField, index: str) -> list[str]:
    if isinstance(field, OpaqueField) or not isinstance(field.kind, DecimalText):
        return []
    if field.many:
        return [f"v{index} = [*map(pad{index}, v{index})]"]
    return [f"if v{index} is not None: v{index} = pad{index}(v{index})"]


def field_source(field: ElementField | OpaqueField, index: str, record: str) -> tuple[list[str], str]:
    """The same for one field, which becomes a variable ``v`` with the place of the field."""
    name = f"v{index}"
    prepared, part = _value_source(field, index, name)
    return [f"{name} = {record}.{field.name}", *prepared], part


def _value_source(field: ElementField | OpaqueField, index: str, name: str) -> tuple[list[str], str]:
    if isinstance(field, OpaqueField):
        return [f"{name} = '' if {name} is None else {name}.xml"], f"{{{name}}}"
    if field.many:
        item = _item_source(field, index, "x")
        short = [f"if len({name}) > {_MOST_ITEMS}: raise TooLong"] if field.is_long else []
        return [*short, f"{name} = ''.join([f'{item}' for x in {name}]) if {name} else ''"], f"{{{name}}}"
    if is_part(field):
        statements, text = record_source(shape_of(field.kind), name, f"{index}_")  # type: ignore[arg-type]
        return statements, f"<{field.tag}>{text}</{field.tag}>"
    if field.minimum and field.branch is None:
        return [], _item_source(field, index, name)
    item = f"elements{index}[{name}]" if is_remembered(field) else f"f'{_item_source(field, index, name)}'"
    return [f"{name} = '' if {name} is None else {item}"], f"{{{name}}}"


def _item_source(field: ElementField, index: str, name: str) -> str:
    """One element as the inside of an f-string."""
    if is_remembered(field):
        return f"{{elements{index}[{name}]}}"
    if field.record is None:
        return f"<{field.tag}>{{{_leaf_source(field.kind, name)}}}</{field.tag}>"  # type: ignore[arg-type]
    attributes = f"{{attrs({name})}}" if field.record.__wire__.attributes else ""
    return f"<{field.tag}{attributes}>{{encode{index}({name})}}</{field.tag}>"


def _leaf_source(kind: SimpleType[Any], name: str) -> str:
    """The expression for the text of a plain value."""
    if isinstance(kind, Text):
        return _text_source(kind, name)
    return _SOURCES.get(type(kind), "{0}!s").format(name)


def _text_source(kind: Text, name: str) -> str:
    """The expression for a text, escaped where its type leaves room for markup."""
    if is_of_letters(kind.pattern or "."):
        return name
    return f"{name} if {_clean(kind, name)} else escaped({name})"


def _clean(kind: Text, name: str) -> str:
    """The condition under which a text needs no escape; most types cannot hold a carriage return at all."""
    signs = ['"&"', '"<"', '">"', *(["CR"] if kind.normalized("\r") == "\r" else [])]
    return " and ".join(f"{sign} not in {name}" for sign in signs)
