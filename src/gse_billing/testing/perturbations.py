"""Files that break one rule of the schema each, made from legal documents and from the declarations.

Whoever reads documents can be tried with them: each says which rule it breaks, where, and the finding that is due.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal
from xml.etree import ElementTree as ET

from attrs import frozen

from gse_billing import fatturapa
from gse_billing.fatturapa.model import Document
from gse_billing.fatturapa.wire.places import Place
from gse_billing.fatturapa.wire.shapes import AttributeField, ElementField, OpaqueField, Shape, shape_of
from gse_billing.fatturapa.writing import schema_of
from gse_billing.testing import _edits as edits
from gse_billing.testing._edits import Edit
from gse_billing.testing._faulty_texts import faulty_texts

__all__ = ["FAMILIES", "Change", "Family", "Perturbation", "changes", "perturbations"]

Family = Literal["attributes", "cardinality", "names", "order", "text", "values"]
"""The name of a family of rules."""
FAMILIES: Sequence[Family] = ("attributes", "cardinality", "names", "order", "text", "values")
"""What a rule may be about, in order."""

_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_STRAY = ("x", "0", "\u00a0", " . ")
_STRANGERS = ("Zap", "{urn:zap}Zap", "dettagliolinee")
_STRANGE_ATTRIBUTES = (
    ("unknown-attribute", "zap", "1"),
    ("unknown-attribute", f"{_XML}lang", "it"),
    ("unknown-attribute", f"{_XSI}zap", "1"),
    ("nil", f"{_XSI}nil", "true"),
    ("nil", f"{_XSI}nil", "false"),
    ("type", f"{_XSI}type", "zap"),
)

_Field = ElementField | OpaqueField


@frozen(kw_only=True)
class Perturbation:
    """A file that breaks one rule of its schema.

    Attributes:
        data: the file.
        family: what the rule is about: values, order, cardinality, names, attributes or text.
        rule: the kind of flaw, as the parameter ``kind`` of the finding has it: ``too-long``, ``missing``.
        tag: the element or attribute that breaks it.
        code: of the finding that is due, ``sdi:00200``.
        path: of that finding.
        element: its element number, where the tables have one.
    """

    data: bytes
    family: Family
    rule: str
    tag: str
    code: str
    path: str
    element: str


@frozen(kw_only=True)
class Change:
    """One change of a legal file, not made yet.

    Attributes:
        family: what the rule is about.
        rule: the kind of flaw.
        place: where the finding will stand.
        file: the whole legal file.
        steps: the way from the root to the element that is changed: the index among the children at each step.
        edit: makes the change.
    """

    family: Family
    rule: str
    place: Place
    file: ET.Element
    steps: tuple[int, ...]
    edit: Edit

    def made(self) -> Perturbation:
        """The file with the change."""
        root = copy.deepcopy(self.file)
        element = root
        for step in self.steps:
            element = element[step]
        self.edit(element)
        return Perturbation(
            data=ET.tostring(root, encoding="utf-8", xml_declaration=True),
            family=self.family,
            rule=self.rule,
            tag=self.place.tag,
            code=self.place.schema.code,
            path=self.place.path,
            element=self.place.number,
        )


def perturbations(document: Document) -> Iterator[Perturbation]:
    """Every way in which one rule of the schema can be broken at one place of a document, in document order.

    Args:
        document: a legal one.

    Raises:
        InvalidDocumentError: the document breaks the schema as it is.

    >>> from gse_billing.testing.specimens import specimens
    >>> first = next(perturbations(specimens()[0]))
    >>> first.family, first.rule, first.path
    ('names', 'root', '/Zap')
    >>> [finding.path for finding in fatturapa.inspect(first.data).report]
    ['/Zap']
    """
    return (change.made() for change in changes(document))


def changes(document: Document) -> Iterator[Change]:
    """The same, before the changes are made: to choose among them costs little."""
    schema = schema_of(document)
    root = ET.fromstring(fatturapa.write(document))  # noqa: S314 - written a moment ago
    tag = schema.root_of(document)
    for name in ("Zap", f"{{{schema.namespace}}}Zap", tag, f"{{urn:zap}}{tag}"):
        place = Place.root(schema, name.rpartition("}")[2])
        yield Change(family="names", rule="root", place=place, file=root, steps=(), edit=edits.renaming(name))
    yield from _Spot(file=root, element=root, place=Place.root(schema, tag), steps=()).record(shape_of(type(document)))


@frozen(kw_only=True)
class _Spot:
    """An element of the file, and where it stands."""

    file: ET.Element
    element: ET.Element
    place: Place
    steps: tuple[int, ...]

    def change(self, family: Family, rule: str, edit: Edit, place: Place | None) -> Change:
        """A change of this element; the finding stands at ``place``, or at the element itself."""
        return Change(family=family, rule=rule, place=place or self.place, file=self.file, steps=self.steps, edit=edit)

    # what holds of any element

    def strange_attributes(self) -> Iterator[Change]:
        """Attributes that no element admits."""
        for rule, name, text in _STRANGE_ATTRIBUTES:
            yield self.change("attributes", rule, edits.setting(name, text), None)

    def leaf(self, field: ElementField) -> Iterator[Change]:
        """What can be wrong with an element that holds a value."""
        yield from self.strange_attributes()
        yield self.change("text", "element-in-leaf", lambda element: ET.SubElement(element, "Zap"), None)
        if field.simple is None:
            return
        for rule, text in faulty_texts(field.simple):
            if text or field.schema_default is None:  # an empty element may stand for its default
                yield self.change("values", rule, edits.writing(text), None)

    def record(self, shape: Shape) -> Iterator[Change]:
        """What can be wrong with an element that holds others, and with each of those."""
        yield from self.strange_attributes()
        for attribute in shape.attributes:
            yield from self.attribute(attribute)
        yield from self.strangers()
        children = list(self.children(shape))
        yield from self.missing(children)
        yield from self.branches(shape, children)
        yield from self.exchanged(children)
        for index, (field, spot) in enumerate(children):
            yield from self.repeated(children, index)
            if isinstance(field, ElementField):
                edit = edits.qualified(index, self.place.schema.namespace)
                yield self.change("names", "namespace", edit, self.place.stranger(field.tag, 0))
                yield from spot.record(shape_of(field.record)) if field.record else spot.leaf(field)

    def children(self, shape: Shape) -> Iterator[tuple[_Field, _Spot]]:
        """The declared elements below, in their order."""
        seen: dict[str, int] = {}
        for step, child in enumerate(self.element):
            _, field = shape.by_tag[child.tag]
            index = seen[field.name] = seen.get(field.name, -1) + 1
            place = self.place.child(field, index)
            yield field, _Spot(file=self.file, element=child, place=place, steps=(*self.steps, step))

    # what holds of an element that holds others

    def attribute(self, field: AttributeField) -> Iterator[Change]:
        """What can be wrong with a declared attribute."""
        place = self.place.attribute(field)
        if field.required:
            yield self.change("attributes", "missing", lambda element: element.attrib.pop(field.tag), place)
        for rule, text in faulty_texts(field.kind):
            yield self.change("attributes", rule, edits.setting(field.tag, text), place)

    def strangers(self) -> Iterator[Change]:
        """Elements that are not known here, and text between elements."""
        last = len(self.element)
        for name in _STRANGERS:
            place = self.place.stranger(name.rpartition("}")[2], 0)
            for index in (0, last):
                yield self.change("names", "unknown-element", edits.inserting(index, name), place)
        for text in _STRAY:
            yield self.change("text", "stray-text", edits.writing(text), None)
            if last:
                yield self.change("text", "stray-text", edits.trailing(last - 1, text), None)

    def missing(self, children: Sequence[tuple[_Field, _Spot]]) -> Iterator[Change]:
        """Each required element left out, and each branch of a choice."""
        given = [field.name for field, _ in children]
        taken = {field.name for field, _ in children if field.branch is not None}
        for index, (field, _) in enumerate(children):
            if given.count(field.name) == field.minimum:
                rule, place = ("choice-none", None) if taken == {field.name} else ("missing", self.place.child(field))
                yield self.change("cardinality", rule, edits.removing(index), place)

    def repeated(self, children: Sequence[tuple[_Field, _Spot]], index: int) -> Iterator[Change]:
        """An element once more than it may stand."""
        field, _ = children[index]
        last = index + 1 == len(children) or children[index + 1][0] is not field
        if field.maximum is not None and last:
            count = sum(other is field for other, _ in children)
            place = self.place.child(field, field.maximum)
            yield self.change("cardinality", "too-many", edits.repeating(index, field.maximum + 1 - count), place)

    def branches(self, shape: Shape, children: Sequence[tuple[_Field, _Spot]]) -> Iterator[Change]:
        """An element of another branch of the choice, where that branch would stand."""
        taken = [(index, field.branch) for index, (field, _) in enumerate(children) if field.branch is not None]
        for other in shape.elements if taken else ():
            if isinstance(other, ElementField) and other.branch not in (None, taken[0][1]):
                index = taken[0][0] if other.branch < taken[0][1] else taken[-1][0] + 1
                yield self.change("cardinality", "choice-both", edits.inserting(index, other.tag, "x"), None)

    def exchanged(self, children: Sequence[tuple[_Field, _Spot]]) -> Iterator[Change]:
        """Each two neighbours of different names in the wrong order."""
        for index, ((first, spot), (second, _)) in enumerate(pairwise(children)):
            if first is not second:
                yield self.change("order", "misplaced", edits.exchanging(index), spot.place)
