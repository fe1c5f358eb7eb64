"""Value dates: the due date, moved to the next day open in Rome and in T2."""

from __future__ import annotations

import datetime as dt

import pytest

from gse_billing.calendars import ITALY
from gse_billing.schemes import service, value_date


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.requirement("PAY-7")
@pytest.mark.parametrize(
    ("due", "value"),
    [
        ("2021-01-29", "2021-01-29"),
        ("2021-01-31", "2021-02-01"),
        ("2024-03-29", "2024-04-02"),
        ("2026-06-29", "2026-06-30"),
        ("2026-04-25", "2026-04-27"),
        ("2025-12-24", "2025-12-24"),
        ("2025-12-25", "2025-12-29"),
        ("2024-06-30", "2024-07-01"),
    ],
    ids=[
        "a Friday stays",
        "a Sunday moves across the month",
        "Good Friday is closed in T2, then Easter",
        "Ss. Pietro e Paolo in Rome",
        "Liberation Day on a Saturday",
        "Christmas Eve is open",
        "Christmas, 26 December, a weekend",
        "a Sunday at the end of June",
    ],
)
def test_each_move_by_hand(due: str, value: str) -> None:
    result = value_date(day(due))
    assert result.day == day(value)
    assert result.explain().result == day(value)


def test_each_move_is_explained() -> None:
    lines = str(value_date(day("2021-01-31"), service=service("SSP")).explain()).splitlines()
    assert lines[0].startswith("value date of SSP: due 2021-01-31, value 2021-02-01 (GSE, WeCare: data valuta")
    assert "2021-01-31 is closed and moves to the working day 2021-02-01 (following)" in lines[1]
    assert any("closed in T2, Sunday" in line for line in lines[2:])
    stays = value_date(day("2021-01-29")).explain()
    assert stays.statement == "due 2021-01-29, value 2021-01-29: the banks are open"


def test_a_service_with_its_own_source_names_it() -> None:
    basis = value_date(day("2024-06-30"), service=service("CE")).explain().basis
    assert basis is not None
    assert "Conto Energia" in basis.act
    other = value_date(day("2024-06-30"), service=service("RID")).explain().basis
    assert other is not None
    assert "data scadenza del documento" in other.act


def test_another_calendar_can_be_named() -> None:
    assert value_date(day("2026-06-29"), calendar=ITALY).day == day("2026-06-29")


def test_a_notebook_shows_the_steps() -> None:
    html = value_date(day("2021-01-31"))._repr_html_()
    assert "<caption>2021-02-01</caption>" in html
    assert "<td>· · 2021-01-31</td>" in html
    assert "<td></td>" in html
