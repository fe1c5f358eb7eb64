"""Hypothesis strategies for documents, made from the declarations: they reach every element, choice and code.

The documents are legal for the schema and make no sense beyond it: amounts do not add up, codes do not fit each other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Literal, cast

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from gse_billing.fatturapa.model import ORDINARIA, SEMPLIFICATA, Document
from gse_billing.fatturapa.wire import (
    Base64Text,
    DateText,
    DateTimeText,
    DecimalText,
    Enumeration,
    IntegerText,
    SimpleType,
    Text,
)
from gse_billing.fatturapa.wire.patterns import alphabet, compiled
from gse_billing.fatturapa.wire.shapes import AttributeField, ElementField, OpaqueField, Shape, shape_of
from gse_billing.testing.perturbations import Perturbation, changes
from gse_billing.testing.specimens import SIGNATURE, specimens

__all__ = ["documents", "perturbed", "records", "values"]

_SCHEMAS = {"ordinaria": ORDINARIA, "semplificata": SEMPLIFICATA}
_MOST_REPEATS = 2
_LONGEST_TEXT = 1_000

Field = AttributeField | ElementField | OpaqueField


def documents(kind: Literal["ordinaria", "semplificata"] = "ordinaria") -> SearchStrategy[Document]:
    """Legal documents of a format."""
    (root,) = _SCHEMAS[kind].roots.values()
    return cast("SearchStrategy[Document]", records(cast("Any", root)))


@st.composite
def perturbed(draw: st.DrawFn, kind: Literal["ordinaria", "semplificata"] = "ordinaria") -> Perturbation:
    """Files of a format that break one rule of its schema each, whatever the rule is about.

    They are made from :func:`documents` and from the specimens, which hold every element.
    """
    document = draw(st.sampled_from(specimens(kind)) | documents(kind))
    choices = list(changes(document))
    family = draw(st.sampled_from(sorted({change.family for change in choices})))
    return draw(st.sampled_from([change for change in choices if change.family == family])).made()


@cache
def records(cls: Any) -> SearchStrategy[Any]:  # noqa: ANN401 - a declared class
    """Legal records of a declared class: each branch of its choice, each optional element there or not."""
    shape = shape_of(cls)
    branches = shape.branches or ((),)
    return st.one_of(*(st.builds(cls, **_fields(shape, branch)) for branch in branches))


def _fields(shape: Shape, branch: tuple[str, ...]) -> Mapping[str, SearchStrategy[Any]]:
    fields: dict[str, SearchStrategy[Any]] = {}
    for field in (*shape.attributes, *shape.elements):
        if not isinstance(field, ElementField) or field.branch is None:
            fields[field.name] = _field(field)
        elif field.name in branch:
            fields[field.name] = _item(field)
    return fields


def _field(field: Field) -> SearchStrategy[Any]:
    if isinstance(field, ElementField) and field.many:
        most = min(field.maximum or _MOST_REPEATS, _MOST_REPEATS)
        return st.lists(_item(field), min_size=field.minimum, max_size=most).map(tuple)
    required = field.minimum > 0 if isinstance(field, ElementField) else field.required
    return _item(field) if required else st.none() | _item(field)


def _item(field: Field) -> SearchStrategy[Any]:
    if isinstance(field, OpaqueField):
        return st.just(SIGNATURE)
    if isinstance(field, AttributeField):
        return values(field.kind) if field.fixed is None else st.just(field.kind.parse(field.fixed))
    return records(cast("Any", field.record)) if field.record else values(cast("SimpleType[Any]", field.kind))


@cache
def values(kind: SimpleType[Any]) -> SearchStrategy[Any]:
    """Legal values of a simple type."""
    return _candidates(kind).filter(lambda value: kind.flaw(value) is None)


def _candidates(kind: SimpleType[Any]) -> SearchStrategy[Any]:
    if isinstance(kind, Enumeration):
        return st.sampled_from(tuple(kind.by_code.values()))
    if isinstance(kind, Text):
        return _texts(kind)
    if isinstance(kind, DecimalText):
        return _decimals(kind)
    if isinstance(kind, IntegerText):
        return st.integers(kind.min_inclusive, kind.max_inclusive)
    return _OTHERS[type(kind)]


_OTHERS: Mapping[type, SearchStrategy[Any]] = {
    Base64Text: st.binary(max_size=64),
    DateText: st.dates(min_value=dt.date(1970, 1, 1)),
    DateTimeText: st.datetimes(timezones=st.none() | st.just(dt.UTC)),
}


def _texts(kind: Text) -> SearchStrategy[str]:
    """Texts by what the type says of them: a block and a length, a form, or a length alone."""
    letters = alphabet(kind.pattern or "")
    if kind.pattern and not letters:
        return st.from_regex(compiled(kind.pattern), fullmatch=True, alphabet=_signs(0x7F))
    signs = _signs({"Latin-1": 0xFF, "Basic Latin": 0x7F}[letters.name] if letters else None)
    shortest = letters.shortest if letters else kind.min_length or 0
    longest = letters.longest if letters else kind.max_length or _LONGEST_TEXT
    return st.text(signs, min_size=shortest, max_size=longest)


def _signs(last: int | None) -> SearchStrategy[str]:
    """Characters that XML admits and that no type treats as a blank to be replaced."""
    return st.characters(codec="utf-8", min_codepoint=0x20, max_codepoint=last, exclude_characters="\ufffe\uffff")


def _decimals(kind: DecimalText) -> SearchStrategy[Decimal]:
    """Decimals by the form of the type, and some with fewer places, which the writer fills up."""
    exact = st.from_regex(compiled(kind.pattern), fullmatch=True).map(Decimal)
    return exact | exact.map(Decimal.normalize)
