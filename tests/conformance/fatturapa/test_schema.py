"""The schema made from the declarations says exactly what the official file says."""

from __future__ import annotations

from typing import Literal

import pytest

from gse_billing import fatturapa
from gse_billing.fatturapa.model import ORDINARIA, SEMPLIFICATA
from tests.conformance.fatturapa.components import components, differences, types_declared_and_never_used
from tests.support.official_schema import official_schema_path

KINDS: tuple[Literal["ordinaria", "semplificata"], ...] = ("ordinaria", "semplificata")


@pytest.mark.parametrize("kind", KINDS)
def test_every_component_is_that_of_the_official_file(kind: Literal["ordinaria", "semplificata"]) -> None:
    official = official_schema_path(kind).read_bytes()
    assert differences(components(fatturapa.xsd(kind)), components(official)) == []


def test_the_types_that_the_official_files_never_use_are_listed_as_such() -> None:
    for schema, kind in zip((ORDINARIA, SEMPLIFICATA), KINDS, strict=True):
        official = official_schema_path(kind).read_bytes()
        assert {unused.name for unused in schema.unused} == types_declared_and_never_used(official)


@pytest.mark.parametrize(
    ("found", "planted"),
    [
        pytest.param(b'minOccurs="0"', b'minOccurs="1"', id="cardinality"),
        pytest.param(b'value="FPR12"', b'value="FPR13"', id="code"),
        pytest.param(b'maxInclusive value="100.00"', b'maxInclusive value="100.01"', id="bound"),
        pytest.param(b'base="xs:normalizedString"', b'base="xs:string"', id="base"),
        pytest.param(b'default="IT"', b'default="FR"', id="default"),
        pytest.param(b'use="required"', b'use="optional"', id="attribute"),
        pytest.param(b'name="Natura"', b'name="Nature"', id="name"),
        pytest.param(b'ref="ds:Signature"', b'ref="ds:Object"', id="foreign element"),
        pytest.param(b'type="RateType"', b'type="Amount2DecimalType"', id="type"),
        pytest.param(b"<xs:choice>", b'<xs:choice minOccurs="0">', id="choice"),
    ],
)
def test_the_comparison_sees_a_planted_difference(found: bytes, planted: bytes) -> None:
    ours = fatturapa.xsd()
    assert found in ours
    assert differences(components(ours.replace(found, planted, 1)), components(ours))
