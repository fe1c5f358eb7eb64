"""Plain texts: those that mean a value and are exactly what the writer would write for it.

The compiled decoders know only these. Anything else, legal or not, raises :class:`UnusualError` and is left to the
explaining reader.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from gse_billing.fatturapa.wire.flaws import Flaw
from gse_billing.fatturapa.wire.numbers import DecimalText, IntegerText
from gse_billing.fatturapa.wire.patterns import Alphabet, alphabet, compiled, is_of_letters
from gse_billing.fatturapa.wire.simple import SimpleType
from gse_billing.fatturapa.wire.texts import Text

__all__ = ["Matched", "Memo", "Memory", "UnusualError", "free_text", "plain_bytes", "plain_expression"]

Value = TypeVar("Value")

_MOST_VALUES = 1024
_LONGEST = 96
_SHORT_CODE = 8
_COUNTS = re.compile(r"(\d+)\}")
_FORM = re.compile(r"(?P<sign>\[\\-\]\?)?\[0-9\]\{1,(?P<digits>\d+)\}\\\.(?P<decimals>\[0-9\]\{\d+(?:,\d+)?\})")


class UnusualError(KeyError):
    """A text, an element or an order that only the explaining reader can judge."""


class Memory(dict[Any, Any]):
    """Values by something that is met again and again; it forgets all of them when there are too many."""

    def keep(self, key: str, value: Value) -> Value:
        """The value, remembered while its key is short."""
        if len(key) <= _LONGEST:
            if len(self) >= _MOST_VALUES:
                self.clear()
            self[key] = value
        return value


class Matched(Memory):
    """Texts that match an expression."""

    def __init__(self, expression: re.Pattern[str]) -> None:
        super().__init__()
        self.matches = expression.fullmatch

    def knows(self, text: str) -> bool:
        """Whether the text matches."""
        return self.matches(text) is not None and self.keep(text, value=True)


class Memo(Memory):
    """Values by their plain text; a text that was never met is judged by the simple type."""

    def __init__(self, kind: SimpleType[Any]) -> None:
        super().__init__()
        self.kind = kind

    def knows(self, text: str) -> bool:
        """Whether the text is plain."""
        try:
            self[text]
        except UnusualError:
            return False
        return True

    def judged(self, text: str) -> object:
        """The value of a text that was never met."""
        value = self.kind.parse(text)
        if isinstance(value, Flaw) or self.kind.spell(value) != text:
            raise UnusualError(text)
        if isinstance(value, Decimal) and str(value) != text:
            raise UnusualError(text)
        return value

    def __missing__(self, text: str) -> object:
        return self.keep(text, self.judged(text))


@cache
def plain_expression(kind: SimpleType[Any]) -> re.Pattern[str] | None:
    """An expression for the plain texts of a type that takes many values, or ``None``: then a memory of them serves."""
    if dict(kind.facets()).keys() != {"pattern"}:
        return _integer_expression(kind) if isinstance(kind, IntegerText) else None
    if isinstance(kind, Text):
        return _text_expression(kind, kind.pattern or "")
    return _decimal_expression(kind.pattern) if isinstance(kind, DecimalText) else None


def _integer_expression(kind: IntegerText) -> re.Pattern[str] | None:
    """Whole numbers from 1 up to a bound of nines."""
    most = str(kind.max_inclusive)
    if kind.min_inclusive != 1 or set(most) != {"9"}:
        return None
    return re.compile(rf"[1-9][0-9]{{0,{len(most) - 1}}}")


def free_text(kind: SimpleType[Any]) -> Alphabet | None:
    """The alphabet of a text too long to be remembered, or ``None``: descriptions are seldom met again."""
    if not isinstance(kind, Text) or kind.base != "xs:normalizedString":
        return None
    letters = alphabet(kind.pattern or "")
    return letters if letters is not None and letters.longest > _LONGEST else None


def _text_expression(kind: Text, pattern: str) -> re.Pattern[str] | None:
    """Texts that need no treatment of blanks; short codes are better remembered."""
    letters = alphabet(pattern)
    if letters is not None and kind.base == "xs:normalizedString":
        last = r"\xff" if letters.name == "Latin-1" else r"\x7f"
        return re.compile(rf"[ -{last}]{{{letters.shortest},{letters.longest}}}")
    longest = max(map(int, _COUNTS.findall(pattern)), default=0)
    plain = kind.base == "xs:string" and is_of_letters(pattern)
    return compiled(pattern) if plain and longest > _SHORT_CODE else None


def _decimal_expression(pattern: str) -> re.Pattern[str] | None:
    """Figures that ``str`` gives back: no leading zeros, and none so small that Python writes it with an exponent."""
    found = _FORM.fullmatch(pattern)
    if not found:
        return None
    sign = "-?" if found["sign"] else ""
    whole = rf"(?:[1-9][0-9]{{0,{int(found['digits']) - 1}}}|0(?!\.000000))"
    return re.compile(rf"{sign}{whole}\.{found['decimals']}")


def plain_bytes(text: str) -> bytes:
    """Bytes whose base 64 is exactly that text."""
    try:
        value = b64decode(text or "=", validate=True)
    except ValueError:  # also for letters outside ASCII
        raise UnusualError(text) from None
    if b64encode(value).decode("ascii") != text:
        raise UnusualError(text)
    return value
