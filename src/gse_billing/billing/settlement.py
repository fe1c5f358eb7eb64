"""The main job: from a portfolio and SDI's answers to money with a date, and to the reason where there is none.

    portfolio -> drafts -> numbers and documents -> answers -> release -> netting -> transfers

Each arrow is a pure function; the day is an argument. What a run numbers, sets off and pays goes into the books, and
the next run starts from them: nothing is numbered, set off or paid twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property

from attrs import frozen

from gse_billing import schemes
from gse_billing.billing.answers import Answer, Outcome, outcomes
from gse_billing.billing.books import Books, SettledPart
from gse_billing.billing.issuing import IssuedDocument, issue
from gse_billing.billing.paying import transfers_of
from gse_billing.billing.portfolio.model import Portfolio
from gse_billing.billing.release import release
from gse_billing.core.dated import require_day
from gse_billing.core.findings import Finding, Report
from gse_billing.core.html import table
from gse_billing.core.money import total_of
from gse_billing.core.values import evolve
from gse_billing.netting import (
    Carried,
    Collection,
    Credit,
    DocumentState,
    Entry,
    HeldEntry,
    NettingResult,
    Policy,
    net_over,
    payment_days,
)
from gse_billing.parties import BlockPolicy
from gse_billing.payments import Transfer

__all__ = ["Account", "Settlement", "policy_of", "settle"]

_FREED = (DocumentState.DISCARDED, DocumentState.REFUSED)
"""What SDI does not count when it looks for duplicates: the same number may be sent again (00404)."""


@frozen(kw_only=True)
class Account:
    """What became of one operator's credits in all runs so far; gross = set off + transferred + carried + held.

    Attributes:
        operator: whose account it is.
        parts: what was set off and paid, by day.
        open: what is carried to a later payment or held, credits first.
    """

    operator: str
    parts: tuple[SettledPart, ...]
    open: tuple[HeldEntry | Carried, ...]

    @property
    def gross(self) -> Decimal:
        """The sum of his credits, in EUR."""
        return total_of((self.set_off, self.transferred, self.carried, self.held))

    @property
    def set_off(self) -> Decimal:
        """What was set off against GSE's invoices, in EUR."""
        return total_of(part.amount for part in self.parts if part.debit is not None)

    @property
    def transferred(self) -> Decimal:
        """What is transferred, in EUR."""
        return total_of(part.amount for part in self.parts if part.debit is None)

    @property
    def carried(self) -> Decimal:
        """What of his credits waits for a later payment, in EUR."""
        return total_of(part.amount for part in self._open_credits if isinstance(part, Carried))

    @property
    def held(self) -> Decimal:
        """What of his credits may not move, in EUR."""
        return total_of(part.amount for part in self._open_credits if isinstance(part, HeldEntry))

    @property
    def _open_credits(self) -> Iterator[HeldEntry | Carried]:
        return (part for part in self.open if isinstance(part.entry, Credit))


@frozen(kw_only=True)
class Settlement:
    """The result of one run.

    Attributes:
        on: the day of the run.
        documents: every invoice, by date, key and attempt.
        outcomes: what SDI answered about each, by key.
        receivables: the invoices of GSE that are paid by transfer and never set off (BIO-10).
        labels: how people call each entry, by key of its record.
        runs: the netting of this run, one a payment day.
        accounts: what became of each operator's credits, by key of the operator.
        ordered: the transfers that this run orders; ``books.transfers`` has those of all runs.
        books: what the next run needs.
        report: findings; errors are gaps and answers to nothing, expected holds are none.
    """

    on: dt.date
    documents: tuple[IssuedDocument, ...]
    outcomes: Mapping[str, Outcome]
    receivables: tuple[IssuedDocument, ...]
    labels: Mapping[str, str]
    runs: tuple[NettingResult, ...]
    accounts: tuple[Account, ...]
    ordered: tuple[Transfer, ...]
    books: Books
    report: Report

    @property
    def transfers(self) -> tuple[Transfer, ...]:
        """Every transfer of this run and of those before, each once, by value date."""
        return self.books.transfers

    @cached_property
    def current(self) -> Mapping[str, IssuedDocument]:
        """The last attempt of each invoice, the one that counts, by the key of its record."""
        return {document.draft.key: document for document in self.documents}

    @cached_property
    def notes(self) -> Mapping[str, str]:
        """What SDI said of each invoice that counts, or what is left to do, by the key of its record."""
        return {key: self.outcomes[document.key].note for key, document in self.current.items()}

    @property
    def open_parts(self) -> tuple[HeldEntry | Carried, ...]:
        """What neither was set off nor is paid: held with its reasons, or carried; by operator, credits first."""
        return tuple(part for account in self.accounts for part in account.open)

    def _repr_html_(self) -> str:
        header = ("operator", "gross", "set off", "transferred", "carried", "held")
        rows = [(one.operator, one.gross, one.set_off, one.transferred, one.carried, one.held) for one in self.accounts]
        return table(header, rows, caption=f"settlement of {self.on.isoformat()}, EUR")


