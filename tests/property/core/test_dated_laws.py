"""Laws of dated tables."""

from __future__ import annotations

import datetime as dt
import itertools
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gse_billing.core.dated import Basis, Certainty, DatedTable, Row
from gse_billing.core.errors import InvalidValueError, NoValueInForceError

ACT = Basis(act="act", source="source", certainty=Certainty.LAW)
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2040, 12, 31))
BOUNDS = st.lists(DAYS, min_size=2, max_size=8, unique=True).map(sorted)


def rows_between(bounds: list[dt.date]) -> list[Row[int]]:
    return [
        Row(value=number, valid_from=start, valid_to=end, basis=ACT)
        for number, (start, end) in enumerate(itertools.pairwise(bounds))
    ]


@given(BOUNDS, DAYS, st.randoms())
def test_exactly_one_row_answers_for_each_day_inside(bounds: list[dt.date], day: dt.date, shuffled: Random) -> None:
    """Half-open periods that touch cover each day once, whatever the order they were given in."""
    rows = rows_between(bounds)
    covering = [row for row in rows if row.covers(day)]
    shuffled.shuffle(rows)
    table = DatedTable("t", rows)
    if bounds[0] <= day < bounds[-1]:
        assert covering == [table.row_on(day)]
    else:
        assert covering == []
        with pytest.raises(NoValueInForceError):
            table.on(day)


@given(BOUNDS, st.data())
def test_two_rows_for_one_day_are_always_refused(bounds: list[dt.date], data: st.DataObject) -> None:
    """A table never has two answers."""
    inside = data.draw(st.dates(bounds[0], bounds[-1] - dt.timedelta(days=1)))
    extra = Row(value=-1, valid_from=inside, valid_to=inside + dt.timedelta(days=1), basis=ACT)
    with pytest.raises(InvalidValueError, match="two rows of t cover"):
        DatedTable("t", rows_between(bounds)).with_rows([extra])
