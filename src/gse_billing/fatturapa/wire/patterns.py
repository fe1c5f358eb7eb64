"""Patterns of XML Schema as regular expressions of Python.

Only what the schemas of the standard use is understood; anything else is refused when the type is declared.
"""

from __future__ import annotations

import re
from functools import cache

from attrs import frozen

from gse_billing.core.errors import InvalidValueError

__all__ = ["Alphabet", "alphabet", "compiled", "is_of_letters"]

_BLOCKS = {r"\p{IsBasicLatin}": r"\x00-\x7f", r"\p{IsLatin-1Supplement}": r"\x80-\xff"}
_TOKEN = re.compile(r"\\p\{[^}]*\}|\\.|.", re.DOTALL)
_PLAIN_ESCAPES = frozenset(
    [
        r"\t",
        r"\n",
        r"\r",
        r"\.",
        r"\-",
        r"\[",
        r"\]",
        r"\(",
        r"\)",
        r"\{",
        r"\}",
        r"\*",
        r"\+",
        r"\?",
        r"\|",
        r"\^",
        r"\\",
    ]
)
_OUTSIDE = {".": r"[^\n\r]", "^": r"\^", "$": r"\$"}
_OF_LETTERS = re.compile(r"(?:\[(?:A-Z|a-z|0-9|[A-Za-z0-9](?!-))+\]|\{[0-9,]+\}|[()])+")
_ANY_OF_A_BLOCK = re.compile(
    r"\(?\[?\\p\{IsBasicLatin\}(?P<latin>\\p\{IsLatin-1Supplement\})?\]?\{(?P<shortest>\d+),(?P<longest>\d+)\}\)?"
)


@frozen
class Alphabet:
    """What a pattern says that only names a block of characters and a length.

    Attributes:
        name: of the characters, for messages.
        stranger: finds a character outside of it.
        shortest: the least number of characters.
        longest: the greatest.
    """

    name: str
    stranger: re.Pattern[str]
    shortest: int
    longest: int


@cache
def alphabet(pattern: str) -> Alphabet | None:
    """The block and the length that a pattern consists of, or ``None`` when it says more than that."""
    found = _ANY_OF_A_BLOCK.fullmatch(pattern)
    if not found:
        return None
    name, last = ("Latin-1", r"\xff") if found["latin"] else ("Basic Latin", r"\x7f")
    return Alphabet(name, re.compile(rf"[^\x00-{last}]"), int(found["shortest"]), int(found["longest"]))


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    r"""The Python expression that ``fullmatch`` must be asked, for a pattern written as the schema writes it.

    Raises:
        InvalidValueError: the pattern uses a construct that no schema of the standard uses.

    >>> compiled(r"(\p{IsBasicLatin}{1,10})").pattern
    '([\\x00-\\x7f]{1,10})'
    """
    parts: list[str] = []
    inside = False
    for token in _TOKEN.findall(pattern):
        parts.append(_translated(token, pattern, inside=inside))
        inside = token == "[" or (inside and token != "]")  # noqa: S105 - a token of a pattern
    return re.compile("".join(parts))


def _translated(token: str, pattern: str, *, inside: bool) -> str:
    if token in _BLOCKS:
        return _BLOCKS[token] if inside else f"[{_BLOCKS[token]}]"
    if (token.startswith("\\") and token not in _PLAIN_ESCAPES) or (inside and token == "["):  # noqa: S105
        raise InvalidValueError(
            f"the pattern {pattern!r} cannot be translated",
            value=pattern,
            why=f"{token!r} is not among the constructs the standard uses",
            remedy="write it with character ranges",
        )
    return token if inside else _OUTSIDE.get(token, token)


def is_of_letters(pattern: str) -> bool:
    r"""Whether a pattern says only letters, digits and their numbers: its texts hold no markup and no blank.

    >>> is_of_letters("[A-Z]{2}[0-9]{2}"), is_of_letters("[A-Z.]{2}"), is_of_letters(r"\p{IsBasicLatin}{2}")
    (True, False, False)
    """
    return _OF_LETTERS.fullmatch(pattern) is not None
