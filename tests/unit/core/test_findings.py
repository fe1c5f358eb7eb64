"""Findings and reports."""

from __future__ import annotations

import json
import pickle

import pytest

from gse_billing.core.findings import Finding, Report, Severity, Skipped

TAX = Finding(
    code="sdi:00421",
    message_it="l'imposta non è quella calcolata",
    message_en="the tax is not the computed one",
    path="/FatturaElettronicaBody[1]/DatiRiepilogo[2]",
    element="2.2.2.6",
    line=41,
    hint="compute 22 % of 60.00",
    parameters={"expected": "13.20", "actual": "13.02"},
)
PLAIN = Finding(code="advice:bollo", message_it="bollo", message_en="stamp duty", severity=Severity.WARNING)
REPORT = Report([TAX, PLAIN, TAX], [Skipped("sdi:00404", "needs history")])


def test_a_finding_on_one_line() -> None:
    where = "sdi:00421 at /FatturaElettronicaBody[1]/DatiRiepilogo[2], line 41: the tax is not the computed one"
    assert TAX.summary == where
    assert str(TAX) == f"{where} (compute 22 % of 60.00)"
    assert str(PLAIN) == PLAIN.summary == "advice:bollo: stamp duty"
    assert Finding(code="c", message_it="i", message_en="e", line=3).summary == "c at line 3: e"


def test_a_finding_as_json_leaves_out_what_is_empty() -> None:
    assert TAX.to_dict() == {
        "code": "sdi:00421",
        "severity": "error",
        "path": "/FatturaElettronicaBody[1]/DatiRiepilogo[2]",
        "element": "2.2.2.6",
        "line": 41,
        "message": {"it": "l'imposta non è quella calcolata", "en": "the tax is not the computed one"},
        "hint": "compute 22 % of 60.00",
        "parameters": {"expected": "13.20", "actual": "13.02"},
    }
    assert PLAIN.to_dict() == {
        "code": "advice:bollo",
        "severity": "warning",
        "message": {"it": "bollo", "en": "stamp duty"},
    }


def test_the_parameters_are_a_copy_of_the_callers() -> None:
    given = {"expected": "1"}
    finding = Finding(code="c", message_it="i", message_en="e", parameters=given)
    given["expected"] = "2"
    assert finding.parameters == {"expected": "1"}


def test_findings_and_reports_are_values() -> None:
    assert pickle.loads(pickle.dumps(REPORT)) == REPORT
    assert hash(pickle.loads(pickle.dumps(TAX))) == hash(TAX)
    assert {REPORT, pickle.loads(pickle.dumps(REPORT))} == {REPORT}


def test_a_report_in_its_views() -> None:
    assert not REPORT.ok
    assert REPORT.errors == (TAX, TAX)
    assert REPORT.codes == ("sdi:00421", "advice:bollo")
    assert list(REPORT) == [TAX, PLAIN, TAX]
    assert len(REPORT) == 3


def test_only_errors_make_a_report_fail() -> None:
    assert Report().ok
    assert Report([PLAIN]).ok
    assert not Report([TAX]).ok


def test_a_report_is_neither_true_nor_false() -> None:
    with pytest.raises(TypeError, match=r"a report is neither true nor false: ask report\.ok or len\(report\)"):
        bool(REPORT)


def test_reports_add_up() -> None:
    other = Report([PLAIN], [Skipped("sdi:00398", "needs offices")])
    assert (REPORT + other).findings == (*REPORT.findings, PLAIN)
    assert (REPORT + other).skipped == (*REPORT.skipped, *other.skipped)


def test_a_report_as_json() -> None:
    found = json.loads(Report([PLAIN], REPORT.skipped).to_json())
    assert found == {"ok": True, "findings": [PLAIN.to_dict()], "skipped": {"sdi:00404": "needs history"}}
    assert "è" in REPORT.to_json(indent=2)


def test_every_reason_of_a_skipped_check_is_kept_once() -> None:
    skips = [Skipped("x:1", "needs history"), Skipped("x:1", "needs offices"), Skipped("x:1", "needs history")]
    assert Report(skipped=skips).to_dict()["skipped"] == {"x:1": "needs history; needs offices"}


def test_a_report_as_text() -> None:
    assert str(Report()) == "no findings"
    assert str(Report([PLAIN], REPORT.skipped)) == (
        "warning advice:bollo: stamp duty\nskipped sdi:00404: needs history"
    )


def test_a_report_in_a_notebook() -> None:
    page = REPORT._repr_html_()
    assert "<caption>errors</caption>" in page
    assert "<td>41</td><td>the tax is not the computed one</td><td>compute 22 % of 60.00</td>" in page
    assert "<td>skipped</td><td>sdi:00404</td><td></td><td></td><td>needs history</td>" in page
    assert "<caption>ok</caption>" in Report()._repr_html_()
