"""Long documents to bytes, piece by piece.

Where lists of lists may stand, as the lines of an invoice do, joining the text again at every level would copy it six
times. Those levels of a long document are written by functions that put down their texts, and lists in parts, whose
memory serves again for the next::

    def give(records, put):
        for r in records:
            if r._mark != PLAIN:
                put(f"<DatiBeniServizi>{careful(r)}</DatiBeniServizi>")
                continue
            put("<DatiBeniServizi>")
            give0(r.dettaglio_linee, put)
            v1 = r.dati_riepilogo
            v1 = "".join([f"<DatiRiepilogo>{encode1(x)}</DatiRiepilogo>" for x in v1]) if v1 else ""
            put(f"{v1}</DatiBeniServizi>")

A short document is written faster by ``encoding``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from gse_billing.fatturapa.wire.compiling import function_of
from gse_billing.fatturapa.wire.encoder_sources import field_source, is_odd
from gse_billing.fatturapa.wire.encoding import SPACE, careful_text, spelled_texts, tools_of
from gse_billing.fatturapa.wire.records import Record
from gse_billing.fatturapa.wire.shapes import ElementField, Shape, shape_of

__all__ = ["in_pieces"]

_Put = Callable[[str], object]
_Giver = Callable[[Sequence[Any], _Put], None]

_ITEMS_OF_A_PART = 128
_COMPILED: dict[type, _Giver] = {}


def in_pieces(record: Record, put: _Put) -> None:
    """The inside of the element of a checked record, put down text by text."""
    cls = type(record)
    if cls not in _COMPILED:
        _COMPILED[cls] = _compiled(cls, "", "")
    _COMPILED[cls]((record,), put)


def _careful(record: Record) -> str:
    """The inside of the element of a record with odd spellings."""
    return "".join(spelled_texts(record, _inside))


def _inside(record: Record) -> str:
    texts: list[str] = []
    in_pieces(record, texts.append)
    return "".join(texts)


def _compiled(cls: type[Any], opening: str, closing: str) -> _Giver:
    """The function for records of a class, between those tags."""
    shape = shape_of(cls)
    space = {**SPACE, "careful": _careful if shape.is_long else careful_text, **_tools(shape)}
    give: _Giver = function_of(_source(shape, opening, closing), "give", space, about=f"giver of {cls.__name__}")
    return give


def _tools(shape: Shape) -> dict[str, Any]:
    """What the function calls, by names that end with the place of the field."""
    tools: dict[str, Any] = {}
    for index, field in enumerate(shape.elements):
        if isinstance(field, ElementField) and field.is_long:
            tools[f"give{index}"] = _of_field(field)
        else:
            tools.update(tools_of(field, str(index)))
    return tools


def _of_field(field: ElementField) -> _Giver:
    cls: type[Any] = field.record  # type: ignore[assignment]
    attributes = "{attrs(r)}" if shape_of(cls).attributes else ""
    give = _compiled(cls, f"<{field.tag}{attributes}>", f"</{field.tag}>")
    return give if shape_of(cls).is_long else _in_parts(give)


def _in_parts(give: _Giver) -> _Giver:
    """The same, with one piece for many records."""

    def give_parts(records: Sequence[Any], put: _Put) -> None:
        for start in range(0, len(records), _ITEMS_OF_A_PART):
            texts: list[str] = []
            give(records[start : start + _ITEMS_OF_A_PART], texts.append)
            put("".join(texts))

    return give_parts


def _source(shape: Shape, opening: str, closing: str) -> str:
    odd = f"if {is_odd(shape)}: put(f'{opening}{{careful(r)}}{closing}'); continue"
    lines = [odd, *_statements(shape, opening, closing)]
    return "\n        ".join(["def give(records, put):\n    for r in records:", *lines])


def _statements(shape: Shape, opening: str, closing: str) -> list[str]:
    """What is done with one record; texts that stand side by side are put down together."""
    statements: list[str] = []
    text = opening
    for index, field in enumerate(shape.elements):
        if isinstance(field, ElementField) and field.is_long:
            statements += [*_put(text), f"give{index}({_items_source(field)}, put)"]
            text = ""
        else:
            prepared, part = field_source(field, str(index), "r")
            statements += prepared
            text += part
    return [*statements, *_put(text + closing)]


def _put(text: str) -> list[str]:
    return [f"put(f'{text}')"] if text else []


def _items_source(field: ElementField) -> str:
    """The expression for the records of a field."""
    value = f"r.{field.name}"
    if field.many:
        return value
    return f"({value},)" if field.minimum and field.branch is None else f"(() if {value} is None else ({value},))"
