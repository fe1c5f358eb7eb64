"""Laws of the main job over any portfolio and any answers of SDI."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from random import Random
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from gse_billing import evolve
from gse_billing.billing import Answer, Portfolio, Settlement, settle
from gse_billing.core.money import ZERO
from gse_billing.netting import Credit, DocumentState
from gse_billing.testing.portfolios import answers, portfolios

FIRST, SECOND = dt.date(2020, 12, 31), dt.date(2021, 1, 20)
Item = TypeVar("Item")
Run = tuple[Portfolio, tuple[Answer, ...], Settlement]


@st.composite
def runs(draw: st.DrawFn) -> Run:
    """A portfolio that was issued, answered and settled."""
    portfolio = draw(portfolios())
    first = settle(portfolio, on=FIRST)
    received = draw(answers(first.documents))
    return portfolio, received, settle(portfolio, on=SECOND, books=first.books, answers=received)


@given(runs())
def test_gross_credits_are_set_off_transferred_carried_or_held(run: Run) -> None:
    """PAY-9: the gross is what was set off, what is transferred, what is carried and what is held; no cent is lost."""
    portfolio, _, result = run
    for account in result.accounts:
        assert account.gross == account.set_off + account.transferred + account.carried + account.held
    proposed = sum((proposal.amount for proposal in portfolio.proposals), ZERO)
    assert sum((account.gross for account in result.accounts), ZERO) == proposed
    assert sum((item.amount for item in result.transfers), ZERO) == sum(
        (account.transferred for account in result.accounts), ZERO
    )


def shuffled(items: Sequence[Item], random: Random) -> list[Item]:
    return random.sample(items, len(items))


@given(runs(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(run: Run, random: Random) -> None:
    """A settlement is a function of what is in the portfolio, not of how it is listed."""
    portfolio, received, result = run
    same = evolve(
        portfolio,
        operators=shuffled(portfolio.operators, random),
        proposals=shuffled(portfolio.proposals, random),
        charges=shuffled(portfolio.charges, random),
    )
    first = settle(same, on=FIRST)
    assert settle(same, on=SECOND, books=first.books, answers=shuffled(received, random)) == result


@given(runs())
def test_running_again_changes_nothing(run: Run) -> None:
    """INV-12: what was numbered stays numbered, and what was settled is settled the same."""
    portfolio, received, result = run
    assert settle(portfolio, on=SECOND, books=result.books, answers=received) == result


def paid(result: Settlement) -> Iterator[Credit]:
    for netted in result.runs:
        for payout in netted.payouts:
            yield from (document.credit for document in payout.documents)


@given(runs())
def test_no_money_is_released_without_a_receipt_nor_to_a_restricted_operator(run: Run) -> None:
    """INV-15, PAY-8: payment only after the delivery notice, with a clear standing; PAY-1: on the contract's IBAN."""
    portfolio, _, result = run
    restricted = {item.operator for item in portfolio.restrictions}
    for credit in paid(result):
        assert credit.operator not in restricted
        if credit.state is not DocumentState.NOT_NEEDED:
            assert result.outcomes[credit.id].state in (DocumentState.DELIVERED, DocumentState.ACCEPTED)
    accounts = {contract.iban for operator in portfolio.operators for contract in operator.contracts}
    assert {item.creditor_iban for item in result.transfers} <= accounts
    assert all(item.value_date >= SECOND and item.amount > Decimal(0) for item in result.transfers)


@given(runs())
def test_no_number_and_no_file_name_is_used_twice(run: Run) -> None:
    """INV-13, INV-14: a number is unique for its issuer and year; SDI 00002: a file name is never used again."""
    _, _, result = run
    numbers = [(entry.issuer, entry.year, entry.number) for entry in result.books.numbers]
    assert len(set(numbers)) == len(numbers)
    names = list(result.books.files.values())
    assert len(set(names)) == len(names) == len(numbers)
