"""Laws of documents as dicts: nothing is lost, JSON Schema and reader are one judge, every fault is found."""

from __future__ import annotations

import json
from functools import cache
from random import Random
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from gse_billing import fatturapa
from gse_billing.core.errors import InvalidDocumentError
from gse_billing.fatturapa.model import ORDINARIA, SEMPLIFICATA
from gse_billing.fatturapa.wire import Schema
from gse_billing.fatturapa.wire.dicts import explained_dict
from gse_billing.fatturapa.wire.flaws import Flaw
from gse_billing.fatturapa.wire.json_schema import emitted_json
from gse_billing.fatturapa.wire.json_types import simple_type
from gse_billing.fatturapa.wire.json_values import leaf_from
from gse_billing.fatturapa.wire.naming import Names
from gse_billing.fatturapa.wire.structuring import structured, unstructured
from gse_billing.fatturapa.wire.writing import written
from gse_billing.testing.documents import documents
from gse_billing.testing.specimens import specimens
from tests.support.json_faults import ODD_VALUES, at, changed, mutated, places, pointed
from tests.support.records import leaves, records
from tests.unit.fatturapa.wire.samples import BYTES, DAY, MOMENT, POSITIVE, SCHEMA, STRING, Order, full_order

STYLES: tuple[Names, ...] = get_args(Names)
SCHEMAS = {"ordinaria": ORDINARIA, "semplificata": SEMPLIFICATA, "orders": SCHEMA}
any_document = documents("ordinaria") | documents("semplificata") | records(Order)
styles = st.sampled_from(STYLES)
slow = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def schema_of(document: Any) -> Schema:
    """The schema of a document of any of the three."""
    return next(schema for schema in SCHEMAS.values() if type(document) in schema.roots.values())


@cache
def judge(name: str, names: Names) -> Any:
    """A validator of the library jsonschema."""
    return Draft202012Validator(emitted_json(SCHEMAS[name], names))


@cache
def told(name: str, names: Names) -> tuple[dict[str, Any], ...]:
    """Documents of a schema as dicts."""
    given: tuple[Any, ...] = (full_order(),) if name == "orders" else specimens(name)  # type: ignore[arg-type]
    return tuple(unstructured(document, SCHEMAS[name], names) for document in given)


def taken(fields: Any, schema: Schema, names: Names) -> Any:
    """The document, or ``None`` when it is refused."""
    try:
        return structured(fields, (schema,), names)
    except InvalidDocumentError:
        return None


@slow
@given(any_document, styles)
def test_a_document_comes_back_from_json(document: Any, names: Names) -> None:
    """Law: from_dict(loads(dumps(to_dict(d)))) == d, writes the same bytes, and tells the same dicts."""
    schema = schema_of(document)
    fields = json.loads(json.dumps(unstructured(document, schema, names)))
    again = structured(fields, (schema,), names)
    assert again == document
    assert written(again, schema) == written(document, schema)
    assert unstructured(again, schema, names) == fields


@pytest.mark.parametrize("kind", ["ordinaria", "semplificata"])
@pytest.mark.parametrize("names", STYLES)
def test_every_element_and_code_comes_back_and_is_valid(kind: Any, names: Names) -> None:
    for document, fields in zip(specimens(kind), told(kind, names), strict=True):
        assert fields == fatturapa.to_dict(document, names=names)
        judge(kind, names).validate(fields)
        again = fatturapa.from_dict(json.loads(json.dumps(fields)), names=names)
        assert fatturapa.write(again) == fatturapa.write(document)


@slow
@given(any_document, styles)
def test_the_compiled_way_and_the_explaining_one_agree(document: Any, names: Names) -> None:
    """Law: what is plain is read by the walk as by the compiled functions."""
    schema = schema_of(document)
    fields = unstructured(document, schema, names)
    assert explained_dict(fields, (schema,), names) == structured(fields, (schema,), names)


def verdicts(name: str, names: Names, random: Random) -> tuple[bool, bool]:
    """What the JSON Schema and what we say of a mutated document."""
    fields = mutated(random.choice(told(name, names)), random, opaque="Seal" if name == "orders" else "Signature")
    document = taken(fields, SCHEMAS[name], names)
    if document is not None:
        assert taken(unstructured(document, SCHEMAS[name], names), SCHEMAS[name], names) == document
    return judge(name, names).is_valid(fields), document is not None


