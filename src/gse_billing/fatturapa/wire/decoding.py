"""Compiled decoders: a tree to records, by one function per class, as long as everything is plain.

The tree is laid out flat first: names, texts and numbers of children of all elements, in document order. The source
of each function is made from the declaration alone and compiled when a class is first read; it follows the order of
the schema and fills the slots of an open twin of the class directly. It holds no word of explanation: at anything
unusual the record goes to the explaining reader, and when that has something to say the whole document does.

Two counts prove at the end what no function looks at: every element was taken by a record, so that none stands inside
of a text, and there are as many texts as leaves, so that none stands between elements.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any, cast

from attrs import define
from lxml import etree

from gse_billing.fatturapa.wire.decoders import decoder_source, leaf_tools
from gse_billing.fatturapa.wire.explaining import TooManyFindingsError, explained, explained_attributes
from gse_billing.fatturapa.wire.foreign import opaque_from
from gse_billing.fatturapa.wire.parsing import Decodable
from gse_billing.fatturapa.wire.places import Place
from gse_billing.fatturapa.wire.plain import Memo, UnusualError, plain_bytes
from gse_billing.fatturapa.wire.records import CHECKED, PLAIN, Record, Spelling
from gse_billing.fatturapa.wire.schema import Schema
from gse_billing.fatturapa.wire.shapes import AttributeField, ElementField, Opaque, Shape, shape_of

__all__ = ["DefectiveError", "decoded"]

_Count = Callable[[etree._Element], Any]
_TEXTS: _Count = etree.XPath("count(descendant::text())")
_TEXTS_NOT_BLANK: _Count = etree.XPath("count(descendant::text()[normalize-space()])")


class DefectiveError(Exception):
    """There is something to explain; the reader catches it, and nothing else sees it."""


@define(eq=False)
class _Flat:
    """A tree laid out in document order.

    Attributes:
        schema: to which the document belongs.
        elements: all of them, the root first.
        names: their names, and an empty one behind the last.
        texts: the text at their beginning, or ``None``.
        sizes: the numbers of their children.
        blanks: whether the parser left blank text between elements.
        strange: texts that are no text at the beginning of an element, inside of foreign elements.
    """

    schema: Schema
    elements: list[etree._Element]
    names: list[str]
    texts: list[str | None]
    sizes: list[int]
    blanks: bool
    strange: int = 0

    def count(self, element: etree._Element) -> int:
        """The number of texts in an element, those that may be blank between elements aside."""
        return int(_TEXTS_NOT_BLANK(element) if self.blanks else _TEXTS(element))

    def behind(self, index: int) -> int:
        """The index of what follows an element and all those inside of it."""
        left = 1
        while left:
            left += self.sizes[index] - 1
            index += 1
        return index


_Decoder = Callable[[int, _Flat, list[str], list[str | None]], tuple[Any, int]]


def decoded(root: etree._Element, cls: type[Any], schema: Schema, plain: Decodable) -> Record:
    """The record that a root element is.

    Args:
        root: of the tree.
        cls: its declared class.
        schema: to which the document belongs.
        plain: what is known of the bytes.

    Raises:
        DefectiveError: the explaining reader has to look at the whole document.
    """
    if plain.attributes and _attributes_below(schema)(root):
        raise DefectiveError
    # no garbage collection meanwhile: it would walk all elements and records again and again, and free none
    enabled = gc.isenabled()
    gc.disable()
    try:
        return _decoded(root, cls, schema, plain)
    except TooManyFindingsError:
        raise DefectiveError from None
    finally:
        if enabled:
            gc.enable()


def _decoded(root: etree._Element, cls: type[Any], schema: Schema, plain: Decodable) -> Record:
    flat = _laid_out(root, schema, blanks=plain.blanks)
    record, end = _decoder_of(cls)(0, flat, flat.names, flat.texts)
    leaves = len(flat.texts) - flat.texts.count(None)
    if end != len(flat.elements) or flat.count(root) != leaves + flat.strange:
        raise DefectiveError
    return record  # type: ignore[no-any-return]


def _laid_out(root: etree._Element, schema: Schema, *, blanks: bool) -> _Flat:
    elements = list(root.iter())
    names = [each.tag for each in elements]
    names.append("")
    texts = [each.text for each in elements]
    if blanks:
        texts = [text if text and text.strip(" \t\n\r") else None for text in texts]
    return _Flat(schema, elements, names, texts, list(map(len, elements)), blanks)


@cache
def _attributes_below(schema: Schema) -> etree.XPath:
    """Whether an element below the root has an attribute, those inside of foreign elements aside."""
    spaces = {foreign.prefix: foreign.namespace for foreign in schema.foreigners}
    foreign = "".join(f"[not(self::{each.prefix}:{each.tag})]" for each in schema.foreigners)
    return etree.XPath(f"boolean(/*/*{foreign}/descendant-or-self::*/@*)", namespaces=spaces or None)


_COMPILED: dict[type, _Decoder] = {}


def _decoder_of(cls: type[Any]) -> _Decoder:
    if cls not in _COMPILED:
        _COMPILED[cls] = _compiled(cls, shape_of(cls))
    return _COMPILED[cls]


def _compiled(cls: type[Any], shape: Shape) -> _Decoder:
    # of the same layout, so that an instance may change its class; not frozen, so that slots are set at full speed
    twin = type(cls.__name__, (Record,), {"__slots__": cls.__slots__})
    known = {field.tag: (field, Memo(field.kind)) for field in shape.attributes}
    space = {**_SPACE, "Class": cls, "Twin": twin, "known": known}
    for index, field in enumerate(shape.elements):
        if isinstance(field, ElementField) and field.record is not None:
            space[f"decode{index}"] = _decoder_of(field.record)
        elif isinstance(field, ElementField):
            space.update(leaf_tools(field.kind, index))  # type: ignore[arg-type]
    code = compile(decoder_source(shape), f"<decoder of {cls.__name__}>", "exec")
    exec(code, space)  # noqa: S102 - the source has only names out of declarations, which are checked there
    decode: _Decoder = space["decode"]
    return decode


def _odd(start: int, flat: _Flat, cls: type[Any]) -> tuple[Record, int]:
    """A record that is not plain: legal as it is, or the whole document has to be explained."""
    place = Place.root(flat.schema, flat.names[start])
    return cast("Record", explained(flat.elements[start], cls, place, [], most=0)), flat.behind(start)


_Attributes = dict[str, tuple[AttributeField, Memo]]


def _attributes(
    start: int, flat: _Flat, cls: type[Any], known: _Attributes
) -> tuple[dict[str, Any], dict[tuple[str, int], Spelling]]:
    """The values of the attributes by Python name, and their odd spellings."""
    element = flat.elements[start]
    if len(element.attrib) <= len(known):  # libxml2 looks each one up from the first: quadratic for very many
        try:
            return _plain_attributes(element, known), {}
        except KeyError:
            pass  # one that is not declared, or a value that is not plain
    return explained_attributes(element, cls, Place.root(flat.schema, flat.names[start]))


def _plain_attributes(element: etree._Element, known: _Attributes) -> dict[str, Any]:
    given = dict.fromkeys([field.name for field, _ in known.values()])
    for tag, text in cast("list[tuple[str, str]]", element.items()):
        field, memo = known[tag]
        given[field.name] = memo[text]
        if field.fixed not in (None, text):
            raise UnusualError(text)
    if any(field.required and given[field.name] is None for field, _ in known.values()):
        raise UnusualError
    return given


def _foreign(start: int, flat: _Flat) -> tuple[Opaque, int]:
    element, end = flat.elements[start], flat.behind(start)
    inside = flat.texts[start:end]
    flat.strange += flat.count(element) - len(inside) + inside.count(None)
    return opaque_from(element, flat.schema), end


_SPACE: dict[str, Any] = {
    "new": object.__new__,
    "Decimal": Decimal,
    "UnusualError": UnusualError,
    "odd": _odd,
    "attributes": _attributes,
    "foreign": _foreign,
    "plain_bytes": plain_bytes,
    "PLAIN": PLAIN,
    "CHECKED": CHECKED,
}
