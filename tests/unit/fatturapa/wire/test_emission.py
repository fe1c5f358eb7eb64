"""The schema as a file."""

from __future__ import annotations

from lxml import etree

from gse_billing.fatturapa.wire.emission import emitted
from gse_billing.fatturapa.wire.writing import written
from tests.unit.fatturapa.wire import samples as s

SEALS = b"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:seals">
<xs:element name="Seal"/></xs:schema>"""


class Seals(etree.Resolver):
    def resolve(self, system_url: str | None, public_id: str | None, context: object) -> object:  # type: ignore[override]
        assert system_url == s.SEAL.location
        return self.resolve_string(SEALS, context, base_url="")


def schema() -> etree.XMLSchema:
    parser = etree.XMLParser()
    parser.resolvers.add(Seals())
    return etree.XMLSchema(etree.fromstring(emitted(s.SCHEMA), parser))


def test_what_is_written_is_valid_for_the_schema_that_is_emitted() -> None:
    assert schema().validate(etree.fromstring(written(s.full_order(), s.SCHEMA)))
    assert not schema().validate(etree.fromstring(written(s.order(), s.SCHEMA).replace(b"Issued", b"Zap")))


def test_every_part_of_a_declaration_is_emitted() -> None:
    text = emitted(s.SCHEMA).decode()
    for part in (
        'targetNamespace="urn:orders" version="1.0"',
        '<xs:import namespace="urn:seals" schemaLocation="http://example.invalid/seals.xsd"/>',
        '<xs:element name="Order" type="OrderType"/>',
        '<xs:element name="Line" type="LineType" maxOccurs="unbounded"/>',
        '<xs:element name="Note" type="Latin" minOccurs="0" maxOccurs="3"/>',
        '<xs:element name="Nation" type="Nation" default="IT"/>',
        '<xs:element ref="ds:Seal" minOccurs="0"/>',
        '<xs:attribute name="version" type="Code" use="required" fixed="v-1.0"/>',
        '<xs:attribute name="System" type="Basic" use="optional"/>',
        '<xs:attribute name="Flow" type="xs:string" use="optional" fixed="Yes"/>',
        '<xs:simpleType name="Never">',
        '<xs:totalDigits value="12"/>',
        '<xs:whiteSpace value="collapse"/>',
        '<xs:enumeration value="G.1"/>',
    ):
        assert part in text, part
    assert 'value="B"' not in text, "a code that this schema does not admit"


def test_the_choice_stands_where_its_elements_are_declared() -> None:
    name = etree.fromstring(emitted(s.SCHEMA)).find("{*}complexType[@name='NameType']")
    assert name is not None
    said = [f"{etree.QName(part).localname} {part.get('name', '')}".strip() for part in name.iter()]
    assert said == [
        *("complexType NameType", "sequence", "choice", "sequence", "element Firm"),
        *("sequence", "element Given", "element Family", "element Title", "element Nation"),
    ]


def test_the_same_bytes_every_time() -> None:
    assert emitted(s.SCHEMA) == emitted(s.SCHEMA)
