"""Compiled decoders: tokens to records, by one function per class, as long as everything is plain.

The source of each function is made from the declaration alone and compiled when a class is first read; it follows the
order of the schema and fills the slots of an open twin of the class directly. It holds no word of explanation: at
anything unusual the record is cut out of the file and goes to the explaining reader, and when that has something to say
the whole document does.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any, cast

from attrs import frozen
from lxml import etree

from gse_billing.fatturapa.wire.compiling import function_of
from gse_billing.fatturapa.wire.decoders import decoder_source
from gse_billing.fatturapa.wire.explaining import TooManyFindingsError, explained, explained_attributes
from gse_billing.fatturapa.wire.foreign import opaque_from
from gse_billing.fatturapa.wire.leaf_tokens import leaf_tools
from gse_billing.fatturapa.wire.parsing import Unreadable, parsed
from gse_billing.fatturapa.wire.places import Place
from gse_billing.fatturapa.wire.plain import Memo, UnusualError
from gse_billing.fatturapa.wire.records import CHECKED, PLAIN, Record, Spelling
from gse_billing.fatturapa.wire.schema import Schema
from gse_billing.fatturapa.wire.shapes import AttributeField, Opaque, OpaqueField, Shape, shape_of
from gse_billing.fatturapa.wire.tokens import Tokens

__all__ = ["DefectiveError", "decoded"]


class DefectiveError(Exception):
    """There is something to explain; the reader catches it, and nothing else sees it."""


_Source = tuple[Tokens, Schema]
_Decoder = Callable[[int, list[str], _Source, str], tuple[Any, int]]


def decoded(tokens: Tokens, cls: type[Any], schema: Schema) -> Record:
    """The record that a root element is.

    Args:
        tokens: of the file.
        cls: the declared class of the root.
        schema: to which the document belongs.

    Raises:
        DefectiveError: the explaining reader has to look at the whole document.
    """
    # no garbage collection meanwhile: it would walk all records again and again, and free none
    enabled = gc.isenabled()
    gc.disable()
    try:
        return _decoded(tokens, cls, schema)
    except TooManyFindingsError:
        raise DefectiveError from None
    finally:
        if enabled:
            gc.enable()


def _decoded(tokens: Tokens, cls: type[Any], schema: Schema) -> Record:
    shape, head = shape_of(cls), tokens.head
    if tokens.all[0] or (head.has_foreign and not shape.has_foreign) or (head.attributes and not shape.attributes):
        raise DefectiveError
    record, end = _decoder_of(cls)(1, tokens.all, (tokens, schema), tokens.end)
    if end != len(tokens.all) - 1:
        raise DefectiveError
    return record  # type: ignore[no-any-return]


_COMPILED: dict[type, _Decoder] = {}


def _decoder_of(cls: type[Any]) -> _Decoder:
    if cls not in _COMPILED:
        _COMPILED[cls] = _compiled(cls, shape_of(cls))
    return _COMPILED[cls]


def _compiled(cls: type[Any], shape: Shape) -> _Decoder:
    # of the same layout, so that an instance may change its class; not frozen, so that slots are set at full speed
    twin = type(cls.__name__, (Record,), {"__slots__": cls.__slots__})
    space = {**_SPACE, "Class": cls, "Twin": twin, "known": _Attributes.of(shape)}
    for index, field in enumerate(shape.elements):
        if isinstance(field, OpaqueField):
            space[f"foreign{index}"] = partial(_foreign, field=field)
        elif field.record is not None:
            space[f"decode{index}"] = _decoder_of(field.record)
        else:
            space.update(leaf_tools(field.tag, field.kind, index))  # type: ignore[arg-type]
    decode: _Decoder = function_of(decoder_source(shape), "decode", space, about=f"decoder of {cls.__name__}")
    return decode


def _odd(start: int, source: _Source, cls: type[Any], end: str) -> tuple[Record, int]:
    """A record that is not plain: legal as it is, or the whole document has to be explained."""
    tokens, schema = source
    try:
        last = tokens.all.index(end, start)
    except ValueError:
        raise DefectiveError from None
    tree = parsed(tokens.fragment(start, last))
    if not start or isinstance(tree, Unreadable):
        raise DefectiveError
    return cast("Record", explained(tree, cls, Place.root(schema, str(tree.tag)), [], most=0)), last + 1


@frozen
class _Attributes:
    """What is known of the attributes of a class.

    Attributes:
        fields: with a memory of values, by the name in the file.
        absent: the Python names, without values.
        required: the Python names of those that must stand.
    """

    fields: dict[str, tuple[AttributeField, Memo]]
    absent: dict[str, None]
    required: tuple[str, ...]

    @classmethod
    def of(cls, shape: Shape) -> _Attributes:
        """Those that a class declares."""
        fields = {field.tag: (field, Memo(field.kind)) for field in shape.attributes}
        required = tuple(field.name for field in shape.attributes if field.required)
        return cls(fields, dict.fromkeys(field.name for field in shape.attributes), required)

    def plain(self, items: tuple[tuple[str, str], ...]) -> dict[str, Any]:
        """The values by Python name.

        Raises:
            KeyError: one is not declared, has a value that is not plain, or lacks.
        """
        given: dict[str, Any] = {**self.absent}
        for tag, text in items:
            field, memo = self.fields[tag]
            given[field.name] = memo[text]
            if field.fixed not in (None, text):
                raise UnusualError(text)
        for name in self.required:
            if given[name] is None:
                raise UnusualError(name)
        return given


def _attributes(
    start: int, source: _Source, cls: type[Any], known: _Attributes
) -> tuple[dict[str, Any], dict[tuple[str, int], Spelling]]:
    """The values of the attributes of the root by Python name, and their odd spellings."""
    if start:
        raise UnusualError
    tokens, schema = source
    try:
        return known.plain(tokens.head.attributes), {}
    except KeyError:
        root = cast("etree._Element", parsed(tokens.root))
        return explained_attributes(root, cls, Place.root(schema, str(root.tag)))


def _foreign(source: _Source, *, field: OpaqueField) -> Opaque | None:
    tokens, schema = source
    if tokens.head.has_foreign:
        (element,) = cast("etree._Element", parsed(tokens.root))
        if element.tag == field.foreign.clark:
            return opaque_from(element, schema)
    if tokens.head.has_foreign or field.required:
        raise UnusualError
    return None


_SPACE: dict[str, Any] = {
    "Decimal": Decimal,
    "UnusualError": UnusualError,
    "odd": _odd,
    "attributes": _attributes,
    "PLAIN": PLAIN,
    "CHECKED": CHECKED,
}
