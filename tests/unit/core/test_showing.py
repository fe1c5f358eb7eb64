"""Any value and any kind has words."""

from __future__ import annotations

import datetime as dt

import pytest

from gse_billing.core.showing import named, shown, wrong_kind


class Nameless:
    """A value that cannot be shown."""

    def __repr__(self) -> str:
        raise RuntimeError("no name")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param("x", "'x'", id="text"),
        pytest.param("x" * 80, f"'{'x' * 27}...{'x' * 28}'", id="long text"),
        pytest.param(10**5000, "a value of the class int", id="a number without text"),
        pytest.param(dt.date(2026, 3, 2), "datetime.date(2026, 3, 2)", id="a day"),
        pytest.param([0] * 10**6, "[0, 0, 0, 0, 0, 0, ...]", id="a long list"),
    ],
)
def test_a_value_is_shown_in_a_few_characters(value: object, text: str) -> None:
    assert shown(value) == text


def test_an_object_without_text_is_told_by_its_class() -> None:
    assert shown(Nameless()).startswith("<Nameless instance at ")


@pytest.mark.parametrize(
    ("kind", "words"),
    [(str, "text"), (int, "a whole number"), (bool, "True or False"), (dt.date, "a date"), (OSError, "an OSError")],
)
def test_a_kind_has_its_words(kind: type, words: str) -> None:
    assert named(kind) == words


def test_a_refusal_says_what_why_and_what_to_do() -> None:
    error = wrong_kind(7, meant="a service", wanted="text")
    assert str(error) == "7 cannot be a service; it is of the class int; give text"
    assert error.value == 7
