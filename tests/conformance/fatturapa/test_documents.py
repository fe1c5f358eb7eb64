"""Documents against the official schemas and public samples."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from lxml import etree

from gse_billing import fatturapa
from tests.support.official_schema import DocumentKind, odoo_samples, official_validator
from tests.unit.fatturapa import samples


def canonical(data: bytes) -> str:
    """A file under canonical XML, once comments, instructions, blank text and the names of prefixes are set aside."""
    parser = etree.XMLParser(remove_comments=True, remove_pis=True, remove_blank_text=True)
    text = etree.tostring(etree.fromstring(data, parser), encoding="unicode")
    return ET.canonicalize(text, rewrite_prefixes=True)


@pytest.mark.parametrize(
    ("kind", "document"),
    [
        ("ordinaria", samples.ordinary()),
        ("ordinaria", samples.ordinary(lines=120)),
        ("semplificata", samples.simplified()),
    ],
)
def test_what_is_written_is_valid(kind: DocumentKind, document: fatturapa.Document) -> None:
    assert official_validator(kind)(fatturapa.write(document)) == []


def test_the_public_samples_are_read_and_come_back_unchanged() -> None:
    assert len(odoo_samples()) == 19
    for name, path in odoo_samples().items():
        data = path.read_bytes()
        assert official_validator("ordinaria")(data) == [], name
        inspection = fatturapa.inspect(data)
        assert inspection.report.ok, name
        assert canonical(fatturapa.write(fatturapa.read(data))) == canonical(data), name
