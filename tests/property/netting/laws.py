"""The laws of netting, each a function that fails where a case breaks it; two generators of cases drive them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cached_property
from random import Random

from attrs import frozen

from gse_billing.core.values import evolve
from gse_billing.netting import (
    Carried,
    Collection,
    Credit,
    Debit,
    Entry,
    Held,
    HeldEntry,
    HoldReason,
    NettingResult,
    Policy,
    net,
    net_over,
)
from tests.property.netting.by_the_law import recompute

OPERATOR = "COMUNE"


@frozen(kw_only=True, slots=False)
class Case:
    """What a law is tried on.

    Attributes:
        entries: ids are unique within an operator.
        on, later: two payment days, the second after the first.
        debit: one that is not among the entries, of :data:`OPERATOR`.
        stop: why nothing of that operator moves, where a law stops it.
        seed: how the entries are shuffled, where a law shuffles them.
    """

    entries: list[Entry]
    policy: Policy
    on: dt.date
    later: dt.date
    debit: Debit
    stop: HoldReason
    seed: int

    @cached_property
    def result(self) -> NettingResult:
        return self.netted(self.entries)

    def netted(self, entries: Iterable[Entry], *, on: dt.date | None = None) -> NettingResult:
        return net(entries, policy=self.policy, on=on or self.on)


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


def every_cent_is_set_off_paid_carried_or_held(case: Case) -> None:
    """PAY-9: gross credits = set off + paid out + carried + held; and the same of debits, without payment."""
    for statement in case.result:
        gone = statement.set_off + statement.paid_out + statement.carried_credits + statement.held_credits
        assert statement.gross == gone
        assert statement.owed == statement.set_off + statement.carried_debits + statement.held_debits
        own = (entry for entry in case.entries if entry.operator == statement.operator)
        assert statement.entries == tuple(sorted(own, key=lambda entry: entry.id))


def every_entry_is_accounted_for_alone(case: Case) -> None:
    """Not only the sums hold: the parts of each entry add up to it."""
    parts = spent(case.result)
    for payout in case.result.payouts:
        parts.update({(payout.operator, part.credit.id): part.cents for part in payout.documents})
    parts.update({(part.entry.operator, part.entry.id): part.cents for part in waiting(case.result)})
    assert parts == {(entry.operator, entry.id): entry.cents for entry in case.entries}


def nothing_is_negative_or_beyond_what_is_open(case: Case) -> None:
    """Art. 1241 c.c.: debts extinguish each other for corresponding quantities, so neither side goes below zero."""
    result = case.result
    assert all(payout.cents > 0 and payout.cents == sum(p.cents for p in payout.documents) for payout in result.payouts)
    assert all(0 < part.cents <= min(part.credit.cents, part.debit.cents) for part in result.applications)
    assert all(part.credit.operator == part.debit.operator for part in result.applications)
    assert all(part.cents > 0 for part in result.carried)
    used = spent(result)
    assert all(used[entry.operator, entry.id] <= entry.cents for entry in case.entries)


def a_naive_recomputation_agrees(case: Case) -> None:
    """Artt. 1193 c. 2, 1194 and 1249 c.c., read a second time word by word."""
    result, expected = case.result, recompute(case.entries, case.policy, case.on)
    applied: Counter[tuple[str, str, str]] = Counter()
    for part in result.applications:
        applied[part.credit.operator, part.credit.id, part.debit.id] += part.cents
    assert applied == expected.applied
    assert {(payout.operator, payout.contract): payout.cents for payout in result.payouts} == expected.paid
    left = {(part.entry.operator, part.entry.id): part.cents for part in waiting(result)}
    assert left == {name: cents for name, cents in expected.left.items() if cents}


def the_order_of_the_input_changes_nothing(case: Case) -> None:
    shuffled = list(case.entries)
    Random(case.seed).shuffle(shuffled)
    assert case.netted(shuffled) == case.result


def a_run_on_its_own_output_does_nothing(case: Case) -> None:
    second = case.netted(case.result.open_entries)
    assert second.applications == ()
    assert second.payouts == ()
    assert set(second.open_entries) == set(case.result.open_entries)


def nothing_of_a_held_operator_moves_and_the_others_go_on(case: Case) -> None:
    """BLK-1, BLK-2: payments of that operator stop; no other operator notices."""
    held = (Held(case.stop),)
    stopped = [evolve(entry, held=held) if entry.operator == OPERATOR else entry for entry in case.entries]
    for statement in case.netted(stopped):
        if statement.operator == OPERATOR:
            assert (statement.applications, statement.payouts, statement.carried) == ((), (), ())
            assert [part.entry for part in statement.held] == list(statement.entries)
        else:
            assert statement == case.result.statement(statement.operator)


def a_held_entry_never_moves(case: Case) -> None:
    still = {(entry.operator, entry.id) for entry in case.entries if case.policy.obstacles(entry)}
    assert {(part.entry.operator, part.entry.id) for part in case.result.held} == still
    assert not still & set(spent(case.result))
    assert all(part.reasons == case.policy.obstacles(part.entry) for part in case.result.held)


def one_more_debit_never_raises_what_the_operator_keeps(case: Case) -> None:
    """What is paid out and carried of the credits can only shrink when GSE is owed more."""

    def kept(result: NettingResult) -> Decimal:
        own = [statement for statement in result if statement.operator == OPERATOR]
        return sum((each.paid_out + each.carried_credits for each in own), Decimal(0))

    before, after = kept(case.result), kept(case.netted([*case.entries, case.debit]))
    assert 0 <= before - after <= case.debit.amount


def operators_do_not_touch_one_another(case: Case) -> None:
    own = [entry for entry in case.entries if entry.operator == OPERATOR]
    assert [each for each in case.result if each.operator == OPERATOR] == list(case.netted(own))


def a_fold_is_split_anywhere(case: Case) -> None:
    """A run over payment days is a run over the first ones, then over the others on what was carried: exactly."""
    together = net_over(case.entries, policy=case.policy, days=[case.on, case.later])
    assert together == (case.result, case.netted(case.result.open_entries, on=case.later))


def waiting_changes_no_total_unless_a_debit_came_in_between(case: Case) -> None:
    """Setting off on two days or on the later one alone comes to the same sums, if no debit became collectable between.

    Credits that become payable in between do not matter, nor does the threshold: what it holds back on the first day is
    carried. A debit that came in between finds, on the later day alone, credits that two runs would have paid already,
    so then two runs set off at most as much. Thresholds of publication let credits in, so they are set aside.
    """
    case = evolve(case, policy=evolve(case.policy, publication_thresholds={}))
    early = [entry for entry in case.entries if isinstance(entry, Credit) or _collectable(entry, case)]
    for chosen, same in ((early, True), (case.entries, False)):
        before = case.netted(chosen)
        after = case.netted(before.open_entries, on=case.later).totals
        alone = case.netted(chosen, on=case.later).totals
        twice = before.totals["set_off"] + after["set_off"]
        assert twice <= alone["set_off"]
        if same:
            assert twice == alone["set_off"]
            paid_or_carried = before.totals["paid_out"] + after["paid_out"] + after["carried_credits"]
            assert paid_or_carried == alone["paid_out"] + alone["carried_credits"]
            assert after["carried_debits"] == alone["carried_debits"]


def _collectable(debit: Debit, case: Case) -> bool:
    when_due = case.policy.collection is Collection.WHEN_DUE
    return (debit.due_from if when_due else debit.issue_date) <= case.on


LAWS: tuple[Callable[[Case], None], ...] = (
    every_cent_is_set_off_paid_carried_or_held,
    every_entry_is_accounted_for_alone,
    nothing_is_negative_or_beyond_what_is_open,
    a_naive_recomputation_agrees,
    the_order_of_the_input_changes_nothing,
    a_run_on_its_own_output_does_nothing,
    nothing_of_a_held_operator_moves_and_the_others_go_on,
    a_held_entry_never_moves,
    one_more_debit_never_raises_what_the_operator_keeps,
    operators_do_not_touch_one_another,
    a_fold_is_split_anywhere,
    waiting_changes_no_total_unless_a_debit_came_in_between,
)
