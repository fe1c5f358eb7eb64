"""Large portfolios: legal, the same at each call, and with the promises that a recomputation relies on."""

from __future__ import annotations

from collections import Counter

from gse_billing.billing import portfolio_from
from gse_billing.billing.frames import entries_for
from gse_billing.testing.frames import large_entries, large_portfolio


def test_the_portfolio_is_legal_and_holds_every_entry() -> None:
    portfolio = portfolio_from(large_portfolio(120))
    assert len(portfolio.operators) == 120
    assert len({operator.partita_iva for operator in portfolio.operators}) == 120
    contracts = [contract for operator in portfolio.operators for contract in operator.contracts]
    ibans = [contract.iban for contract in contracts if contract.iban is not None]
    assert 0 < len(ibans) < len(contracts) == 160
    assert len(set(ibans)) == len(ibans)
    assert len(portfolio.restrictions) == 3
    assert len(entries_for(portfolio, large_entries(120, 1_000))) == 1_000


def test_entries_are_the_same_at_each_call_and_others_with_another_seed() -> None:
    assert large_entries(10, 100).equals(large_entries(10, 100))
    assert not large_entries(10, 100).equals(large_entries(10, 100, seed=8))


def test_no_two_debits_of_an_operator_are_of_one_day() -> None:
    rows = large_entries(10, 1_000).to_pylist()
    days = Counter((row["operator"], row["issue_date"]) for row in rows if row["side"] == "debit")
    assert max(days.values()) == 1
