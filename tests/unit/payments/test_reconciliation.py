"""Bookings against open items: each kind of match, each evidence, and doubt that is said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

import pytest

from gse_billing.core.errors import FloatRefusedError, InvalidAmountError, InvalidValueError
from gse_billing.payments import (
    Booking,
    Evidence,
    InvoiceReference,
    Match,
    MatchKind,
    OpenItem,
    Reconciliation,
    reconcile,
)
from tests.unit.payments.test_transfers import transfer

DAY = dt.date(2016, 3, 18)
HERE, THERE = "IT60X0542811101000000123456", "DE89370400440532013000"
TEXT = "FATTURA 76256 DEL 18/03/2016"


def item(key: str = "76256", amount: str = "100.00", **changes: object) -> OpenItem:
    return OpenItem(key=key, amount=amount, **changes)  # type: ignore[arg-type]


def named(key: str, amount: str = "100.00", **changes: object) -> OpenItem:
    return item(key, amount, invoices=[InvoiceReference(key.removesuffix("'"), DAY)], **changes)


def booking(amount: str = "100.00", **changes: object) -> Booking:
    return Booking(amount=Decimal(amount), **changes)  # type: ignore[arg-type]


def only(bookings: Iterable[Booking], *items: OpenItem) -> tuple[Match, dict[str, Decimal]]:
    """The last match, and what is open after it."""
    result = reconcile(bookings, items)
    return result.matches[-1], left(result)


def left(result: Reconciliation) -> dict[str, Decimal]:
    return {one.key: rest for one, rest in zip(result.open_items, result.remaining, strict=True)}


def test_by_identification() -> None:
    match, rest = only([booking(end_to_end_id=" A-1 ")], item("x"), item("y", end_to_end_id="A-1"))
    assert (match.kind, match.evidence, rest) == (MatchKind.ONE_TO_ONE, Evidence.END_TO_END_ID, {"x": Decimal(100)})
    assert match.why == "settles one item, by end-to-end identification: nothing stays open"
    assert (match.applied, match.unapplied) == ((Decimal(100),), Decimal(0))


@pytest.mark.requirement("BIO-12")
@pytest.mark.parametrize("text", [TEXT, "saldo ft. 76256 dd. 2016-03-18", "18.03.2016 n.76256"])
def test_by_number_and_date(text: str) -> None:
    match, rest = only([booking(remittance=text)], named("76256"), named("76257"))
    assert (match.kind, match.evidence) == (MatchKind.ONE_TO_ONE, Evidence.NUMBER_AND_DATE)
    assert set(rest) == {"76257"}


def test_by_amount_and_account() -> None:
    match, rest = only([booking(counterparty_iban=HERE)], item("x", iban=HERE), item("y", iban=THERE))
    assert (match.kind, match.evidence) == (MatchKind.ONE_TO_ONE, Evidence.AMOUNT_AND_IBAN)
    assert set(rest) == {"y"}


UNMATCHED = {
    "another amount": booking("99.99", counterparty_iban=HERE),
    "another account": booking(counterparty_iban=THERE),
    "no account": booking(),
    "another direction": booking("-100.00", counterparty_iban=HERE),
    "an invoice in the other direction": booking("-100.00", remittance=TEXT),
    "an unknown identification": booking(end_to_end_id="B"),
    "nothing at all": booking("0.00", end_to_end_id="A"),
}


@pytest.mark.parametrize("one", UNMATCHED.values(), ids=UNMATCHED.keys())
def test_what_leads_nowhere_changes_nothing(one: Booking) -> None:
    match, rest = only([one], named("76256", iban=HERE, end_to_end_id="A"))
    assert (match.kind, match.items, rest) == (MatchKind.UNMATCHED, (), {"76256": Decimal(100)})
    assert "no item has its identification, its invoices, or its amount and account" in match.why


PRINTED = "IT60 X054 2811 1010 0000 0123 456"


@pytest.mark.parametrize(("booked", "expected"), [(PRINTED, HERE), (HERE, PRINTED), (f" {HERE.lower()}\n", HERE)])
def test_an_account_is_the_same_however_it_is_printed(booked: str, expected: str) -> None:
    match, rest = only([booking(counterparty_iban=booked)], item(iban=expected))
    assert (match.evidence, rest, match.other_account) == (Evidence.AMOUNT_AND_IBAN, {}, False)


def test_an_account_that_is_no_iban_stays_as_it_is() -> None:
    assert booking(counterparty_iban="Conto n. 12 / a").counterparty_iban == "Conto n. 12 / a"


def test_an_empty_account_is_no_evidence() -> None:
    assert only([booking()], item())[0].kind is MatchKind.UNMATCHED


def test_one_to_many() -> None:
    text = "FATTURE 1 DEL 18/03/2016, 2 DEL 18/03/2016"
    match, rest = only([booking("150.00", remittance=text)], named("1"), named("2", "50.00"))
    assert (match.kind, match.applied, rest) == (MatchKind.ONE_TO_MANY, (Decimal(100), Decimal(50)), {})


def test_an_item_of_several_invoices_is_one_item() -> None:
    both = item(invoices=[InvoiceReference("1", DAY), InvoiceReference("2", DAY), InvoiceReference("1", DAY)])
    match, _ = only([booking(remittance="FATTURE 1 DEL 18/03/2016, 2 DEL 18/03/2016")], both)
    assert (match.kind, match.evidence) == (MatchKind.ONE_TO_ONE, Evidence.NUMBER_AND_DATE)


def test_parts_add_up() -> None:
    parts = [booking("30.00", remittance=TEXT), booking("70.00", remittance=TEXT)]
    result = reconcile(parts, [named("76256")])
    assert [match.kind for match in result.matches] == [MatchKind.PARTIAL, MatchKind.ONE_TO_ONE]
    assert result.matches[0].why.endswith("70.00 EUR stay open")
    assert left(result) == {}
    assert result.for_item("76256") == result.matches
    assert result.for_item("other") == ()


def test_what_is_left_of_a_part_is_found_by_its_amount() -> None:
    parts = [booking("30.00", remittance=TEXT), booking("70.00", counterparty_iban=HERE)]
    result = reconcile(parts, [named("76256", iban=HERE)])
    assert result.matches[1].evidence is Evidence.AMOUNT_AND_IBAN
    assert result.open_items == ()


def test_too_much() -> None:
    match, rest = only([booking("-101.50", end_to_end_id="A")], item(amount="-100.00", end_to_end_id="A"))
    assert (match.kind, match.applied, match.unapplied, rest) == (
        MatchKind.OVER,
        (Decimal(-100),),
        Decimal("-1.50"),
        {},
    )
    assert match.why.endswith(": 1.50 EUR too much")


def test_twice() -> None:
    twice = [booking(end_to_end_id="A"), booking(end_to_end_id="A")]
    match, rest = only(twice, item(end_to_end_id="A"))
    assert (match.kind, match.applied, match.unapplied, rest) == (MatchKind.DUPLICATE, (), Decimal(100), {})


def test_back_by_its_identification_even_without_a_flag() -> None:
    bookings = [booking("-100.00", end_to_end_id="A"), booking("100.00", end_to_end_id="A")]
    match, rest = only(bookings, item(amount="-100.00", end_to_end_id="A"))
    assert (match.kind, match.applied, rest) == (MatchKind.REVERSED, (Decimal(100),), {"76256": Decimal(-100)})
    assert match.why.endswith("what it paid is open again")


def test_back_by_invoice_and_by_amount_and_account() -> None:
    paid = booking(remittance=TEXT)
    for back in (
        booking("-100.00", remittance="STORNO 76256 18/03/2016", reversal=True),
        booking("-100.00", counterparty_iban=HERE, reversal=True),
    ):
        match, rest = only([paid, back], named("76256", iban=HERE))
        assert (match.kind, rest) == (MatchKind.REVERSED, {"76256": Decimal(100)})


def test_a_part_comes_back_and_the_whole_of_several() -> None:
    match, rest = only([booking(end_to_end_id="A"), booking("-40.00", end_to_end_id="A")], item(end_to_end_id="A"))
    assert (match.kind, rest) == (MatchKind.REVERSED, {"76256": Decimal(40)})
    text = "FATTURE 1 DEL 18/03/2016, 2 DEL 18/03/2016"
    match, rest = only(
        [booking("150.00", remittance=text), booking("-150.00", remittance=text, reversal=True)],
        named("1"),
        named("2", "50.00"),
    )
    assert (match.kind, rest) == (MatchKind.REVERSED, {"1": Decimal(100), "2": Decimal(50)})


def test_paid_back_and_paid_again_by_day_whatever_the_order_given() -> None:
    days = [DAY + dt.timedelta(days=count) for count in range(3)]
    bookings = [
        booking(sign + "100.00", end_to_end_id="A", booked=day) for sign, day in zip(["", "-", ""], days, strict=True)
    ]
    result = reconcile(reversed(bookings), [item(end_to_end_id="A")])
    assert [match.kind for match in result.matches] == [
        MatchKind.ONE_TO_ONE,
        MatchKind.REVERSED,
        MatchKind.ONE_TO_ONE,
    ]
    assert result.of(MatchKind.REVERSED) == (result.matches[1],)


def surplus(result: Reconciliation) -> dict[str, Decimal]:
    return {"+".join(item.key for item in one.items): one.amount for one in result.surplus}


def story(*amounts: str) -> Reconciliation:
    """Payments of one item of 100.00, and what came back of them."""
    return reconcile([booking(amount, end_to_end_id="A") for amount in amounts], [item("x", end_to_end_id="A")])


# what was booked, then the last kind, its note, what stays open, what is too much
BACK = {
    "of a duplicate": (("100", "100", "-100"), "what was paid too much went back", "0", "0"),
    "of a part of a duplicate": (("100", "100", "-30"), "what was paid too much went back", "0", "70"),
    "of a surplus": (("101.50", "-1.50"), "what was paid too much went back", "0", "0"),
    "of a part of a surplus": (("110", "-4"), "what was paid too much went back", "0", "6"),
    "of a payment that was too much": (
        ("110", "-110"),
        "10.00 EUR paid too much went back, 100.00 EUR are open again",
        "100",
        "0",
    ),
    "of more than the surplus": (
        ("110", "-50"),
        "10.00 EUR paid too much went back, 40.00 EUR are open again",
        "40",
        "0",
    ),
    "of one of three": (("100", "100", "100", "-100"), "what was paid too much went back", "0", "100"),
    "of two in a row": (("100", "100", "-100", "-100"), "what it paid is open again", "100", "0"),
    "of a part, after a part": (("60", "60", "-20"), "what was paid too much went back", "0", "0"),
}


@pytest.mark.parametrize(("amounts", "note", "open_", "beyond"), BACK.values(), ids=BACK.keys())
def test_a_reversal_takes_from_what_was_too_much_first(
    amounts: tuple[str, ...], note: str, open_: str, beyond: str
) -> None:
    result = story(*amounts)
    assert result.matches[-1].kind is MatchKind.REVERSED
    assert result.matches[-1].why.endswith(f": {note}")
    assert sum(left(result).values()) == Decimal(open_)
    assert sum(surplus(result).values()) == Decimal(beyond)


def test_more_than_was_ever_booked_cannot_come_back() -> None:
    result = story("110", "-111")
    assert result.matches[-1].kind is MatchKind.AMBIGUOUS
    assert result.matches[-1].why.endswith("it takes back another amount than was booked, 110.00 EUR")
    assert (left(result), surplus(result)) == ({}, {"x": Decimal(10)})


@pytest.mark.parametrize("back", ["1.50", "101.50", "100.00"])
def test_what_was_too_much_is_found_by_amount_and_account(back: str) -> None:
    bookings = [booking("101.50", remittance=TEXT), booking(f"-{back}", counterparty_iban=HERE, reversal=True)]
    result = reconcile(bookings, [named("76256", iban=HERE)])
    assert (result.matches[1].kind, result.matches[1].evidence) == (MatchKind.REVERSED, Evidence.AMOUNT_AND_IBAN)
    assert sum(left(result).values()) == max(Decimal(0), Decimal(back) - Decimal("1.50"))


BOTH = "FATTURE 1 DEL 18/03/2016, 2 DEL 18/03/2016"
ONE = "FATTURA 1 DEL 18/03/2016"
# two items of 100.00 and 50.00: text and amount of each booking, the last kind, what stays open, what is too much
SEVERAL = {
    "the surplus of both": ([(BOTH, "160"), (BOTH, "-10")], MatchKind.REVERSED, {}, {}),
    "a part of it": ([(BOTH, "160"), (BOTH, "-4")], MatchKind.REVERSED, {}, {"1+2": "6"}),
    "everything": ([(BOTH, "160"), (BOTH, "-160")], MatchKind.REVERSED, {"1": "100", "2": "50"}, {}),
    "a duplicate of both": ([(BOTH, "150"), (BOTH, "150"), (BOTH, "-150")], MatchKind.REVERSED, {}, {}),
    "both surpluses, of one and of both": (
        [(BOTH, "160"), (ONE, "7"), (BOTH, "-17")],
        MatchKind.REVERSED,
        {},
        {},
    ),
    "some of two surpluses": (
        [(BOTH, "160"), (ONE, "7"), (BOTH, "-5")],
        MatchKind.AMBIGUOUS,
        {},
        {"1+2": "10", "1": "7"},
    ),
    "more than the surplus": ([(BOTH, "160"), (BOTH, "-11")], MatchKind.AMBIGUOUS, {}, {"1+2": "10"}),
    "of one, where both have a surplus": ([(BOTH, "160"), (ONE, "-10")], MatchKind.AMBIGUOUS, {}, {"1+2": "10"}),
}


@pytest.mark.parametrize(("booked", "kind", "open_", "beyond"), SEVERAL.values(), ids=SEVERAL.keys())
def test_what_comes_back_of_several_items(
    booked: list[tuple[str, str]], kind: MatchKind, open_: dict[str, str], beyond: dict[str, str]
) -> None:
    bookings = [booking(amount, remittance=text, reversal=amount[0] == "-") for text, amount in booked]
    result = reconcile(bookings, [named("1"), named("2", "50.00")])
    assert result.matches[-1].kind is kind
    assert left(result) == {key: Decimal(amount) for key, amount in open_.items()}
    assert surplus(result) == {key: Decimal(amount) for key, amount in beyond.items()}


# what settles the item, the payment that goes to no item, and what comes back
NOT_KNOWN_WHICH = {
    "by amount and account, after a payment of an invoice that is not expected": (
        booking(end_to_end_id="A"),
        booking(counterparty_iban=HERE, remittance="FATTURA 999 DEL 18/03/2016"),
        booking("-100.00", counterparty_iban=HERE, reversal=True),
    ),
    "by number and date, after a payment that is short of two items": (
        booking("70.00", end_to_end_id="A"),
        booking("70.00", remittance=BOTH),
        booking("-70.00", remittance=BOTH, reversal=True),
    ),
}


@pytest.mark.parametrize("bookings", NOT_KNOWN_WHICH.values(), ids=NOT_KNOWN_WHICH.keys())
def test_what_may_take_back_a_payment_that_went_to_no_item_opens_nothing(bookings: tuple[Booking, ...]) -> None:
    items = [named("1", iban=HERE, end_to_end_id="A"), named("2", "50.00")]
    match, rest = only(bookings, *items)
    assert (match.kind, match.applied) == (MatchKind.AMBIGUOUS, ())
    assert match.why.endswith(": it may take back a payment of that amount that went to no item")
    assert rest == left(reconcile(bookings[:1], items))


@pytest.mark.parametrize(
    "back",
    [
        booking("-100.00", end_to_end_id="A", counterparty_iban=HERE),
        booking("-100.00", remittance=ONE, counterparty_iban=HERE, reversal=True),
    ],
    ids=["its identification", "its invoice"],
)
def test_surer_evidence_tells_which_payment_comes_back(back: Booking) -> None:
    stray = booking(counterparty_iban=HERE, remittance="FATTURA 999 DEL 18/03/2016")
    match, rest = only([booking(end_to_end_id="A"), stray, back], named("1", iban=HERE, end_to_end_id="A"))
    assert (match.kind, rest) == (MatchKind.REVERSED, {"1": Decimal(100)})


def test_payments_from_elsewhere_or_of_another_amount_cast_no_doubt() -> None:
    strays = [booking(counterparty_iban=THERE), booking("99.00", counterparty_iban=HERE), booking()]
    back = booking("-100.00", counterparty_iban=HERE, reversal=True)
    match, rest = only([booking(end_to_end_id="A"), *strays, back], named("1", iban=HERE, end_to_end_id="A"))
    assert (match.kind, rest) == (MatchKind.REVERSED, {"1": Decimal(100)})


DOUBT: dict[str, tuple[list[Booking], list[OpenItem], str]] = {
    "two items of one amount and account": (
        [booking(counterparty_iban=HERE)],
        [item("x", iban=HERE), item("y", iban=HERE)],
        "2 items have that amount and account",
    ),
    "two suppliers with one number and date": (
        [booking(remittance=TEXT)],
        [named("76256", iban=HERE), named("76256'", iban=THERE)],
        "2 items are of an invoice of that number and date",
    ),
    "two suppliers, another account": (
        [booking(remittance=TEXT, counterparty_iban="FR1420041010050500013M02606")],
        [named("76256", iban=HERE), named("76256'", iban=THERE)],
        "2 items are of an invoice of that number and date",
    ),
    "identification and text disagree": (
        [booking(remittance=TEXT, end_to_end_id="A")],
        [named("76256"), named("1", end_to_end_id="A")],
        "its identification leads to one item, its text to another",
    ),
    "the text names another invoice": (
        [booking(remittance="FATTURA 9 DEL 18/03/2016", counterparty_iban=HERE)],
        [named("76256", iban=HERE)],
        "amount and account are those of an item, but the text names another invoice",
    ),
    "several, and too little": (
        [booking("149.00", remittance="FATTURE 1 DEL 18/03/2016, 2 DEL 18/03/2016")],
        [named("1"), named("2", "50.00")],
        "it means 2 items and is 1.00 EUR less than they are",
    ),
    "more comes back than was paid": (
        [booking("-100.00", end_to_end_id="A")],
        [item(end_to_end_id="A")],
        "it takes back another amount than was booked, 0.00 EUR",
    ),
}


@pytest.mark.parametrize(("bookings", "items", "why"), DOUBT.values(), ids=DOUBT.keys())
def test_doubt_is_said_and_changes_nothing(bookings: list[Booking], items: list[OpenItem], why: str) -> None:
    match, rest = only(bookings, *items)
    assert match.kind is MatchKind.AMBIGUOUS
    assert match.why.endswith(why)
    assert match.applied == ()
    assert set(match.items) == set(items)
    assert rest == {one.key: one.amount for one in items}


def test_the_account_decides_between_two_suppliers_with_one_number_and_date() -> None:
    paid = booking(remittance=TEXT, counterparty_iban=THERE)
    match, rest = only([paid], named("76256", iban=HERE), named("76256'", iban=THERE))
    assert (match.kind, set(rest)) == (MatchKind.ONE_TO_ONE, {"76256"})


def test_identification_and_text_may_agree_on_one_of_two_parts_of_an_invoice() -> None:
    parts = [named("76256", "60.00", end_to_end_id="A"), named("76256'", "40.00", end_to_end_id="B")]
    match, rest = only([booking("40.00", end_to_end_id="B", remittance=TEXT)], *parts)
    assert (match.evidence, set(rest)) == (Evidence.END_TO_END_ID, {"76256"})


@pytest.mark.requirement("BIO-10")
def test_an_account_that_was_not_expected_is_shown() -> None:
    match, _ = only([booking(remittance=TEXT, counterparty_iban=THERE)], named("76256", iban=HERE))
    assert (match.kind, match.other_account) == (MatchKind.ONE_TO_ONE, True)
    for account, expected in ((HERE, HERE), ("", HERE), (THERE, "")):
        match, _ = only([booking(remittance=TEXT, counterparty_iban=account)], named("76256", iban=expected))
        assert not match.other_account


@pytest.mark.requirement("PAY-1")
def test_a_transfer_is_an_open_item_of_its_account() -> None:
    made = OpenItem.of_transfer(transfer())
    assert (made.key, made.amount, made.iban) == (made.end_to_end_id, Decimal("-170.46"), HERE)
    assert made.invoices == (InvoiceReference("7", dt.date(2020, 12, 11)),)
    assert OpenItem.of_transfer(transfer(remittance="CONTRATTO X")).invoices == ()


def test_items_are_told_apart() -> None:
    with pytest.raises(InvalidValueError, match="more than one open item has the key 'x'"):
        reconcile([], [item("x"), item("x")])
    with pytest.raises(InvalidValueError, match="more than one open item has the end-to-end identification 'A'"):
        reconcile([], [item("x", end_to_end_id="A"), item("y", end_to_end_id="A ")])
    with pytest.raises(InvalidAmountError, match="nothing is open"):
        item(amount="0.00")
    with pytest.raises(FloatRefusedError):
        item(amount=1.5)  # type: ignore[arg-type]


def test_a_reconciliation_explains_itself() -> None:
    result = reconcile([booking(end_to_end_id="A"), booking("7.00")], [item(end_to_end_id="A"), item("open")])
    assert str(result.explain()).splitlines() == [
        "reconciliation: 2 bookings, 1 items still open",
        "  booking of 100.00 EUR: settles one item, by end-to-end identification: nothing stays open",
        "    76256: 100.00 EUR of 100.00 EUR",
        f"  booking of 7.00 EUR: {result.matches[1].why}",
        "  open: 100.00 EUR still open",
    ]
    assert str(story("110").explain()).splitlines()[-1] == "  x: 10.00 EUR too much"
    shown = result._repr_html_()
    assert "<caption>1 items still open</caption>" in shown
    assert "<td>7.00</td><td>is nothing that is open</td>" in shown
