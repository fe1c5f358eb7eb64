"""Texts that break one facet of a simple type at a time, made from its declaration."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from gse_billing.fatturapa.wire import (
    Base64Text,
    DateText,
    DateTimeText,
    DecimalText,
    Enumeration,
    IntegerText,
    SimpleType,
    Text,
)
from gse_billing.fatturapa.wire.patterns import alphabet

__all__ = ["faulty_texts"]

_NO_DECIMAL = ("", "x", "NaN", "INF", "1e3", "+1.00", "1,00", ".50", "1", "1.", "1_00.00", "١.٠٠", "1.00 1")
_NO_INTEGER = ("", "x", "1.0", "1e3", "0x1", "١", "1 1")
_NO_DATE = (
    "",
    "x",
    "2026-02-29",
    "2026-13-01",
    "2026-11-2",
    "20261122",
    "22/11/2026",
    "0000-01-01",
    "2026-11-22+15:00",
)
_NO_MOMENT = ("", "2026-11-22", "2026-11-22T10:30", "2026-11-22T24:00:01", "2026-11-22T23:59:60", "2026-02-29T10:30:00")
# Letters outside of base 64 are not among them: libxml2 skips those, XML Schema refuses them.
_NO_BASE64 = ("A", "AA", "AAA", "AAAAA", "AA=", "AB==", "AAB=", "====")
_OUTSIDE_OF_PATTERNS = "§"
_BEYOND = {"Basic Latin": ("\u0080", "é", "€"), "Latin-1": ("\u0100", "€", "\U0001f600")}

Fault = tuple[str, str]
"""The kind of the flaw, and a text that has it."""


def faulty_texts(kind: SimpleType[Any]) -> Iterator[Fault]:
    """Texts that break one facet of the type, each with the kind of flaw that this is.

    >>> from gse_billing.fatturapa.model.types import RateType
    >>> list(faulty_texts(RateType))[-1]
    ('too-large', '100.01')
    """
    return _BY_CLASS[type(kind)](kind)


def _of_text(kind: Text) -> Iterator[Fault]:
    letters = alphabet(kind.pattern) if kind.pattern else None
    if letters is not None:
        yield "too-long", "x" * (letters.longest + 1)
        yield "too-short", "x" * (letters.shortest - 1)
        yield from (("character", sign * letters.shortest) for sign in _BEYOND[letters.name])
        return
    if kind.length is not None:
        yield from (("length", "x" * (kind.length + more)) for more in (-1, 1))
    if kind.min_length:
        yield "too-short", "x" * (kind.min_length - 1)
    if kind.max_length is not None:
        yield "too-long", "x" * (kind.max_length + 1)
    if kind.pattern is not None:
        yield "pattern", _OUTSIDE_OF_PATTERNS * (kind.min_length or 1)


def _of_code(kind: Enumeration[Any]) -> Iterator[Fault]:
    code = next(iter(kind.by_code))
    wrong = ("", "x", "ZZ99", code.lower(), f" {code}", f"{code} ", code * 2)
    yield from (("not-in-list", text) for text in wrong)


def _of_decimal(kind: DecimalText) -> Iterator[Fault]:
    _, most = kind.decimals
    yield from (("decimal", text) for text in (*_NO_DECIMAL, f"1.{'0' * (most + 1)}", f"{'1' * 28}.00"))
    if not kind.pattern.startswith("[\\-]?"):
        yield "decimal", "-1.00"
    if kind.min_inclusive is not None:
        yield "too-small", kind.spell(Decimal(kind.min_inclusive) - Decimal(1).scaleb(-most))
    if kind.max_inclusive is not None:
        yield "too-large", kind.spell(Decimal(kind.max_inclusive) + Decimal(1).scaleb(-most))


def _of_integer(kind: IntegerText) -> Iterator[Fault]:
    yield from (("not-an-integer", text) for text in _NO_INTEGER)
    if kind.min_inclusive is not None:
        yield "too-small", str(kind.min_inclusive - 1)
    if kind.max_inclusive is not None:
        yield "too-large", str(kind.max_inclusive + 1)
    if kind.total_digits is not None:
        yield "digits", "1" * (kind.total_digits + 1)


def _of_date(kind: DateText) -> Iterator[Fault]:
    yield from (("not-a-date", text) for text in _NO_DATE)
    if kind.min_inclusive is not None:
        yield "too-early", (dt.date.fromisoformat(kind.min_inclusive) - dt.timedelta(days=1)).isoformat()


_BY_CLASS: Mapping[type, Callable[[Any], Iterator[Fault]]] = {
    Text: _of_text,
    Enumeration: _of_code,
    DecimalText: _of_decimal,
    IntegerText: _of_integer,
    DateText: _of_date,
    DateTimeText: lambda _: (("not-a-moment", text) for text in _NO_MOMENT),
    Base64Text: lambda _: (("not-base64", text) for text in _NO_BASE64),
}
