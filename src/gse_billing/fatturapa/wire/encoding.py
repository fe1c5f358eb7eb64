"""Compiled encoders: a checked record to text, by one straight-line function per class.

The source of the function is made from the declaration alone and compiled when a class is first written::

    def encode(r):
        if r._mark != PLAIN:
            return careful(r)
        v1 = r.natura
        v1 = "" if v1 is None else f"<Natura>{v1._value_}</Natura>"
        return f"<AliquotaIVA>{r.aliquota_iva!s}</AliquotaIVA>{v1}"

A record with odd spellings, or with decimals that need padding, goes to the careful encoder. Long lists are not
written here: they raise :class:`TooLongError`, and ``pieces`` writes the document.
"""

from __future__ import annotations

import datetime as dt
from base64 import b64encode
from collections.abc import Callable, Iterator
from typing import Any

from gse_billing.fatturapa.wire.compiling import function_of
from gse_billing.fatturapa.wire.encoder_sources import is_odd, is_part, is_remembered, is_spelled, record_source
from gse_billing.fatturapa.wire.instance import instance_attributes
from gse_billing.fatturapa.wire.leaves import escaped, leaf_text, quoted
from gse_billing.fatturapa.wire.numbers import DecimalText
from gse_billing.fatturapa.wire.records import PLAIN, Record, Spelling
from gse_billing.fatturapa.wire.shapes import ElementField, OpaqueField, Shape, shape_of
from gse_billing.fatturapa.wire.texts import Text

__all__ = ["SPACE", "TooLongError", "attributes_text", "careful_text", "encoder_of", "spelled_texts", "tools_of"]

Encoder = Callable[[Any], str]

_MOST_ELEMENTS = 1024
_NO_SPELLING = Spelling()


class TooLongError(Exception):
    """A list has so many items that the document is better written in pieces."""


class _Elements(dict[Any, str]):
    """The element of a field by its value, of those that come again: days, names, addresses."""

    def __init__(self, tag: str, text: Callable[[Any], str]) -> None:
        super().__init__()
        self._tag = tag
        self._text = text

    def __missing__(self, value: object) -> str:
        if len(self) >= _MOST_ELEMENTS:
            self.clear()
        element = self[value] = f"<{self._tag}>{self._text(value)}</{self._tag}>"
        return element


_COMPILED: dict[type, Encoder] = {}
_PADDING: dict[type, Encoder] = {}


def encoder_of(cls: type[Any]) -> Encoder:
    """The function that gives the inside of the element of a checked record as text."""
    if cls not in _COMPILED:
        shape = shape_of(cls)
        _COMPILED[cls] = _compiled(cls, _source(shape, is_odd(shape)), careful_text)
    return _COMPILED[cls]


def careful_text(record: Record) -> str:
    """The same for a record that is not plain: most have decimals that need padding, and nothing else."""
    cls = type(record)
    if cls not in _PADDING:
        shape = shape_of(cls)
        _PADDING[cls] = _compiled(cls, _source(shape, is_spelled(shape), padded=True), _spelled_text)
    return _PADDING[cls](record)


def _compiled(cls: type[Any], source: str, careful: Encoder) -> Encoder:
    space = {**SPACE, "careful": careful, **_tools(shape_of(cls), "")}
    encode: Encoder = function_of(source, "encode", space, about=f"encoder of {cls.__name__}")
    return encode


def _tools(shape: Shape, prefix: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for index, field in enumerate(shape.elements):
        found.update(tools_of(field, f"{prefix}{index}"))
    return found


def tools_of(field: ElementField | OpaqueField, index: str) -> dict[str, Any]:
    """What the source of a field calls, by names that end with the place of the field."""
    if isinstance(field, OpaqueField):
        return {}
    if isinstance(field.kind, DecimalText):
        return {f"pad{index}": field.kind.padded}
    if field.record is None:
        return {f"elements{index}": _Elements(field.tag, _text_of(field))} if is_remembered(field) else {}
    if is_part(field):
        return _tools(shape_of(field.record), f"{index}_")
    return {f"encode{index}": encoder_of(field.record)}


def _text_of(field: ElementField) -> Callable[[Any], str]:
    return escaped if isinstance(field.kind, Text) else dt.date.isoformat


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


def _spelled_text(record: Record) -> str:
    return "".join(spelled_texts(record, _inside))


def _inside(record: Record) -> str:
    return encoder_of(type(record))(record)


SPACE: dict[str, Any] = {
    "PLAIN": PLAIN,
    "TooLong": TooLongError,
    "CR": "\r",
    "b64": b64encode,
    "escaped": escaped,
    "attrs": attributes_text,
}


def _source(shape: Shape, odd: str, *, padded: bool = False) -> str:
    statements, text = record_source(shape, "r", "", padded=padded)
    lines = [f"if {odd}: return careful(r)", *statements, f"return f'{text}'"]
    return "\n    ".join(["def encode(r):", *lines])


def spelled_texts(record: Record, inside: Encoder) -> Iterator[str]:
    """The same text for records with odd spellings; ``inside`` writes those below."""
    spelled = record._spelled or {}
    for field in record.__wire__.elements:
        value = getattr(record, field.name)
        if isinstance(field, OpaqueField):
            yield "" if value is None else value.xml
        elif value is not None:
            for index, item in enumerate(value if field.many else (value,)):
                spelling = spelled.get((field.name, index), _NO_SPELLING)
                tag = f"<{field.tag}{instance_attributes(spelling)}"
                if field.record is None:
                    yield f"{tag}>{escaped(leaf_text(field, item, spelling))}</{field.tag}>"
                else:
                    yield f"{tag}{attributes_text(item)}>{inside(item)}</{field.tag}>"