def settle(
    portfolio: Portfolio,
    *,
    on: dt.date,
    books: Books | None = None,
    answers: Iterable[Answer] = (),
    blocks: BlockPolicy | None = None,
) -> Settlement:
    """Issue what is to be issued, release what was delivered, set off, date and pay.

    Args:
        portfolio: the parties, what GSE owes and what it is owed.
        on: the day of the run.
        books: what the earlier runs left; without them numbering starts afresh and no answer can count yet.
        answers: SDI's answers so far, in any order.
        blocks: how refusals of GSE's invoices block an operator, and what ends it; GSE's policy by default (BLK-2).

    Raises:
        InvalidValueError: the day is not a day.
    """
    require_day(on)
    kept, received = books or Books(), tuple(answers)
    before, _ = outcomes(kept.sent, received, on=on)
    freed = {key for key, outcome in before.items() if outcome.state in _FREED}
    issuance = issue(portfolio, on=on, books=kept, freed=freed)
    found, findings = outcomes(issuance.books.sent, received, on=on, new=issuance.new)
    released = release(portfolio, issuance, found, on=on, parts=kept.parts, blocks=blocks)
    policy = policy_of(portfolio, on)
    runs = net_over(released.entries, policy=policy, days=_days(released.entries, policy, on))
    payouts = [payout for run in runs for payout in run.payouts]
    ordered = tuple(transfers_of(portfolio, payouts, ordered=kept.transfers))
    parts = (*kept.parts, *_parts(runs))
    left = evolve(issuance.books, parts=parts, transfers=(*kept.transfers, *ordered))
    tampered = (_tampered(document) for document in issuance.documents if not document.intact)
    return Settlement(
        on=on,
        documents=issuance.documents,
        outcomes=found,
        receivables=released.receivables,
        labels=released.labels,
        runs=runs,
        accounts=_accounts(left.parts, runs),
        ordered=ordered,
        books=left,
        report=issuance.report + Report((*findings, *released.findings, *tampered)),
    )


def policy_of(portfolio: Portfolio, on: dt.date) -> Policy:
    """The rules of netting on a day.

    Thresholds are those of each service, or of the portfolio where no source has any. A charge is set off once it is
    due, which for costs without a term of their own is the first useful payment after their issue.
    """
    codes = {contract.service for operator in portfolio.operators for contract in operator.contracts}
    publication: dict[str, schemes.Threshold] = {}
    payment: dict[str, schemes.Threshold | None] = {}
    for code in sorted(codes):
        service, supplied = schemes.service(code), portfolio.supplied(code)
        if service.publication is not None or supplied.publication is not None:
            publication[code] = service.publication_threshold(on, supplied=supplied.publication).threshold
        if service.payment is not None or supplied.payment is not None:
            payment[code] = service.payment_threshold(on, supplied=supplied.payment).threshold
    return Policy(payment_thresholds=payment, publication_thresholds=publication, collection=Collection.WHEN_DUE)


def _days(entries: Iterable[Entry], policy: Policy, on: dt.date) -> tuple[dt.date, ...]:
    """The payment days: the value dates of what may move, or the day of the run where nothing may."""
    moving = (entry for entry in entries if not policy.obstacles(entry))
    return payment_days(entry for entry in moving if isinstance(entry, Credit) and entry.published) or (on,)


def _parts(runs: Iterable[NettingResult]) -> Iterator[SettledPart]:
    for run in runs:
        for item in run.applications:
            yield _part(item.credit, run.on, item.amount, debit=item.debit.id, scope=item.scope.name)
        for payout in run.payouts:
            for paid in payout.documents:
                yield _part(paid.credit, run.on, paid.amount)


def _part(credit: Credit, day: dt.date, amount: Decimal, *, debit: str | None = None, scope: str = "") -> SettledPart:
    return SettledPart(
        operator=credit.operator,
        contract=credit.contract,
        credit=credit.id,
        debit=debit,
        scope=scope,
        day=day,
        amount=amount,
    )


def _accounts(parts: Iterable[SettledPart], runs: Iterable[NettingResult]) -> tuple[Account, ...]:
    settled: dict[str, list[SettledPart]] = {}
    for part in parts:
        settled.setdefault(part.operator, []).append(part)
    last: dict[str, list[HeldEntry | Carried]] = {}
    for run in runs:
        for statement in run:
            last[statement.operator] = sorted((*statement.held, *statement.carried), key=_credits_first)
    return tuple(
        Account(operator=key, parts=tuple(settled.get(key, ())), open=tuple(last.get(key, ())))
        for key in sorted(settled.keys() | last.keys())
    )


def _credits_first(part: HeldEntry | Carried) -> tuple[bool, str]:
    return not isinstance(part.entry, Credit), part.entry.id


def _tampered(document: IssuedDocument) -> Finding:
    return Finding(
        code="billing:document-differs",
        path=str(document.file_name),
        message_it="il documento ricomposto non ha l'impronta di quello emesso",
        message_en="the document composed again has not the hash of the one that was issued",
        hint="the file in documents/ is the one that counts; it was made by another version of this package",
    )
