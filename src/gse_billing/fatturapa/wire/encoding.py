"""Compiled encoders: a checked record to text, by one straight-line function per class.

The source of the function is made from the declaration alone and compiled when a class is first written::

    def encode(r):
        if r._mark != PLAIN:
            return careful(r)
        v1 = r.natura
        v1 = "" if v1 is None else f"<Natura>{v1._value_}</Natura>"
        return f"<AliquotaIVA>{r.aliquota_iva!s}</AliquotaIVA>{v1}"

A record with odd spellings, or with decimals that need padding, goes to the careful encoder.
"""

from __future__ import annotations

import datetime as dt
from base64 import b64encode
from collections.abc import Callable, Iterator
from typing import Any

from gse_billing.fatturapa.wire.instance import instance_attributes
from gse_billing.fatturapa.wire.leaves import escaped, leaf_text, quoted
from gse_billing.fatturapa.wire.moments import DateText, DateTimeText
from gse_billing.fatturapa.wire.patterns import alphabet, is_of_letters
from gse_billing.fatturapa.wire.plain import Memory
from gse_billing.fatturapa.wire.records import PLAIN, Record, Spelling
from gse_billing.fatturapa.wire.shapes import ElementField, OpaqueField, Shape, shape_of
from gse_billing.fatturapa.wire.simple import SimpleType
from gse_billing.fatturapa.wire.texts import Base64Text, Enumeration, Text

__all__ = ["attributes_text", "encoder_of"]

Encoder = Callable[[Any], str]

_MOST_DAYS = 4096
_LONGEST_NAME = 80
_NO_SPELLING = Spelling()
_SOURCES: dict[type, str] = {
    Enumeration: "{0}._value_",
    DateText: "days[{0}]",
    DateTimeText: "{0}.isoformat()",
    Base64Text: "b64({0}).decode()",
}


class _Days(dict[dt.date, str]):
    """ISO texts of days; a document repeats few of them."""

    def __missing__(self, day: dt.date) -> str:
        if len(self) >= _MOST_DAYS:
            self.clear()
        text = self[day] = day.isoformat()
        return text


class _Names(Memory):
    """Names and addresses as they are escaped; they come again in other documents."""

    def __missing__(self, text: str) -> str:
        return self.keep(text, escaped(text))


_DAYS = _Days()
_NAMES = _Names()


def _careful_text(record: Record) -> str:
    return "".join(_careful(record))


_COMPILED: dict[type, Encoder] = {}


def encoder_of(cls: type[Any]) -> Encoder:
    """The function that gives the inside of the element of a checked record as text."""
    if cls not in _COMPILED:
        _COMPILED[cls] = _compiled(cls, shape_of(cls))
    return _COMPILED[cls]


def _compiled(cls: type[Any], shape: Shape) -> Encoder:
    space = {**_SPACE, **_encoders(shape, "")}
    code = compile(_source(shape), f"<encoder of {cls.__name__}>", "exec")
    exec(code, space)  # noqa: S102 - the source has only names out of declarations, which are checked there
    encode: Encoder = space["encode"]
    return encode


def _encoders(shape: Shape, prefix: str) -> dict[str, Encoder]:
    """The encoders of the records inside, by names that end with the place of the field."""
    found: dict[str, Encoder] = {}
    for index, field in enumerate(shape.elements):
        if isinstance(field, ElementField) and field.record is not None:
            if _is_part(field):
                found.update(_encoders(shape_of(field.record), f"{prefix}{index}_"))
            else:
                found[f"encode{prefix}{index}"] = encoder_of(field.record)
    return found


def _is_part(field: ElementField) -> bool:
    """Whether the records of a field are written where they stand: small ones, of which there is always one."""
    if field.record is None or field.many or not field.minimum or field.branch is not None:
        return False
    return not (field.record.__wire__.is_marked or field.record.__wire__.attributes)


