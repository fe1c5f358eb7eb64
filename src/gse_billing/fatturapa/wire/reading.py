"""Bytes to a document of a declared schema, with a report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import field, frozen
from lxml import etree

from gse_billing.core.errors import InvalidDocumentError
from gse_billing.core.findings import Finding, Report, Severity
from gse_billing.fatturapa.wire.explaining import explained
from gse_billing.fatturapa.wire.flaws import Flaw
from gse_billing.fatturapa.wire.parsing import LARGEST, Unreadable, line_of, parsed
from gse_billing.fatturapa.wire.places import Place
from gse_billing.fatturapa.wire.schema import Schema
from gse_billing.fatturapa.wire.simple import shown

__all__ = ["Reading", "read_as"]


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
    tree = parsed(data, limit=limit)
    if isinstance(tree, Unreadable):
        return _unread(Place.root(schemas[0], "").finding(tree.flaw, line=tree.line))
    name = etree.QName(tree)
    for schema in schemas:
        if name.namespace == schema.namespace and name.localname in schema.roots:
            return _read(tree, schema)
    expected = ", ".join(f"{{{schema.namespace}}}{tag}" for schema in schemas for tag in schema.roots)
    flaw = Flaw("root", expected, shown(name.text))
    return _unread(Place.root(schemas[0], name.localname).finding(flaw, line=line_of(tree)))


def _unread(finding: Finding) -> Reading:
    return Reading(document=None, schema=None, report=Report([finding]))


def _read(tree: etree._Element, schema: Schema) -> Reading:
    tag = etree.QName(tree).localname
    place = Place.root(schema, tag)
    findings = list(_misspelt(tree, place))
    document = explained(tree, schema.roots[tag], place, findings)
    findings.sort(key=lambda finding: (finding.line is None, finding.line or 0))
    return Reading(document=document, schema=schema, report=Report(findings))


def _misspelt(tree: etree._Element, place: Place) -> Iterator[Finding]:
    declared = set(tree.nsmap.values())
    for foreign in place.schema.foreigners:
        for namespace in declared.intersection(foreign.misspelt):
            flaw = Flaw("misspelt-namespace", foreign.namespace, namespace)
            yield place.finding(flaw, line=line_of(tree), severity=Severity.WARNING)
