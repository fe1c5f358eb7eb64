"""Issuing: drafts get their numbers, which freeze, their file names, and become FatturaPA documents.

An invoice that the books know is never made anew: it says what it said when it was issued. A second run with the same
portfolio and the books of the first gives the same documents, byte for byte.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Container, Iterable, Iterator, Sequence

from attrs import frozen

from gse_billing import fatturapa
from gse_billing.billing.books import Books, SentDocument
from gse_billing.billing.drafting import (
    Direction,
    Draft,
    Gap,
    Intent,
    Payable,
    awaited_check,
    draft_biofuel,
    draft_charge,
    draft_proposals,
)
from gse_billing.billing.drafting.intents import gap_of_error, gap_of_field, payable_of
from gse_billing.billing.frozen import differences, last_attempts
from gse_billing.billing.portfolio.model import Portfolio
from gse_billing.billing.recipes import compose
from gse_billing.core.errors import InvalidDocumentError, NumberingError
from gse_billing.core.findings import Finding, Report, Severity
from gse_billing.core.identifiers import InvoiceNumber
from gse_billing.core.values import evolve
from gse_billing.fatturapa.filenames import FileName, file_names
from gse_billing.netting import DocumentRef, Held, HoldReason
from gse_billing.numbering import MemoryRegister, Request, Series, near_duplicates, series_like

__all__ = ["Issuance", "IssuedDocument", "issue"]

_TRIAL = InvoiceNumber("0")


@frozen(kw_only=True)
class IssuedDocument:
    """An invoice with its number, the name of its file and its bytes.

    Attributes:
        sent: what the books keep of it.
        draft: what it says, with how its amounts came about where the portfolio still tells.
        xml: the bytes that are sent.
    """

    sent: SentDocument
    draft: Draft
    xml: bytes

    @property
    def key(self) -> str:
        """The key of the record it bills, with the attempt where it is not the first."""
        return self.sent.key

    @property
    def number(self) -> InvoiceNumber:
        """Its number."""
        return self.sent.number

    @property
    def file_name(self) -> FileName:
        """The name under which it is sent."""
        return FileName.parse(self.sent.file_name)

    @property
    def reference(self) -> DocumentRef:
        """Number and date, as netting and letters name it."""
        return DocumentRef(str(self.number), self.draft.date)

    @property
    def intact(self) -> bool:
        """Whether its bytes are those that were issued."""
        return _hash(self.xml) == self.sent.sha256


@frozen(kw_only=True)
class Issuance:
    """What issuing yields.

    Attributes:
        documents: the invoices, by date, key and attempt.
        new: the keys of those that this run issued; SDI cannot have answered them.
        payables: what moves without an invoice.
        gaps: what could not be issued, each with its reason.
        books: the books with what this run issued.
        report: the findings of the gaps, and warnings on numbers.
    """

    documents: tuple[IssuedDocument, ...]
    new: frozenset[str]
    payables: tuple[Payable, ...]
    gaps: tuple[Gap, ...]
    books: Books
    report: Report

    @property
    def current(self) -> tuple[IssuedDocument, ...]:
        """The last attempt of each invoice: the one that counts."""
        last = last_attempts(document.sent for document in self.documents)
        return tuple(document for document in self.documents if last[document.draft.key] is document.sent)


def issue(
    portfolio: Portfolio, *, on: dt.date, books: Books | None = None, freed: Container[str] = frozenset()
) -> Issuance:
    """Number and compose every document of a portfolio that is dated up to a day.

    Args:
        portfolio: who bills whom for what.
        on: the day of the run.
        books: what the earlier runs left.
        freed: the keys of invoices that SDI discarded or the recipient refused, whose numbers are free again. A record
            of theirs that was mended is issued again: under the same number unless another is typed, and always under
            a new file name.
    """
    kept = books or Books()
    register = MemoryRegister(kept.numbers)
    intents = {intent.key: intent for intent in _intents(portfolio, on, kept)}
    known = last_attempts(kept.sent)
    typed = portfolio.typed_numbers
    changes = [
        found for key, sent in known.items() for found in differences(sent, intents.get(key), typed.get(key), freed)
    ]
    again = {sent.draft.key: sent for sent in known.values() if sent.key in freed}
    fresh = [_numberable(portfolio, intent) for intent in _to_issue(portfolio, intents, known, again)]
    drafts = sorted((found for found in fresh if isinstance(found, Draft)), key=lambda draft: (draft.date, draft.key))
    made, refused = _made(portfolio, drafts, again, register, kept, on)
    gaps = tuple(_moving_once(item, known) for item in (*changes, *fresh, *refused) if isinstance(item, Gap))
    documents = [*made, *(_document_of(item, _reasoned(item, intents)) for item in kept.sent)]
    return Issuance(
        documents=tuple(sorted(documents, key=lambda one: (one.draft.date, one.draft.key, one.sent.attempt))),
        new=frozenset(document.key for document in made),
        payables=tuple(found for key, found in intents.items() if isinstance(found, Payable) and key not in known),
        gaps=gaps,
        books=evolve(kept, numbers=register.entries(), sent=(*kept.sent, *(one.sent for one in made))),
        report=Report(
            (
                *(gap.finding for gap in gaps),
                *(item for item in changes if isinstance(item, Finding)),
                *near_duplicates(register.entries()),
                *_unchecked(portfolio, on, known),
                *_later(portfolio, on),
            )
        ),
    )


def _intents(portfolio: Portfolio, on: dt.date, kept: Books) -> Iterator[Intent]:
    yield from draft_proposals(portfolio, on=on, published=_published(kept))
    owed = [draft_charge(portfolio, charge) for charge in portfolio.charges if charge.issue_date <= on]
    invoiced = {sent.draft.key for sent in kept.sent}
    owed += [
        draft_biofuel(portfolio, release, invoiced=release.key in invoiced)
        for release in portfolio.biofuel
        if release.issue_date <= on
    ]
    yield from (intent for intent in owed if intent is not None)


def _moving_once(gap: Gap, known: Container[str]) -> Gap:
    """The gap without its payable where an earlier attempt of the invoice stands for the same money."""
    return evolve(gap, payable=None) if gap.key in known else gap


def _published(kept: Books) -> set[str]:
    """The contracts of which something was invoiced to GSE or paid: what was published stays published."""
    invoiced = (sent.draft for sent in kept.sent if sent.draft.direction is Direction.TO_GSE)
    return {str(draft.contract) for draft in invoiced} | {part.contract for part in kept.parts}


def _to_issue(
    portfolio: Portfolio, intents: dict[str, Intent], known: dict[str, SentDocument], again: dict[str, SentDocument]
) -> Iterator[Intent]:
    """The drafts and gaps that the books do not know, and the mended drafts of what was discarded or refused."""
    for key, intent in intents.items():
        earlier = again.get(key)
        renumbered = earlier is not None and portfolio.typed_numbers.get(key) not in (None, earlier.number)
        mended = earlier is not None and isinstance(intent, Draft) and (renumbered or intent != earlier.draft)
        if mended or (key not in known and not isinstance(intent, Payable)):
            yield intent


def _numberable(portfolio: Portfolio, intent: Intent) -> Intent:
    """The draft itself when it can be numbered and its document is valid; else the gap."""
    if not isinstance(intent, Draft):
        return intent
    if intent.key not in portfolio.typed_numbers and _series(portfolio, intent) is None:
        why = "type the number, or give a series for the operator"
        gap = gap_of_field(intent.key, intent.operator, HoldReason.NO_NUMBER, field="number", why=why)
        return evolve(gap, payable=payable_of(intent))
    try:
        fatturapa.write(compose(intent, _TRIAL, "0"))
    except InvalidDocumentError as error:
        first = error.report.errors[0]
        finding = evolve(first, path=f"{intent.key}: {first.path}")
        held = Held(HoldReason.OTHER, first.message_it)
        moved = payable_of(intent)
        return Gap(key=intent.key, operator=intent.operator, held=held, finding=finding, payable=moved)
    return intent


def _series(portfolio: Portfolio, draft: Draft) -> Series | None:
    if draft.direction is Direction.FROM_GSE:
        return portfolio.gse.series
    return portfolio.series.get(draft.operator)


def _made(
    portfolio: Portfolio,
    drafts: Sequence[Draft],
    again: dict[str, SentDocument],
    register: MemoryRegister,
    kept: Books,
    on: dt.date,
) -> tuple[list[IssuedDocument], list[Gap]]:
    """The drafts as invoices, and a gap for each whose number breaks a rule of the register."""
    numbers, refused = _numbers(portfolio, drafts, again, register)
    names = file_names("IT", portfolio.gse.partita_iva, used=[item.file_name for item in kept.sent])
    made: list[IssuedDocument] = []
    for draft in (draft for draft in drafts if draft.key in numbers):
        name = next(names)
        xml = fatturapa.write(compose(draft, numbers[draft.key], name.progressive))
        sent = SentDocument(
            draft=draft,
            number=numbers[draft.key],
            file_name=str(name),
            sha256=_hash(xml),
            named_on=on,
            attempt=_attempt(again.get(draft.key)),
        )
        made.append(IssuedDocument(sent=sent, draft=draft, xml=xml))
    return made, refused


def _attempt(earlier: SentDocument | None) -> int:
    return 1 if earlier is None else earlier.attempt + 1


def _numbers(
    portfolio: Portfolio, drafts: Iterable[Draft], again: dict[str, SentDocument], register: MemoryRegister
) -> tuple[dict[str, InvoiceNumber], list[Gap]]:
    numbers: dict[str, InvoiceNumber] = {}
    refused: list[Gap] = []
    # what people typed is reserved first, so that a series goes on behind it; what it would not write comes by its date
    for draft in sorted(drafts, key=lambda item: not _has_place(portfolio, item)):
        try:
            numbers[draft.key] = _number(portfolio, draft, again.get(draft.key), register)
        except NumberingError as error:
            refused.append(evolve(gap_of_error(draft.key, draft.operator, error), payable=payable_of(draft)))
    return numbers, refused


def _has_place(portfolio: Portfolio, draft: Draft) -> bool:
    """Whether the number was typed and has a place in its series."""
    typed = portfolio.typed_numbers.get(draft.key)
    return typed is not None and _series_for(portfolio, draft, typed).position(typed, draft.date.year) is not None


def _series_for(portfolio: Portfolio, draft: Draft, typed: InvoiceNumber | None) -> Series:
    """The series of the portfolio; where there is none, that of the numbers which look like the one that was typed."""
    return _series(portfolio, draft) or series_like(typed or _TRIAL, draft.date.year, owner=draft.operator)


def _number(
    portfolio: Portfolio, draft: Draft, earlier: SentDocument | None, register: MemoryRegister
) -> InvoiceNumber:
    """The number: after a discard or a refusal the same one, unless another was typed (SDI counts neither, 00404)."""
    typed = portfolio.typed_numbers.get(draft.key)
    if earlier is not None and typed in (None, earlier.number):
        return earlier.number
    request = Request(
        issuer=draft.numbered_by,
        series=_series_for(portfolio, draft, typed),
        day=draft.date,
        key=draft.key if earlier is None else f"{draft.key}#{_attempt(earlier)}",
        content=_digest(draft),
        number=typed,
    )
    entry = register.reserve(request)
    register.accept(entry.issuer, entry.key)
    return entry.number


def _digest(draft: Draft) -> str:
    from gse_billing.billing.structure import fields_of  # noqa: PLC0415  loads cattrs

    return _hash(json.dumps(fields_of(draft), sort_keys=True).encode())


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _reasoned(sent: SentDocument, intents: dict[str, Intent]) -> Draft:
    """The draft as it was issued, with the derivation that the portfolio still gives for the same amounts."""
    intent = intents.get(sent.draft.key)
    same = isinstance(intent, Draft) and intent.amounts == sent.draft.amounts and intent.due == sent.draft.due
    return evolve(sent.draft, reasons=intent.reasons) if isinstance(intent, Draft) and same else sent.draft


def _document_of(sent: SentDocument, draft: Draft) -> IssuedDocument:
    """The document that the books keep, composed again from what it said."""
    xml = fatturapa.write(compose(sent.draft, sent.number, FileName.parse(sent.file_name).progressive))
    return IssuedDocument(sent=sent, draft=draft, xml=xml)


def _unchecked(portfolio: Portfolio, on: dt.date, known: Container[str]) -> Iterator[Finding]:
    """What waits for GSE's check: of an invoice that the books know, the invoice shows that it was made."""
    waiting = (release for release in portfolio.biofuel if release.issue_date <= on and release.key not in known)
    yield from (finding for finding in map(awaited_check, waiting) if finding is not None)


def _later(portfolio: Portfolio, on: dt.date) -> Iterator[Finding]:
    count = sum(record.issue_date > on for record in portfolio.records)
    if count:
        yield Finding(
            code="billing:later-records",
            severity=Severity.INFO,
            message_it=f"{count} voci portano una data successiva al {on}",
            message_en=f"{count} records are dated after {on} and were not looked at",
            hint="run again on that day",
        )
