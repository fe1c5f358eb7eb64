"""Issuing: drafts get their numbers, which freeze, their file names, and become FatturaPA documents.

A second run with the same portfolio and the books of the first gives the same documents, byte for byte.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from attrs import frozen

from gse_billing import fatturapa
from gse_billing.billing.books import Books
from gse_billing.billing.drafting.charges import draft_biofuel, draft_charge
from gse_billing.billing.drafting.drafts import Direction, Draft
from gse_billing.billing.drafting.intents import Gap, Intent, Payable, gap_of_field, payable_of
from gse_billing.billing.drafting.proposals import draft_proposals
from gse_billing.billing.portfolio.model import Portfolio
from gse_billing.billing.recipes import compose
from gse_billing.core.errors import InvalidDocumentError
from gse_billing.core.findings import Report
from gse_billing.core.identifiers import InvoiceNumber
from gse_billing.core.values import evolve
from gse_billing.fatturapa.filenames import FileName, file_names
from gse_billing.netting import DocumentRef, Held, HoldReason
from gse_billing.numbering import MemoryRegister, Request, Series, near_duplicates

__all__ = ["Issuance", "IssuedDocument", "issue"]

_TRIAL = InvoiceNumber("0")


@frozen(kw_only=True)
class IssuedDocument:
    """An invoice with its number, the name of its file and its bytes."""

    draft: Draft
    number: InvoiceNumber
    file_name: FileName
    xml: bytes

    @property
    def key(self) -> str:
        """The key of the record it bills."""
        return self.draft.key

    @property
    def reference(self) -> DocumentRef:
        """Number and date, as netting and letters name it."""
        return DocumentRef(str(self.number), self.draft.date)


@frozen(kw_only=True)
class Issuance:
    """What issuing yields.

    Attributes:
        documents: the invoices, by date and key.
        payables: what moves without an invoice.
        gaps: what could not be issued, each with its reason.
        books: the numbers and file names after this run.
        report: the findings of the gaps, and warnings on numbers.
    """

    documents: tuple[IssuedDocument, ...]
    payables: tuple[Payable, ...]
    gaps: tuple[Gap, ...]
    books: Books
    report: Report


def issue(portfolio: Portfolio, *, on: dt.date, books: Books | None = None) -> Issuance:
    """Number and compose every document of a portfolio that is dated up to a day.

    Args:
        portfolio: who bills whom for what.
        on: the day of the run.
        books: what an earlier run left; numbers given there never change.

    Raises:
        FrozenNumberError: the data of a numbered document have changed since.
        DuplicateNumberError: a typed number is taken in the books.
        NumberOutOfOrderError: a number would be dated before its predecessor.
    """
    kept = books or Books()
    intents = [_numberable(portfolio, intent, kept) for intent in _intents(portfolio, on)]
    drafts = sorted((found for found in intents if isinstance(found, Draft)), key=lambda draft: (draft.date, draft.key))
    gaps = tuple(found for found in intents if isinstance(found, Gap))
    register = MemoryRegister(kept.numbers)
    numbers = dict(_numbered(portfolio, drafts, register))
    files = _named(portfolio, drafts, kept)
    entries = register.entries()
    return Issuance(
        documents=tuple(_document(draft, numbers[draft.key], files[draft.key]) for draft in drafts),
        payables=tuple(found for found in intents if isinstance(found, Payable)),
        gaps=gaps,
        books=Books(numbers=entries, files={**kept.files, **{key: str(name) for key, name in files.items()}}),
        report=Report((*(gap.finding for gap in gaps), *near_duplicates(entries))),
    )


def _intents(portfolio: Portfolio, on: dt.date) -> Iterator[Intent]:
    yield from draft_proposals(portfolio, on=on)
    yield from (draft_charge(portfolio, charge) for charge in portfolio.charges if charge.issue_date <= on)
    for release in portfolio.biofuel:
        drafted = draft_biofuel(portfolio, release) if release.issue_date <= on else None
        if drafted is not None:
            yield drafted


def _numberable(portfolio: Portfolio, intent: Intent, books: Books) -> Intent:
    """The draft itself when it can be numbered and its document is valid; else the gap."""
    if not isinstance(intent, Draft):
        return intent
    if _number_typed(portfolio, intent) is None and _series(portfolio, intent) is None:
        why = "type the number, or give a series for the operator"
        gap = gap_of_field(intent.key, intent.operator, HoldReason.NO_NUMBER, field="number", why=why)
        return evolve(gap, payable=payable_of(intent))
    if intent.key in books.files:
        return intent
    try:
        fatturapa.write(compose(intent, _TRIAL, "0"))
    except InvalidDocumentError as error:
        first = error.report.errors[0]
        finding = evolve(first, path=f"{intent.key}: {first.path}")
        held = Held(HoldReason.OTHER, first.message_en)
        moved = payable_of(intent)
        return Gap(key=intent.key, operator=intent.operator, held=held, finding=finding, payable=moved)
    return intent


def _number_typed(portfolio: Portfolio, draft: Draft) -> InvoiceNumber | None:
    return portfolio.typed_numbers.get(draft.key)


def _series(portfolio: Portfolio, draft: Draft) -> Series | None:
    if draft.direction is Direction.FROM_GSE:
        gse = portfolio.gse
        return None if gse.numbers is None else Series(name="gse", format=gse.numbers, first=gse.first_number)
    for given in portfolio.numbering:
        if given.operator == draft.operator:
            return Series(name=draft.operator, format=given.format, first=given.first)
    return None


def _numbered(
    portfolio: Portfolio, drafts: Iterable[Draft], register: MemoryRegister
) -> Iterator[tuple[str, InvoiceNumber]]:
    for draft in drafts:
        request = Request(
            issuer=draft.numbered_by,
            series=_series(portfolio, draft) or Series(name=f"{draft.operator} (typed)", format="{n}"),
            day=draft.date,
            key=draft.key,
            content=draft.digest,
            number=_number_typed(portfolio, draft),
        )
        entry = register.reserve(request)
        register.accept(entry.issuer, entry.key)
        yield draft.key, entry.number


def _named(portfolio: Portfolio, drafts: Iterable[Draft], books: Books) -> dict[str, FileName]:
    sender = portfolio.gse.partita_iva
    names = file_names("IT", sender, used=books.files.values())
    return {
        draft.key: FileName.parse(books.files[draft.key]) if draft.key in books.files else next(names)
        for draft in drafts
    }


def _document(draft: Draft, number: InvoiceNumber, name: FileName) -> IssuedDocument:
    xml = fatturapa.write(compose(draft, number, name.progressive))
    return IssuedDocument(draft=draft, number=number, file_name=name, xml=xml)
