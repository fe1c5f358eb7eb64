"""The laws of netting, over portfolios in which everything coincides often."""

from __future__ import annotations

import datetime as dt
import os
import pickle
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gse_billing.core.values import evolve
from gse_billing.netting import (
    Application,
    Carried,
    Credit,
    Entry,
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
from tests.property.netting import laws
from tests.property.netting.laws import LAWS, OPERATOR, Case
from tests.property.netting.seeded import broken_by

PROVES: dict[Callable[[Case], None], pytest.MarkDecorator] = {
    laws.every_cent_is_set_off_paid_carried_or_held: pytest.mark.requirement("PAY-9"),
    laws.nothing_is_negative_or_beyond_what_is_open: pytest.mark.requirement("PAY-4"),
    laws.a_naive_recomputation_agrees: pytest.mark.requirement("PAY-4"),
    laws.nothing_of_a_held_operator_moves_and_the_others_go_on: pytest.mark.requirement("BLK-1"),
}
PARAMETERS = [pytest.param(law, id=law.__name__, marks=PROVES.get(law, ())) for law in LAWS]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    on, later = sorted(draw(st.sets(days(), min_size=2, max_size=2)))
    return Case(
        entries=draw(portfolios()),
        policy=draw(policies()),
        on=on,
        later=later,
        # no strategy draws that id
        debit=evolve(draw(debit_entries(operator=OPERATOR)), id="new"),
        stop=draw(st.sampled_from((HoldReason.OPERATOR_SUSPENDED, HoldReason.OPERATOR_BLOCKED))),
        seed=draw(st.integers(0, 999)),
    )


@pytest.mark.parametrize("law", PARAMETERS)
@given(cases())
def test_a_law_holds(law: Callable[[Case], None], case: Case) -> None:
    law(case)


def test_every_law_holds_in_a_thousand_cases() -> None:
    assert broken_by(range(1_000)) == []


@pytest.mark.deep
def test_every_law_holds_in_a_million_cases() -> None:
    parts = [range(first, first + 10_000) for first in range(0, 1_000_000, 10_000)]
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        assert [broken for part in pool.map(broken_by, parts) for broken in part] == []


def test_a_case_that_breaks_a_law_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing_ever_moves(case: Case) -> None:
        assert case.result.payouts == (), "it moves"

    monkeypatch.setattr("tests.property.netting.seeded.LAWS", (nothing_ever_moves,))
    broken = broken_by(range(20))
    assert 0 < len(broken) < 20
    assert broken[0].startswith("nothing_ever_moves on case_of(")


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
