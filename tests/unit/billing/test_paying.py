"""Payouts as transfers: one a payout where the text holds, and always the whole amount."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from gse_billing.billing import Settlement, settle
from gse_billing.payments import read_remittance
from gse_billing.testing.sdi import sdi_receipts as receipts
from tests.support.portfolios import DAY, fields, portfolio


def settled(given: dict[str, Any]) -> Settlement:
    first = settle(portfolio(given), on=DAY)
    return settle(portfolio(given), on=dt.date(2021, 1, 20), books=first.books, answers=receipts(first.documents))


@pytest.mark.requirement("PAY-1")
def test_many_documents_are_spread_over_transfers_whose_texts_name_them_all() -> None:
    given = fields()
    given["charges"] = []
    given["proposals"] = [
        {**given["proposals"][0], "year": 2000 + place, "number": f"SEZIONALE/PA/{place:03}"} for place in range(20)
    ]
    transfers = settled(given).transfers
    assert len(transfers) > 1
    assert {item.creditor_iban for item in transfers} == {"IT09A0103003200000000123456"}
    assert sum(item.amount for item in transfers) == 20 * Decimal("216.22")
    named = [reference.number for item in transfers for reference in read_remittance(item.remittance)]
    assert sorted(named) == [f"SEZIONALE/PA/{place:03}" for place in range(20)]
    assert [item.end_to_end_id for item in transfers] == [
        f"SSP00030614-20210201-{place}" for place in range(1, len(transfers) + 1)
    ]


def test_numbers_that_would_be_misread_together_travel_apart() -> None:
    given = fields()
    given["charges"] = []
    given["proposals"][0]["number"] = "1 DEL 2"
    transfers = settled(given).transfers
    assert sum(item.amount for item in transfers) == Decimal("230.46")


def test_what_one_transfer_cannot_carry_travels_in_several() -> None:
    given = fields()
    given["charges"] = []
    for proposal in given["proposals"]:
        proposal["amount"] = Decimal("600000000.00")
    transfers = settled(given).transfers
    assert [item.amount for item in transfers] == [Decimal("600000000.00")] * 2


def test_money_with_and_without_documents_travels_apart() -> None:
    given = fields()
    given["charges"] = []
    contract = given["operators"][0]["contracts"][0]
    contract["power_kw"] = Decimal("20.0")
    (transfer,) = settled(given).transfers
    assert transfer.remittance == "CONTRATTO SSP00030614 COMPETENZE PUBBLICATE AL 11/12/2020"
    assert transfer.amount == Decimal("230.46")
