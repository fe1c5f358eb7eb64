"""What a call is given is looked at by its annotations, and refused by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Any, Literal

import pytest
from attrs import frozen

from gse_billing.core.dated import days_after, require_day
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.guards import guarded, require_fields, shown, tuple_of


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
    fields: Mapping[str, Any] = {}
    anything: Any = None

    def __attrs_post_init__(self) -> None:
        require_fields(self)


WRONG: dict[str, tuple[str, object, str]] = {
    "no text": ("text", None, "it is NoneType, and str is asked for; give str"),
    "truth as a count": ("count", True, "it is bool, and int is asked for"),
    "a count as truth": ("flag", 1, "it is int, and bool is asked for"),
    "a moment as a day": ("day", dt.datetime(2026, 3, 10, tzinfo=dt.UTC), "it is datetime, and date is asked for"),
    "another kind": ("colour", "red", "it is str, and Colour or None is asked for"),
    "another word": ("form", "c", "it is str, and 'a' or 'b' is asked for"),
    "a list": ("names", ["x"], "it is list, and tuple of str is asked for"),
    "another member": ("names", ("x", 1), "it is tuple, and tuple of str is asked for"),
    "another member of a set": ("codes", frozenset({None}), "it is frozenset, and frozenset of str"),
    "a text as a sequence": ("order", "12", "it is str, and Sequence of int is asked for"),
    "pairs": ("fields", (("a", 1),), "it is tuple, and Mapping of str and Any is asked for"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_field_is_what_its_annotation_says(name: str) -> None:
    field, value, message = WRONG[name]
    given: dict[str, Any] = {field: value}
    with pytest.raises(InvalidValueError, match=message) as caught:
        Sample(**given)
    assert caught.value.value is value
    assert f"cannot be the {field}" in str(caught.value)


def test_what_fits_is_taken() -> None:
    assert Sample(colour=Colour.RED, order=[1, 2], form="b", anything=object()).order == [1, 2]


@guarded
def joined(words: Iterable[str], *, last_word: str = "") -> str:
    """A function with an iterable."""
    return "".join([*words, last_word])


def test_members_are_looked_at_at_once_or_when_their_turn_comes() -> None:
    assert joined(["a", "b"]) == joined(iter("ab")) == "ab"
    assert joined(words=("a",), last_word="z") == "az"
    wrong: Any = [["a", 1], iter(["a", 1]), 1, "ab", b"ab", None]
    for given in wrong:
        with pytest.raises(InvalidValueError, match="cannot be the words"):
            joined(given)
    nothing: Any = None
    with pytest.raises(InvalidValueError, match="None cannot be the last word; "):
        joined(["a"], last_word=nothing)
    assert (joined.__name__, joined.__doc__) == ("joined", "A function with an iterable.")


def test_a_converter_takes_the_members_of_its_kind() -> None:
    assert tuple_of(int, {1: "a"}, meant="counts") == (1,)
    wrong: Any = [None, "12", [None], [[1]], [True]]
    for given in wrong:
        with pytest.raises(InvalidValueError, match=r"cannot be the counts; .*Iterable of int is asked for"):
            tuple_of(int, given, meant="counts")


class Nameless:
    """A value that cannot be shown."""

    def __repr__(self) -> str:
        raise RuntimeError("no name")


def test_any_value_has_a_text() -> None:
    assert shown("x") == "'x'"
    assert shown("x" * 80) == f"'{'x' * 59}..."
    assert shown(10**5000) == "a value of type int"
    assert shown(Nameless()) == "a value of type Nameless"


def test_no_calendar_goes_beyond_its_last_day() -> None:
    assert days_after(dt.date(2026, 12, 31), 1) == dt.date(2027, 1, 1)
    with pytest.raises(InvalidValueError, match="there is no day 1 days after 9999-12-31"):
        days_after(dt.date.max, 1)


def test_a_number_without_text_is_no_day() -> None:
    with pytest.raises(InvalidValueError, match="a value of type int cannot be a day"):
        require_day(10**5000)
