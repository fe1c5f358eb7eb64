"""Odd arguments at every door of the proposals are refused in words, or fit."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from attrs import AttrsInstance, fields

from gse_billing import evolve
from gse_billing.billing import proposals as pr
from gse_billing.billing.portfolio.model import Proposal
from gse_billing.billing.proposals.frames import rows_to_arrow
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.identifiers import ContractCode, InvoiceNumber
from tests.support.odd_arguments import Door, defects

DAY = dt.date(2026, 3, 10)
PROPOSAL = Proposal(
    contract=ContractCode("SSP00030614"),
    year=2025,
    fee="CONTRIBUTO",
    amount=Decimal(10),
    treatment="split-payment",
    issue_date=DAY,
)
LIFE = pr.record(pr.Life(proposal=PROPOSAL), pr.Happening.THRESHOLD_REACHED, on=DAY)
SAVED = pr.accept_and_save(LIFE, number=InvoiceNumber("1"), declared=pr.Declared, by="Rossi", on=DAY)
EVENT = pr.Event(pr.Happening.ACCEPTED_AND_SAVED, DAY)
AUTHORISATION = pr.Authorisation(number=InvoiceNumber("1"), declared=frozenset(pr.Declared), by="Rossi", on=DAY)
ROW = pr.FeeRow(contract="c", year=2025, fee="f", state=pr.FeeState.PAID, total="1.00", credit="1.00", issued=DAY)
SEARCH = pr.Search(contract="c")


def made(value: AttrsInstance) -> Door:
    return Door(type(value), {one.name: getattr(value, one.name) for one in fields(type(value))})


def door(call: Any, /, **given: Any) -> Door:
    return Door(call, given)


MADE: tuple[AttrsInstance, ...] = (SAVED, EVENT, AUTHORISATION, ROW, SEARCH)
DOORS = {type(value).__name__: made(value) for value in MADE} | {
    "state_after": door(pr.state_after, state=pr.FeeState.TO_INVOICE, event=EVENT),
    "state_of": door(pr.state_of, events=[]),
    "record": door(pr.record, life=SAVED, what=pr.Happening.SENT_TO_SDI, on=DAY),
    "accept_and_save": door(
        pr.accept_and_save, life=LIFE, number=InvoiceNumber("1"), declared=list(pr.Declared), by="Rossi", on=DAY
    ),
    "refuse_own_sending": door(pr.refuse_own_sending, life=LIFE),
    "matches": door(SEARCH.matches, row=ROW),
    "among": door(SEARCH.among, rows=[ROW]),
    "rows_to_csv": door(pr.rows_to_csv, rows=[ROW]),
    "rows_to_html": door(pr.rows_to_html, rows=[ROW]),
    "rows_to_arrow": door(rows_to_arrow, rows=[ROW]),
    "the cells of a row": door(lambda **given: rows_to_arrow([evolve(ROW, **given)]), year=1, total="1", contract="c"),
}


@pytest.mark.parametrize("name", DOORS)
def test_odd_arguments_are_refused_in_words(name: str) -> None:
    assert list(defects(DOORS[name])) == []


def test_what_no_table_holds_is_refused() -> None:
    for year in (0, 10_000):
        with pytest.raises(InvalidValueError, match=f"there is no year {year}"):
            evolve(ROW, year=year)
    with pytest.raises(InvalidValueError, match="a row has half a character"):
        rows_to_arrow([evolve(ROW, fee="\ud800")])
