"""Bytes to a document of a declared schema, with a report."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any

from attrs import evolve, field, frozen
from lxml import etree

from gse_billing.core.errors import InvalidDocumentError
from gse_billing.core.findings import Finding, Report, Severity
from gse_billing.fatturapa.wire.decoding import DefectiveError, decoded
from gse_billing.fatturapa.wire.explaining import MOST_FINDINGS, TooManyFindingsError, explained
from gse_billing.fatturapa.wire.flaws import Flaw
from gse_billing.fatturapa.wire.limits import LARGEST
from gse_billing.fatturapa.wire.locating import lines_in
from gse_billing.fatturapa.wire.parsing import Unreadable, line_of, parsed
from gse_billing.fatturapa.wire.places import Place
from gse_billing.fatturapa.wire.records import Record
from gse_billing.fatturapa.wire.schema import Schema
from gse_billing.fatturapa.wire.simple import shown
from gse_billing.fatturapa.wire.tokens import Tokens, cut

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
    tokens = cut(data, _foreign_tags(schemas)) if len(data) <= min(limit, LARGEST) else None
    reading = _short_reading(tokens, schemas)
    if reading is not None:
        return reading
    tree = parsed(data, limit=limit)
    if isinstance(tree, Unreadable):
        return _unread(Place.root(schemas[0], "").finding(tree.flaw, line=tree.line))
    if tokens is None:  # it has comments or sections, or is encoded otherwise: once more, as the parser writes it
        reading = _short_reading(_cut_anew(tree, schemas), schemas)
    return reading or _long_reading(tree, data, schemas)


@cache
def _foreign_tags(schemas: tuple[Schema, ...]) -> tuple[str, ...]:
    return tuple({foreign.tag for schema in schemas for foreign in schema.foreigners})


def _cut_anew(tree: etree._Element, schemas: tuple[Schema, ...]) -> Tokens | None:
    """The tokens of what the parser writes; the root stays on the line where it was."""
    tokens = cut(etree.tostring(tree, encoding="UTF-8"), _foreign_tags(schemas))
    if tokens is not None:
        tokens.head = evolve(tokens.head, line=line_of(tree))
    return tokens


def _short_reading(tokens: Tokens | None, schemas: tuple[Schema, ...]) -> Reading | None:
    """The document by the compiled decoders, or ``None`` when there is something to explain."""
    if tokens is None:
        return None
    tag, schema = _root_in(tokens.head.tag, schemas)
    if schema is None:
        return None
    try:
        document = decoded(tokens, schema.roots[tag], schema)
    except DefectiveError:
        return None
    head = tokens.head  # one namespace is the right one
    findings = _misspelt(head.namespaces, head.line, Place.root(schema, tag)) if len(head.namespaces) > 1 else []
    return Reading(document=document, schema=schema, report=Report(findings) if findings else _NOTHING)


def _long_reading(tree: etree._Element, data: bytes, schemas: tuple[Schema, ...]) -> Reading:
    """The document by the explaining reader."""
    tag, schema = _root_in(str(tree.tag), schemas)
    if schema is None:
        expected = ", ".join(f"{{{schema.namespace}}}{tag}" for schema in schemas for tag in schema.roots)
        flaw = Flaw("root", expected, shown(str(tree.tag)))
        return _unread(Place.root(schemas[0], tag).finding(flaw, line=line_of(tree)))
    place = Place.root(schema, tag)
    findings = _misspelt(tree.nsmap.values(), line_of(tree), place)
    document = _explained(tree, data, schema.roots[tag], place, findings)
    return Reading(document=document, schema=schema, report=Report(findings) if findings else _NOTHING)


def _root_in(root: str, schemas: tuple[Schema, ...]) -> tuple[str, Schema | None]:
    """The local name of a root, and the schema that has it."""
    namespace, _, tag = root.rpartition("}")
    for schema in schemas:
        if namespace[1:] == schema.namespace and tag in schema.roots:
            return tag, schema
    return tag, None


def _unread(finding: Finding) -> Reading:
    return Reading(document=None, schema=None, report=Report([finding]))


def _explained(
    tree: etree._Element, data: bytes, cls: type[Any], place: Place, findings: list[Finding]
) -> Record | None:
    document, last = None, []
    try:
        document = explained(tree, cls, place, findings)
    except TooManyFindingsError:
        last = [place.finding(Flaw("too-many-findings", str(MOST_FINDINGS)), line=line_of(tree))]
    late = {finding.path for finding in findings if finding.line is None}
    if late:
        lines = lines_in(tree, data, late)
        findings[:] = [evolve(each, line=lines[each.path]) if each.line is None else each for each in findings]
    findings.sort(key=lambda finding: (finding.line is None, finding.line or 0))
    findings += last
    return document


def _misspelt(namespaces: Collection[str], line: int | None, place: Place) -> list[Finding]:
    """A warning for each namespace that the root declares and that was meant to be another."""
    return [
        place.finding(Flaw("misspelt-namespace", foreign.namespace, namespace), line=line, severity=Severity.WARNING)
        for foreign in place.schema.foreigners
        for namespace in foreign.misspelt
        if namespace in namespaces
    ]
