"""The schema made from the declarations says exactly what the official file says."""

from __future__ import annotations

from typing import Literal

import pytest

from gse_billing import fatturapa
from gse_billing.fatturapa.model import ORDINARIA, SEMPLIFICATA
from tests.conformance.fatturapa.components import components, differences, types_declared_and_never_used
from tests.conformance.fatturapa.planting import planted
from tests.support.official_schema import official_schema_path

Kind = Literal["ordinaria", "semplificata"]
KINDS: tuple[Kind, ...] = ("ordinaria", "semplificata")


@pytest.mark.parametrize("kind", KINDS)
def test_every_component_is_that_of_the_official_file(kind: Kind) -> None:
    official = official_schema_path(kind).read_bytes()
    assert differences(components(fatturapa.xsd(kind)), components(official)) == []


def test_the_types_that_the_official_files_never_use_are_listed_as_such() -> None:
    for schema, kind in zip((ORDINARIA, SEMPLIFICATA), KINDS, strict=True):
        official = official_schema_path(kind).read_bytes()
        assert {unused.name for unused in schema.unused} == types_declared_and_never_used(official)


@pytest.mark.parametrize("kind", KINDS)
def test_the_comparison_sees_every_kind_of_difference_in_either_file(kind: Kind) -> None:
    """Elements, order, number, choices, types, every facet, defaults, attributes, codes, imports."""
    ours, official = fatturapa.xsd(kind), official_schema_path(kind).read_bytes()
    mine, theirs = components(ours), components(official)
    seen = {name: bool(differences(components(data), theirs)) for name, data in planted(ours)}
    seen |= {f"{name}, official": bool(differences(mine, components(data))) for name, data in planted(official)}
    assert [name for name, noticed in seen.items() if not noticed] == []
    facets = ["length", "pattern", "enumeration", "minInclusive", "maxInclusive", "maxLength"]
    expected = {
        *(f"restriction {facet} {what}" for facet in facets for what in ("@value changed", "removed", "added")),
        *(f"sequence element {what}" for what in ("removed", "added", "behind element", "@minOccurs changed")),
        *(
            f"sequence element @{what}"
            for what in ("maxOccurs added", "maxOccurs changed", "type changed", "name changed")
        ),
        *(f"sequence choice {what}" for what in ("removed", "added", "behind element", "@minOccurs added")),
        *("choice sequence removed", "choice sequence behind sequence", "sequence element @default changed"),
        *("complexType attribute removed", "complexType attribute @use changed", "complexType attribute @type changed"),
        *("simpleType restriction @base changed", "schema simpleType removed", "schema complexType removed"),
        *("schema element removed", "schema import removed", "schema @targetNamespace changed"),
    }
    assert expected - seen.keys() == set()


def test_what_the_official_file_only_lays_out_differently_is_no_difference() -> None:
    ours = fatturapa.xsd()
    other = (
        ours.replace(b"xs:", b"xsd:")
        .replace(b"xmlns:xs=", b"xmlns:xsd=")
        .replace(b"<xsd:choice>", b"<!-- a --><xsd:choice>")
    )
    assert other != ours
    assert differences(components(other), components(ours)) == []
