"""Bytes to a document of a declared schema, with a report."""

from __future__ import annotations

from functools import cache
from typing import Any

from attrs import field, frozen
from lxml import etree

from gse_billing.core.errors import InvalidDocumentError
from gse_billing.core.findings import Finding, Report, Severity
from gse_billing.fatturapa.wire.decoding import DefectiveError, decoded
from gse_billing.fatturapa.wire.explaining import MOST_FINDINGS, TooManyFindingsError, explained
from gse_billing.fatturapa.wire.flaws import Flaw
from gse_billing.fatturapa.wire.limits import LARGEST
from gse_billing.fatturapa.wire.parsing import Decodable, Unreadable, decodable, line_of, parsed
from gse_billing.fatturapa.wire.places import Place
from gse_billing.fatturapa.wire.records import Record
from gse_billing.fatturapa.wire.schema import Schema
from gse_billing.fatturapa.wire.simple import shown

__all__ = ["Reading", "read_as"]

_NOTHING = Report()


@frozen(kw_only=True)
class Reading:
    """What came out of some bytes.

    Attributes:
        document: the root record, ``None`` when there is an error.
        schema: to which the root belongs, ``None`` when it belongs to none of those asked for.
        report: every finding, in the order of the lines.
    """

    document: Any
    schema: Schema | None = field(repr=False)
    report: Report

    def strict(self) -> Any:  # noqa: ANN401 - the class depends on the schema
        """The document.

        Raises:
            InvalidDocumentError: there is none; the report says why.
        """
        if self.document is None:
            raise InvalidDocumentError(self.report)
        return self.document


def read_as(data: bytes, *schemas: Schema, limit: int = LARGEST) -> Reading:
    """Read a document of one of the schemas; whatever the bytes hold, the answer is a report and never an exception.

    Args:
        data: the file: UTF-8, UTF-16, ISO-8859-1 or windows-1252, as its declaration says, with or without mark.
        schemas: those whose roots are looked for; the namespace and the name of the root decide.
        limit: the greatest number of bytes.
    """
    unlooked = Decodable(data, blanks=True, attributes=True)
    plain = decodable(data, _foreign_tags(schemas)) if len(data) <= limit else unlooked
    tree = parsed(plain.data, limit=limit, blanks=plain.blanks)
    if isinstance(tree, Unreadable):
        return _unread(Place.root(schemas[0], "").finding(tree.flaw, line=tree.line))
    namespace, _, tag = str(tree.tag).rpartition("}")
    for schema in schemas:
        if namespace[1:] == schema.namespace and tag in schema.roots:
            return _read(tree, tag, schema, plain)
    expected = ", ".join(f"{{{schema.namespace}}}{tag}" for schema in schemas for tag in schema.roots)
    flaw = Flaw("root", expected, shown(str(tree.tag)))
    return _unread(Place.root(schemas[0], tag).finding(flaw, line=line_of(tree)))


@cache
def _foreign_tags(schemas: tuple[Schema, ...]) -> tuple[bytes, ...]:
    return tuple({foreign.tag.encode() for schema in schemas for foreign in schema.foreigners})


def _unread(finding: Finding) -> Reading:
    return Reading(document=None, schema=None, report=Report([finding]))


def _read(tree: etree._Element, tag: str, schema: Schema, plain: Decodable) -> Reading:
    cls = schema.roots[tag]
    findings = _misspelt(tree, tag, schema)
    try:
        document: Record | None = decoded(tree, cls, schema, plain)
    except DefectiveError:
        document = _explained(tree, cls, Place.root(schema, tag), findings)
    return Reading(document=document, schema=schema, report=Report(findings) if findings else _NOTHING)


def _explained(tree: etree._Element, cls: type[Any], place: Place, findings: list[Finding]) -> Record | None:
    document, last = None, []
    try:
        document = explained(tree, cls, place, findings)
    except TooManyFindingsError:
        last = [place.finding(Flaw("too-many-findings", str(MOST_FINDINGS)), line=line_of(tree))]
    findings.sort(key=lambda finding: (finding.line is None, finding.line or 0))
    findings += last
    return document


def _misspelt(tree: etree._Element, tag: str, schema: Schema) -> list[Finding]:
    """A warning for each namespace that the root declares and that was meant to be another."""
    declared = tree.nsmap.values()
    return [
        Place.root(schema, tag).finding(
            Flaw("misspelt-namespace", foreign.namespace, namespace), line=line_of(tree), severity=Severity.WARNING
        )
        for foreign in schema.foreigners
        for namespace in foreign.misspelt
        if namespace in declared
    ]
