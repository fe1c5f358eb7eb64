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
from gse_billing.billing import Account, Answer, Direction, Portfolio, Settlement, settle
from gse_billing.core.money import total_of
from gse_billing.netting import Credit, DocumentState
from gse_billing.payments import SettlementKey
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
    assert total_of(account.gross for account in result.accounts) == total_of(
        proposal.amount for proposal in portfolio.proposals
    )
    assert total_of(item.amount for item in result.transfers) == total_of(
        account.transferred for account in result.accounts
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


def figures(account: Account) -> tuple[object, ...]:
    return account.operator, account.set_off, account.transferred, account.carried, account.held


@given(runs())
def test_running_again_changes_nothing(run: Run) -> None:
    """INV-12: what was numbered stays numbered, and what was settled is settled the same."""
    portfolio, received, result = run
    again = settle(portfolio, on=SECOND, books=result.books, answers=received)
    assert again.ordered == ()
    assert (again.books, again.transfers) == (result.books, result.transfers)
    assert [figures(account) for account in again.accounts] == [figures(account) for account in result.accounts]
    assert [document.xml for document in again.documents] == [document.xml for document in result.documents]


@given(runs(), st.lists(st.dates(SECOND, dt.date(2021, 6, 30)), min_size=1, max_size=3).map(sorted))
def test_no_credit_is_ever_paid_twice(run: Run, days: list[dt.date]) -> None:
    """art. 1242 c.c.: what was paid or set off is extinguished; whatever the days of later runs, it stays so."""
    portfolio, received, result = run
    proposed = {proposal.key: proposal.amount for proposal in portfolio.proposals}
    charged = {document.draft.key: document.draft.amounts.payable for document in result.documents}
    for day in days:
        later = settle(portfolio, on=day, books=result.books, answers=received)
        assert set(result.transfers) <= set(later.transfers)
        result = later
    for key, amount in proposed.items():
        assert total_of(part.amount for part in result.books.parts if part.credit == key) <= amount
    for key in {part.debit for part in result.books.parts if part.debit is not None}:
        assert total_of(part.amount for part in result.books.parts if part.debit == key) <= charged[key]
    identifications = [item.end_to_end_id for item in result.transfers]
    assert len(set(identifications)) == len(identifications)
    sent_out = total_of(item.amount for item in result.transfers)
    assert sent_out == total_of(part.amount for part in result.books.parts if part.debit is None)


def paid(result: Settlement) -> Iterator[Credit]:
    for netted in result.runs:
        for payout in netted.payouts:
            yield from (document.credit for document in payout.documents)


@given(runs())
def test_no_money_is_released_without_a_receipt_nor_to_a_restricted_operator(run: Run) -> None:
    """INV-15, PAY-8: payment only after the delivery notice, with a clear standing; PAY-1: on the contract's IBAN."""
    portfolio, _, result = run
    restricted = {item.operator for item in portfolio.restrictions}
    restricted |= {
        document.draft.operator
        for document in result.documents
        if document.draft.direction is Direction.FROM_GSE and "00306" in result.outcomes[document.key].error_codes
    }
    for credit in paid(result):
        assert credit.operator not in restricted
        if credit.state is not DocumentState.NOT_NEEDED:
            assert result.outcomes[result.current[credit.id].key].state in (
                DocumentState.DELIVERED,
                DocumentState.ACCEPTED,
            )
    for item in result.transfers:
        operator, contract = portfolio.holders[SettlementKey.parse(item.end_to_end_id).subject]
        assert (item.creditor_iban, item.creditor_name) == (contract.iban, operator.name)
        assert item.value_date >= FIRST
        assert item.amount > Decimal(0)


@given(runs())
def test_no_number_and_no_file_name_is_used_twice(run: Run) -> None:
    """INV-13, INV-14: a number is unique for its issuer and year; SDI 00002: a file name is never used again."""
    _, _, result = run
    numbers = [(entry.issuer, entry.year, entry.number) for entry in result.books.numbers]
    assert len(set(numbers)) == len(numbers)
    names = [sent.file_name for sent in result.books.sent]
    assert len(set(names)) == len(names) == len(numbers)
