"""What a check may need besides the document: the day, the flow, the file, what was sent before, the offices of IPA.

The histories and registers are protocols, so that a database or a snapshot can stand behind them; each has a form in
memory here. An absent one is no defect: what could not be checked is told in ``Report.skipped``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from attrs import field, frozen

from gse_billing.fatturapa.catalogue import Regime
from gse_billing.fatturapa.codelists import Channel

__all__ = [
    "Context",
    "DocumentHistory",
    "Office",
    "OfficeDirectory",
    "OfficeEntry",
    "OfficeList",
    "SentDocument",
    "SentDocuments",
    "SignatureFacts",
    "SignatureState",
]


@frozen(kw_only=True)
class SentDocument:
    """A document that was sent to SDI before.

    Attributes:
        issuer: country and tax id of who issued it, ``IT05754381001``: the supplier, or the buyer where he issues.
        number: its number.
        day: its date.
        credit_note: whether it is a TD04; these have numbers of their own.
        counts: whether it takes its number: not when SDI discarded it or the public buyer refused it.
        file_name: the file it was in.
    """

    issuer: str
    number: str
    day: dt.date
    credit_note: bool = False
    counts: bool = True
    file_name: str = ""


class DocumentHistory(Protocol):
    """What was sent before: asked for 00002 and 00404."""

    def sent_file(self, name: str) -> bool:
        """Whether a file of that name was ever sent, discarded ones included."""

    def documents(self, issuer: str, number: str, year: int) -> Iterable[SentDocument]:
        """The documents of that issuer, number and year of date, whatever became of them."""


def _stem(name: str) -> str:
    """The name without its extension: SDI's messages drop it, so no two files may share it."""
    return name.partition(".")[0].upper()


def _sent(given: Iterable[SentDocument]) -> tuple[SentDocument, ...]:
    return tuple(given)


def _files(given: Iterable[str]) -> frozenset[str]:
    return frozenset(given)


@frozen
class SentDocuments:
    """A history in memory.

    Args:
        sent: the documents, each with the file it was in.
        files: names of further files, those whose documents are not known.

    >>> sent = SentDocument(issuer="IT05754381001", number="7", day=dt.date(2026, 1, 31), file_name="IT01_00001.xml")
    >>> SentDocuments([sent]).sent_file("IT01_00001.xml.p7m")
    True
    """

    sent: tuple[SentDocument, ...] = field(default=(), converter=_sent)
    files: frozenset[str] = field(default=(), converter=_files)
    _by_key: Mapping[tuple[str, str, int], list[SentDocument]] = field(init=False, repr=False, eq=False)
    _stems: frozenset[str] = field(init=False, repr=False, eq=False)

    @_by_key.default
    def _index(self) -> Mapping[tuple[str, str, int], list[SentDocument]]:
        found: dict[tuple[str, str, int], list[SentDocument]] = {}
        for each in self.sent:
            found.setdefault((each.issuer, each.number, each.day.year), []).append(each)
        return found

    @_stems.default
    def _names(self) -> frozenset[str]:
        named = (each.file_name for each in self.sent if each.file_name)
        return frozenset(map(_stem, (*named, *self.files)))

    def sent_file(self, name: str) -> bool:
        """Whether a file of that name was sent, whatever its extension and the case of its letters."""
        return _stem(name) in self._stems

    def documents(self, issuer: str, number: str, year: int) -> tuple[SentDocument, ...]:
        """The documents of that issuer, number and year."""
        return tuple(self._by_key.get((issuer, number, year), ()))


class Office(Protocol):
    """An office of a public body in IPA."""

    @property
    def code(self) -> str:
        """The code of six characters."""

    @property
    def tax_code(self) -> str:
        """The tax code for which it takes invoices."""

    @property
    def central(self) -> bool:
        """Whether it is the virtual central office (``Uff_eFatturaPA``)."""

    def active_on(self, day: dt.date) -> bool:
        """Whether it takes e-invoices on that day."""


