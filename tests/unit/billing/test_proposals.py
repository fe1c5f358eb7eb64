"""The life of a proposal, and the table in which the portal shows it."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from gse_billing.billing import Settlement, fee_rows, settle
from gse_billing.billing.proposals import (
    COLUMNS,
    Declared,
    Event,
    FeeRow,
    FeeState,
    Happening,
    Life,
    Search,
    accept_and_save,
    record,
    refuse_own_sending,
    rows_to_csv,
    rows_to_html,
    state_of,
)
from gse_billing.core.errors import FrozenNumberError, IllegalTransitionError, InvalidValueError
from gse_billing.core.identifiers import InvoiceNumber
from gse_billing.testing.sdi import sdi_answer
from tests.support.portfolios import DAY, fields, portfolio

SECOND = dt.date(2021, 1, 20)
PROPOSAL = portfolio().proposals[0]
LIFE = record(Life(proposal=PROPOSAL), Happening.THRESHOLD_REACHED, on=DAY)
SEVEN = InvoiceNumber("PA/7")


def saved(life: Life = LIFE) -> Life:
    return accept_and_save(life, number=SEVEN, declared=Declared, by="R. Bianchi", on=DAY)


@pytest.mark.requirement("INV-15", "INV-16", "INV-17")
def test_saving_needs_the_three_declarations_and_authorises_gse() -> None:
    for missing in Declared:
        with pytest.raises(IllegalTransitionError) as raised:
            accept_and_save(LIFE, number=SEVEN, declared=set(Declared) - {missing}, by="x", on=DAY)
        assert missing.value in str(raised.value)
    life = saved()
    assert life.state is FeeState.SAVED
    assert life.authorisation is not None
    assert (life.authorisation.number, life.authorisation.declared) == (SEVEN, frozenset(Declared))
    assert LIFE.state is FeeState.TO_INVOICE


@pytest.mark.requirement("INV-12")
@pytest.mark.parametrize("number", ["PA/7", "PA/8"])
def test_a_second_save_is_refused(number: str) -> None:
    with pytest.raises(FrozenNumberError, match="number PA/7 was saved on 2020-12-14"):
        accept_and_save(saved(), number=InvoiceNumber(number), declared=Declared, by="x", on=DAY)


def test_only_what_is_to_be_invoiced_can_be_saved_and_only_with_declarations() -> None:
    with pytest.raises(IllegalTransitionError, match="SOTTOSOGLIA"):
        saved(Life(proposal=PROPOSAL))
    with pytest.raises(IllegalTransitionError, match="call accept_and_save"):
        record(LIFE, Happening.ACCEPTED_AND_SAVED, on=DAY)


@pytest.mark.requirement("INV-18")
def test_the_operator_does_not_send_it_himself() -> None:
    with pytest.raises(IllegalTransitionError, match="00404"):
        refuse_own_sending(saved())


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ([], FeeState.BELOW_THRESHOLD),
        (["SENT_TO_SDI", "DELIVERED", "PAYMENT_ORDERED", "PAID"], FeeState.PAID),
        (["SENT_TO_SDI", "DISCARDED"], FeeState.DISCARDED),
        (["SENT_TO_SDI", "DELIVERED", "REFUSED"], FeeState.REFUSED),
    ],
)
def test_states_are_a_fold_over_events(path: list[str], state: FeeState) -> None:
    start = ["THRESHOLD_REACHED", "ACCEPTED_AND_SAVED"] if path else []
    assert state_of(Event(Happening[name], DAY) for name in [*start, *path]) is state


def test_what_is_not_invoiced_goes_straight_to_payment() -> None:
    life = record(record(Life(proposal=PROPOSAL), Happening.PAYMENT_ORDERED, on=DAY), Happening.PAID, on=SECOND)
    assert life.state is FeeState.PAID


def test_an_event_out_of_place_says_what_can_follow() -> None:
    with pytest.raises(IllegalTransitionError, match="what can follow: GSE sent the invoice to SDI"):
        record(saved(), Happening.PAID, on=DAY)
    paid = record(record(Life(proposal=PROPOSAL), Happening.PAYMENT_ORDERED, on=DAY), Happening.PAID, on=DAY)
    with pytest.raises(IllegalTransitionError, match="what can follow: nothing"):
        record(paid, Happening.PAID, on=DAY)


def test_events_are_taken_in_the_order_of_their_days() -> None:
    path = (("PAYMENT_ORDERED", 2020), ("PAID", 2019))
    with pytest.raises(
        IllegalTransitionError, match="the money was credited on 2019-01-01, after events of 2020-01-01"
    ):
        state_of(Event(Happening[name], dt.date(year, 1, 1)) for name, year in path)
    earlier = DAY - dt.timedelta(days=1)
    with pytest.raises(IllegalTransitionError, match="in the order in which they happened"):
        record(saved(), Happening.SENT_TO_SDI, on=earlier)
    with pytest.raises(IllegalTransitionError, match="in the order in which they happened"):
        accept_and_save(LIFE, number=SEVEN, declared=Declared, by="x", on=earlier)


def test_an_event_has_a_day_without_time() -> None:
    with pytest.raises(InvalidValueError, match="cannot be the day of an event"):
        Event(Happening.PAID, dt.datetime(2021, 1, 20, 12, tzinfo=dt.UTC))


@pytest.mark.requirement("INV-2", "INV-4", "INV-5", "INV-8")
def test_the_sample_rows_stand_to_be_invoiced_in_fourteen_columns() -> None:
    assert len(COLUMNS) == 14
    rows = Search(state=FeeState.TO_INVOICE).among(fee_rows(portfolio(), on=dt.date(2020, 12, 11)))
    assert [row.cells()[:11] for row in rows] == [
        ("SSP00030614", year, fee, "DA FATTURARE", "", "", "", amount, "", amount, "")
        for year, fee, amount in (
            ("2019", "CONGUAGLIO CONTRIBUTO IN CONTO SCAMBIO", "14,24"),
            ("2020", "CONTRIBUTO IN CONTO SCAMBIO", "216,22"),
        )
    ]


def settled(kind: str, on: dt.date = SECOND, change: Callable[[dict[str, Any]], object] = lambda _: None) -> Settlement:
    given = fields()
    change(given)
    source = portfolio(given)
    first = settle(source, on=DAY)
    answers = [sdi_answer(document, kind) for document in first.documents] if kind else []
    return settle(source, on=on, books=first.books, answers=answers)


@pytest.mark.parametrize(
    ("kind", "on", "state"),
    [
        ("", SECOND, FeeState.SENT),
        ("NS", SECOND, FeeState.DISCARDED),
        ("RC", SECOND, FeeState.IN_PAYMENT),
        ("RC", dt.date(2021, 2, 1), FeeState.PAID),
        ("EC01", SECOND, FeeState.IN_PAYMENT),
        ("EC02", SECOND, FeeState.REFUSED),
    ],
)
def test_the_state_follows_the_settlement(kind: str, on: dt.date, state: FeeState) -> None:
    rows = fee_rows(portfolio(), on=on, settlement=settled(kind, on))
    assert rows[0].state is state
    assert rows[0].number == "PA/12"


@pytest.mark.requirement("INV-6", "INV-21", "INV-22")
def test_reason_draft_and_dossier_are_found_from_the_row() -> None:
    waiting = fee_rows(portfolio(), on=SECOND, settlement=settled(""))[0]
    assert (waiting.draft, waiting.dossier) == ("preliminare IT05754381001_00001", "")
    discarded = fee_rows(portfolio(), on=SECOND, settlement=settled("NS"))[0]
    assert (discarded.discard_reason, discarded.dossier) == ("motivo", "IT05754381001_00001")
    assert discarded.detail == PROPOSAL.key


def test_charges_stand_in_the_column_of_debits() -> None:
    row = fee_rows(portfolio(), on=SECOND, settlement=settled("RC"))[-1]
    assert (row.credit, row.debit, row.total, row.state) == (
        None,
        Decimal("60.00"),
        Decimal("73.20"),
        FeeState.IN_PAYMENT,
    )
    assert row.paid == dt.date(2021, 2, 1)


def test_a_negative_balance_and_a_fee_below_threshold_have_no_document() -> None:
    given = fields()
    given["proposals"] = [given["proposals"][1]]
    given["charges"] = [
        {"contract": "SSP00030614", "year": 2018, "fee": "SALDO NEGATIVO", "amount": 30, "issue_date": DAY}
    ]
    rows = fee_rows(portfolio(given), on=DAY)
    assert [(row.state, row.number, row.debit) for row in rows] == [
        (FeeState.BELOW_THRESHOLD, "", None),
        (FeeState.IN_PAYMENT, "", Decimal("30.00")),
    ]


def test_a_gap_is_still_to_be_invoiced_and_a_charge_without_amount_is_not_listed() -> None:
    given = fields()
    given["operators"][0].pop("partita_iva")
    given["operators"][0]["contracts"][0]["power_kw"] = 900
    rows = fee_rows(portfolio(given), on=DAY)
    assert [row.state for row in rows] == [FeeState.TO_INVOICE, FeeState.TO_INVOICE]
    assert rows[0].total == Decimal("14.24")


ROWS = (
    FeeRow(contract="A", year=2019, fee="X", state=FeeState.PAID, number="1", issued=DAY, total=Decimal("1.00")),
    FeeRow(contract="B", year=2020, fee="Y", state=FeeState.SENT, number="2", issued=SECOND, total=Decimal("2.00")),
    FeeRow(contract="B", year=2021, fee="Y", state=FeeState.TO_INVOICE, total=Decimal("3.00")),
)


@pytest.mark.requirement("INV-3")
@pytest.mark.parametrize(
    ("search", "found"),
    [
        (Search(), [0, 1, 2]),
        (Search(contract="B"), [1, 2]),
        (Search(fee="X"), [0]),
        (Search(state=FeeState.SENT), [1]),
        (Search(number="1"), [0]),
        (Search(year_from=2020), [1, 2]),
        (Search(year_to=2020), [0, 1]),
        (Search(year_from=2020, year_to=2020), [1]),
        (Search(issued_from=DAY), [0, 1]),
        (Search(issued_to=DAY), [0]),
        (Search(issued_from=SECOND, issued_to=SECOND), [1]),
        (Search(contract="B", year_to=2020, number="2"), [1]),
        (Search(contract="A", number="2"), []),
    ],
)
def test_filters_are_optional_inclusive_and_all_hold(search: Search, found: list[int]) -> None:
    assert search.among(ROWS) == tuple(ROWS[place] for place in found)


def test_rows_as_csv_are_safe_to_open() -> None:
    hostile = FeeRow(contract="=1+1", year=2019, fee="X", state=FeeState.PAID, total=Decimal("1994.93"))
    header, row = csv.reader(io.StringIO(rows_to_csv([hostile])))
    assert tuple(header) == COLUMNS
    assert (row[0], row[9]) == ("'=1+1", "1.994,93")
    assert "<td>1.994,93</td>" in rows_to_html([hostile])
