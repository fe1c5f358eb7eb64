from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, cast

import pytest

from gse_billing.core.dated import Basis, Certainty, DatedTable, Row
from gse_billing.core.errors import InvalidValueError, MissingFigureError, NoValueInForceError
from gse_billing.core.values import evolve
from gse_billing.netting import (
    CarryReason,
    Collection,
    Criterion,
    DebitKind,
    DocumentState,
    Entry,
    Held,
    HoldReason,
    InterestPriority,
    Policy,
    Scope,
    net,
    net_over,
    payment_days,
)
from gse_billing.schemes import Threshold
from tests.unit.netting.entries import ISSUED, PAYMENT_DAY, POLICY, RID, credit, debit

DAY = dt.timedelta(days=1)
CREDITS = [credit("216.22"), credit("14.24")]


def applied(entries: list[Entry], policy: Policy = POLICY, on: dt.date = PAYMENT_DAY) -> list[tuple[str, str, str]]:
    return [
        (part.credit.id, part.debit.id, str(part.amount)) for part in net(entries, policy=policy, on=on).applications
    ]


def criteria(entries: list[Entry], policy: Policy = POLICY) -> list[tuple[str, str, Criterion]]:
    parts = net(entries, policy=policy, on=PAYMENT_DAY).applications
    return [(part.debit.id, str(part.amount), part.criterion) for part in parts]


@pytest.mark.requirement("PAY-4")
@pytest.mark.parametrize(
    ("charged", "paid"), [("60.00", "170.46"), ("73.20", "157.26")], ids=["split payment", "with VAT"]
)
def test_the_municipality_is_paid_net_of_the_invoice(charged: str, paid: str) -> None:
    """216.22 and 14.24, less what the administrative invoice of 2020 leaves to pay."""
    result = net([*CREDITS, debit(charged)], policy=POLICY, on=PAYMENT_DAY)
    (payout,) = result.payouts
    assert (payout.contract, payout.value_date, payout.amount) == ("SSP00030614", PAYMENT_DAY, Decimal(paid))
    assert sum(document.amount for document in payout.documents) == Decimal(paid)
    assert (result.carried, result.held) == ((), ())
    assert result.totals["set_off"] == Decimal(charged)


def test_credits_are_used_by_value_date_then_issue_then_id() -> None:
    older = credit("5.00", id="Z", issue_date=ISSUED - DAY)
    late = credit("5.00", id="A", value_date=PAYMENT_DAY, issue_date=ISSUED)
    first = credit("5.00", id="M", value_date=PAYMENT_DAY - DAY)
    assert [name for name, _, _ in applied([late, older, first, debit("14.00")])] == ["M", "Z", "A"]


# the debit that goes first, the other one, and the step of the law
PREFERRED = {
    "due before not yet due": ({"due_date": PAYMENT_DAY}, {"due_date": PAYMENT_DAY + DAY}, Criterion.OVERDUE),
    "less guaranteed": ({}, {"guarantee": 1}, Criterion.LEAST_GUARANTEED),
    "more onerous": ({"onerousness": "8.00"}, {"onerousness": "2.00"}, Criterion.MOST_ONEROUS),
    "older": ({"issue_date": ISSUED - DAY}, {}, Criterion.OLDEST),
    "interest": ({"kind": DebitKind.INTEREST, "guarantee": 1}, {}, Criterion.INTEREST),
    "due though more guaranteed": ({"guarantee": 1}, {"due_date": PAYMENT_DAY + DAY}, Criterion.OVERDUE),
    "less guaranteed though lighter": ({}, {"guarantee": 1, "onerousness": "8"}, Criterion.LEAST_GUARANTEED),
    "heavier though younger": ({"onerousness": "8"}, {"issue_date": ISSUED - DAY}, Criterion.MOST_ONEROUS),
}


@pytest.mark.parametrize(("first", "second", "criterion"), PREFERRED.values(), ids=PREFERRED)
def test_the_order_of_art_1193(first: dict[str, Any], second: dict[str, Any], criterion: Criterion) -> None:
    entries: list[Entry] = [credit("10.00"), debit("8.00", id="Z", **first), debit("8.00", id="A", **second)]
    assert criteria(entries) == [("Z", "8.00", criterion), ("A", "2.00", Criterion.REMAINDER)]


def test_equals_share_in_proportion_and_no_cent_is_lost() -> None:
    """The largest remainder gets the cent, among equal remainders the earlier id."""
    entries: list[Entry] = [
        credit("1.00"),
        *(debit("1.00", id=name) for name in "BAC"),
        debit("9.00", issue_date=PAYMENT_DAY),
    ]
    assert criteria(entries) == [
        (name, cents, Criterion.PROPORTIONAL) for name, cents in (("A", "0.34"), ("B", "0.33"), ("C", "0.33"))
    ]