def attributes_text(record: Record) -> str:
    """The attributes of the element of a record, as they are written into its tag."""
    spelled = record._spelled or {}
    parts = []
    for field in record.__wire__.attributes:
        value = getattr(record, field.name)
        if value is not None:
            odd = spelled.get((field.name, 0)) if spelled else None
            text = leaf_text(field, value, odd) if odd else field.kind.spell(value)
            parts.append(f" {field.tag}={quoted(text)}")
    return "".join(parts)


_SPACE: dict[str, Any] = {
    "PLAIN": PLAIN,
    "CR": "\r",
    "days": _DAYS,
    "names": _NAMES,
    "b64": b64encode,
    "escaped": escaped,
    "attrs": attributes_text,
    "careful": _careful_text,
}


def _source(shape: Shape) -> str:
    odd = "r._mark != PLAIN" if shape.is_marked else "r._spelled"
    statements, text = _record_source(shape, "r", "")
    lines = [f"if {odd}: return careful(r)", *statements, f"return f'{text}'"]
    return "\n    ".join(["def encode(r):", *lines])


def _record_source(shape: Shape, record: str, prefix: str) -> tuple[list[str], str]:
    """Statements that prepare the texts of the fields of a record, and the inside of the f-string that joins them."""
    statements: list[str] = []
    parts: list[str] = []
    for index, field in enumerate(shape.elements):
        name = f"v{prefix}{index}"
        prepared, part = _field_source(field, f"{prefix}{index}", name)
        statements += [f"{name} = {record}.{field.name}", *prepared]
        parts.append(part)
    return statements, "".join(parts)


def _field_source(field: ElementField | OpaqueField, index: str, name: str) -> tuple[list[str], str]:
    if isinstance(field, OpaqueField):
        return [f"{name} = '' if {name} is None else {name}.xml"], f"{{{name}}}"
    if field.many:
        item = _item_source(field, index, "x")
        return [f"{name} = ''.join([f'{item}' for x in {name}]) if {name} else ''"], f"{{{name}}}"
    if _is_part(field):
        return _part_source(shape_of(field.kind), index, name, field.tag)  # type: ignore[arg-type]
    if field.minimum and field.branch is None:
        return [], _item_source(field, index, name)
    return [f"{name} = '' if {name} is None else f'{_item_source(field, index, name)}'"], f"{{{name}}}"


def _part_source(shape: Shape, index: str, name: str, tag: str) -> tuple[list[str], str]:
    """An odd part leaves all to the careful encoder."""
    statements, text = _record_source(shape, name, f"{index}_")
    return [f"if {name}._spelled: return careful(r)", *statements], f"<{tag}>{text}</{tag}>"


def _item_source(field: ElementField, index: str, name: str) -> str:
    """One element as the inside of an f-string."""
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
    letters = alphabet(kind.pattern or ".")
    if letters is not None and letters.longest <= _LONGEST_NAME:
        return f"names[{name}]"
    return f"{name} if {_clean(kind, name)} else escaped({name})"


def _clean(kind: Text, name: str) -> str:
    """The condition under which a text needs no escape; most types cannot hold a carriage return at all."""
    signs = ['"&"', '"<"', '">"', *(["CR"] if kind.normalized("\r") == "\r" else [])]
    return " and ".join(f"{sign} not in {name}" for sign in signs)


def _careful(record: Record) -> Iterator[str]:
    spelled = record._spelled or {}
    for field in record.__wire__.elements:
        value = getattr(record, field.name)
        if isinstance(field, OpaqueField):
            yield "" if value is None else value.xml
        elif value is not None:
            for index, item in enumerate(value if field.many else (value,)):
                yield _careful_item(field, item, spelled.get((field.name, index), _NO_SPELLING))


def _careful_item(field: ElementField, item: Any, spelling: Spelling) -> str:  # noqa: ANN401 - any leaf or record
    tag = f"<{field.tag}{instance_attributes(spelling)}"
    if field.record is None:
        return f"{tag}>{escaped(leaf_text(field, item, spelling))}</{field.tag}>"
    return f"{tag}{attributes_text(item)}>{encoder_of(field.record)(item)}</{field.tag}>"
