"""The laws of netting, over portfolios in which everything coincides often."""

from __future__ import annotations

import datetime as dt
import pickle
from collections import Counter
from decimal import Decimal
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gse_billing.core.values import evolve
from gse_billing.netting import (
    Application,
    Carried,
    Credit,
    Debit,
    Entry,
    Held,
    HeldEntry,
    HoldReason,
    NettingResult,
    Payout,
    Policy,
    Scope,
    net,
    net_over,
    payment_days,
)
from gse_billing.testing.netting import credit_entries, days, debit_entries, policies, portfolios
from tests.property.netting.by_the_law import recompute

OPERATOR = "COMUNE"
THOROUGH = settings(max_examples=10 * settings().max_examples)


def spent(result: NettingResult) -> Counter[tuple[str, str]]:
    """Cents of each entry that were set off."""
    sums: Counter[tuple[str, str]] = Counter()
    for part in result.applications:
        sums[part.credit.operator, part.credit.id] += part.cents
        sums[part.debit.operator, part.debit.id] += part.cents
    return sums


def waiting(result: NettingResult) -> list[Carried | HeldEntry]:
    """What did not move."""
    return [*result.carried, *result.held]


def as_set(entries: tuple[Entry, ...]) -> set[Entry]:
    return set(entries)


@pytest.mark.requirement("PAY-9")
@THOROUGH
@given(portfolios(), policies(), days())
def test_every_cent_is_set_off_paid_carried_or_held(entries: list[Entry], policy: Policy, on: dt.date) -> None:
    """PAY-9: gross credits = set off + paid out + carried + held; and the same of debits, without payment."""
    for statement in net(entries, policy=policy, on=on):
        gone = statement.set_off + statement.paid_out + statement.carried_credits + statement.held_credits
        assert statement.gross == gone
        assert statement.owed == statement.set_off + statement.carried_debits + statement.held_debits
        assert statement.entries == tuple(
            sorted((entry for entry in entries if entry.operator == statement.operator), key=lambda entry: entry.id)
        )


@given(portfolios(), policies(), days())
def test_every_entry_is_accounted_for_alone(entries: list[Entry], policy: Policy, on: dt.date) -> None:
    """Not only the sums hold: the parts of each entry add up to it."""
    result = net(entries, policy=policy, on=on)
    parts = spent(result)
    for payout in result.payouts:
        parts.update({(payout.operator, part.credit.id): part.cents for part in payout.documents})
    parts.update({(part.entry.operator, part.entry.id): part.cents for part in waiting(result)})
    assert parts == {(entry.operator, entry.id): entry.cents for entry in entries}


@pytest.mark.requirement("PAY-4")
@given(portfolios(), policies(), days())
def test_nothing_negative_and_nothing_beyond_what_is_open(entries: list[Entry], policy: Policy, on: dt.date) -> None:
    """Art. 1241 c.c.: debts extinguish each other for corresponding quantities, so neither side goes below zero."""
    result = net(entries, policy=policy, on=on)
    assert all(payout.cents > 0 and payout.cents == sum(p.cents for p in payout.documents) for payout in result.payouts)
    assert all(0 < part.cents <= min(part.credit.cents, part.debit.cents) for part in result.applications)
    assert all(part.credit.operator == part.debit.operator for part in result.applications)
    assert all(part.cents > 0 for part in result.carried)
    used = spent(result)
    assert all(used[entry.operator, entry.id] <= entry.cents for entry in entries)


@pytest.mark.requirement("PAY-4")
@THOROUGH
@given(portfolios(), policies(), days())
def test_a_naive_recomputation_agrees(entries: list[Entry], policy: Policy, on: dt.date) -> None:
    """Artt. 1193 c. 2, 1194 and 1249 c.c., read a second time word by word."""
    result, expected = net(entries, policy=policy, on=on), recompute(entries, policy, on)
    applied: Counter[tuple[str, str, str]] = Counter()
    for part in result.applications:
        applied[part.credit.operator, part.credit.id, part.debit.id] += part.cents
    assert applied == expected.applied
    assert {(payout.operator, payout.contract): payout.cents for payout in result.payouts} == expected.paid
    left = {(part.entry.operator, part.entry.id): part.cents for part in waiting(result)}
    assert left == {name: cents for name, cents in expected.left.items() if cents}