def test_equals_after_a_preferred_debit_share_what_it_left() -> None:
    older = debit("4.00", id="O", issue_date=ISSUED - DAY)
    entries: list[Entry] = [credit("7.00"), debit("6.00", id="A"), debit("3.00", id="B"), older]
    assert criteria(entries) == [
        ("O", "4.00", Criterion.OLDEST),
        ("A", "2.00", Criterion.PROPORTIONAL),
        ("B", "1.00", Criterion.PROPORTIONAL),
    ]


def test_credits_that_suffice_need_no_choice() -> None:
    entries: list[Entry] = [credit("20.00"), debit("8.00", id="A"), debit("8.00", id="B", guarantee=1)]
    assert {criterion for _, _, criterion in criteria(entries)} == {Criterion.SUFFICIENT}


def test_credits_that_suffice_to_the_cent_need_no_choice_either() -> None:
    entries: list[Entry] = [credit("16.00"), debit("8.00", id="A"), debit("8.00", id="B", guarantee=1)]
    assert criteria(entries) == [("A", "8.00", Criterion.SUFFICIENT), ("B", "8.00", Criterion.SUFFICIENT)]


def test_interest_goes_before_every_capital_or_within_its_debt() -> None:
    """Art. 1194 c.c., in its two readings."""
    capital = debit("5.00", id="CAPITAL", issue_date=ISSUED - DAY)
    accrued = debit("2.00", id="ACCRUED", kind=DebitKind.INTEREST, on_capital="CAPITAL")
    other = debit("2.00", id="OTHER", kind=DebitKind.INTEREST, on_capital="GONE")
    entries: list[Entry] = [credit("6.00"), capital, accrued, other]
    assert criteria(entries) == [
        ("ACCRUED", "2.00", Criterion.INTEREST),
        ("OTHER", "2.00", Criterion.INTEREST),
        ("CAPITAL", "2.00", Criterion.REMAINDER),
    ]
    within = evolve(POLICY, interest=InterestPriority.WITHIN_ITS_DEBT)
    assert criteria(entries, within) == [
        ("ACCRUED", "2.00", Criterion.INTEREST),
        ("CAPITAL", "4.00", Criterion.REMAINDER),
    ]
    assert criteria([credit("8.00"), *entries[1:]], within)[:2] == [
        ("ACCRUED", "2.00", Criterion.OLDEST),
        ("CAPITAL", "5.00", Criterion.OLDEST),
    ]


def test_near_comes_before_far() -> None:
    """First the same contract, then the same service, then the other services of the operator."""
    entries: list[Entry] = [
        credit("10.00", id="SSP1", contract="SSP1"),
        credit("10.00", id="SSP2", contract="SSP2"),
        credit("10.00", id="RID1", **RID),
        debit("25.00", id="D", contract="SSP2"),
    ]
    parts = net(entries, policy=POLICY, on=PAYMENT_DAY).applications
    assert [(part.credit.id, part.scope) for part in parts] == [
        ("SSP2", Scope.CONTRACT),
        ("SSP1", Scope.SERVICE),
        ("RID1", Scope.OPERATOR),
    ]


@pytest.mark.parametrize(
    ("scopes", "set_off"),
    [((), "0.00"), ((Scope.CONTRACT,), "10.00"), ((Scope.CONTRACT, Scope.SERVICE), "20.00"), (tuple(Scope), "25.00")],
)
def test_scopes_are_switched(scopes: tuple[Scope, ...], set_off: str) -> None:
    entries: list[Entry] = [
        credit("10.00", id="SSP1", contract="SSP1"),
        credit("10.00", id="SSP2", contract="SSP2"),
        credit("10.00", id="RID1", **RID),
        debit("25.00", id="D", contract="SSP2"),
    ]
    result = net(entries, policy=evolve(POLICY, scopes=scopes), on=PAYMENT_DAY)
    assert result.totals["set_off"] == Decimal(set_off)


@pytest.mark.parametrize(
    ("left", "inclusive", "paid"),
    [("5.00", True, True), ("4.99", True, False), ("5.00", False, False), ("5.01", False, True)],
)
def test_the_payment_threshold_is_on_the_net(left: str, inclusive: bool, paid: bool) -> None:
    policy = Policy(payment_thresholds={"SSP": Threshold("5.00", inclusive=inclusive)})
    gross = str(Decimal(left) + 100)
    result = net([credit(gross), debit("100.00")], policy=policy, on=PAYMENT_DAY)
    assert [str(payout.amount) for payout in result.payouts] == ([left] if paid else [])
    assert [part.reason for part in result.carried] == ([] if paid else [CarryReason.BELOW_PAYMENT])


