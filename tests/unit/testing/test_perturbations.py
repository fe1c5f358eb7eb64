"""Each perturbation breaks one rule, and the reader finds that one and no other; together they break every rule."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any, Literal

import pytest

from gse_billing import evolve, fatturapa
from gse_billing.core.errors import InvalidDocumentError
from gse_billing.fatturapa.model import ORDINARIA, SEMPLIFICATA
from gse_billing.fatturapa.wire import IntegerText, Schema, SimpleType, Text
from gse_billing.fatturapa.wire.flaws import Flaw
from gse_billing.fatturapa.wire.shapes import AttributeField, ElementField, shape_of
from gse_billing.testing._faulty_texts import faulty_texts
from gse_billing.testing.perturbations import FAMILIES, Change, Perturbation, changes, perturbations
from gse_billing.testing.specimens import specimens

Kind = Literal["ordinaria", "semplificata"]
SCHEMAS: dict[Kind, Schema] = {"ordinaria": ORDINARIA, "semplificata": SEMPLIFICATA}
SIMPLE = {kind.name: kind for schema in SCHEMAS.values() for kind in schema.simple_types}


def found(perturbation: Perturbation) -> list[tuple[str, str, str, str]]:
    report = fatturapa.inspect(perturbation.data).report
    return [(each.code, each.path, each.element, each.parameters["kind"]) for each in report]


def due(perturbation: Perturbation) -> list[tuple[str, str, str, str]]:
    return [(perturbation.code, perturbation.path, perturbation.element, perturbation.rule)]


@pytest.mark.parametrize("kind", SCHEMAS)
def test_each_gives_its_one_finding(kind: Kind) -> None:
    wrong = [each for each in perturbations(specimens(kind)[0]) if found(each) != due(each)]
    assert wrong == []


@pytest.mark.parametrize("kind", SCHEMAS)
def test_some_of_every_specimen_give_their_one_finding(kind: Kind) -> None:
    random = Random(3)
    for document in specimens(kind):
        for change in random.sample(list(changes(document)), 15):
            perturbation = change.made()
            assert found(perturbation) == due(perturbation)


@pytest.mark.deep
@pytest.mark.parametrize("kind", SCHEMAS)
def test_all_of_every_specimen_give_their_one_finding(kind: Kind) -> None:
    for document in specimens(kind):
        assert [each for each in perturbations(document) if found(each) != due(each)] == []


def all_changes(kind: Kind) -> Iterator[Change]:
    return (change for document in specimens(kind) for change in changes(document))


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_family_and_every_element_has_its_changes(kind: Kind) -> None:
    """What is declared of an element is broken somewhere: its facets, its number, its place, its name."""
    marks = {(change.family, change.rule, change.place.tag, above(change)) for change in all_changes(kind)}
    assert {family for family, *_ in marks} == set(FAMILIES)
    missing = [
        (shape.name, family, rule, field.tag)
        for shape in SCHEMAS[kind].shapes
        for field in (*shape.attributes, *shape.elements)
        for family, rule in breakable(field)
        if not any((family, rule, field.tag, tag) in marks for tag in names_of(shape.name, kind))
    ]
    assert missing == []


def above(change: Change) -> str:
    return change.place.parent.tag if change.place.parent else ""


def names_of(type_name: str, kind: Kind) -> set[str]:
    """The names under which elements of a type stand."""
    fields = (field for shape in SCHEMAS[kind].shapes for field in shape.elements)
    below = {field.tag for field in fields if isinstance(field, ElementField) and field.type_name == type_name}
    return below | {tag for tag, cls in SCHEMAS[kind].roots.items() if shape_of(cls).name == type_name}


def breakable(field: Any) -> Iterator[tuple[str, str]]:
    """Family and kind of the flaws that must be made of a declared element or attribute."""
    if isinstance(field, AttributeField):
        yield from (("attributes", rule) for rule, _ in faulty_texts(field.kind))
        yield from [("attributes", "missing")] if field.required else []
        return
    yield from [("cardinality", "too-many")] if field.maximum is not None else []
    yield from [("cardinality", "missing")] if field.minimum and field.branch is None else []
    if isinstance(field, ElementField):
        yield "names", "namespace"
        yield from (("attributes", rule) for rule in ("unknown-attribute", "nil", "type"))
        if field.simple is None:
            yield "text", "stray-text"
        else:
            yield "text", "element-in-leaf"
            yield from (("values", rule) for rule, _ in faulty_texts(field.simple))


@pytest.mark.parametrize("name", sorted(SIMPLE))
def test_faulty_texts_break_the_facet_that_they_say(name: str) -> None:
    kind: SimpleType[Any] = SIMPLE[name]
    for rule, text in faulty_texts(kind):
        flaw = kind.parse(text)
        assert isinstance(flaw, Flaw)
        assert (flaw.kind, text) == (rule, text)


@pytest.mark.parametrize(
    ("kind", "rules"),
    [
        (Text("T", length=3), {"length"}),
        (Text("T", min_length=2, max_length=3, pattern="[a-z]+"), {"too-short", "too-long", "pattern"}),
        (IntegerText("I", total_digits=3, min_inclusive=0), {"not-an-integer", "digits", "too-small"}),
        (IntegerText("I", max_inclusive=9), {"not-an-integer", "too-large"}),
    ],
)
def test_facets_that_the_two_formats_do_not_use_are_broken_too(kind: SimpleType[Any], rules: set[str]) -> None:
    faults = list(faulty_texts(kind))
    assert {rule for rule, _ in faults} == rules
    assert all(getattr(kind.parse(text), "kind", None) == rule for rule, text in faults)


def test_a_document_that_is_not_legal_cannot_be_perturbed() -> None:
    wrong = evolve(specimens()[0], sistema_emittente="x" * 11)
    with pytest.raises(InvalidDocumentError, match="SistemaEmittente"):
        next(perturbations(wrong))
