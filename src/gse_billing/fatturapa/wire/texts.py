"""Simple types whose values are texts, code lists or bytes."""

# ruff: noqa: D102 - the methods are explained at SimpleType

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Iterator
from enum import Enum
from functools import cached_property
from typing import TypeVar

from attrs import field, frozen

from gse_billing.fatturapa.wire.flaws import Flaw
from gse_billing.fatturapa.wire.patterns import alphabet, compiled
from gse_billing.fatturapa.wire.simple import SimpleType, collapsed, replaced, shown, stated

__all__ = ["NOT_XML", "Base64Text", "Enumeration", "Text"]

Member = TypeVar("Member", bound=Enum)

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 does not let a document hold."""
# The last character before "=" has bits that must be zero.
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)?")


def _stranger(kind: str, alphabet_name: str, found: re.Match[str]) -> Flaw:
    sign = found[0]
    name = unicodedata.name(sign, "")
    shown_sign = f"{sign!r} (U+{ord(sign):04X}{', ' if name else ''}{name})"
    return Flaw(kind, alphabet_name, shown_sign, at=found.start() + 1)


@frozen(eq=False)
class Text(SimpleType[str]):
    """A text with a pattern and bounds of length.

    Attributes:
        base: the built-in type it restricts: ``xs:string``, ``xs:normalizedString`` or ``xs:token``.
        pattern: as the schema writes it.
        white_space: the facet of that name, only where the schema states it.
    """

    base: str = field(default="xs:string", kw_only=True)
    pattern: str | None = field(default=None, kw_only=True)
    length: int | None = field(default=None, kw_only=True)
    min_length: int | None = field(default=None, kw_only=True)
    max_length: int | None = field(default=None, kw_only=True)
    white_space: str | None = field(default=None, kw_only=True)

    @property
    def restricts(self) -> str:
        return self.base

    @property
    def python(self) -> type:
        return str

    def accepts(self, value: object) -> bool:
        # a member of a (str, Enum) is a text and is written as another one
        return isinstance(value, str) and f"{value}" == value

    def facets(self) -> Iterator[tuple[str, str]]:
        return stated(
            whiteSpace=self.white_space,
            length=self.length,
            minLength=self.min_length,
            maxLength=self.max_length,
            pattern=self.pattern,
        )

    def normalized(self, text: str) -> str:
        """The text after the treatment of blanks that the type asks for."""
        if self.white_space == "collapse" or self.base == "xs:token":
            return collapsed(text)
        return text if self.base == "xs:string" else replaced(text)

    def parse(self, text: str) -> str | Flaw:
        value = self.normalized(text)
        illegal = NOT_XML.search(value)  # no parser lets it through, but a document may be made by hand
        if illegal:
            return _stranger("illegal-character", "", illegal)
        flaw = self._length_flaw(value)  # before the pattern: no expression is asked about a text of megabytes
        return flaw or self._pattern_flaw(value) or value

    def spell(self, value: str) -> str:
        return value

    def flaw(self, value: str) -> Flaw | None:
        if self.normalized(value) != value:
            return Flaw("blanks", self.base, shown(value))
        return super().flaw(value)

    def _length_flaw(self, value: str) -> Flaw | None:
        found = len(value)
        if self.length is not None and found != self.length:
            return Flaw("length", str(self.length), f"{found}: {shown(value)}")
        if self.min_length is not None and found < self.min_length:
            return Flaw("too-short", str(self.min_length), f"{found}: {shown(value)}")
        if self.max_length is not None and found > self.max_length:
            return Flaw("too-long", str(self.max_length), f"{found}: {shown(value)}")
        return None

    def _pattern_flaw(self, value: str) -> Flaw | None:
        if self.pattern is None or compiled(self.pattern).fullmatch(value):
            return None
        letters = alphabet(self.pattern)
        if letters is None:
            return Flaw("pattern", self.pattern, shown(value))
        stranger = letters.stranger.search(value)
        if stranger:
            return _stranger("character", letters.name, stranger)
        kind, bound = ("too-long", letters.longest) if len(value) > letters.longest else ("too-short", letters.shortest)
        return Flaw(kind, str(bound), f"{len(value)}: {shown(value)}")


@frozen(eq=False)
class Enumeration(SimpleType[Member]):
    """A code list: the values are members of an enum, each of which has its code as ``value``.

    Attributes:
        codes: the enum.
        members: those the schema admits, all of the enum unless stated.
        length: facets that some code lists state beside their codes.
    """

    codes: type[Member]
    members: tuple[Member, ...] = field(default=(), kw_only=True)
    length: int | None = field(default=None, kw_only=True)
    min_length: int | None = field(default=None, kw_only=True)
    max_length: int | None = field(default=None, kw_only=True)

    @property
    def restricts(self) -> str:
        return "xs:string"

    @property
    def python(self) -> type:
        return self.codes

    @cached_property
    def by_code(self) -> dict[str, Member]:
        """The admitted members by their code."""
        return {str(member.value): member for member in self.members or self.codes}

    def facets(self) -> Iterator[tuple[str, str]]:
        yield from stated(length=self.length, minLength=self.min_length, maxLength=self.max_length)
        yield from (("enumeration", code) for code in self.by_code)

    def parse(self, text: str) -> Member | Flaw:
        member = self.by_code.get(text)
        return Flaw("not-in-list", ", ".join(self.by_code), shown(text)) if member is None else member

    def spell(self, value: Member) -> str:
        return str(value._value_)  # the property takes five times as long


@frozen(eq=False)
class Base64Text(SimpleType[bytes]):
    """Bytes, in base 64."""

    @property
    def restricts(self) -> str:
        return "xs:base64Binary"

    @property
    def python(self) -> type:
        return bytes

    def facets(self) -> Iterator[tuple[str, str]]:
        return iter(())

    def parse(self, text: str) -> bytes | Flaw:
        packed = "".join(text.split()) if text.isascii() else text
        if not _BASE64.fullmatch(packed):
            return Flaw("not-base64", "", shown(text))
        return base64.b64decode(packed)

    def spell(self, value: bytes) -> str:
        return base64.b64encode(value).decode("ascii")

    def flaw(self, value: bytes) -> Flaw | None:  # noqa: ARG002 - every run of bytes has a spelling
        return None