def test_what_is_below_the_threshold_adds_up_over_the_days() -> None:
    entries = [credit("3.00", **RID), credit("2.00", value_date=PAYMENT_DAY + DAY, **RID)]
    first, second = net_over(entries, policy=POLICY, days=payment_days(entries))
    assert first.payouts == ()
    assert [(payout.amount, payout.value_date) for payout in second.payouts] == [(Decimal("5.00"), PAYMENT_DAY + DAY)]


def test_a_debit_beyond_the_credits_is_carried_to_the_next_payments() -> None:
    entries: list[Entry] = [credit("10.00"), debit("25.00"), credit("40.00", value_date=PAYMENT_DAY + DAY)]
    first, second = net_over(entries, policy=POLICY, days=payment_days(entries))
    assert [(part.entry.id, str(part.amount), part.reason) for part in first.carried] == [
        ("C40.00", "40.00", CarryReason.NOT_YET_PAYABLE),
        ("D25.00", "15.00", CarryReason.INSUFFICIENT_CREDIT),
    ]
    assert [str(payout.amount) for payout in second.payouts] == ["25.00"]
    assert second.open_entries == ()


def test_unpublished_credits_of_a_contract_add_up_to_the_threshold() -> None:
    """Both thresholds of RID: 15 EUR published, then 5 EUR net."""
    policy = evolve(POLICY, publication_thresholds={"RID": Threshold("15.00")})
    one, two = (credit(amount, published=False, **RID) for amount in ("9.00", "6.00"))
    owed = debit("11.00", **RID)
    alone = net([one, owed, credit("1.00")], policy=policy, on=PAYMENT_DAY)
    assert [(part.entry.id, part.reason) for part in alone.carried] == [
        ("C9.00", CarryReason.BELOW_PUBLICATION),
        ("D11.00", CarryReason.INSUFFICIENT_CREDIT),
    ]
    both = net([one, two, owed], policy=policy, on=PAYMENT_DAY)
    (left,) = both.open_entries
    assert left == evolve(one, amount="4.00", published=True) or left == evolve(two, amount="4.00", published=True)
    assert [part.reason for part in both.carried] == [CarryReason.BELOW_PAYMENT]


def test_a_published_credit_does_not_lift_the_others_over_the_threshold() -> None:
    policy = evolve(POLICY, publication_thresholds={"RID": Threshold("15.00")})
    result = net([credit("20.00", **RID), credit("6.00", published=False, **RID)], policy=policy, on=PAYMENT_DAY)
    assert [str(payout.amount) for payout in result.payouts] == ["20.00"]
    assert [part.reason for part in result.carried] == [CarryReason.BELOW_PUBLICATION]


@pytest.mark.parametrize(
    ("collection", "changes", "collected"),
    [
        (Collection.FIRST_USEFUL_PAYMENT, {"due_date": PAYMENT_DAY + DAY}, True),
        (Collection.FIRST_USEFUL_PAYMENT, {"issue_date": PAYMENT_DAY + DAY}, False),
        (Collection.WHEN_DUE, {"due_date": PAYMENT_DAY + DAY}, False),
        (Collection.WHEN_DUE, {"due_date": PAYMENT_DAY}, True),
        (Collection.WHEN_DUE, {}, True),
    ],
)
def test_from_when_a_debit_is_collected(collection: Collection, changes: dict[str, Any], collected: bool) -> None:
    result = net(
        [credit("10.00"), debit("4.00", **changes)], policy=evolve(POLICY, collection=collection), on=PAYMENT_DAY
    )
    assert bool(result.applications) is collected
    assert [part.reason for part in result.carried] == ([] if collected else [CarryReason.NOT_YET_COLLECTABLE])


STATES = {
    DocumentState.NOT_NEEDED: None,
    DocumentState.ACCEPTED: None,
    DocumentState.DELIVERED: None,
    DocumentState.AWAITING_DELIVERY: HoldReason.AWAITING_DELIVERY,
    DocumentState.REFUSED: HoldReason.REFUSED,
    DocumentState.DISCARDED: HoldReason.DISCARDED,
}


@pytest.mark.parametrize(("state", "reason"), STATES.items(), ids=str)
def test_a_document_has_to_be_delivered_and_not_refused(state: DocumentState, reason: HoldReason | None) -> None:
    """On both sides: a debit that was refused is not set off, payments stop instead."""
    both: tuple[list[Entry], ...] = (
        [credit("10.00", state=state), debit("4.00")],
        [credit("10.00"), debit("4.00", state=state)],
    )
    for entries in both:
        result = net(entries, policy=POLICY, on=PAYMENT_DAY)
        assert [part.reasons for part in result.held] == ([(Held(reason),)] if reason else [])
        assert bool(result.applications) is (reason is None)


