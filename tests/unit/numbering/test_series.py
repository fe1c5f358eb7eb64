"""Formats of series: what they write, read back and refuse."""

from __future__ import annotations

import pickle

import pytest

from gse_billing.core.errors import InvalidValueError
from gse_billing.core.identifiers import InvoiceNumber
from gse_billing.numbering import Series, series_like


@pytest.mark.parametrize(
    ("pattern", "position", "number"),
    [
        ("{n}", 12, "12"),
        ("{n:05}", 12, "00012"),
        ("PA/{n}", 12, "PA/12"),
        ("{year}-{n:03}", 7, "2026-007"),
        ("{year}/{n}/{year}", 7, "2026/7/2026"),
        ("{{A}} {n}", 7, "{A} 7"),
    ],
)
def test_numbers_are_written_and_read_back(pattern: str, position: int, number: str) -> None:
    series = Series(name="pa", format=pattern)
    assert series.number(position, 2026) == number
    assert series.position(number, 2026) == position


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("PA/12/2025", "an earlier year"),
        ("PA/12/2027", "a later year"),
        ("PA/012/2026", "padded otherwise than the series does"),
        ("pa/12/2026", "another case"),
        ("PA/١٢/2026", "digits that are not Basic Latin"),
        ("12", "another format"),
    ],
)
def test_numbers_of_another_form_have_no_position(number: str, reason: str) -> None:
    assert Series(name="pa", format="PA/{n}/{year}").position(number, 2026) is None


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("PA", "needs {n} exactly once"),
        ("{n}{n}", "needs {n} exactly once"),
        ("{n}{m}", "the field {m} is not known"),
        ("{n!r}", "is not known"),
        ("{n.real}", "is not known"),
        ("{}", "is not known"),
        ("{n:x}", "'x' is not a padding of {n}"),
        ("{n:5}", "'5' is not a padding of {n}"),
        ("{year:05}{n}", "'05' is not a padding of {year}"),
        ("{n", "expected '}'"),
        ("numero d'ordine xxx {n}", "it writes"),
        ("{n}€", "it writes"),
    ],
)
def test_a_format_that_cannot_number_is_refused(pattern: str, why: str) -> None:
    with pytest.raises(InvalidValueError) as raised:
        Series(name="pa", format=pattern)
    assert why in str(raised.value)
    assert "use {n}, {n:05} and {year}" in str(raised.value)


def test_a_series_starts_at_one_at_least() -> None:
    with pytest.raises(InvalidValueError, match="start at 1"):
        Series(name="pa", first=0)


def test_a_series_pickles_after_use() -> None:
    series = Series(name="pa", format="PA/{n}")
    assert series.position("PA/3", 2026) == 3
    assert pickle.loads(pickle.dumps(series)) == series


@pytest.mark.parametrize(
    ("number", "name", "form"),
    [
        ("7", "who (typed {n})", "{n}"),
        ("FPA 7/2026", "who (typed FPA {n}/2026)", "FPA {n}/2026"),
        ("2026-007", "who (typed 2026-{n:03})", "2026-{n:03}"),
        ("7/26", "who (typed {n}/26)", "{n}/26"),
        ("0/26", "who (typed {n}/26)", "{n}/26"),
        ("26/26", "who (typed {n}/26)", "{n}/26"),
        ("2026", "who (typed {n})", "{n}"),
        ("{7}", "who (typed {{{n}}})", "{{{n}}}"),
        ("6/2", "who (typed 6/2)", "{n}/2"),
        ("9" * 20, "who (typed {n})", "{n}"),
        ("0" * 20, "who (typed {n:020})", "{n:020}"),
    ],
)
def test_a_number_tells_what_the_others_of_its_series_look_like(number: str, name: str, form: str) -> None:
    series = series_like(InvoiceNumber(number), 2026, owner="who")
    assert (series.name, series.format) == (name, form)
    assert series.position(number, 2026) is not None