@given(portfolios(), policies(), days(), st.randoms())
def test_the_order_of_the_input_changes_nothing(
    entries: list[Entry], policy: Policy, on: dt.date, random: Random
) -> None:
    shuffled = list(entries)
    random.shuffle(shuffled)
    assert net(shuffled, policy=policy, on=on) == net(iter(entries), policy=policy, on=on)


@given(portfolios(), policies(), days())
def test_a_run_on_its_own_output_does_nothing(entries: list[Entry], policy: Policy, on: dt.date) -> None:
    first = net(entries, policy=policy, on=on)
    second = net(first.open_entries, policy=policy, on=on)
    assert second.applications == ()
    assert second.payouts == ()
    assert as_set(second.open_entries) == as_set(first.open_entries)


@pytest.mark.requirement("BLK-1")
@given(portfolios(), policies(), days(), st.sampled_from((HoldReason.OPERATOR_SUSPENDED, HoldReason.OPERATOR_BLOCKED)))
def test_nothing_of_a_held_operator_moves_and_the_others_go_on(
    entries: list[Entry], policy: Policy, on: dt.date, reason: HoldReason
) -> None:
    """BLK-1, BLK-2: payments of that operator stop; no other operator notices."""
    stopped = [evolve(entry, held=(Held(reason),)) if entry.operator == OPERATOR else entry for entry in entries]
    result, before = net(stopped, policy=policy, on=on), net(entries, policy=policy, on=on)
    for statement in result:
        if statement.operator == OPERATOR:
            assert (statement.applications, statement.payouts, statement.carried) == ((), (), ())
            assert [part.entry for part in statement.held] == list(statement.entries)
        else:
            assert statement == before.statement(statement.operator)


@given(portfolios(), policies(), days())
def test_a_held_entry_never_moves(entries: list[Entry], policy: Policy, on: dt.date) -> None:
    result = net(entries, policy=policy, on=on)
    still = {(entry.operator, entry.id) for entry in entries if policy.obstacles(entry)}
    assert {(part.entry.operator, part.entry.id) for part in result.held} == still
    assert not still & set(spent(result))
    assert all(part.reasons == policy.obstacles(part.entry) for part in result.held)


@given(portfolios(), policies(), days(), debit_entries(operator=OPERATOR))
def test_one_more_debit_never_raises_what_the_operator_keeps(
    entries: list[Entry], policy: Policy, on: dt.date, debit: Debit
) -> None:
    """What is paid out and carried of the credits can only shrink when GSE is owed more."""
    assume((OPERATOR, debit.id) not in {(entry.operator, entry.id) for entry in entries})

    def kept(result: NettingResult) -> Decimal:
        own = [statement for statement in result if statement.operator == OPERATOR]
        return sum((each.paid_out + each.carried_credits for each in own), Decimal(0))

    before, after = net(entries, policy=policy, on=on), net([*entries, debit], policy=policy, on=on)
    assert kept(after) <= kept(before)
    assert kept(before) - kept(after) <= debit.amount


@given(portfolios(), policies(), days(), debit_entries(operator=OPERATOR))
def test_operators_do_not_touch_one_another(entries: list[Entry], policy: Policy, on: dt.date, debit: Debit) -> None:
    own = [entry for entry in entries if entry.operator == OPERATOR]
    both = net(entries, policy=policy, on=on)
    assert [each for each in both if each.operator == OPERATOR] == list(net(own, policy=policy, on=on))


@given(portfolios(), policies(), days(), days())
def test_a_fold_is_split_anywhere(entries: list[Entry], policy: Policy, one: dt.date, other: dt.date) -> None:
    """A run over payment days is a run over the first ones, then over the others on what was carried: exactly."""
    assume(one != other)
    first, second = sorted((one, other))
    together = net_over(entries, policy=policy, days=[first, second])
    apart = net(entries, policy=policy, on=first)
    assert together == (apart, net(apart.open_entries, policy=policy, on=second))


