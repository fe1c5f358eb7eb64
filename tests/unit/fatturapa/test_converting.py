"""The doors to_dict, from_dict and json_schema."""

from __future__ import annotations

import copy
import json
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from gse_billing import fatturapa
from gse_billing.core.errors import InvalidDocumentError, InvalidValueError
from gse_billing.testing.specimens import specimens
from tests.unit.fatturapa import samples


@pytest.mark.parametrize("document", [samples.ordinary(), samples.simplified()])
def test_the_name_of_the_root_says_the_format(document: fatturapa.Document) -> None:
    assert list(fatturapa.to_dict(document)) == [type(document).__name__]
    assert list(fatturapa.to_dict(document, names="python")) == [type(document).__name__]


@pytest.mark.parametrize("document", [samples.ordinary(), samples.simplified()])
@pytest.mark.parametrize("names", ["official", "python"])
def test_a_document_comes_back(document: fatturapa.Document, names: Any) -> None:
    text = json.dumps(fatturapa.to_dict(document, names=names))
    assert fatturapa.from_dict(json.loads(text), names=names) == document


def test_the_values_are_those_of_the_file() -> None:
    fields = fatturapa.to_dict(samples.ordinary())["FatturaElettronica"]
    line = fields["FatturaElettronicaBody"][0]["DatiBeniServizi"]["DettaglioLinee"][0]
    assert fields["versione"] == "FPR12"
    assert (line["NumeroLinea"], line["Quantita"], line["DataInizioPeriodo"]) == (1, "1250.00", "2026-01-01")
    assert "SistemaEmittente" not in fields


def test_attached_files_are_in_base_64_and_signatures_are_xml() -> None:
    full = specimens()[1]
    fields = fatturapa.to_dict(full)["FatturaElettronica"]
    assert fields["Signature"].startswith("<ds:Signature xmlns:ds=")
    assert isinstance(fields["FatturaElettronicaBody"][0]["Allegati"][0]["Attachment"], str)


def test_a_finding_has_the_number_of_the_element_and_the_place_in_the_dict() -> None:
    fields = fatturapa.to_dict(samples.ordinary())
    fields["FatturaElettronica"]["FatturaElettronicaBody"][0]["DatiGenerali"]["DatiGeneraliDocumento"]["Divisa"] = "eur"
    with pytest.raises(InvalidDocumentError, match="Divisa is 'eur'") as caught:
        fatturapa.from_dict(fields)
    (found,) = caught.value.report
    assert (found.code, found.element) == ("sdi:00200", "2.1.1.2")
    assert found.path == "/FatturaElettronica/FatturaElettronicaBody[1]/DatiGenerali/DatiGeneraliDocumento/Divisa"
    assert (
        found.parameters["pointer"]
        == "/FatturaElettronica/FatturaElettronicaBody/0/DatiGenerali/DatiGeneraliDocumento/Divisa"
    )


def test_both_formats_are_looked_for() -> None:
    with pytest.raises(
        InvalidDocumentError, match=r"\(FatturaElettronica, FatturaElettronicaSemplificata\): 'Fattura'"
    ):
        fatturapa.from_dict({"Fattura": {}})


def test_a_document_that_breaks_only_the_rules_of_sdi_is_taken_and_checked_like_any() -> None:
    fields = fatturapa.to_dict(samples.ordinary())
    fields["FatturaElettronica"]["FatturaElettronicaBody"][0]["DatiBeniServizi"]["DatiRiepilogo"][0]["Imposta"] = "1.00"
    report = fatturapa.check(fatturapa.from_dict(fields))
    assert "sdi:00200" not in report.codes
    assert "sdi:00421" in report.codes


def test_what_is_no_style_or_no_document_is_refused() -> None:
    wrong: Any = "italian"
    for call in (
        lambda: fatturapa.to_dict(samples.ordinary(), names=wrong),
        lambda: fatturapa.from_dict({}, names=wrong),
        lambda: fatturapa.json_schema(names=wrong),
    ):
        with pytest.raises(InvalidValueError, match="'italian' is no style of names; give one of official, python"):
            call()
    stranger: Any = "text"
    with pytest.raises(InvalidValueError, match="a str is no document of the standard"):
        fatturapa.to_dict(stranger)
    with pytest.raises(InvalidValueError, match="'speciale' is no format"):
        fatturapa.json_schema(stranger.replace("text", "speciale"))


def test_the_schema_of_each_format_names_its_root() -> None:
    assert list(fatturapa.json_schema()["properties"]) == ["FatturaElettronica"]
    assert list(fatturapa.json_schema("semplificata", names="python")["properties"]) == [
        "FatturaElettronicaSemplificata"
    ]
    assert "FatturaElettronicaHeader" in json.dumps(fatturapa.json_schema())


