"""Changing a frozen value: a copy with other fields."""

from __future__ import annotations

from typing import Any, TypeVar, cast

import attrs

__all__ = ["evolve"]

_Value = TypeVar("_Value")


def evolve(value: _Value, /, **changes: object) -> _Value:
    """A copy of a frozen value with some fields changed; the validators run again.

    It is ``attrs.evolve`` with a signature that type checkers accept for every class of this package.
    """
    return cast("_Value", attrs.evolve(cast("Any", value), **changes))