@given(portfolios(), policies(publication=False), days(), days())
def test_waiting_changes_no_total_unless_a_debit_came_in_between(
    entries: list[Entry], policy: Policy, one: dt.date, other: dt.date
) -> None:
    """Setting off on two days or on the later one alone comes to the same sums, if no debit became collectable between.

    Credits that become payable in between do not matter, nor does the threshold: what it holds back on the first day is
    carried. A debit that came in between finds, on the later day alone, credits that two runs would have paid already,
    so then two runs set off at most as much.
    """
    first, second = sorted((one, other))
    early = [entry for entry in entries if isinstance(entry, Credit) or _collectable(entry, policy, first)]
    for chosen, same in ((early, True), (entries, False)):
        before = net(chosen, policy=policy, on=first)
        after = net(before.open_entries, policy=policy, on=second)
        alone = net(chosen, policy=policy, on=second)
        twice = before.totals["set_off"] + after.totals["set_off"]
        assert twice <= alone.totals["set_off"]
        if same:
            assert twice == alone.totals["set_off"]
            paid_or_carried = before.totals["paid_out"] + after.totals["paid_out"] + after.totals["carried_credits"]
            assert paid_or_carried == alone.totals["paid_out"] + alone.totals["carried_credits"]
            assert after.totals["carried_debits"] == alone.totals["carried_debits"]


def _collectable(debit: Debit, policy: Policy, on: dt.date) -> bool:
    first_day = debit.due_from if policy.collection.name == "WHEN_DUE" else debit.issue_date
    return first_day <= on


@given(portfolios(), policies(scopes=(Scope.OPERATOR,), publication=False), days(), days())
def test_waiting_changes_no_application_where_all_meet_at_once(
    entries: list[Entry], policy: Policy, one: dt.date, other: dt.date
) -> None:
    """With one wide scope and debits due from the start, even the pairs are the same, whatever the day."""
    first, second = sorted((one, other))
    chosen = [entry for entry in entries if isinstance(entry, Credit) or max(entry.due_from, entry.issue_date) <= first]
    before = net(chosen, policy=policy, on=first)
    after = net(before.open_entries, policy=policy, on=second)
    alone = net(chosen, policy=policy, on=second)

    def pairs(*results: NettingResult) -> Counter[tuple[str, str, str]]:
        sums: Counter[tuple[str, str, str]] = Counter()
        for part in (part for result in results for part in result.applications):
            sums[part.credit.operator, part.credit.id, part.debit.id] += part.cents
        return sums

    def by_credit(sums: Counter[tuple[str, str, str]]) -> Counter[tuple[str, str]]:
        totals: Counter[tuple[str, str]] = Counter()
        for (operator, credit, _), cents in sums.items():
            totals[operator, credit] += cents
        return totals

    assert by_credit(pairs(before, after)) == by_credit(pairs(alone))


@given(portfolios(), policies())
def test_over_every_value_date_each_credit_is_paid_on_its_day_or_explained(
    entries: list[Entry], policy: Policy
) -> None:
    """PAY-7: a payout on a day pays credits whose value date has come; what is not paid has its reason."""
    results = net_over(entries, policy=policy, days=payment_days(entries))
    for result in results:
        assert all(payout.value_date == result.on for payout in result.payouts)
        assert all(part.credit.value_date <= result.on for payout in result.payouts for part in payout.documents)
    if results:
        assert not [part for part in results[-1].carried if part.reason.name == "NOT_YET_PAYABLE"]


@given(portfolios(), policies(), days())
def test_results_travel(entries: list[Entry], policy: Policy, on: dt.date) -> None:
    """A result survives pickling: it is shipped between processes."""
    result = net(entries, policy=policy, on=on)
    again = pickle.loads(pickle.dumps(result))
    assert again == result
    assert net(again.open_entries, policy=policy, on=on) == net(result.open_entries, policy=policy, on=on)


@given(portfolios(), policies(), days())
def test_every_part_is_explained(entries: list[Entry], policy: Policy, on: dt.date) -> None:
    for statement in net(entries, policy=policy, on=on):
        steps = statement.explain().steps
        parts: list[Application | Payout | Carried | HeldEntry] = [*statement.applications, *statement.payouts]
        parts += [*statement.carried, *statement.held]
        assert [step.result for step in steps] == [part.amount for part in parts]
        assert statement.operator in statement.text


@given(credit_entries(), policies(), days())
def test_carried_parts_keep_all_but_amount_and_publication(credit: Credit, policy: Policy, on: dt.date) -> None:
    for entry in net([credit], policy=policy, on=on).open_entries:
        assert isinstance(entry, Credit)
        assert evolve(entry, published=credit.published) == credit
