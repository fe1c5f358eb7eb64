"""Odd arguments for the doors of a room: each either fits after all, or is refused by this package in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from attrs import frozen

from gse_billing.core.errors import GseBillingError

ODD: tuple[Any, ...] = (
    None,
    "",
    "x" * 10_000,
    "\ud800",
    "\0",
    b"x",
    True,
    -1,
    0,
    10**30,
    10**5000,
    1.5,
    float("nan"),
    Decimal("NaN"),
    [],
    [None],
    ["x"],
    [["x"]],
    {},
    {"a": 1},
    (1,),
    object(),
    int,
    dt.date(2026, 3, 10),
    dt.date.max,
    dt.date.min,
    dt.datetime(2026, 3, 10, tzinfo=dt.UTC),
    dt.timedelta(1),
)


@frozen
class Door:
    """A call with arguments that fit."""

    call: Callable[..., object]
    arguments: dict[str, Any]


def defects(door: Door) -> Iterator[str]:
    """What went wrong when one argument after another was odd: another exception, or no way out in the message."""
    for name in door.arguments:
        for place, odd in enumerate(ODD):
            try:
                door.call(**{**door.arguments, name: odd})
            except GseBillingError as error:
                if not (error.what and (error.why or error.remedy)):
                    yield f"{name}, odd argument {place}: {error.what!r} says neither why nor what to do"
            except Exception as error:  # noqa: BLE001  that is what is looked for
                yield f"{name}, odd argument {place}: {type(error).__name__}: {error}"
