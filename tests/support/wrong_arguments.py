"""Every public door, called with arguments of wrong kinds: the error is ours and says what, why or what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import pytest
from attrs import field, frozen

from gse_billing.core.errors import GseBillingError

WRONG: dict[str, object] = {
    "nothing": None,
    "text": "~",
    "bytes": b"~",
    "a whole number": 3,
    "a float": 1.5,
    "a truth value": True,
    "an empty list": [],
    "an empty dict": {},
    "a list of nothing": [None],
    "an object": object(),
}


@frozen
class Door:
    """A call that works.

    Args:
        call: what is called.
        given: its arguments, by name; each in turn is replaced by every wrong value.
        legal: what of the wrong values is right all the same, by argument.
    """

    call: Callable[..., object]
    given: Mapping[str, object]
    legal: Mapping[str, Iterable[str]] = field(factory=dict[str, Iterable[str]])


def wrong_calls(doors: Mapping[str, Door]) -> list[Any]:
    """A test case for each wrong value of each argument of each door."""
    return [
        pytest.param(door, argument, value, id=f"{name}, {argument}: {kind}")
        for name, door in doors.items()
        for argument in door.given
        for kind, value in WRONG.items()
        if kind not in door.legal.get(argument, ())
    ]


def assert_refused(door: Door, argument: str, value: object) -> None:
    """The call with that value raises an error of ours that says more than what is wrong."""
    with pytest.raises(GseBillingError) as caught:
        exhausted(door.call(**{**door.given, argument: value}))
    assert caught.value.what
    assert caught.value.why or caught.value.remedy


def assert_open(door: Door) -> None:
    """The call works as it stands, and with every value said to be legal."""
    exhausted(door.call(**door.given))
    for argument, kinds in door.legal.items():
        for kind in kinds:
            exhausted(door.call(**{**door.given, argument: WRONG[kind]}))


def exhausted(answer: object) -> None:
    """A generator does its work, and refuses its arguments, when it is asked for its values."""
    if isinstance(answer, Iterator):
        tuple(answer)