KNOWN_DIFFERENCES: dict[str, tuple[str, Any]] = {
    "any text passes for a signature": ("Signature", "no signature"),
    "a float without decimals is an integer": ("RiferimentoFase", 1.0),
}


@pytest.mark.parametrize("reason", KNOWN_DIFFERENCES)
def test_where_the_json_schema_says_less_than_the_reader(reason: str) -> None:
    key, value = KNOWN_DIFFERENCES[reason]
    fields = fatturapa.to_dict(specimens()[1])
    root = fields["FatturaElettronica"]
    {
        "Signature": root,
        "RiferimentoFase": root["FatturaElettronicaBody"][0]["DatiGenerali"]["DatiSAL"][0],
    }[key][key] = value
    assert Draft202012Validator(fatturapa.json_schema()).is_valid(fields)
    with pytest.raises(InvalidDocumentError) as caught:
        fatturapa.from_dict(fields)
    assert [each.parameters["pointer"].rpartition("/")[2] for each in caught.value.report] == [key]


# what measures coverage makes Python several times slower, and is none of the reader's
LONGEST = 5.0 if sys.gettrace() is None else 20.0


def deep() -> Any:
    """Deeper than Python walks."""
    inside: Any = []
    for _ in range(100_000):
        inside = {"x": [inside]}
    return inside


HOSTILE: dict[str, Callable[[], dict[str, Any]]] = {
    "100,000 unknown keys": lambda: {f"k{index}": index for index in range(100_000)},
    "100,000 bodies that are none": lambda: {"FatturaElettronicaBody": [None] * 100_000},
    "200,000 bodies with little in them": lambda: {"FatturaElettronicaBody": [{"DatiGenerali": 1.5}] * 200_000},
    "depth": lambda: {"versione": deep(), "FatturaElettronicaHeader": deep(), "Other": deep()},
    "an endless text": lambda: {"SistemaEmittente": "x" * 10**7},
    "an endless signature": lambda: {"Signature": "<" * 10**7},
    "an endless number": lambda: {"SistemaEmittente": 10**5_000},
    "an endless key": lambda: {"x" * 10**7: 1},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_dicts_end_in_findings_soon(name: str) -> None:
    fields = fatturapa.to_dict(samples.ordinary())
    fields["FatturaElettronica"] |= HOSTILE[name]()
    start = time.process_time()
    with pytest.raises(InvalidDocumentError) as caught:
        fatturapa.from_dict(fields)
    assert time.process_time() - start < LONGEST
    findings = caught.value.report.findings
    assert len(findings) <= 100_001
    assert max(len(each.summary) + len(each.parameters["pointer"]) for each in findings[:-1] or findings) < 1_000


def test_endless_figures_and_counts_are_cut_in_the_findings() -> None:
    fields = fatturapa.to_dict(samples.ordinary())
    (body,) = fields["FatturaElettronica"]["FatturaElettronicaBody"]
    endless = {
        "NumeroLinea": 10**5_000,
        "Descrizione": "x" * 10**7,
        "Quantita": "9" * 10**7,
        "AliquotaIVA": "0" * 10**7,
    }
    body["DatiBeniServizi"]["DettaglioLinee"][0] |= endless
    with pytest.raises(InvalidDocumentError) as caught:
        fatturapa.from_dict(fields)
    assert [each.element for each in caught.value.report] == ["2.2.1.1", "2.2.1.4", "2.2.1.5", "2.2.1.12"]
    assert len(caught.value.report.to_json()) < 5_000


def test_time_is_linear_in_the_lines_also_when_all_are_wrong() -> None:
    """Ten times as many lines take about ten times as long: not a hundred times."""

    def seconds(lines: int) -> float:
        fields = fatturapa.to_dict(samples.ordinary(lines))
        (body,) = fields["FatturaElettronica"]["FatturaElettronicaBody"]
        for line in body["DatiBeniServizi"]["DettaglioLinee"]:
            line["Quantita"] = "x"
        start = time.process_time()
        with pytest.raises(InvalidDocumentError) as caught:
            fatturapa.from_dict(fields)
        assert len(caught.value.report) == lines
        return time.process_time() - start

    few = min(seconds(200) for _ in range(3))
    assert seconds(2_000) < 40 * few


def test_the_dict_is_not_changed() -> None:
    fields = fatturapa.to_dict(samples.ordinary())
    before = copy.deepcopy(fields)
    fatturapa.from_dict(fields)
    assert fields == before
