"""Texts that a schema refuses for their characters, made legal: a named repair that says what it changed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, cast

import attrs
from attrs import frozen

from gse_billing.fatturapa.wire.patterns import alphabet
from gse_billing.fatturapa.wire.places import Place
from gse_billing.fatturapa.wire.records import Record
from gse_billing.fatturapa.wire.shapes import AttributeField, ElementField, shape_of
from gse_billing.fatturapa.wire.texts import NOT_XML, Text

__all__ = ["Replacement", "legal_text", "transliterated"]

_UNKNOWN = "?"
# What Unicode itself does not take apart into Latin letters.
_SIGNS: Mapping[str, str] = {
    "€": "EUR",
    "£": "GBP",
    "…": "...",
    "•": "-",
    "·": "-",
    "™": "(TM)",
    "œ": "oe",
    "Œ": "OE",
    "ß": "ss",
    "æ": "ae",
    "Æ": "AE",
    "ø": "o",
    "Ø": "O",
    "ł": "l",
    "Ł": "L",
    "đ": "d",
    "Đ": "D",
    "ı": "i",
    "°": "o",
    "©": "(C)",
    "®": "(R)",
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("‘’‚‛′´`", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff", ""),
}


@frozen(kw_only=True)
class Replacement:
    """One text that was changed.

    Attributes:
        path: of the element or attribute.
        before: the text as it was.
        after: the text as it is now.
    """

    path: str
    before: str
    after: str


def transliterated(record: Any, place: Place) -> tuple[Any, list[Replacement]]:  # noqa: ANN401 - a declared class
    """A copy of a record with legal texts, and what was replaced; the record itself where nothing was.

    Args:
        record: of a declared class.
        place: where it stands.
    """
    replaced: list[Replacement] = []
    changes: dict[str, object] = {}
    shape = shape_of(type(record))
    for field in (*shape.attributes, *shape.elements):
        value = getattr(record, field.name)
        if value is None or not isinstance(field, AttributeField | ElementField):
            continue
        new = tuple(_items(field, value, place, replaced))
        changes[field.name] = new if isinstance(value, tuple) else new[0]
    return (attrs.evolve(record, **changes) if replaced else record), replaced


def _items(
    field: AttributeField | ElementField, value: object, place: Place, replaced: list[Replacement]
) -> Iterator[object]:
    for index, item in enumerate(cast("tuple[object, ...]", value if isinstance(value, tuple) else (value,))):
        here = place.attribute(field) if isinstance(field, AttributeField) else place.child(field, index)
        if isinstance(item, Record):
            new, below = transliterated(item, here)
            replaced += below
            yield new
        elif isinstance(field.kind, Text) and isinstance(item, str):
            text = legal_text(field.kind, item)
            if text != item:
                replaced.append(Replacement(path=here.path, before=item, after=text))
            yield text
        else:
            yield item


def legal_text(kind: Text, text: str) -> str:
    """The text with characters that the type admits; its length is left to the checks.

    Signs get their usual spelling in Latin letters, letters lose what the alphabet does not have, tabs and line ends
    become blanks, what XML does not admit is dropped, and what has no spelling becomes a question mark.
    """
    if kind.flaw(text) is None:
        return text
    letters = alphabet(kind.pattern or "")
    last = {"Latin-1": 0xFF, "Basic Latin": 0x7F}[letters.name] if letters else 0x10FFFF
    return kind.normalized("".join(_spelled(sign, last) for sign in NOT_XML.sub("", text)))


def _spelled(sign: str, last: int) -> str:
    if ord(sign) <= last:
        return sign
    if sign in _SIGNS:
        return _SIGNS[sign]
    parts = [part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part)]
    if parts and all(ord(part) <= last for part in parts):
        return "".join(parts)
    return "" if unicodedata.combining(sign) else _UNKNOWN