@pytest.mark.parametrize("name", SCHEMAS)
@settings(slow, max_examples=60)
@given(st.integers(0, 2**32), styles)
def test_the_json_schema_and_the_reader_are_one_judge(name: str, seed: int, names: Names) -> None:
    """Law: the JSON Schema takes a mutated dict exactly when from_dict does (the inside of signatures aside)."""
    by_schema, by_reader = verdicts(name, names, Random(seed))
    assert by_schema == by_reader


def test_mutations_are_partly_legal() -> None:
    """Otherwise the law above would say little."""
    legal = [verdicts("orders", "official", Random(seed))[1] for seed in range(200)]
    assert 20 < sum(legal) < 180


SIMPLE = {kind.name: kind for schema in SCHEMAS.values() for kind in schema.simple_types}
SIMPLE |= {kind.name: kind for kind in (DAY, MOMENT, BYTES, STRING, POSITIVE)}


@pytest.mark.parametrize("name", sorted(SIMPLE))
def test_a_simple_type_takes_the_odd_values_that_its_json_schema_takes(name: str) -> None:
    kind = SIMPLE[name]
    validator = Draft202012Validator(simple_type(kind))
    for value in (each for group in ODD_VALUES.values() for each in group):
        assert validator.is_valid(value) == (not isinstance(leaf_from(value, kind), Flaw)), repr(value)


@pytest.mark.parametrize("name", sorted(SIMPLE))
@settings(max_examples=40)
@given(st.data(), st.integers(0, 2**32))
def test_a_simple_type_takes_what_its_json_schema_takes(name: str, data: st.DataObject, seed: int) -> None:
    """Law: the JSON Schema of a simple type takes its values as JSON, and an edited one exactly when we do."""
    kind = SIMPLE[name]
    validator = Draft202012Validator(simple_type(kind))
    value = data.draw(leaves(kind))
    text = value if isinstance(value, int) else kind.spell(value)
    assert validator.is_valid(text)
    assert leaf_from(text, kind) == value
    wrong = mutated({"leaf": text}, Random(seed)).get("leaf", "")
    assert validator.is_valid(wrong) == (not isinstance(leaf_from(wrong, kind), Flaw)), repr(wrong)


@pytest.mark.parametrize("name", SCHEMAS)
def test_null_is_refused_everywhere(name: str) -> None:
    fields = told(name, "official")[0 if name == "orders" else 1]
    for place in places(fields):
        assert taken(changed({"": fields}, ("", *place), None)[""], SCHEMAS[name], "official") is None


@pytest.mark.deep
@settings(slow, max_examples=5_000)
@given(st.integers(0, 2**32), styles, st.sampled_from(sorted(SCHEMAS)))
def test_thousands_of_mutations_have_one_verdict(seed: int, names: Names, name: str) -> None:
    by_schema, by_reader = verdicts(name, names, Random(seed))
    assert by_schema == by_reader


@slow
@given(st.data(), styles, st.sampled_from(["ordinaria", "semplificata"]))
def test_every_planted_fault_is_found_at_its_place(data: st.DataObject, names: Names, kind: str) -> None:
    """Law: faults in several leaves give one finding each, whose pointer leads to the fault."""
    fields: Any = data.draw(st.sampled_from(told(kind, names)))
    leaves = [place for place in places(fields) if isinstance(at(fields, place), str)]
    chosen = data.draw(st.lists(st.sampled_from(leaves), min_size=1, max_size=5, unique=True))
    for place in chosen:
        fields = changed(fields, place, data.draw(st.sampled_from([None, 7, {"x": 1}, ["x"], "\x00"])))
    with pytest.raises(InvalidDocumentError) as caught:
        fatturapa.from_dict(fields, names=names)
    pointers = [finding.parameters["pointer"] for finding in caught.value.report]
    assert sorted(pointers) == sorted("".join(f"/{step}" for step in place) for place in chosen)
    assert all(pointed(fields, pointer) in (None, 7, {"x": 1}, ["x"], "\x00") for pointer in pointers)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=5), inside, max_size=3),
    max_leaves=8,
)


@given(json_values, styles, st.sampled_from(["FatturaElettronica", "FatturaElettronicaSemplificata"]))
def test_whatever_json_holds_ends_in_findings(value: Any, names: Names, root: str) -> None:
    """Law: no dict raises anything but our own error, whose report says something."""
    for fields in (value, {root: value}):
        with pytest.raises(InvalidDocumentError) as caught:
            fatturapa.from_dict(fields, names=names)
        assert len(caught.value.report) > 0
        assert json.loads(caught.value.report.to_json())["ok"] is False
