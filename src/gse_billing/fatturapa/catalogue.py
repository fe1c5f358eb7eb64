"""Every code with which SDI may answer an invoice: what it means, for which flow, since when, and how it is decided.

>>> sdi_code("00421").elements, sdi_code("00327").validity.validity
(('2.2.2.6',), 'from 2026-05-15')
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from importlib import resources
from types import MappingProxyType

from attrs import frozen

from gse_billing.core.dated import Basis, Certainty, Row
from gse_billing.core.errors import InvalidIdentifierError
from gse_billing.core.findings import Severity
from gse_billing.core.html import table
from gse_billing.core.identifiers.checked import require_text

__all__ = [
    "AdviceCode",
    "Decided",
    "Regime",
    "ReportedBy",
    "SdiCode",
    "advice_codes",
    "sdi_code",
    "sdi_codes",
    "sdi_codes_html",
]

_SOURCE = "official texts: Elenco controlli 2.0, SdI specification 1.8.4, tables of the format 1.4, Allegato A 1.9.1"


class Regime(Enum):
    """Which set of rules holds: those of the two flows of ordinary invoices, or those of simplified invoices."""

    PA = "pa"
    PRIVATE = "private"
    SIMPLIFIED = "simplified"

    __hash__ = object.__hash__  # members are unique, and plans are looked up by them for every document


class Decided(Enum):
    """What is needed to decide a check."""

    DOCUMENT = "document"
    ARGUMENT = "argument"
    SDI = "sdi"
    NEVER = "never"


class ReportedBy(Enum):
    """Which part of this package reports a code; ``SDI`` and ``NEVER`` stand for none."""

    RULE = "rule"
    READER = "reader"
    ENVELOPE = "envelope"
    SDI = "sdi"
    NEVER = "never"


@frozen(kw_only=True)
class SdiCode:
    """One code of SDI.

    Attributes:
        code: five digits, ``00421``.
        stage: of SDI's work: file name, size, signature, format, content, recipient, registry, uniqueness ...
        decided: from the document, from an argument beside it, only by SDI, or never.
        reported_by: the part of this package that reports it.
        needs: what it takes besides the document: arguments of ``check``, or the file as signed or zipped.
        regimes: the flows and the format it applies to.
        elements: numbers of the elements concerned, in the tables of the ordinary invoice.
        elements_simplified: the same in those of the simplified invoice.
        validity: since when and until when SDI applies it, with specification and page.
        italian: what is wrong, in Italian and in our own words.
        english: the same in English.
        hint: what to do about it; ``{expected}`` and ``{actual}`` are filled in.
        left: what remains for SDI or for the envelope even when nothing is reported; empty where nothing remains.
        note: how the texts are read where they differ.
    """

    code: str
    stage: str
    decided: Decided
    reported_by: ReportedBy
    needs: tuple[str, ...]
    regimes: frozenset[Regime]
    elements: tuple[str, ...]
    elements_simplified: tuple[str, ...]
    validity: Row[str]
    italian: str
    english: str
    hint: str
    left: str
    note: str

    def applies(self, regime: Regime, on: dt.date | None = None) -> bool:
        """Whether SDI makes the check in that regime on that day; without a day, after every known change."""
        return regime in self.regimes and (self.validity.valid_to is None if on is None else self.validity.covers(on))

    @property
    def official(self) -> str:
        """The specifications and pages that name it."""
        return self.validity.basis.act


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _row(fields: Mapping[str, str]) -> SdiCode:
    validity = Row(
        value=fields["code"],
        valid_from=_day(fields["valid_from"]),
        valid_to=_day(fields["valid_to"]),
        basis=Basis(act=fields["act"], source=_SOURCE, certainty=Certainty[fields["certainty"]]),
    )
    return SdiCode(
        code=fields["code"],
        stage=fields["stage"],
        decided=Decided(fields["decided"]),
        reported_by=ReportedBy(fields["reported_by"]),
        needs=tuple(fields["needs"].split()),
        regimes=frozenset(map(Regime, fields["flows"].split())),
        elements=tuple(fields["elements"].split()),
        elements_simplified=tuple(fields["elements_simplified"].split()),
        validity=validity,
        italian=fields["it"],
        english=fields["en"],
        hint=fields["hint"],
        left=fields["left"],
        note=fields["note"],
    )


@frozen(kw_only=True)
class AdviceCode:
    """One piece of advice beyond what SDI checks.

    Attributes:
        code: its name, ``iban``; findings carry it as ``advice:iban``.
        severity: a warning, or an information where a text may well be right.
        elements: numbers of the elements concerned, in the tables of the ordinary invoice.
        elements_simplified: the same in those of the simplified invoice; empty where it is not given there.
        italian: what is odd, in Italian.
        english: the same in English.
        hint: what to do about it; ``{expected}`` and ``{actual}`` are filled in.
        act: what it rests on.
    """

    code: str
    severity: Severity
    elements: tuple[str, ...]
    elements_simplified: tuple[str, ...]
    italian: str
    english: str
    hint: str
    act: str


def _table(name: str) -> Iterator[dict[str, str]]:
    text = resources.files("gse_billing.fatturapa").joinpath(f"data/{name}").read_text(encoding="utf-8")
    return iter(csv.DictReader(text.splitlines()))


@cache
def advice_codes() -> Mapping[str, AdviceCode]:
    """Every piece of advice, in the order of the names."""
    return MappingProxyType({fields["code"]: _advice(fields) for fields in _table("advice_codes.csv")})


def _advice(fields: Mapping[str, str]) -> AdviceCode:
    return AdviceCode(
        code=fields["code"],
        severity=Severity(fields["severity"]),
        elements=tuple(fields["elements"].split()),
        elements_simplified=tuple(fields["elements_simplified"].split()),
        italian=fields["it"],
        english=fields["en"],
        hint=fields["hint"],
        act=fields["act"],
    )


@cache
def sdi_codes() -> Mapping[str, SdiCode]:
    """Every code, in order: those of invoices, and with ``Decided.NEVER`` those withdrawn or of other files."""
    return MappingProxyType({fields["code"]: _row(fields) for fields in _table("sdi_codes.csv")})


def sdi_code(code: str) -> SdiCode:
    """One code, with or without the prefix ``sdi:`` that findings carry.

    Raises:
        InvalidIdentifierError: no official text knows such a code.

    >>> sdi_code("sdi:00425").english
    'the number {actual} holds no digit'
    """
    known = sdi_codes().get(require_text(code, kind="code of SDI").removeprefix("sdi:"))
    if known is None:
        raise InvalidIdentifierError(
            f"{code!r} is no code of SDI",
            value=code,
            kind="code of SDI",
            why="no official text names it, and lists on the web hold invented ones",
            remedy="codes have five digits, as 00421",
        )
    return known


def sdi_codes_html() -> str:
    """The whole catalogue as an HTML table, for a notebook."""
    rows = [
        (each.code, each.stage, each.english, each.decided.value, each.validity.validity, each.official)
        for each in sdi_codes().values()
    ]
    return table(("code", "stage", "what", "decided from", "in force", "source"), rows, caption="codes of SDI")
