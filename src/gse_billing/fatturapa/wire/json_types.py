"""The simple types of a schema as JSON Schema: patterns, lengths, bounds, enumerations.

Expressions have no look-around, which not every engine has; what a text must not hold stands under ``not``. It names
the line feed, too, since ``$`` matches before a last one in some engines, that of Python among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from gse_billing.core.errors import InvalidValueError
from gse_billing.fatturapa.wire.json_patterns import BASE64, DATE, MOMENT, at_least, at_most
from gse_billing.fatturapa.wire.moments import DateText, DateTimeText
from gse_billing.fatturapa.wire.numbers import DecimalText, IntegerText
from gse_billing.fatturapa.wire.patterns import alphabet, compiled
from gse_billing.fatturapa.wire.simple import SimpleType
from gse_billing.fatturapa.wire.texts import Base64Text, Enumeration, Text

__all__ = ["described", "simple_type"]

_LINE_FEED = r"\n"
_NO_CHARACTERS = r"\uD800-\uDFFF\uFFFE\uFFFF"
_CONTROLS = rf"[\u0000-\u001F{_NO_CHARACTERS}]"
_ILLEGAL = rf"[\u0000-\u0008\u000B\u000C\u000E-\u001F{_NO_CHARACTERS}]"
_OUTER_BLANKS = "^ | $|  "
_LAST = {"Basic Latin": r"\u007F", "Latin-1": r"\u00FF"}


def simple_type(kind: SimpleType[Any]) -> dict[str, Any]:
    """What JSON Schema says of a simple type."""
    said: dict[str, Any] = _SAID[type(kind)](kind)
    return said


def described(cls: type) -> dict[str, str]:
    """What the documentation of a class says first, if it says anything."""
    text = " ".join((cls.__doc__ or "").strip().partition("\n\n")[0].split())
    return {"description": text} if text else {}


def _string(pattern: str, *, bounds: tuple[str, ...] = (), **more: str) -> dict[str, Any]:
    said: dict[str, Any] = {"type": "string", **more, "pattern": _whole(pattern), "not": {"pattern": _LINE_FEED}}
    if bounds:
        said["allOf"] = [{"pattern": _whole(bound)} for bound in bounds]
    return said


def _whole(pattern: str) -> str:
    return f"^(?:{pattern})$"


def _enumeration(kind: Enumeration[Any]) -> dict[str, Any]:
    return {"type": "string", **described(kind.codes), "enum": list(kind.by_code)}


def _integer(kind: IntegerText) -> dict[str, Any]:
    least, most = kind.bounds
    return {"type": "integer", "minimum": least, "maximum": most}


def _day(kind: DateText) -> dict[str, Any]:
    bounds = () if kind.min_inclusive is None else (at_least(kind.min_inclusive),)
    return _string(DATE, bounds=bounds, format="date")


def _moment(_: DateTimeText) -> dict[str, Any]:
    return _string(MOMENT)


def _bytes(_: Base64Text) -> dict[str, Any]:
    return _string(BASE64, contentEncoding="base64")


def _figure(kind: DecimalText) -> dict[str, Any]:
    return _string(compiled(kind.pattern).pattern, bounds=tuple(_bounds(kind)))


def _text(kind: Text) -> dict[str, Any]:
    said: dict[str, Any] = {"type": "string"}
    letters = alphabet(kind.pattern or "")
    shortest = letters.shortest if letters else kind.length or kind.min_length
    longest = letters.longest if letters else kind.length or kind.max_length
    said |= {name: value for name, value in (("minLength", shortest), ("maxLength", longest)) if value is not None}
    if letters:
        said["pattern"] = rf"^[\u0020-{_LAST[letters.name]}]*$"
    elif kind.pattern is not None:
        said["pattern"] = _whole(compiled(kind.pattern).pattern)
    return said | {"not": {"pattern": "|".join(_forbidden(kind))}}


def _forbidden(kind: Text) -> Iterator[str]:
    if kind.normalized(" ") == "":
        yield _OUTER_BLANKS
    if kind.normalized("\n") != "\n":
        yield _CONTROLS
    else:
        yield _ILLEGAL
        if kind.pattern is not None:  # none of the standard's admits a line feed
            yield _LINE_FEED


def _bounds(kind: DecimalText) -> Iterator[str]:
    """Expressions that a text of the right form fulfils, whatever its leading zeros, when it is inside the bounds."""
    if kind.min_inclusive is not None:
        whole, decimals = _form(kind, kind.min_inclusive)
        yield rf"[0-9]*[1-9][0-9]{{{whole},}}\.[0-9]{{{decimals}}}|0*(?:{at_least(kind.min_inclusive)})"
    if kind.max_inclusive is not None:
        whole, decimals = _form(kind, kind.max_inclusive)
        yield rf"[0-9]{{0,{whole - 1}}}\.[0-9]{{{decimals}}}|0*(?:{at_most(kind.max_inclusive)})"


def _form(kind: DecimalText, bound: str) -> tuple[int, int]:
    """The digits of a bound before and after the point."""
    whole, _, decimals = bound.partition(".")
    if kind.decimals != (len(decimals), len(decimals)) or not (whole + decimals).isdigit():
        raise InvalidValueError(
            f"the bound {bound} of {kind.name} cannot be said as an expression",
            value=bound,
            why=f"the pattern is {kind.pattern}",
            remedy="let both have the same fixed number of decimals, and the bound no sign",
        )
    return len(whole), len(decimals)


_SAID: Mapping[type, Callable[[Any], dict[str, Any]]] = {
    Base64Text: _bytes,
    DateText: _day,
    DateTimeText: _moment,
    DecimalText: _figure,
    Enumeration: _enumeration,
    IntegerText: _integer,
    Text: _text,
}
