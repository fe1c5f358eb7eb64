"""What a call is given is looked at by its annotations, and refused by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from typing import Any, Literal

import pytest
from attrs import frozen

from gse_billing.core.dated import days_after, require_day
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.guards import guarded, require_fields


class Colour(Enum):
    """A kind of its own."""

    RED = "red"


@frozen(kw_only=True)
class Sample:
    """One field of each kind of annotation."""

    text: str = "x"
    count: int = 1
    flag: bool = True
    day: dt.date = dt.date(2026, 3, 10)
    colour: Colour | None = None
    form: Literal["a", "b"] = "a"
    names: tuple[str, ...] = ("x",)
    codes: frozenset[str] = frozenset("x")
    order: Sequence[int] = (1,)
    pairs: Sequence[tuple[str, str]] = ()
    fields: Mapping[str, Any] = {}
    anything: Any = None

    def __attrs_post_init__(self) -> None:
        require_fields(self)


WRONG: dict[str, tuple[str, object, str]] = {
    "no text": ("text", None, "NoneType; give text"),
    "truth as a count": ("count", True, "bool; give a whole number"),
    "a count as truth": ("flag", 1, "int; give True or False"),
    "a moment as a day": ("day", dt.datetime(2026, 3, 10, tzinfo=dt.UTC), "datetime; give a date"),
    "another kind": ("colour", "red", "str; give a Colour or None"),
    "another word": ("form", "c", "str; give 'a' or 'b'"),
    "a list": ("names", ["x"], "list; give a tuple of text"),
    "a set": ("codes", {"x"}, "set; give a frozenset of text"),
    "a text as a sequence": ("order", "12", "str; give a Sequence of a whole number"),
    "pairs": ("fields", (("a", 1),), "tuple; give a Mapping of text and any value"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_field_is_what_its_annotation_says(name: str) -> None:
    field, value, message = WRONG[name]
    given: dict[str, Any] = {field: value}
    with pytest.raises(InvalidValueError, match=message) as caught:
        Sample(**given)
    assert caught.value.value is value
    assert f"cannot be {field} of Sample" in str(caught.value)


MEMBERS: dict[str, tuple[str, object, str]] = {
    "of a tuple": (
        "names",
        ("x", 1, None),
        "1 cannot be a value in names of Sample; it is of the class int; give text",
    ),
    "of a set": ("codes", frozenset({None}), "None cannot be a value in codes of Sample; it is of the class NoneType"),
    "of a list": ("order", [1, "2"], "'2' cannot be a value in order of Sample; it is of the class str; give a whole"),
    "of a member": ("pairs", [("a", "b"), ("c", 1)], "1 cannot be a value in a value in pairs of Sample; it is"),
}


@pytest.mark.parametrize("name", MEMBERS)
def test_where_only_a_member_is_wrong_it_is_named(name: str) -> None:
    field, value, message = MEMBERS[name]
    given: dict[str, Any] = {field: value}
    with pytest.raises(InvalidValueError, match=message):
        Sample(**given)


def test_what_fits_is_taken() -> None:
    assert Sample(colour=Colour.RED, order=[1, 2], form="b", anything=object()).order == [1, 2]


@guarded
def joined(words: Iterable[str], *, last_word: str = "") -> str:
    """A function with an iterable."""
    return "".join([*words, last_word])


def test_members_are_looked_at_at_once_or_when_their_turn_comes() -> None:
    assert joined(["a", "b"]) == joined(iter("ab")) == "ab"
    assert joined(words=("a",), last_word="z") == "az"
    wrong: Any = [1, "ab", b"ab", None]
    for given in wrong:
        with pytest.raises(InvalidValueError, match=r"cannot be the argument words; .* give an Iterable of text"):
            joined(given)
    mixed: Any = [["a", 1], iter(["a", 1])]
    for given in mixed:
        with pytest.raises(InvalidValueError, match=r"^1 cannot be a value in the argument words; .* give text$"):
            joined(given)
    nothing: Any = None
    with pytest.raises(InvalidValueError, match="None cannot be the argument last_word; "):
        joined(["a"], last_word=nothing)
    assert (joined.__name__, joined.__doc__) == ("joined", "A function with an iterable.")


@guarded
def applied(change: Callable[[int], int]) -> int:
    """A function of a function."""
    return change(1)


def test_a_function_is_asked_for_in_words() -> None:
    assert applied(lambda number: number + 1) == 2
    wrong: Any = 7
    with pytest.raises(InvalidValueError, match=r"7 cannot be the argument change; .*; give a function$"):
        applied(wrong)


def test_no_calendar_goes_beyond_its_last_day() -> None:
    assert days_after(dt.date(2026, 12, 31), 1) == dt.date(2027, 1, 1)
    with pytest.raises(InvalidValueError, match="there is no day 1 days after 9999-12-31"):
        days_after(dt.date.max, 1)


def test_a_number_without_text_is_no_day() -> None:
    with pytest.raises(InvalidValueError, match="a value of the class int cannot be a day"):
        require_day(10**5000)
