"""The doors: read, inspect, write, xsd."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from gse_billing import evolve, fatturapa
from gse_billing.core.errors import InvalidDocumentError, InvalidValueError, StorageError
from tests.unit.fatturapa import samples


@pytest.mark.parametrize("document", [samples.ordinary(), samples.simplified()])
def test_a_document_is_written_and_read_again(document: fatturapa.Document) -> None:
    data = fatturapa.write(document)
    assert fatturapa.read(data) == document
    assert fatturapa.write(fatturapa.read(data)) == data
    assert etree.fromstring(data).prefix == "p"


def test_a_path_is_read(tmp_path: Path) -> None:
    path = tmp_path / "invoice.xml"
    path.write_bytes(fatturapa.write(samples.ordinary()))
    assert fatturapa.read(path) == samples.ordinary()
    assert fatturapa.inspect(str(path)).document == samples.ordinary()


def test_an_inspection_keeps_the_bytes_and_never_raises_for_content() -> None:
    data = fatturapa.write(samples.ordinary())
    inspection = fatturapa.inspect(data)
    assert (inspection.document, inspection.source, inspection.report.ok) == (samples.ordinary(), data, True)
    broken = fatturapa.inspect(data[:-20])
    assert broken.document is None
    assert broken.report.codes == ("sdi:00200",)
    assert "<table>" in broken._repr_html_()


def test_reading_strictly_raises_with_the_report() -> None:
    data = fatturapa.write(samples.ordinary()).replace(b"<CAP>00197</CAP>", b"<CAP>197</CAP>", 1)
    with pytest.raises(InvalidDocumentError) as caught:
        fatturapa.read(data)
    (finding,) = caught.value.report
    assert finding.path == "/FatturaElettronica/FatturaElettronicaHeader/CedentePrestatore/Sede/CAP"
    assert (finding.element, finding.line) == ("1.2.2.3", 2)
    assert finding.message_en == "CAP is '197', which does not have the form asked for"


@pytest.mark.parametrize(("wrong", "codes"), [(50, ("sdi:00200",)), (51, ("sdi:00200", "sdi:00201"))])
def test_past_fifty_errors_sdi_stops(wrong: int, codes: tuple[str, ...]) -> None:
    data = fatturapa.write(samples.ordinary(lines=wrong)).replace(b"<Descrizione>", b"<Descrizione><b/>")
    report = fatturapa.inspect(data).report
    assert report.codes == codes
    assert len([finding for finding in report if finding.code == "sdi:00200"]) == wrong


def test_lines_of_long_files_are_those_of_the_file() -> None:
    """Libxml2 counts to 65,534; past that, findings of the schema and of the rules have their line all the same."""
    data = fatturapa.write(samples.ordinary(lines=7_000)).replace(b"><", b">\n<")
    at = data.rindex(b"<Quantita>")
    wrong = fatturapa.inspect(data[:at] + b"<Quantita>x" + data[at + 10 :]).report
    assert [finding.line for finding in wrong] == [data[:at].count(b"\n") + 1]
    at = data.rindex(b"<ImponibileImporto>")
    unequal = fatturapa.check(data[:at] + b"<ImponibileImporto>1" + data[at + 19 :])
    lines = {finding.path.rpartition("/")[2]: finding.line for finding in unequal}
    assert lines["ImponibileImporto"] == data[:at].count(b"\n") + 1 > 80_000


def test_the_euro_sign_is_named_with_its_place() -> None:
    document = samples.ordinary()
    (body,) = document.fattura_elettronica_body
    (line, *others) = body.dati_beni_servizi.dettaglio_linee
    lines = (evolve(line, descrizione="10 €"), *others)
    changed = evolve(body, dati_beni_servizi=evolve(body.dati_beni_servizi, dettaglio_linee=lines))
    with pytest.raises(InvalidDocumentError) as caught:
        fatturapa.write(evolve(document, fattura_elettronica_body=(changed,)))
    (finding,) = caught.value.report
    assert finding.path == "/FatturaElettronica/FatturaElettronicaBody[1]/DatiBeniServizi/DettaglioLinee[1]/Descrizione"
    assert finding.element == "2.2.1.4"
    assert finding.message_en == ("Descrizione holds '€' (U+20AC, EURO SIGN) at character 4, which is outside Latin-1")


def test_a_stylesheet_may_be_named() -> None:
    assert b'<?xml-stylesheet type="text/xsl" href="x.xsl"?>' in fatturapa.write(samples.ordinary(), stylesheet="x.xsl")


def test_only_documents_are_written() -> None:
    stranger: Any = samples.ordinary().fattura_elettronica_header
    with pytest.raises(InvalidValueError, match="a FatturaElettronicaHeader is no document of the standard"):
        fatturapa.write(stranger)


def test_xml_as_text_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="a document was given as text"):
        fatturapa.read("\ufeff <a/>")


def test_what_a_walk_through_a_folder_by_its_bytes_gives_is_read(tmp_path: Path) -> None:
    (tmp_path / "invoice.xml").write_bytes(fatturapa.write(samples.ordinary()))
    with os.scandir(os.fsencode(tmp_path)) as entries:
        entry: Any = next(entries)
    assert fatturapa.read(entry) == samples.ordinary()
    (tmp_path / "invoice.xml").unlink()
    with pytest.raises(StorageError, match=r"invoice\.xml' cannot be read") as caught:
        fatturapa.read(entry)
    assert caught.value.path == str(tmp_path / "invoice.xml")


@pytest.mark.parametrize("path", ["/no/such/file.xml", "\0"])
def test_a_path_that_cannot_be_read_is_named(path: str) -> None:
    with pytest.raises(StorageError, match="cannot be read") as caught:
        fatturapa.inspect(path)
    assert caught.value.path == path


@pytest.mark.parametrize("source", [None, 5, bytearray(b"<a/>")])
def test_what_is_neither_bytes_nor_a_path_is_refused(source: Any) -> None:
    for door in (fatturapa.read, fatturapa.inspect, fatturapa.check):
        with pytest.raises(InvalidValueError, match=f"a document cannot be read from {type(source).__name__}"):
            door(source)


def test_a_name_of_a_file_is_a_text() -> None:
    with pytest.raises(InvalidValueError, match="5 is no name of a file"):
        fatturapa.check(samples.ordinary(), filename=5)  # type: ignore[arg-type]


def test_a_document_made_by_hand_without_a_header_is_checked() -> None:
    document: Any = samples.ordinary()
    header = document.fattura_elettronica_header
    for lacking, tag in (
        (evolve(document, fattura_elettronica_header=None), "FatturaElettronicaHeader"),
        (evolve(document, fattura_elettronica_header=evolve(header, dati_trasmissione=None)), "DatiTrasmissione"),
    ):
        (finding,) = fatturapa.check(lacking)
        assert finding.code == "sdi:00200"
        assert finding.path.endswith(f"/{tag}")


def test_there_are_two_formats() -> None:
    assert b'targetNamespace="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.0"' in fatturapa.xsd(
        "semplificata"
    )
    kind: Any = "speciale"
    with pytest.raises(InvalidValueError, match="'speciale' is no format; give one of ordinaria, semplificata"):
        fatturapa.xsd(kind)


def test_the_schema_of_xmlschema_decodes_and_explains() -> None:
    data = fatturapa.write(samples.ordinary())
    judge = fatturapa.schema()
    assert judge is fatturapa.schema()
    assert judge.is_valid(data)
    assert not fatturapa.schema("semplificata").is_valid(data)
    (error,) = judge.iter_errors(data.replace(b"<Divisa>EUR", b"<Divisa>eur"))
    assert "[A-Z]{3}" in str(error.reason)


def test_the_front_door_loads_names_when_they_are_asked_for() -> None:
    assert fatturapa.codelists.Natura.N1.value == "N1"
    assert set(fatturapa.__all__) == set(dir(fatturapa))
    with pytest.raises(AttributeError, match="no attribute 'no_such_name'"):
        fatturapa.no_such_name  # noqa: B018
