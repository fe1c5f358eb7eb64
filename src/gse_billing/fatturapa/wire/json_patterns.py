"""Patterns for JSON Schema: days, moments, base 64, and figures and days that have a bound.

JSON Schema asks for expressions that engines of many languages share: these have no look-around and no class by name.
They match the whole text once they stand between ``^`` and ``$``.
"""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["BASE64", "DATE", "MOMENT", "at_least", "at_most"]

_YEAR = r"(?:[0-9]{3}[1-9]|[0-9]{2}[1-9][0-9]|[0-9][1-9][0-9]{2}|[1-9][0-9]{3})"
_LEAP_YEAR = r"(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)"
_DAY_OF_ANY_YEAR = (
    r"(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    r"|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    r"|02-(?:0[1-9]|1[0-9]|2[0-8]))"
)

DATE = rf"(?:{_YEAR}-{_DAY_OF_ANY_YEAR}|{_LEAP_YEAR}-02-29)"
"""The days of the years 1 to 9999 and nothing else: no zone."""

MOMENT = (
    rf"{DATE}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{{1,6}})?"
    r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
)
"""A day and a time to the microsecond, with or without zone."""

BASE64 = r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)?"
"""Base 64 without blanks."""


def at_most(bound: str) -> str:
    r"""Texts of the same form as the bound, digit by digit, that are not greater.

    >>> at_most("12.50")
    '[0-0][0-9]\\.[0-9][0-9]|1[0-1]\\.[0-9][0-9]|12\\.[0-4][0-9]|12\\.50'
    """
    return "|".join(_on_one_side(bound, upward=False))


def at_least(bound: str) -> str:
    """Texts of the same form as the bound, digit by digit, that are not less.

    >>> at_least("1970")
    '[2-9][0-9][0-9][0-9]|19[8-9][0-9]|197[1-9]|1970'
    """
    return "|".join(_on_one_side(bound, upward=True))


def _on_one_side(bound: str, *, upward: bool) -> Iterator[str]:
    last = "9" if upward else "0"
    for index, sign in enumerate(bound):
        if sign.isdigit() and sign != last:
            span = f"[{int(sign) + 1}-9]" if upward else f"[0-{int(sign) - 1}]"
            rest = "".join("[0-9]" if each.isdigit() else _literal(each) for each in bound[index + 1 :])
            yield f"{_literal(bound[:index])}{span}{rest}"
    yield _literal(bound)


def _literal(text: str) -> str:
    """Digits, points and hyphens as an expression; some engines refuse an escape that is not needed."""
    return text.replace(".", r"\.")