class OfficeDirectory(Protocol):
    """A snapshot of the offices in IPA: asked for 00311, 00312, 00398 and 00399."""

    def office(self, code: str) -> Office | None:
        """The office of that code, or ``None`` when IPA has none."""

    def offices_of(self, tax_code: str) -> Iterable[Office]:
        """The offices that take invoices for that tax code, active or not."""


@frozen(kw_only=True)
class OfficeEntry:
    """An office in memory.

    Attributes:
        code: six characters.
        tax_code: of the body, for which it takes invoices.
        start: the first day it takes e-invoices, ``None`` when IPA gives none: then it takes none yet.
        end: the first day it takes none any more.
        central: whether it is the virtual central office.
    """

    code: str
    tax_code: str
    start: dt.date | None
    end: dt.date | None = None
    central: bool = False

    def active_on(self, day: dt.date) -> bool:
        """Whether it takes e-invoices on that day."""
        return self.start is not None and self.start <= day and (self.end is None or day < self.end)


def _entries(given: Iterable[OfficeEntry]) -> tuple[OfficeEntry, ...]:
    return tuple(given)


@frozen
class OfficeList:
    """A directory in memory.

    >>> offices = OfficeList([OfficeEntry(code="UFABCD", tax_code="80012000826", start=dt.date(2015, 3, 31))])
    >>> offices.office("UFABCD").active_on(dt.date(2026, 1, 1)), offices.office("AAAAAA")
    (True, None)
    """

    entries: tuple[OfficeEntry, ...] = field(converter=_entries)
    _by_code: Mapping[str, OfficeEntry] = field(init=False, repr=False, eq=False)
    _by_tax_code: Mapping[str, list[OfficeEntry]] = field(init=False, repr=False, eq=False)

    @_by_code.default
    def _codes(self) -> Mapping[str, OfficeEntry]:
        return {each.code: each for each in self.entries}

    @_by_tax_code.default
    def _tax_codes(self) -> Mapping[str, list[OfficeEntry]]:
        found: dict[str, list[OfficeEntry]] = {}
        for each in self.entries:
            found.setdefault(each.tax_code, []).append(each)
        return found

    def __iter__(self) -> Iterator[OfficeEntry]:
        return iter(self.entries)

    def office(self, code: str) -> OfficeEntry | None:
        """The office of that code."""
        return self._by_code.get(code)

    def offices_of(self, tax_code: str) -> tuple[OfficeEntry, ...]:
        """The offices of that tax code."""
        return tuple(self._by_tax_code.get(tax_code, ()))


class SignatureState(Protocol):
    """What opening a signed file told about its signature; ``None`` where it could not be told."""

    @property
    def intact(self) -> bool | None:
        """Whether it matches the content (00102)."""

    @property
    def defect(self) -> str:
        """Why it does not match, empty where it does or nobody knows."""

    @property
    def made_at(self) -> dt.datetime | None:
        """When it says it was made, with a zone (00103, 00105)."""

    @property
    def certificate_until(self) -> dt.datetime | None:
        """The moment its certificate ends (00100), with a zone."""


@frozen(kw_only=True)
class SignatureFacts:
    """The state of a signature in memory, as another verifier may have told it.

    Attributes:
        intact: whether it matches the content, ``None`` where it could not be told.
        defect: why it does not match.
        made_at: when it says it was made, with a zone.
        certificate_until: the moment its certificate ends, with a zone.
    """

    intact: bool | None = None
    defect: str = ""
    made_at: dt.datetime | None = None
    certificate_until: dt.datetime | None = None


@frozen(kw_only=True)
class Context:
    """Everything a rule may ask besides the document.

    Attributes:
        regime: the set of rules that holds.
        on: the day of sending.
        channel: how the file goes to SDI.
        filename: the name under which it goes.
        size: bytes of the file.
        history: what was sent before.
        offices: the offices of IPA.
    """

    regime: Regime
    on: dt.date | None = None
    channel: Channel | None = None
    filename: str | None = None
    size: int | None = None
    history: DocumentHistory | None = None
    offices: OfficeDirectory | None = None
