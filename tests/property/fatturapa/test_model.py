from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from lxml import etree

from gse_billing.fatturapa.model import (
    ORDINARIA,
    SEMPLIFICATA,
    FatturaElettronica,
    FatturaElettronicaSemplificata,
)
from gse_billing.fatturapa.wire.reading import read_as
from gse_billing.fatturapa.wire.writing import written
from tests.support.official_schema import Judge
from tests.support.records import records

MANY = settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)


def _unsigned(data: bytes) -> bytes:
    """The document without its signature, whose inside is the business of another schema."""
    tree = etree.fromstring(data)
    for signature in tree.findall("{http://www.w3.org/2000/09/xmldsig#}Signature"):
        tree.remove(signature)
    return etree.tostring(tree)


@given(document=records(FatturaElettronica))
@MANY
def test_the_official_schema_takes_every_ordinary_invoice_of_the_model(
    document: FatturaElettronica, official_ordinary: Judge
) -> None:
    """The declarations admit nothing that the schema 1.2.3 refuses, and what is written is read back."""
    data = written(document, ORDINARIA)
    assert official_ordinary(_unsigned(data)) == []
    assert read_as(data, ORDINARIA).document == document


@given(document=records(FatturaElettronicaSemplificata))
@MANY
def test_the_official_schema_takes_every_simplified_invoice_of_the_model(
    document: FatturaElettronicaSemplificata, official_simplified: Judge
) -> None:
    """The declarations admit nothing that the schema VFSM10 1.0.2 refuses, and what is written is read back."""
    data = written(document, SEMPLIFICATA)
    assert official_simplified(_unsigned(data)) == []
    assert read_as(data, SEMPLIFICATA).document == document
