"""Tables for a notebook, and copies of frozen values."""

from __future__ import annotations

import attrs
import pytest

from gse_billing.core.dated import Basis, Certainty, Row
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.html import table
from gse_billing.core.values import evolve

ACT = Basis(act="DL 98/2011", source="normattiva.it", certainty=Certainty.LAW)


def test_every_cell_is_escaped_and_an_empty_caption_is_left_out() -> None:
    page = table(("<th>", "n"), [("<script>", 1), ('"', None)], caption="A & B")
    assert page == (
        "<table><caption>A &amp; B</caption><thead><tr><th>&lt;th&gt;</th><th>n</th></tr></thead><tbody>"
        "<tr><td>&lt;script&gt;</td><td>1</td></tr><tr><td>&quot;</td><td>None</td></tr></tbody></table>"
    )
    assert table((), ()) == "<table><thead><tr></tr></thead><tbody></tbody></table>"


def test_evolve_copies_and_leaves_the_original() -> None:
    other = evolve(ACT, act="L. 148/2011")
    assert (other.act, other.source, ACT.act) == ("L. 148/2011", "normattiva.it", "DL 98/2011")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        ACT.act = "x"  # type: ignore[misc]


def test_evolve_runs_the_checks_of_the_class_again() -> None:
    import datetime as dt

    row = Row(value=1, valid_from=dt.date(2020, 1, 1), basis=ACT)
    with pytest.raises(InvalidValueError, match="ends before it starts"):
        evolve(row, valid_to=dt.date(2019, 1, 1))
