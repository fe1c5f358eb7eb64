"""Simple types whose values are exact numbers."""

# ruff: noqa: D102 - the methods are explained at SimpleType

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cached_property

from attrs import field, frozen

from gse_billing.core.errors import InvalidValueError
from gse_billing.fatturapa.wire.flaws import Flaw
from gse_billing.fatturapa.wire.patterns import compiled
from gse_billing.fatturapa.wire.simple import SimpleType, collapsed, shown, stated

__all__ = ["DecimalText", "IntegerText"]

_DECIMALS = re.compile(r".*\\\.\[0-9\]\{(\d+)(?:,(\d+))?\}")
_INTEGER = re.compile(r"[+-]?[0-9]+")
# More digits than any figure of the standard; a longer text never becomes an integer of Python, which is slow there.
_MOST_DIGITS = 40
_CENTS = 2
_AT_LEAST = {"xs:positiveInteger": 1, "xs:nonNegativeInteger": 0}


@frozen(eq=False)
class DecimalText(SimpleType[Decimal]):
    r"""A decimal with a pattern that states its decimals: ``[\-]?[0-9]{1,11}\.[0-9]{2,8}``.

    A value may have fewer decimals than the pattern asks for, or more when they are zeros: its text gets the number
    the standard wants, and the figure stays the same.

    Attributes:
        pattern: as the schema writes it.
        min_inclusive: the least value, as the schema writes it.
        max_inclusive: the greatest.
    """

    pattern: str = field(kw_only=True)
    min_inclusive: str | None = field(default=None, kw_only=True)
    max_inclusive: str | None = field(default=None, kw_only=True)

    @property
    def restricts(self) -> str:
        return "xs:decimal"

    @property
    def python(self) -> type:
        return Decimal

    @cached_property
    def decimals(self) -> tuple[int, int]:
        """The least and the greatest number of decimals."""
        found = _DECIMALS.fullmatch(self.pattern)
        if not found:
            raise InvalidValueError(
                f"the pattern of {self.name} does not state its decimals",
                value=self.pattern,
                remedy=r"let it end in \.[0-9]{2} or \.[0-9]{2,8}",
            )
        return int(found[1]), int(found[2] or found[1])

    def facets(self) -> Iterator[tuple[str, str]]:
        return stated(minInclusive=self.min_inclusive, maxInclusive=self.max_inclusive, pattern=self.pattern)

    def parse(self, text: str) -> Decimal | Flaw:
        plain = collapsed(text)
        if not compiled(self.pattern).fullmatch(plain):
            return Flaw("decimal", self.pattern, shown(text))
        value = Decimal(plain)
        if self.min_inclusive is not None and value < Decimal(self.min_inclusive):
            return Flaw("too-small", self.min_inclusive, shown(text))
        if self.max_inclusive is not None and value > Decimal(self.max_inclusive):
            return Flaw("too-large", self.max_inclusive, shown(text))
        return value

    def spell(self, value: Decimal) -> str:
        if not value.is_finite() or abs(value.adjusted()) > _MOST_DIGITS:
            return str(value)
        text = format(value, "f")
        whole, _, decimals = text.partition(".")
        least, most = self.decimals
        kept = decimals[:most] + decimals[most:].rstrip("0")
        return f"{whole}.{kept.ljust(least, '0')}"

    @cached_property
    def padded(self) -> Callable[[Decimal], str]:
        """A faster :meth:`spell` for figures with none, one or two decimals, if the standard asks for two."""
        spell = self.spell
        if self.decimals[0] != _CENTS:
            return spell

        def pad(value: Decimal) -> str:
            text = f"{value!s}"
            if text[-2:-1] == ".":
                return f"{text}0"
            if text[-3:-2] == ".":
                return text
            return f"{text}.00" if text.isdigit() else spell(value)

        return pad


@frozen(eq=False)
class IntegerText(SimpleType[int]):
    """A whole number.

    Attributes:
        base: ``xs:integer``, ``xs:positiveInteger`` or ``xs:nonNegativeInteger``.
        min_inclusive: the least value.
        max_inclusive: the greatest.
        total_digits: the greatest number of digits.
    """

    base: str = field(default="xs:integer", kw_only=True)
    min_inclusive: int | None = field(default=None, kw_only=True)
    max_inclusive: int | None = field(default=None, kw_only=True)
    total_digits: int | None = field(default=None, kw_only=True)

    @property
    def restricts(self) -> str:
        return self.name if self.is_builtin else self.base

    @property
    def python(self) -> type:
        return int

    @cached_property
    def bounds(self) -> tuple[int, int]:
        """The least and the greatest value, also where the schema states none: more digits are not read."""
        most = 10 ** (self.total_digits or _MOST_DIGITS) - 1
        least = _AT_LEAST.get(self.restricts, self.min_inclusive)
        return -most if least is None else least, most if self.max_inclusive is None else self.max_inclusive

    def accepts(self, value: object) -> bool:
        return isinstance(value, int) and not isinstance(value, bool)

    def facets(self) -> Iterator[tuple[str, str]]:
        return stated(minInclusive=self.min_inclusive, maxInclusive=self.max_inclusive, totalDigits=self.total_digits)

    def parse(self, text: str) -> int | Flaw:
        plain = collapsed(text)
        if not _INTEGER.fullmatch(plain):
            return Flaw("not-an-integer", "", shown(text))
        digits = plain.lstrip("+-").lstrip("0")
        if len(digits) > (self.total_digits or _MOST_DIGITS):
            return Flaw("digits", str(self.total_digits or _MOST_DIGITS), shown(text))
        return self._bounded(int(plain))

    def spell(self, value: int) -> str:
        return str(value)

    def flaw(self, value: int) -> Flaw | None:
        if abs(value) >= 10**_MOST_DIGITS:
            return Flaw("digits", str(self.total_digits or _MOST_DIGITS), "…")
        return super().flaw(value)

    def _bounded(self, value: int) -> int | Flaw:
        least = _AT_LEAST.get(self.restricts, self.min_inclusive)
        if least is not None and value < least:
            return Flaw("too-small", str(least), str(value))
        if self.max_inclusive is not None and value > self.max_inclusive:
            return Flaw("too-large", str(self.max_inclusive), str(value))
        return value
