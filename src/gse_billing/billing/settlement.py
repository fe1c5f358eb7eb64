"""The main job: from a portfolio and SDI's answers to money with a date, and to the reason where there is none.

    portfolio -> drafts -> numbers and documents -> answers -> release -> netting -> transfers

Each arrow is a pure function; the day is an argument. Running again with the books of the last run, the same
portfolio and the same answers gives the same result.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal

from attrs import frozen

from gse_billing import schemes
from gse_billing.billing.answers import Answer, Outcome, outcomes
from gse_billing.billing.books import Books
from gse_billing.billing.issuing import IssuedDocument, issue
from gse_billing.billing.paying import transfers_of
from gse_billing.billing.portfolio.model import Portfolio
from gse_billing.billing.release import release
from gse_billing.core.findings import Report
from gse_billing.core.html import table
from gse_billing.core.money import ZERO
from gse_billing.netting import (
    Carried,
    Credit,
    Entry,
    HeldEntry,
    NettingResult,
    Policy,
    Statement,
    net_over,
    payment_days,
)
from gse_billing.payments import Transfer

__all__ = ["Account", "Settlement", "policy_of", "settle"]


@frozen(kw_only=True)
class Account:
    """What happened to one operator over all payment days of a run; gross = set off + transferred + carried + held.

    Attributes:
        operator: whose account it is.
        statements: one a payment day, in order of time; each starts from what the one before left open.
    """

    operator: str
    statements: tuple[Statement, ...]

    @property
    def gross(self) -> Decimal:
        """The sum of his credits, in EUR."""
        return self.statements[0].gross

    @property
    def set_off(self) -> Decimal:
        """What was set off against GSE's invoices, in EUR."""
        return sum((statement.set_off for statement in self.statements), ZERO)

    @property
    def transferred(self) -> Decimal:
        """What is transferred, in EUR."""
        return sum((statement.paid_out for statement in self.statements), ZERO)

    @property
    def carried(self) -> Decimal:
        """What of his credits waits for a later payment, in EUR."""
        return self.statements[-1].carried_credits

    @property
    def held(self) -> Decimal:
        """What of his credits may not move, in EUR."""
        return self.statements[-1].held_credits


def _credits_first(part: HeldEntry | Carried) -> tuple[bool, str]:
    return not isinstance(part.entry, Credit), part.entry.id


@frozen(kw_only=True)
class Settlement:
    """The result of one run.

    Attributes:
        on: the day of the run.
        documents: every invoice, by date and key.
        outcomes: what SDI answered about each, by key.
        receivables: the invoices of GSE that are paid by transfer and never set off (BIO-10).
        labels: how people call each entry, by key.
        runs: the netting, one a payment day.
        transfers: the money that moves, by value date, operator and contract.
        books: what the next run needs.
        report: findings; errors are gaps and answers to nothing, expected holds are none.
    """

    on: dt.date
    documents: tuple[IssuedDocument, ...]
    outcomes: Mapping[str, Outcome]
    receivables: tuple[IssuedDocument, ...]
    labels: Mapping[str, str]
    runs: tuple[NettingResult, ...]
    transfers: tuple[Transfer, ...]
    books: Books
    report: Report

    @property
    def accounts(self) -> tuple[Account, ...]:
        """The account of each operator that has entries, by key."""
        statements: dict[str, list[Statement]] = {}
        for run in self.runs:
            for statement in run:
                statements.setdefault(statement.operator, []).append(statement)
        return tuple(Account(operator=key, statements=tuple(found)) for key, found in sorted(statements.items()))

    @property
    def open_parts(self) -> tuple[HeldEntry | Carried, ...]:
        """What neither was set off nor is paid: held with its reasons, or carried; by operator, credits first."""
        last = [account.statements[-1] for account in self.accounts]
        parts: list[HeldEntry | Carried] = []
        for statement in last:
            parts += sorted((*statement.held, *statement.carried), key=_credits_first)
        return tuple(parts)

    def _repr_html_(self) -> str:
        header = ("operator", "gross", "set off", "transferred", "carried", "held")
        rows = [(one.operator, one.gross, one.set_off, one.transferred, one.carried, one.held) for one in self.accounts]
        return table(header, rows, caption=f"settlement of {self.on.isoformat()}, EUR")


def settle(
    portfolio: Portfolio, *, on: dt.date, books: Books | None = None, answers: Iterable[Answer] = ()
) -> Settlement:
    """Issue what is to be issued, release what was delivered, set off, date and pay.

    Args:
        portfolio: the parties, what GSE owes and what it is owed.
        on: the day of the run.
        books: what an earlier run left; without them numbering starts afresh.
        answers: SDI's answers so far, in any order.

    Raises:
        NumberingError: the portfolio contradicts the books, or its typed numbers one another.
    """
    issuance = issue(portfolio, on=on, books=books)
    found, findings = outcomes(issuance.documents, answers, on=on)
    released = release(portfolio, issuance, found, on=on)
    policy = policy_of(portfolio, on)
    runs = net_over(released.entries, policy=policy, days=_days(released.entries, policy, on))
    payouts = (payout for run in runs for payout in run.payouts)
    return Settlement(
        on=on,
        documents=issuance.documents,
        outcomes=found,
        receivables=released.receivables,
        labels=released.labels,
        runs=runs,
        transfers=tuple(transfers_of(portfolio, payouts)),
        books=issuance.books,
        report=issuance.report + Report(findings),
    )


def policy_of(portfolio: Portfolio, on: dt.date) -> Policy:
    """The rules of netting: thresholds of each service on that day, those of the portfolio where no source has any."""
    codes = {contract.service for operator in portfolio.operators for contract in operator.contracts}
    publication: dict[str, schemes.Threshold] = {}
    payment: dict[str, schemes.Threshold | None] = {}
    for code in sorted(codes):
        service, supplied = schemes.service(code), portfolio.supplied(code)
        if service.publication is not None or supplied.publication is not None:
            publication[code] = service.publication_threshold(on, supplied=supplied.publication).threshold
        if service.payment is not None or supplied.payment is not None:
            payment[code] = service.payment_threshold(on, supplied=supplied.payment).threshold
    return Policy(payment_thresholds=payment, publication_thresholds=publication)


def _days(entries: Iterable[Entry], policy: Policy, on: dt.date) -> tuple[dt.date, ...]:
    """The payment days: the value dates of what may move, or the day of the run where nothing may."""
    moving = (entry for entry in entries if not policy.obstacles(entry))
    return payment_days(entry for entry in moving if isinstance(entry, Credit) and entry.published) or (on,)
