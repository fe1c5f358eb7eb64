"""Values and kinds in the words of a message, whatever they are."""

from __future__ import annotations

from reprlib import Repr

from gse_billing.core.errors import InvalidValueError

__all__ = ["named", "shown", "wrong_kind"]

_LENGTH = 60
_REPR = Repr()
_REPR.maxstring = _REPR.maxother = _REPR.maxlong = _LENGTH
_WORDS: dict[type, str] = {
    str: "text",
    int: "a whole number",
    bool: "True or False",
    bytes: "bytes",
    type(None): "None",
    object: "any value",
}


def shown(value: object) -> str:
    """A value in a few characters, also one of many members or without a text of its own.

    >>> shown("x" * 100)[:5], shown(list(range(100))), shown(10**5000)
    ("'xxxx", '[0, 1, 2, 3, 4, 5, ...]', 'a value of the class int')
    """
    try:
        return _REPR.repr(value)
    except Exception:  # noqa: BLE001 - a class may raise anything, and an int of thousands of digits has no text
        return f"a value of the class {type(value).__name__}"


def named(kind: type) -> str:
    """A kind of values, with its article.

    >>> named(str), named(list), named(OSError)
    ('text', 'a list', 'an OSError')
    """
    article = "an" if kind.__name__[0] in "AEIOU" else "a"
    return _WORDS.get(kind, f"{article} {kind.__name__}")


def wrong_kind(value: object, *, meant: str, wanted: str) -> InvalidValueError:
    """The refusal of a value of the wrong kind.

    Args:
        value: what was given.
        meant: what the value would be.
        wanted: the kind that it has to be of.
    """
    return InvalidValueError(
        f"{shown(value)} cannot be {meant}",
        value=value,
        why=f"it is of the class {type(value).__name__}",
        remedy=f"give {wanted}",
    )
