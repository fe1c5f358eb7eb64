"""Laws of reading and writing, for any legal document."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gse_billing import evolve, fatturapa
from gse_billing.fatturapa import model
from gse_billing.fatturapa.wire import SimpleType
from gse_billing.fatturapa.wire.checking import findings_of
from gse_billing.fatturapa.wire.flaws import Flaw
from gse_billing.fatturapa.wire.shapes import shape_of
from gse_billing.testing.documents import documents, values

any_document = documents("ordinaria") | documents("semplificata")
slow = settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
SIMPLE = {kind.name: kind for schema in (model.ORDINARIA, model.SEMPLIFICATA) for kind in schema.simple_types}


def renewed(value: Any) -> Any:
    """The same value, every record of it made anew."""
    if isinstance(value, tuple):
        return tuple(renewed(each) for each in value)
    if not hasattr(value, "__wire__"):
        return value
    return evolve(value, **{name: renewed(getattr(value, name)) for name in shape_of(type(value)).names})


@slow
@given(any_document)
def test_reading_what_was_written_gives_the_same_document(document: fatturapa.Document) -> None:
    """Law: read(write(d)) == d, and writing again gives the same bytes."""
    data = fatturapa.write(document)
    again = fatturapa.read(data)
    assert again == document
    assert fatturapa.write(again) == data


@slow
@given(any_document)
def test_nothing_that_reading_remembered_changes_what_is_written(document: fatturapa.Document) -> None:
    """Law: write(d) depends on the values of d alone, whether they were read, built, copied or sent."""
    data = fatturapa.write(document)
    again = fatturapa.read(data)
    assert fatturapa.write(renewed(again)) == data
    assert fatturapa.write(pickle.loads(pickle.dumps(again))) == data


@pytest.mark.parametrize("name", sorted(SIMPLE))
@settings(max_examples=50)
@given(st.data())
def test_a_value_is_read_from_its_own_text(name: str, data: st.DataObject) -> None:
    """Law: parse(spell(v)) == v for every value of every simple type without a flaw."""
    kind: SimpleType[Any] = SIMPLE[name]
    value = data.draw(values(kind))
    assert kind.parse(kind.spell(value)) == value


@pytest.mark.parametrize("name", sorted(SIMPLE))
@settings(max_examples=50)
@given(st.text(max_size=30))
def test_any_text_is_a_value_or_has_a_flaw(name: str, text: str) -> None:
    """Law: parse never raises, and the value of a legal text has no flaw and a text that is read the same."""
    kind: SimpleType[Any] = SIMPLE[name]
    value = kind.parse(text)
    if not isinstance(value, Flaw):
        flaw = kind.flaw(value)
        assert flaw is None or flaw.kind == "illegal-character", "only a parser keeps those out"
        assert kind.parse(kind.spell(value)) == value


@slow
@given(any_document)
def test_a_document_that_can_be_written_has_no_finding(document: fatturapa.Document) -> None:
    """Law: findings_of(d) is empty exactly when write(d) does not raise; both remember it."""
    schema = model.ORDINARIA if isinstance(document, model.FatturaElettronica) else model.SEMPLIFICATA
    assert list(findings_of(document, schema)) == []
    assert fatturapa.write(document)
