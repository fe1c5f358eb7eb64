"""Laws of reconciliation, and the round trip: ordered, booked by a bank, read, matched."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from gse_billing.payments import (
    Booking,
    Evidence,
    InvoiceReference,
    MatchKind,
    OpenItem,
    Reconciliation,
    SettlementKey,
    Transfer,
    pain001,
    read_camt053,
    reconcile,
    write_remittance,
)
from tests.property.payments.test_pain001 import IBAN, MOMENT, plain
from tests.property.payments.test_payments import references
from tests.support.bank_files import camt053
from tests.support.payment_schema import TAG

OTHERS = (IBAN, "DE89370400440532013000", "FR1420041010050500013M02606")


@st.composite
def orders(draw: st.DrawFn) -> list[Transfer]:
    """Transfers of one debtor, each with an invoice of its own; names as a bank gives them back."""
    named = draw(
        st.lists(references, min_size=1, max_size=6, unique_by=lambda one: (one.number.casefold(), one.issued))
    )
    return [
        Transfer(
            debtor_name="GSE S.p.A.",
            creditor_name=draw(plain),
            creditor_iban=draw(st.sampled_from(OTHERS)),
            amount=draw(st.decimals("0.01", "999999999.99", places=2)),
            value_date=draw(st.dates(dt.date(2000, 1, 1), dt.date(2000, 1, 5))),
            remittance=write_remittance([reference]),
            end_to_end_id=SettlementKey("SSP", dt.date(2000, 1, 1), sequence).end_to_end_id,
        )
        for sequence, reference in enumerate(named, start=1)
    ]


def at(element: etree._Element, *names: str) -> str:
    """The text at a path of local names."""
    return element.findtext("/".join(f"{TAG}{name}" for name in names)) or ""


def booking_of(order: etree._Element, day: dt.date, *, identified: bool) -> Booking:
    return Booking(
        amount=-Decimal(at(order, "Amt", "InstdAmt")),
        booked=day,
        value_date=day,
        end_to_end_id=at(order, "PmtId", "EndToEndId") if identified else "NOTPROVIDED",
        counterparty=at(order, "Cdtr", "Nm"),
        counterparty_iban=at(order, "CdtrAcct", "Id", "IBAN"),
        remittance=at(order, "RmtInf", "Ustrd"),
    )


def booked(file: bytes, *, identified: bool) -> list[Booking]:
    """What the bank of the debtor books for a file of orders."""
    return [
        booking_of(order, dt.date.fromisoformat(at(block, "ReqdExctnDt", "Dt")), identified=identified)
        for block in etree.fromstring(file).iter(f"{TAG}PmtInf")
        for order in block.iter(f"{TAG}CdtTrfTxInf")
    ]


@pytest.mark.requirement("PAY-1", "PAY-7")
@pytest.mark.parametrize("version", ["02", "08"])
@pytest.mark.parametrize("identified", [True, False])
@given(transfers=orders(), data=st.data())
def test_what_is_ordered_and_booked_leaves_nothing_open(
    version: str, identified: bool, transfers: list[Transfer], data: st.DataObject
) -> None:
    """Out as pain.001, booked into camt.053 in any order, reconciled: no item is open, whatever the bank kept."""
    file = pain001(transfers, message_id="M-1", created=MOMENT, debtor_iban=IBAN)
    bookings = data.draw(st.permutations(booked(file.data, identified=identified)))
    statement = read_camt053(camt053(bookings, account="IT24D0542811101000000654321", version=version))
    assert statement.report.ok
    result = reconcile(statement.bookings, map(OpenItem.of_transfer, transfers))
    assert result.open_items == ()
    assert {match.kind for match in result.matches} == {MatchKind.ONE_TO_ONE}
    assert {match.evidence for match in result.matches} == {
        Evidence.END_TO_END_ID if identified else Evidence.NUMBER_AND_DATE
    }
    paid = {match.items[0].key: match.booking for match in result.matches}
    for transfer in transfers:
        assert (paid[transfer.end_to_end_id].amount, paid[transfer.end_to_end_id].day) == (
            -transfer.amount,
            transfer.value_date,
        )


few = st.sampled_from([Decimal(one) for one in ("-3", "-2", "-1", "0", "1", "2", "3")])
numbers = st.sampled_from([InvoiceReference(str(number), dt.date(2020, 1, 1)) for number in range(4)])
ids = st.sampled_from(["", "", "A", "B", "C"])
bookings_of_all_kinds = st.lists(
    st.builds(
        Booking,
        amount=few,
        booked=st.none() | st.dates(dt.date(2020, 1, 1), dt.date(2020, 1, 3)),
        end_to_end_id=ids,
        counterparty_iban=st.sampled_from(("", *OTHERS)),
        remittance=st.just("") | st.lists(numbers, min_size=1, max_size=2).map(write_remittance),
        reversal=st.booleans(),
    ),
    max_size=12,
)
items_of_all_kinds = st.lists(
    st.builds(
        OpenItem,
        key=st.text("abcdef", min_size=1, max_size=2),
        amount=few.filter(bool),
        iban=st.sampled_from(("", *OTHERS)),
        end_to_end_id=ids,
        invoices=st.lists(numbers, max_size=2),
    ),
    max_size=6,
    unique_by=(lambda one: one.key, lambda one: one.end_to_end_id or one.key),
)


MOVING = (
    MatchKind.ONE_TO_ONE,
    MatchKind.ONE_TO_MANY,
    MatchKind.PARTIAL,
    MatchKind.OVER,
    MatchKind.DUPLICATE,
    MatchKind.REVERSED,
)


def story(amount: int, booked: list[int]) -> Reconciliation:
    """Payments of one item, and what came back of them, in this order."""
    bookings = [Booking(amount=Decimal(one), end_to_end_id="A") for one in booked]
    return reconcile(bookings, [OpenItem(key="x", amount=amount, end_to_end_id="A")])


def rests(result: Reconciliation) -> dict[str, Decimal]:
    return {item.key: rest for item, rest in zip(result.open_items, result.remaining, strict=True)}


@given(bookings=bookings_of_all_kinds, items=items_of_all_kinds)
def test_no_cent_is_lost_or_made(bookings: list[Booking], items: list[OpenItem]) -> None:
    """Each booking is matched once; what is open is what was open less what was applied, and never changes its side."""
    result = reconcile(bookings, items)
    assert sorted(map(repr, bookings)) == sorted(repr(match.booking) for match in result.matches)
    applied = {item.key: Decimal(0) for item in items}
    for match in result.matches:
        assert match.unapplied + sum(match.applied) == match.booking.amount
        for item, part in zip(match.items, match.applied, strict=False):
            applied[item.key] += part
    left = rests(result)
    for item in items:
        rest = left.get(item.key, Decimal(0))
        assert rest == item.amount - applied[item.key]
        assert 0 <= rest / item.amount <= 1
    beyond = sum((one.amount for one in result.surplus), Decimal(0))
    moved = sum((match.booking.amount for match in result.matches if match.kind in MOVING), Decimal(0))
    assert moved == sum(applied.values()) + beyond
    for one in result.surplus:
        assert all(one.amount / item.amount > 0 and item.key not in left for item in one.items)


@given(sign=st.sampled_from((1, -1)), booked=st.lists(st.integers(-6, 6).filter(bool), max_size=8))
def test_of_one_item_every_cent_is_settled_or_too_much(sign: int, booked: list[int]) -> None:
    """open + applied = amount, surplus = paid - applied - taken back, neither negative, whatever comes in what order.

    Only what takes back more than was ever booked is set aside.
    """
    amount, stands = 4, 0
    for count, part in enumerate(booked, start=1):
        result = story(sign * amount, [sign * one for one in booked[:count]])
        possible = stands + part >= 0
        stands += part if possible else 0
        assert (result.matches[-1].kind is MatchKind.AMBIGUOUS) == (not possible)
        assert sum(rests(result).values()) == sign * max(0, amount - stands)
        assert sum(one.amount for one in result.surplus) == sign * max(0, stands - amount)
        applied = sum((sum(match.applied) for match in result.matches), Decimal(0))
        assert applied == sign * min(amount, stands)


@given(paid=st.lists(st.integers(1, 6), max_size=6), back=st.lists(st.integers(1, 6), max_size=4), data=st.data())
def test_the_order_of_payments_and_of_reversals_decides_nothing(
    paid: list[int], back: list[int], data: st.DataObject
) -> None:
    """As long as no reversal comes before what it takes back, only the sum counts."""
    back = back if sum(back) <= sum(paid) else []
    here = story(4, [*paid, *(-one for one in back)])
    there = story(4, [*data.draw(st.permutations(paid)), *(-one for one in data.draw(st.permutations(back)))])
    assert rests(here) == rests(there)
    assert [one.amount for one in here.surplus] == [one.amount for one in there.surplus]


@given(bookings=bookings_of_all_kinds, items=items_of_all_kinds, data=st.data())
def test_the_order_of_items_decides_nothing(
    bookings: list[Booking], items: list[OpenItem], data: st.DataObject
) -> None:
    """Nothing is guessed, so nothing depends on which item stands first."""
    here = reconcile(bookings, items)
    there = reconcile(bookings, data.draw(st.permutations(items)))
    assert rests(here) == rests(there)
    assert [match.kind for match in here.matches] == [match.kind for match in there.matches]


@given(bookings=bookings_of_all_kinds, items=items_of_all_kinds)
def test_doubt_changes_nothing(bookings: list[Booking], items: list[OpenItem]) -> None:
    """Only the kinds that settle or take back apply anything; they name what led to the items."""
    for match in reconcile(bookings, items).matches:
        still = match.kind in {MatchKind.AMBIGUOUS, MatchKind.DUPLICATE, MatchKind.UNMATCHED}
        assert still == (match.applied == ())
        assert still or match.evidence is not None
        assert match.why.startswith(match.kind.value)
