"""One document of the conformance folder, and what the check of it has to say."""

from __future__ import annotations

from typing import Any, Literal

from attrs import field, frozen

from gse_billing.core.findings import Report, Severity
from gse_billing.fatturapa.writing import write

__all__ = ["Case", "doubtful", "fails", "passes", "told"]


@frozen(kw_only=True)
class Case:
    """One document and the exact answer.

    Attributes:
        code: of SDI, whose folder the document stands in.
        verdict: whether the document has the defect.
        name: of the case.
        document: the invoice, or the bytes of a file that is none.
        codes: every code that is reported; ``sdi:`` is left out, and a warning of SDI's codes has ``?`` behind it.
        arguments: of ``check``.
        stored: whether the document stands as a file; those of megabytes do not.
    """

    code: str
    verdict: Literal["pass", "fail"]
    name: str
    document: Any
    codes: tuple[str, ...]
    arguments: dict[str, Any] = field(factory=dict)
    stored: bool = True

    @property
    def path(self) -> str:
        return f"{self.code}/{self.verdict}/{self.name}.xml"

    @property
    def built(self) -> bool:
        """Whether the document is a value and not only a file."""
        return not isinstance(self.document, bytes)

    @property
    def data(self) -> bytes:
        """The file."""
        return write(self.document) if self.built else self.document

    def __str__(self) -> str:
        return self.path.removesuffix(".xml")


def fails(code: str, name: str, document: Any, *others: str, stored: bool = True, **arguments: Any) -> Case:
    """A document with the defect, and perhaps with others that cannot but go with it."""
    codes = tuple(sorted({code, *others}))
    return Case(
        code=code, verdict="fail", name=name, document=document, codes=codes, arguments=arguments, stored=stored
    )


def doubtful(code: str, name: str, document: Any, **arguments: Any) -> Case:
    """A document on which the official texts disagree: a warning."""
    return Case(code=code, verdict="fail", name=name, document=document, codes=(f"{code}?",), arguments=arguments)


def passes(code: str, name: str, document: Any, *others: str, stored: bool = True, **arguments: Any) -> Case:
    """A document without the defect, and perhaps with others."""
    codes = tuple(sorted(others))
    return Case(
        code=code, verdict="pass", name=name, document=document, codes=codes, arguments=arguments, stored=stored
    )


def told(report: Report) -> tuple[str, ...]:
    """The codes of a report as the cases write them."""
    found = {
        each.code.removeprefix("sdi:") + ("?" if each.severity is Severity.WARNING and "sdi:" in each.code else "")
        for each in report
    }
    return tuple(sorted(found))
