"""Dated tables."""

from __future__ import annotations

import datetime as dt
import pickle
from typing import Any

import pytest

from gse_billing.core.dated import Basis, Certainty, DatedTable, Row, require_day
from gse_billing.core.errors import InvalidValueError, NoValueInForceError

ACT = Basis(act="DL 98/2011", source="normattiva.it", certainty=Certainty.LAW)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def row(value: int, start: str | None = None, end: str | None = None) -> Row[int]:
    return Row(value=value, valid_from=day(start) if start else None, valid_to=day(end) if end else None, basis=ACT)


RATES = DatedTable(
    "VAT rates", [row(22, "2013-10-01"), row(20, None, "2011-09-17"), row(21, "2011-09-17", "2013-01-01")]
)


@pytest.mark.parametrize(
    ("on", "value"),
    [
        ("1999-01-01", 20),
        ("2011-09-16", 20),
        ("2011-09-17", 21),
        ("2012-12-31", 21),
        ("2013-10-01", 22),
        ("2099-01-01", 22),
    ],
)
def test_periods_are_half_open_and_an_unknown_start_answers_for_earlier_days(on: str, value: int) -> None:
    assert RATES.on(day(on)) == value
    assert RATES.row_on(day(on)).basis is ACT


def test_a_gap_raises_and_says_what_is_covered() -> None:
    with pytest.raises(NoValueInForceError) as caught:
        RATES.on(day("2013-09-30"))
    assert str(caught.value) == (
        "VAT rates has no value in force on 2013-09-30; rows cover until 2012-12-31, start not known; "
        "from 2013-10-01; supply a row with its source, or a day inside the validity"
    )


def test_of_many_rows_the_nearest_periods_are_named() -> None:
    years = [row(year, f"{year}-01-01", f"{year + 1}-01-01") for year in (2001, 2002, 2003, 2005, 2006, 2008)]
    table = DatedTable("rates", years)
    known = {
        "2000-12-31": "rows cover from 2001-01-01 until 2003-12-31; others further away;",
        "2004-07-01": (
            "rows cover from 2001-01-01 until 2003-12-31; from 2005-01-01 until 2006-12-31; others further away;"
        ),
        "2009-01-01": "rows cover from 2008-01-01 until 2008-12-31; others further away;",
    }
    for on, words in known.items():
        with pytest.raises(NoValueInForceError) as caught:
            table.on(day(on))
        assert words in str(caught.value)


def test_a_table_without_rows_covers_no_day() -> None:
    with pytest.raises(NoValueInForceError, match="rows cover no day"):
        DatedTable[int]("nothing", ()).on(day("2020-01-01"))


def test_rows_stand_in_order_of_time() -> None:
    assert [each.value for each in RATES] == [20, 21, 22]


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [
        (row(1, "2020-01-01"), row(2, "2021-01-01"), "2021-01-01"),
        (row(1, "2020-01-01", "2021-01-02"), row(2, "2021-01-01"), "2021-01-01"),
        (row(1, None, "2020-01-01"), row(2, None, "2021-01-01"), "0001-01-01"),
    ],
)
def test_rows_that_overlap_are_refused(first: Row[int], second: Row[int], shared: str) -> None:
    with pytest.raises(InvalidValueError, match=f"two rows of rates cover {shared}"):
        DatedTable("rates", [second, first])


def test_rows_that_touch_do_not_overlap() -> None:
    table = DatedTable("rates", [row(1, "2020-01-01", "2021-01-01"), row(2, "2021-01-01")])
    assert [table.on(day(text)) for text in ("2020-12-31", "2021-01-01")] == [1, 2]


@pytest.mark.parametrize("end", ["2019-01-01", "2020-01-01"])
def test_a_row_that_ends_before_it_starts_is_refused(end: str) -> None:
    with pytest.raises(InvalidValueError, match="a row of DL 98/2011 ends before it starts"):
        row(1, "2020-01-01", end)


def test_a_caller_adds_a_row_and_the_table_of_the_library_stays_as_it_is() -> None:
    base = DatedTable("rates", [row(1, "2020-01-01", "2021-01-01")])
    assert base.with_rows([row(2, "2021-01-01")]).on(day("2021-06-01")) == 2
    assert len(list(base)) == 1


@pytest.mark.parametrize("rows", [None, 7, [None], "ab"])
def test_only_rows_make_a_table(rows: Any) -> None:
    with pytest.raises(InvalidValueError, match=r"give a list of rows|give a Row"):
        DatedTable[int]("figures", ()).with_rows(rows)
    with pytest.raises(InvalidValueError, match=r"give a list of rows|give a Row"):
        DatedTable("figures", rows)


@pytest.mark.parametrize(
    ("each", "words"),
    [
        (row(1), "start not known"),
        (row(1, "2020-01-01"), "from 2020-01-01"),
        (row(1, "2020-01-01", "2021-01-01"), "from 2020-01-01 until 2020-12-31"),
        (row(1, None, "2021-01-01"), "until 2020-12-31, start not known"),
    ],
)
def test_validity_in_words(each: Row[int], words: str) -> None:
    assert each.validity == words


def test_tables_are_values() -> None:
    assert pickle.loads(pickle.dumps(RATES)) == RATES
    assert hash(pickle.loads(pickle.dumps(RATES))) == hash(RATES)


def test_a_basis_reads_as_its_act() -> None:
    assert str(ACT) == "DL 98/2011"


def test_a_table_in_a_notebook() -> None:
    page = RATES._repr_html_()
    assert "<caption>VAT rates</caption>" in page
    assert "<td>22</td><td>from 2013-10-01</td><td>DL 98/2011</td><td>normattiva.it</td>" in page


@pytest.mark.parametrize("value", [dt.datetime(2021, 1, 31, tzinfo=dt.UTC), "2021-01-31", None, 20210131])
def test_what_is_not_a_plain_day_is_refused(value: object) -> None:
    with pytest.raises(InvalidValueError, match=r"cannot be a due date; days are .*, without time and zone"):
        require_day(value, meant="a due date")
    with pytest.raises(InvalidValueError, match="cannot be a day"):
        RATES.on(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("said", [{"source": ""}, {"source": " \n"}, {"act": ""}, {"source": None}])
def test_a_basis_without_act_or_source_is_refused(said: dict[str, str]) -> None:
    (name,) = said
    with pytest.raises(InvalidValueError, match=f"a basis with the {name} .*; every figure leads back"):
        Basis(**{"act": "DM 24/12/2014", "source": "text", **said}, certainty=Certainty.LAW)
