"""Arguments of a wrong kind: refused at the door with an error of ours, before they fail somewhere inside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, TypeVar, cast

from attrs import Attribute

from gse_billing.core.dated import require_day
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.showing import named, shown, wrong_kind

__all__ = ["kind_of", "require", "require_each"]

_Value = TypeVar("_Value")


def require(value: object, kind: type[_Value], *, meant: str) -> _Value:
    """The value if it is of that kind; True and False are no numbers, and a moment is no day.

    Args:
        value: what was given.
        kind: the class that it has to be of.
        meant: what the value is, for the message.

    Raises:
        InvalidValueError: it is something else.

    >>> require("SSP", str, meant="a service")
    'SSP'
    >>> require(None, str, meant="a service")
    Traceback (most recent call last):
    gse_billing.core.errors.InvalidValueError: None cannot be a service; it is of the class NoneType; give text
    """
    if kind is dt.date:
        return cast("_Value", require_day(value, meant=meant))
    if isinstance(value, kind) and (kind is bool or not isinstance(value, bool)):
        return value
    raise wrong_kind(value, meant=meant, wanted=named(kind))


def require_each(given: Iterable[_Value], kind: type[_Value], *, meant: str) -> tuple[_Value, ...]:
    """The values of an iterable, each of that kind; a text is no iterable of texts.

    Raises:
        InvalidValueError: it cannot be iterated over, or one value is something else.

    >>> require_each(iter(["RID", "SSP"]), str, meant="a service")
    ('RID', 'SSP')
    """
    if isinstance(given, str | bytes) or not isinstance(given, Iterable):
        raise InvalidValueError(
            f"{shown(given)} is not a list",
            value=given,
            why=f"each of its values would be {meant}",
            remedy=f"give a list or another iterable, each value {named(kind)}",
        )
    return tuple(require(value, kind, meant=meant) for value in given)


def kind_of(kind: type, *, none: bool = False) -> Callable[[Any, Attribute[Any], Any], None]:
    """A validator of attrs: the field is of that kind, as :func:`require` has it.

    Args:
        kind: the class.
        none: whether ``None`` will do too.

    >>> from attrs import field, frozen
    >>> @frozen
    ... class Contract:
    ...     code: str = field(validator=kind_of(str))
    >>> Contract(7)
    Traceback (most recent call last):
    gse_billing.core.errors.InvalidValueError: 7 cannot be code of Contract; it is of the class int; give text
    """

    def check(holder: object, attribute: Attribute[Any], value: object) -> None:
        # the exact class is the common case and the cheap one
        if type(value) is not kind and not (none and value is None):
            require(value, kind, meant=f"{attribute.name} of {type(holder).__name__}")

    return check
