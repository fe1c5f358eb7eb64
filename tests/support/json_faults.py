"""What can be wrong with the dicts that JSON holds: odd values, and changes at a place of a document."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from random import Random
from typing import Any

Place = tuple[str | int, ...]

ODD_VALUES: dict[str, tuple[Any, ...]] = {
    "what JSON has besides text": (None, True, False, 0, -1, 1, 9_999, 10_000, 10**50, -(10**50), [], {}, ["x"]),
    "floats": (1.5, -0.5, float("nan"), float("inf"), 1e308),
    "blanks": (
        "",
        " ",
        "\n",
        "a  b",
        " ab",
        "ab ",
        "ab\n",
        "\tab",
        "12.34\n",
        " 12.34",
        "2026-11-22 ",
        "IT\n",
        "AA A=",
    ),
    "characters": ("€", "😀", "ÿ", "Ā", "\x00", "\x7f", "\x80", "\ud800", "\ufffe", "a\u2028@b.c", "٣.٠٠", "x" * 2_000),
    "figures": (
        "007.00",
        "4.5",
        "-1.00",
        "0.99",
        "1.00",
        "100.00",
        "100.01",
        "0100.00",
        "999.00",
        "1e5",
        "+1.00",
        "1.0",
    ),
    "days": (
        *(
            "2026-02-30",
            "2023-02-29",
            "2024-02-29",
            "1900-02-29",
            "2000-02-29",
            "2026-04-31",
            "2026-00-10",
            "2026-13-01",
        ),
        *(
            "0000-01-01",
            "0001-01-01",
            "1969-12-31",
            "1970-01-01",
            "9999-12-31",
            "10000-01-01",
            "2026-11-22Z",
            "20261122",
        ),
    ),
    "moments": (
        *(
            "2026-11-22T10:30:00",
            "2026-11-22T24:00:00",
            "2026-11-22T10:30:60",
            "2026-11-22T10:30",
            "2026-11-22 10:30:00",
        ),
        *("2026-11-22T10:30:00.123456", "2026-11-22T10:30:00.1234567", "2026-11-22T10:30:00.", "2026-11-22T10:30:00Z"),
        *("2026-11-22T10:30:00+14:00", "2026-11-22T10:30:00+14:01", "2026-11-22T10:30:00-13:59", "2023-02-29T00:00:00"),
    ),
    "bytes": ("AAAA", "AAA=", "AAB=", "AA==", "AB==", "A===", "AAAA\n", "àààà"),
    "codes": ("TD01", "td01", "N6.8", "N6", "IT", "ITA", "RF01", "v-1.0", "G.1", "a@b.c"),
}
"""Values that some place takes and most do not, by what is odd about them."""

_VALUES = tuple(value for values in ODD_VALUES.values() for value in values)
_SIGNS = ("\n", " ", "0", "A", "é", "€", "-", ".", "\x01", "\ud800")
_KEYS = ("Foo", "", "a/b~c", "Nome", "Denominazione", "natura", "Given", "firm")


def places(fields: Any, above: Place = ()) -> Iterator[Place]:
    """Every place of nested dicts and lists, the whole first."""
    yield above
    if isinstance(fields, dict):
        for key, value in fields.items():
            yield from places(value, (*above, key))
    elif isinstance(fields, list):
        for index, value in enumerate(fields):
            yield from places(value, (*above, index))


def at(fields: Any, place: Place) -> Any:
    """What stands at a place."""
    for step in place:
        fields = fields[step]
    return fields


def pointed(fields: Any, pointer: str) -> Any:
    """What stands at a JSON pointer (RFC 6901)."""
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        fields = fields[int(name)] if isinstance(fields, list) else fields[name]
    return fields


def changed(fields: Any, place: Place, value: Any) -> Any:
    """A copy with another value at a place."""
    fresh = copy.deepcopy(fields)
    at(fresh, place[:-1])[place[-1]] = value
    return fresh


def mutated(fields: Any, random: Random, opaque: str = "Signature") -> Any:
    """A copy with one change somewhere, the inside of elements of other schemas aside; it may still be legal."""
    fresh = copy.deepcopy(fields)
    where = [place for place in places(fresh) if place and str(place[-1]).lower() != opaque.lower()]
    place = random.choice(where)
    above, step = at(fresh, place[:-1]), place[-1]
    value = above[step]
    change = random.randrange(7)
    if change == 0:
        del above[step]
    elif change == 1 and isinstance(value, str):
        above[step] = _edited(value, random)
    elif change == 2 and isinstance(above, dict):
        above[random.choice((*_KEYS, str(step).lower(), f"{step} "))] = value
    elif change == 3:
        above[step] = copy.deepcopy(at(fields, random.choice(where)))
    elif change == 4:
        above[step] = random.choice((value * 2, value[:-1])) if isinstance(value, list) else [value]
    else:
        above[step] = copy.deepcopy(random.choice(_VALUES))
    return fresh


def _edited(text: str, random: Random) -> str:
    index = random.randrange(len(text) + 1)
    return text[:index] + random.choice((random.choice(_SIGNS), "")) + text[index + random.randrange(2) :]
