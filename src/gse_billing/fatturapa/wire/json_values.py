"""What JSON holds for a leaf: text for figures, codes, days and bytes, a number for a count; and the way back.

The way back takes what the JSON Schema takes and nothing else: no blanks around a figure, no zone behind a day.
"""

from __future__ import annotations

import re
from typing import Any

from gse_billing.fatturapa.wire.flaws import Flaw
from gse_billing.fatturapa.wire.json_patterns import MOMENT
from gse_billing.fatturapa.wire.moments import DateText, DateTimeText
from gse_billing.fatturapa.wire.numbers import DecimalText, IntegerText
from gse_billing.fatturapa.wire.simple import SimpleType, shown
from gse_billing.fatturapa.wire.texts import Text

__all__ = ["json_type", "leaf_from", "wrong_type"]

_BLANK = re.compile("[ \t\n\r]")
_MOMENT = re.compile(MOMENT)
_TYPES = {
    type(None): "null",
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    list: "array",
    dict: "object",
}


def json_type(given: object) -> str:
    """What JSON calls a value; the name of its class where JSON has none for it."""
    for cls in type(given).__mro__:
        if cls in _TYPES:
            return _TYPES[cls]
    name = type(given).__name__
    return f"{name} of Python" if name in _TYPES.values() else name


def wrong_type(given: object, expected: str) -> Flaw | None:
    """What is wrong with the JSON type of a value, if anything."""
    found = json_type(given)
    if found == expected:
        return None
    return Flaw("null", expected) if given is None else Flaw("wrong-type", expected, found)


def leaf_from(given: Any, kind: SimpleType[Any]) -> Any:  # noqa: ANN401 - anything, to any leaf or its Flaw
    """The value that JSON means in that place, or what is wrong with it."""
    expected = "integer" if isinstance(kind, IntegerText) else "string"
    if isinstance(given, float) and isinstance(kind, DecimalText | IntegerText):
        return Flaw("float", expected, repr(given))
    flaw = wrong_type(given, expected)
    if flaw:
        return flaw
    if isinstance(kind, IntegerText | Text):
        return kind.flaw(given) or given
    return _parsed(str(given), kind)


def _parsed(text: str, kind: SimpleType[Any]) -> object:
    value = kind.parse(text)
    if isinstance(value, Flaw):
        return value
    if isinstance(kind, DateText) and text != kind.spell(value):
        return Flaw("not-a-date", "", shown(text))
    if isinstance(kind, DateTimeText) and not _MOMENT.fullmatch(text):
        return Flaw("not-a-moment", "", shown(text))
    return Flaw("blanks", kind.restricts, shown(text)) if _BLANK.search(text) else value
