"""What a call is given is what its annotations ask for; anything else is refused at the door, by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache, wraps
from inspect import signature
from types import UnionType
from typing import Any, Literal, ParamSpec, TypeVar, Union, get_args, get_origin, get_type_hints

from attrs import fields, frozen

from gse_billing.core.errors import InvalidValueError
from gse_billing.core.showing import named, wrong_kind

__all__ = ["guarded", "require_fields"]

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")
_Test = Callable[[Any], bool]


def guarded(function: Callable[_Given, _Result]) -> Callable[_Given, _Result]:
    """A function whose arguments must be what its annotations say, the members of lists and iterables included.

    >>> @guarded
    ... def greeting(name: str) -> str:
    ...     return f"Ciao {name}"
    >>> greeting(7)
    Traceback (most recent call last):
    ...
    gse_billing.core.errors.InvalidValueError: 7 cannot be the argument name; it is of the class int; give text
    """
    names = tuple(signature(function).parameters)

    @wraps(function)
    def checked(*args: _Given.args, **kwargs: _Given.kwargs) -> _Result:
        asked = _asked(function)
        listed: Any = [
            asked[name].checked(value) if name in asked else value for name, value in zip(names, args, strict=False)
        ]
        beyond: Any = args[len(names) :]  # one too many, which Python itself refuses
        by_name: Any = {name: asked[name].checked(value) if name in asked else value for name, value in kwargs.items()}
        return function(*listed, *beyond, **by_name)

    return checked


def require_fields(value: object) -> None:
    """Look at every field of a value that was just made.

    Raises:
        InvalidValueError: one is not what its annotation says.
    """
    kind: Any = type(value)
    for name, asked in _asked(kind).items():
        given = getattr(value, name)
        if not asked.test(given):
            raise asked.refused(given)


@frozen
class _Asked:
    """What an annotation asks for: a test of the value, and what is asked of its members where it is an iterable."""

    meant: str
    words: str
    test: _Test
    kind: Any
    member: _Asked | None

    def checked(self, value: Any) -> Any:  # noqa: ANN401  annotations have no common type
        """The value; an iterator comes back as one that looks at each member when its turn comes."""
        if not self.test(value):
            raise self.refused(value)
        return value if self.member is None or isinstance(value, Collection) else map(self.member.checked, value)

    def refused(self, value: object) -> InvalidValueError:
        """The refusal of a value, or of its first wrong member where only that is wrong."""
        if self.member is not None and _iterable(value) and isinstance(value, self.kind):
            member, test = self.member, self.member.test
            return next(member.refused(each) for each in value if not test(each))
        return wrong_kind(value, meant=self.meant, wanted=self.words)


@cache
def _asked(annotated: Any) -> Mapping[str, _Asked]:  # noqa: ANN401  a function or a class
    """What each name of a function or class asks for."""
    hints = get_type_hints(annotated)
    if isinstance(annotated, type):
        meant = {one.name: f"{one.name} of {annotated.__name__}" for one in fields(annotated)}
    else:
        meant = {name: f"the argument {name}" for name in hints.keys() - {"return"}}
    return {name: _asking(said, hints[name]) for name, said in meant.items()}


def _asking(meant: str, hint: Any) -> _Asked:  # noqa: ANN401  annotations have no common type
    """What one annotation asks for."""
    kind = get_origin(hint)
    member = _asking(f"a value in {meant}", get_args(hint)[0]) if _has_members(kind) else None
    return _Asked(meant, _words(hint), _test(hint), kind, member)


def _has_members(origin: Any) -> bool:  # noqa: ANN401  annotations have no common type
    """Whether the annotation says of what kind each member is: all iterables, of which a list is only one kind."""
    return origin is Iterable or (
        isinstance(origin, type) and issubclass(origin, Collection) and not issubclass(origin, Mapping)
    )


def _words(hint: Any) -> str:  # noqa: ANN401  annotations have no common type
    if get_origin(hint) in (Union, UnionType):
        return " or ".join(map(_words, get_args(hint)))
    if get_origin(hint) is Literal:
        return " or ".join(map(repr, get_args(hint)))
    if get_origin(hint) is Callable:
        return "a function"
    members = [part for part in get_args(hint) if part is not Ellipsis]
    name = named(object if hint is Any else get_origin(hint) or hint)
    return f"{name} of {' and '.join(map(_words, members))}" if members else name


def _iterable(value: object) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, str | bytes)


def _test(hint: Any) -> _Test:  # noqa: ANN401  annotations have no common type
    """Whether a value is what an annotation says."""
    origin, parts = get_origin(hint), [part for part in get_args(hint) if part is not Ellipsis]
    if origin in (Union, UnionType):
        return _any_of(parts)
    if origin is Literal:
        return lambda value: value in parts
    if origin is not None and issubclass(origin, Mapping):
        return lambda value: isinstance(value, origin)
    if origin is not None and issubclass(origin, Collection):
        member = _test(parts[0])
        return lambda value: isinstance(value, origin) and _iterable(value) and all(map(member, value))
    if origin is Iterable:
        member = _test(parts[0])
        return lambda value: _iterable(value) and (not isinstance(value, Collection) or all(map(member, value)))
    return _kind(origin or hint)


def _any_of(parts: list[Any]) -> _Test:
    plain = tuple(part for part in parts if _plain(part))
    tests = [_test(part) for part in parts if not _plain(part)]
    return lambda value: isinstance(value, plain) or any(test(value) for test in tests)


def _plain(hint: Any) -> bool:  # noqa: ANN401  annotations have no common type
    """Whether ``isinstance`` says all about it."""
    return isinstance(hint, type) and get_origin(hint) is None and hint not in (int, dt.date, Any)


def _kind(kind: Any) -> _Test:  # noqa: ANN401  annotations have no common type
    if kind is int:
        return lambda value: isinstance(value, int) and not isinstance(value, bool)
    if kind is dt.date:
        return lambda value: isinstance(value, dt.date) and not isinstance(value, dt.datetime)
    if getattr(kind, "_is_protocol", False):
        names = [name for name in vars(kind) if not name.startswith("_")]
        return lambda value: all(hasattr(value, name) for name in names)
    if isinstance(kind, type) and kind is not Any:
        return lambda value: isinstance(value, kind)
    return lambda _: True  # Any, and the like
