"""Where a flaw stands, and the finding that says so."""

from __future__ import annotations

from functools import cache, cached_property

from attrs import frozen

from gse_billing.core.findings import Finding, Severity
from gse_billing.fatturapa.wire.flaws import Flaw
from gse_billing.fatturapa.wire.schema import Schema
from gse_billing.fatturapa.wire.shapes import AttributeField, ElementField, OpaqueField
from gse_billing.fatturapa.wire.wording import WORDINGS

__all__ = ["Place"]


@frozen(eq=False)
class Place:
    """An element or an attribute of a document, known by its way from the root.

    Attributes:
        schema: to which the document belongs.
        parent: the element above, ``None`` for the root.
        tag: the local name.
        step: the last step of the path: ``Natura``, ``DettaglioLinee[2]``, ``@versione``.
        position: the last part of the element number, 0 when the tables give it none.
    """

    schema: Schema
    parent: Place | None
    tag: str
    step: str
    position: int = 0

    @classmethod
    def root(cls, schema: Schema, tag: str) -> Place:
        """The root element."""
        return cls(schema, None, tag, tag)

    @cached_property
    def path(self) -> str:
        """XPath-like, with 1-based indices where an element may be repeated; empty for the file as a whole."""
        return f"{self.parent.path if self.parent else ''}/{self.step}" if self.step else ""

    @cached_property
    def number(self) -> str:
        """The element number of the tables (``2.2.2.6``), or empty.

        The tables number the elements by their position among all those that may stand beside them.
        """
        if not self.parent or not self.position or not self.schema.numbered:
            return ""
        above = self.parent.number
        return f"{above}.{self.position}" if above else str(self.position)

    def child(self, field: ElementField | OpaqueField, index: int = 0) -> Place:
        """An element below: the ``index``-th (from 0) of its name."""
        counted = index or (isinstance(field, ElementField) and field.many)
        step = f"{field.tag}[{index + 1}]" if counted else field.tag
        return Place(self.schema, self, field.tag, step, field.position)

    def attribute(self, field: AttributeField) -> Place:
        """An attribute of the element."""
        return Place(self.schema, self, field.tag, f"@{field.tag}")

    def stranger(self, tag: str, index: int) -> Place:
        """An element below that the schema does not know here: the ``index``-th (from 0) of its name."""
        return Place(self.schema, self, tag, f"{tag}[{index + 1}]" if index else tag)

    def missing(self, *, line: int | None = None, tolerated: bool = False) -> Finding:
        """The finding that something required is not there: a warning where the standard's own files lack it."""
        return self.finding(Flaw("missing"), line=line, severity=Severity.WARNING if tolerated else Severity.ERROR)

    def finding(self, flaw: Flaw, *, line: int | None = None, severity: Severity = Severity.ERROR) -> Finding:
        """The finding that says a flaw of this place."""
        wording = WORDINGS[flaw.kind]
        facts = {"tag": self.tag, "expected": flaw.expected, "actual": flaw.actual, "at": flaw.at}
        at = "" if flaw.at is None else str(flaw.at)
        parameters = {"kind": flaw.kind, "expected": flaw.expected, "actual": flaw.actual, "at": at}
        return Finding(
            code=self.schema.code,
            message_it=wording.it.format_map(facts),
            message_en=wording.en.format_map(facts),
            severity=severity,
            path=self.path,
            element=self.number,
            line=line,
            hint=_hint(flaw.kind, flaw.expected),
            parameters={name: value for name, value in parameters.items() if value},
        )


@cache
def _hint(kind: str, expected: str) -> str:
    """What to do about a flaw: one text for all of its kind, however many there are."""
    return WORDINGS[kind].hint.format(expected=expected)
