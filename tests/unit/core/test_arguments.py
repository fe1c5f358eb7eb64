from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from attrs import field, frozen

from gse_billing.core.arguments import kind_of, require, require_each
from gse_billing.core.errors import InvalidValueError


class Invoice:
    """A class whose name takes another article."""


@frozen(kw_only=True)
class Held:
    name: str = field(default="", validator=kind_of(str))
    day: dt.date | None = field(default=None, validator=kind_of(dt.date, none=True))
    count: int = field(default=0, validator=kind_of(int))
    yes: bool = field(default=False, validator=kind_of(bool))


class Name(str):
    """A kind of text is text."""

    __slots__ = ()


REFUSED: dict[str, tuple[object, type, str]] = {
    "nothing": (None, str, "None cannot be it; it is of the class NoneType; give text"),
    "bytes": (b"x", str, "b'x' cannot be it; it is of the class bytes; give text"),
    "a truth value": (True, int, "True cannot be it; it is of the class bool; give a whole number"),
    "a number": (1, bool, "1 cannot be it; it is of the class int; give True or False"),
    "a moment": (dt.datetime(2021, 1, 1, tzinfo=dt.UTC), dt.date, "without time and zone"),
    "a list": ([], Invoice, "[] cannot be it; it is of the class list; give an Invoice"),
    "another class": (Invoice(), Held, "give a Held"),
    "a long list": (list(range(10_000)), Held, "[0, 1, 2, 3, 4, 5, ...] cannot be it"),
}


@pytest.mark.parametrize(("value", "kind", "message"), REFUSED.values(), ids=REFUSED)
def test_a_value_of_another_kind_is_refused(value: object, kind: type, message: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        require(value, kind, meant="it")
    assert message in str(caught.value)
    assert caught.value.value is value


def test_a_value_of_the_kind_comes_back() -> None:
    assert require(3, int, meant="it") == 3
    assert require(False, bool, meant="it") is False
    assert require(Name("x"), str, meant="it") == "x"


@pytest.mark.parametrize("given", [None, 3, "text", b"bytes", 1.5])
def test_what_cannot_be_gone_through_is_refused(given: Any) -> None:
    with pytest.raises(InvalidValueError, match="is not a list; each of its values would be a name") as caught:
        require_each(given, str, meant="a name")
    assert caught.value.remedy == "give a list or another iterable, each value text"


def test_each_value_is_looked_at() -> None:
    assert require_each({"a": 1}, str, meant="a name") == ("a",)
    with pytest.raises(InvalidValueError, match="3 cannot be a name"):
        require_each(["a", 3], str, meant="a name")


@pytest.mark.parametrize("fields", [{"name": None}, {"day": "2021-01-01"}, {"count": True}, {"yes": 1}])
def test_a_field_of_another_kind_is_refused(fields: dict[str, Any]) -> None:
    (name,) = fields
    with pytest.raises(InvalidValueError, match=f"cannot be {name} of Held"):
        Held(**fields)


def test_a_moment_is_no_day() -> None:
    with pytest.raises(InvalidValueError, match=r"days are datetime\.date, without time and zone"):
        Held(day=dt.datetime(2021, 1, 1, tzinfo=dt.UTC))


def test_fields_of_their_kind_stay() -> None:
    held = Held(name=Name("x"), day=dt.date(2021, 1, 1), count=2, yes=True)
    assert (held.name, held.day, held.count, held.yes) == ("x", dt.date(2021, 1, 1), 2, True)
