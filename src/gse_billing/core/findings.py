"""Findings and reports: what is wrong with a document or a file, as values.

A defect of what was given is a :class:`Finding`; a defect of the call is an exception (``core.errors``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any

from attrs import field, frozen

from gse_billing.core.html import table

__all__ = ["Finding", "Report", "Severity", "Skipped"]

_NO_PARAMETERS: Mapping[str, str] = MappingProxyType({})


class Severity(Enum):
    """How much a finding weighs: only an ``ERROR`` makes a report fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


def _parameters(given: Mapping[str, str]) -> Mapping[str, str]:
    return dict(given)


@frozen(kw_only=True)
class Finding:
    """One defect, with everything a person needs to mend it.

    Attributes:
        code: family and code, ``sdi:00421``, ``portfolio:missing-field``.
        message_it: what is wrong, in Italian.
        message_en: the same in English.
        severity: only errors make a report fail.
        path: where, XPath-like and 1-based, or the dotted key of a file of the user.
        element: the element number of the FatturaPA tables (``2.2.2.6``), or empty.
        line: line of the source, or ``None`` when it was not read from bytes.
        hint: what to do about it.
        parameters: named facts, mostly ``expected`` and ``actual``, as text.
    """

    code: str
    message_it: str
    message_en: str
    severity: Severity = Severity.ERROR
    path: str = ""
    element: str = ""
    line: int | None = None
    hint: str = ""
    parameters: Mapping[str, str] = field(default=_NO_PARAMETERS, converter=_parameters, hash=False, repr=False)

    @property
    def summary(self) -> str:
        """Code, place and English message on one line."""
        line = f"line {self.line}" if self.line is not None else ""
        place = ", ".join(part for part in (self.path, line) if part)
        return f"{self.code} at {place}: {self.message_en}" if place else f"{self.code}: {self.message_en}"

    def to_dict(self) -> dict[str, Any]:
        """The finding as JSON-ready values; empty fields are left out."""
        fields: dict[str, Any] = {
            "code": self.code,
            "severity": self.severity.value,
            "path": self.path,
            "element": self.element,
            "line": self.line,
            "message": {"it": self.message_it, "en": self.message_en},
            "hint": self.hint,
            "parameters": dict(self.parameters),
        }
        return {name: value for name, value in fields.items() if value not in ("", None, {})}

    def __str__(self) -> str:
        return f"{self.summary} ({self.hint})" if self.hint else self.summary


@frozen
class Skipped:
    """A check that was not made: its code and why. It never counts as passed."""

    code: str
    reason: str


def _findings(given: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(given)


def _skips(given: Iterable[Skipped]) -> tuple[Skipped, ...]:
    return tuple(given)


@frozen
class Report:
    """The findings of one check, in order, and what was not checked.

    Iterating gives the findings; ``bool(report)`` is refused on purpose: ask :attr:`ok`.
    """

    findings: tuple[Finding, ...] = field(default=(), converter=_findings)
    skipped: tuple[Skipped, ...] = field(default=(), converter=_skips)

    @property
    def ok(self) -> bool:
        """Whether no finding is an error."""
        return not self.errors

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings of severity error."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes found, each once, in the order of their first finding."""
        return tuple(dict.fromkeys(finding.code for finding in self.findings))

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def __bool__(self) -> bool:
        raise TypeError("a report is neither true nor false: ask report.ok or len(report)")

    def __add__(self, other: Report) -> Report:
        return Report(self.findings + other.findings, self.skipped + other.skipped)

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON-ready values."""
        reasons: dict[str, list[str]] = {}
        for skip in dict.fromkeys(self.skipped):  # one check may be skipped in many places, for many reasons
            reasons.setdefault(skip.code, []).append(skip.reason)
        return {
            "ok": self.ok,
            "findings": [finding.to_dict() for finding in self.findings],
            "skipped": {code: "; ".join(each) for code, each in reasons.items()},
        }

    def to_json(self, *, indent: int | None = None) -> str:
        """The report as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    def __str__(self) -> str:
        lines = [f"{finding.severity.value:7} {finding}" for finding in self.findings] or ["no findings"]
        lines += [f"skipped {skip.code}: {skip.reason}" for skip in self.skipped]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        rows = [
            (found.severity.value, found.code, found.path, found.line or "", found.message_en, found.hint)
            for found in self.findings
        ]
        rows += [("skipped", skip.code, "", "", skip.reason, "") for skip in self.skipped]
        return table(("severity", "code", "where", "line", "what", "hint"), rows, caption="ok" if self.ok else "errors")