def test_acceptance_may_be_asked() -> None:
    policy = evolve(POLICY, require_acceptance=True)
    entries = [credit("10.00", id=state.name, state=state) for state in STATES]
    result = net(entries, policy=policy, on=PAYMENT_DAY)
    assert {part.entry.id for part in result.held} == {"DELIVERED", "AWAITING_DELIVERY", "REFUSED", "DISCARDED"}
    delivered = next(part for part in result.held if part.entry.id == "DELIVERED")
    assert delivered.reasons == (Held(HoldReason.AWAITING_ACCEPTANCE),)


def test_a_held_entry_tells_every_reason() -> None:
    own = Held(HoldReason.NO_IBAN, "contratto SSP00030614")
    held = credit("10.00", held=[own], state=DocumentState.AWAITING_DELIVERY)
    (part,) = net([held], policy=POLICY, on=PAYMENT_DAY).held
    assert part.reasons == (own, Held(HoldReason.AWAITING_DELIVERY))
    assert (part.amount, part.cents, part.side) == (Decimal("10.00"), 1000, "credit")


def test_a_service_without_a_threshold_raises_only_when_it_is_paid() -> None:
    policy = Policy(payment_thresholds={})
    assert net([credit("10.00"), debit("10.00")], policy=policy, on=PAYMENT_DAY).payouts == ()
    with pytest.raises(MissingFigureError, match=r"payment threshold of service SSP .*name the service"):
        net([credit("10.00")], policy=policy, on=PAYMENT_DAY)


def test_two_entries_with_one_id_are_refused() -> None:
    with pytest.raises(InvalidValueError, match="two entries of operator COMUNE have the id X") as caught:
        net([credit("2.00", id="W"), credit("1.00", id="X"), debit("1.00", id="X")], policy=POLICY, on=PAYMENT_DAY)
    assert caught.value.value == "X"
    assert net([credit("1.00", id="X"), credit("1.00", id="X", operator="SRL")], policy=POLICY, on=PAYMENT_DAY).payouts


def test_a_contract_has_one_service() -> None:
    with pytest.raises(InvalidValueError, match="contract RID1 name the services RID and SSP"):
        net([credit("9.00", **RID), credit("9.50", contract="RID1")], policy=POLICY, on=PAYMENT_DAY)


def test_only_entries_are_netted() -> None:
    with pytest.raises(InvalidValueError, match=r"'216\.22' is not an entry"):
        net(cast("Any", ["216.22"]), policy=POLICY, on=PAYMENT_DAY)


def test_the_payment_day_is_a_day() -> None:
    with pytest.raises(InvalidValueError, match="cannot be a payment day"):
        net([], policy=POLICY, on=dt.datetime(2021, 2, 1, tzinfo=dt.UTC))


def test_payment_days_increase() -> None:
    with pytest.raises(InvalidValueError, match="do not increase"):
        net_over(CREDITS, policy=POLICY, days=[PAYMENT_DAY, PAYMENT_DAY])
    assert net_over(CREDITS, policy=POLICY, days=[]) == ()


def test_a_policy_may_change_in_time() -> None:
    basis = Basis(act="supplied", source="test", certainty=Certainty.SUPPLIED)
    strict = Policy(payment_thresholds={"SSP": Threshold("500.00")})
    table = DatedTable(
        "netting policies",
        (
            Row(value=strict, valid_from=ISSUED, valid_to=PAYMENT_DAY + DAY, basis=basis),
            Row(value=POLICY, valid_from=PAYMENT_DAY + DAY, basis=basis),
        ),
    )
    first, second = net_over(CREDITS, policy=table, days=[PAYMENT_DAY, PAYMENT_DAY + DAY])
    assert (first.payouts, first.policy) == ((), strict)
    assert (len(second.payouts), second.policy) == (1, POLICY)
    with pytest.raises(NoValueInForceError, match="netting policies"):
        net(CREDITS, policy=table, on=ISSUED - DAY)


@pytest.mark.parametrize("scopes", [(Scope.SERVICE, Scope.CONTRACT), (Scope.CONTRACT, Scope.CONTRACT)])
def test_scopes_have_to_widen(scopes: tuple[Scope, ...]) -> None:
    with pytest.raises(InvalidValueError, match="do not widen"):
        Policy(payment_thresholds={}, scopes=scopes)


def test_one_operator_with_many_entries_stays_linear() -> None:
    """Ten thousand debits of one rank and as many credits, in one contract."""
    count = 10_000
    entries: list[Entry] = [credit("1.00", id=f"C{number:05d}") for number in range(count)]
    entries += [debit("2.00", id=f"D{number:05d}") for number in range(count)]
    result = net(entries, policy=POLICY, on=PAYMENT_DAY)
    assert result.totals["set_off"] == Decimal(count)
    assert {part.criterion for part in result.applications} == {Criterion.PROPORTIONAL}
