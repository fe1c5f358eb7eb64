"""The explaining reader: a tree to a record, with every defect, its line and its place.

It is generic and walks the declarations; it goes on after an error and repairs nothing. Whatever is legal but not
spelled as the writer would spell it is kept beside the values.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from attrs import Factory, define
from lxml import etree

from gse_billing.core.findings import Finding
from gse_billing.fatturapa.wire.checking import cardinality_flaw, choice_flaw, is_plain, missing_in_branch
from gse_billing.fatturapa.wire.flaws import Flaw
from gse_billing.fatturapa.wire.foreign import opaque_from
from gse_billing.fatturapa.wire.instance import XSI, instance_spelling
from gse_billing.fatturapa.wire.leaves import leaf_value
from gse_billing.fatturapa.wire.parsing import line_of
from gse_billing.fatturapa.wire.places import Place
from gse_billing.fatturapa.wire.records import CHECKED, PLAIN, Record, Spelling
from gse_billing.fatturapa.wire.shapes import AttributeField, ElementField, OpaqueField, Shape, shape_of
from gse_billing.fatturapa.wire.simple import shown

__all__ = ["MOST_FINDINGS", "TooManyFindingsError", "explained", "explained_attributes"]

MOST_FINDINGS = 100_000
"""More than any honest file has; a hostile one could fill the memory with them."""

_BLANKS = " \t\n\r"
_Field = ElementField | OpaqueField


class TooManyFindingsError(Exception):
    """The walk ends here; the reader catches it, and nothing else sees it."""


def explained(
    element: etree._Element, cls: type[Any], place: Place, findings: list[Finding], *, most: int = MOST_FINDINGS
) -> Record | None:
    """The record that a root element is, or ``None`` when it has an error.

    Args:
        element: the root of the tree.
        cls: its declared class.
        place: the place of the root.
        findings: gets every defect, in the order in which they are met.
        most: how many findings there may be.

    Raises:
        TooManyFindingsError: there is one more.
    """
    walk = _Walk(element, shape_of(cls), place, findings, most)
    walk.instance(element, shape_of(cls).name, place, ("", 0))
    return walk.record(cls)


def explained_attributes(
    element: etree._Element, cls: type[Any], place: Place
) -> tuple[dict[str, Any], dict[tuple[str, int], Spelling]]:
    """The values of the attributes of an element and their odd spellings.

    Raises:
        TooManyFindingsError: there is a defect.
    """
    walk = _Walk(element, shape_of(cls), place, [], 0)
    walk.instance(element, shape_of(cls).name, place, ("", 0))
    walk.attributes()
    return walk.values, walk.spelled


@define(eq=False)
class _Walk:
    """The work on one element that holds a record."""

    element: etree._Element
    shape: Shape
    place: Place
    findings: list[Finding]
    most: int
    values: dict[str, Any] = Factory(dict)
    spelled: dict[tuple[str, int], Spelling] = Factory(dict)
    counts: Counter[str] = Factory(Counter)
    surplus: dict[str, etree._Element] = Factory(dict)
    stray: bool = False
    failed: bool = False
    sound: bool = True

    def record(self, cls: type[Any]) -> Record | None:
        """The record, once everything about the element was looked at."""
        self.attributes()
        self.children()
        self.cardinalities()
        if self.failed:
            return None
        for field in self.shape.elements:
            if isinstance(field, ElementField) and field.many and field.name in self.values:
                self.values[field.name] = tuple(self.values[field.name])
        record: Record = cls(**self.values, _spelled=self.spelled or None)
        if self.sound:
            object.__setattr__(record, "_mark", PLAIN if is_plain(record) else CHECKED)
        return record

    def add(self, finding: Finding) -> None:
        """Note a defect of the element or of one below."""
        if len(self.findings) >= self.most:
            raise TooManyFindingsError
        self.findings.append(finding)
        self.sound = False
        self.failed = self.failed or finding.severity.value == "error"

    def flaw(self, flaw: Flaw, place: Place, element: etree._Element) -> None:
        """Note an error with the line of its element."""
        self.add(place.finding(flaw, line=line_of(element)))

    # attributes

    def attributes(self) -> None:
        """Read the declared attributes and name all others."""
        for field in self.shape.attributes:
            self.attribute(field, self.element.get(field.tag))
        declared = {field.tag for field in self.shape.attributes}
        # the names alone: lxml looks for each value from the first attribute on, which is quadratic
        for name in map(str, self.element.keys()):
            if name not in declared and not name.startswith(f"{{{XSI}}}"):
                self.flaw(Flaw("unknown-attribute", "", name), self.place, self.element)

    def attribute(self, field: AttributeField, text: str | None) -> None:
        """Read one declared attribute."""
        place = self.place.attribute(field)
        if text is None:
            self.values[field.name] = None
            if field.required:
                self.add(place.missing(line=line_of(self.element), tolerated=field.tolerated))
            return
        value = leaf_value(field, text)
        if isinstance(value, Flaw):
            self.flaw(value, place, self.element)
        elif field.fixed not in (None, field.kind.spell(value)):
            self.flaw(Flaw("fixed", str(field.fixed), shown(text)), place, self.element)
        else:
            self.keep(field, 0, value, text)

    # elements

    def children(self) -> None:
        """Read the elements in the order in which they stand, and name those that have no place here."""
        self.text(self.element.text)
        current = 0
        strangers: Counter[str] = Counter()
        for child in self.element:
            tag = str(child.tag)
            index, field = self.shape.by_tag.get(tag, (0, None))
            if field is None:
                self.stranger(child, tag, strangers[tag])
                strangers[tag] += 1
            else:
                if index < current:
                    ahead = Flaw("misplaced", self.shape.elements[current].tag)
                    self.flaw(ahead, self.place.child(field, self.counts[field.name]), child)
                current = max(current, index)
                self.child(child, field)
            self.text(child.tail)

    def text(self, text: str | None) -> None:
        """Name the first text that stands between elements."""
        if text and not self.stray and text.strip(_BLANKS):
            self.stray = True
            self.flaw(Flaw("stray-text", "", shown(text.strip(_BLANKS))), self.place, self.element)

    def stranger(self, child: etree._Element, tag: str, index: int) -> None:
        """Name an element that the schema does not know here."""
        namespace, _, local = tag.rpartition("}")
        place = self.place.stranger(local, index)
        if namespace and local in self.shape.tags.split(", "):
            self.flaw(Flaw("namespace", "''", shown(namespace.removeprefix("{"))), place, child)
        else:
            self.flaw(Flaw("unknown-element", self.shape.tags), place, child)

    def child(self, child: etree._Element, field: _Field) -> None:
        """Read an element that the schema knows."""
        index = self.counts[field.name]
        self.counts[field.name] += 1
        if index == field.maximum:
            self.surplus[field.name] = child
        if isinstance(field, OpaqueField):
            self.values[field.name] = opaque_from(child, self.place.schema)
        elif field.record is None:
            self.leaf(child, field, index)
        else:
            self.below(child, field, field.record, index)

    def below(self, child: etree._Element, field: ElementField, cls: type[Any], index: int) -> None:
        """Read an element that holds a record."""
        place = self.place.child(field, index)
        shape = shape_of(cls)
        self.instance(child, shape.name, place, (field.name, index))
        record = _Walk(child, shape, place, self.findings, self.most).record(cls)
        if record is None:
            self.failed = True
        else:
            self.sound = self.sound and bool(record._mark)
            self.store(field, record)

    def leaf(self, child: etree._Element, field: ElementField, index: int) -> None:
        """Read an element that holds a value."""
        if len(child):
            inside = Flaw("element-in-leaf", "", str(child[0].tag))
            self.flaw(inside, self.place.child(field, index), child)
            return
        if child.attrib:
            self.leaf_attributes(child, field, index)
        text = str(child.text or "")
        value = leaf_value(field, text)
        if isinstance(value, Flaw):
            self.flaw(value, self.place.child(field, index), child)
        else:
            self.keep(field, index, value, text)

    def leaf_attributes(self, child: etree._Element, field: ElementField, index: int) -> None:
        """Read the attributes of a leaf: only those of XML Schema instance are legal."""
        place = self.place.child(field, index)
        self.instance(child, field.type_name, place, (field.name, index))
        for name in child.keys():  # noqa: SIM118 - an element iterates over its children
            if not str(name).startswith(f"{{{XSI}}}"):
                self.flaw(Flaw("unknown-attribute", "", str(name)), place, child)

    def instance(self, element: etree._Element, type_name: str, place: Place, key: tuple[str, int]) -> None:
        """Keep the instance attributes of an element, or name what is wrong with them."""
        found = instance_spelling(element, type_name, place.schema) if element.attrib else None
        if isinstance(found, Flaw):
            self.flaw(found, place, element)
        elif found:
            self.spelled[key] = found

    # values

    def keep(self, field: ElementField | AttributeField, index: int, value: object, text: str) -> None:
        """Keep a value, and its text where the writer would write another."""
        if text != field.kind.spell(value):  # type: ignore[union-attr]
            attributes = self.spelled.get((field.name, index), Spelling()).attributes
            self.spelled[field.name, index] = Spelling(text, attributes)
        if isinstance(field, ElementField):
            self.store(field, value)
        else:
            self.values[field.name] = value

    def store(self, field: ElementField, value: object) -> None:
        """Keep the value of an element."""
        if field.many:
            self.values.setdefault(field.name, []).append(value)
        else:
            self.values[field.name] = value

    # numbers

    def cardinalities(self) -> None:
        """Name what is missing and what stands too often."""
        given = [field.name for field in self.shape.elements if field.branch is not None and self.counts[field.name]]
        flaw = choice_flaw(self.shape, given)
        if flaw:
            self.flaw(flaw, self.place, self.element)
        absent = [] if flaw or not given else [field.name for field in missing_in_branch(self.shape, given)]
        for field in self.shape.elements:
            if field.branch is None or field.name in absent or field.name in self.surplus:
                self.cardinality(field)

    def cardinality(self, field: _Field) -> None:
        """Name an element that is missing or stands too often."""
        flaw = cardinality_flaw(self.counts[field.name], field)
        if flaw is None:
            return
        if field.name in self.surplus:
            extra = self.surplus[field.name]
            self.flaw(flaw, self.place.child(field, field.maximum or 0), extra)
        else:
            tolerated = isinstance(field, OpaqueField) and field.tolerated
            self.add(self.place.child(field).missing(line=line_of(self.element), tolerated=tolerated))
