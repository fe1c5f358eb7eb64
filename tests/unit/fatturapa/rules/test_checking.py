from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest

from gse_billing.core.errors import FloatRefusedError, InvalidValueError, StorageError
from gse_billing.fatturapa.checking import check
from gse_billing.fatturapa.codelists import Channel, Flow, Natura, TipoDocumento
from gse_billing.fatturapa.context import OfficeEntry, OfficeList
from gse_billing.fatturapa.model import ORDINARIA
from gse_billing.fatturapa.reading import inspect
from gse_billing.fatturapa.wire.locating import lines_of, order_of
from gse_billing.fatturapa.writing import write
from tests.support.invoices import DAY, body, having, invoice, line, simplified, summary, vat

WRONG = having(invoice(), G__numero="A", V__0__imposta=Decimal("22.02"))


def test_a_document_its_file_its_path_and_its_inspection_have_one_answer(tmp_path: Path) -> None:
    data = write(WRONG)
    path = tmp_path / "a.xml"
    path.write_bytes(data)
    reports = [check(source) for source in (data, path, str(path), inspect(data))]
    assert [report.findings for report in reports] == [reports[0].findings] * 4
    assert check(WRONG).codes == reports[0].codes == ("sdi:00425", "sdi:00421")


def test_findings_stand_in_the_order_of_the_document_with_their_lines() -> None:
    document = having(
        invoice(),
        bodies=(body(), body("B"), body("C")),
        T__codice_destinatario="0000000",
        S__id_fiscale_iva=vat("1"),
        L__0__prezzo_totale=Decimal("1.00"),
        V__0__imposta=Decimal("1.00"),
    )
    data = write(document).replace(b"><", b">\n<")
    report = check(data, filename="x")
    expected = ("00001", "00427", "00301", "00423", "00422", "00421", "00425")
    assert report.codes == tuple(f"sdi:{code}" for code in expected)
    lines = [finding.line for finding in report if finding.line is not None]
    assert lines == sorted(lines)
    text = data.splitlines()
    assert [text[cast("int", each.line) - 1] for each in report if each.code == "sdi:00425"] == [
        b"<Numero>B</Numero>",
        b"<Numero>C</Numero>",
    ]


def test_the_line_of_what_is_missing_is_that_of_the_element_around_it() -> None:
    document = having(
        invoice(), lines=(line(rate="0.00"),), summaries=(summary(rate="0.00", tax="0.00", natura=Natura.N4),)
    )
    data = write(document).replace(b"><", b">\n<")
    (finding,) = [each for each in check(data) if each.code == "sdi:00400"]
    assert finding.path.endswith("/DettaglioLinee[1]/Natura")
    assert data.splitlines()[cast("int", finding.line) - 1] == b"<DettaglioLinee>"


def test_what_was_not_checked_is_told_with_its_reason() -> None:
    reasons = {skip.code: skip.reason for skip in check(invoice()).skipped}
    assert reasons["sdi:00404"] == "needs what was sent before (history=)"
    assert reasons["sdi:00312"] == "needs the offices of IPA (offices=) and the day of sending (on=)"
    assert reasons["sdi:00003"] == "needs the bytes of the file and the channel (channel=)"
    assert reasons["sdi:00320"] == "only SDI asks the tax register"
    assert reasons["sdi:00301"].startswith("only the form and the check digit were judged")
    assert "sdi:00421" not in reasons
    assert list(reasons) == sorted(reasons)


def test_what_a_rule_cannot_decide_stands_among_what_was_skipped_in_order() -> None:
    offices = OfficeList([OfficeEntry(code="UFABCD", tax_code="1", start=DAY)])
    document = having(invoice(pa=False), T__codice_destinatario="ABCDEFG")
    report = check(write(document), offices=offices)
    assert report.codes == ()
    codes = [skip.code for skip in report.skipped]
    assert codes == sorted(codes)
    assert {skip.code: skip.reason for skip in report.skipped}[
        "sdi:00311"
    ] == "only SDI knows the codes of its channels"
    assert {skip.code: skip.reason for skip in check(write(invoice())).skipped}["sdi:00003"] == (
        "needs the channel (channel=)"
    )


def test_bytes_that_hold_no_document_have_a_report() -> None:
    report = check(b"<a>", filename="x", flow="private")
    assert report.codes == ("sdi:00200", "sdi:00001")
    assert not report.ok
    reasons = {skip.code: skip.reason for skip in report.skipped}
    assert reasons["sdi:00421"] == "the document breaks the schema: mend that first"
    assert reasons["sdi:00320"] == "only SDI asks the tax register"
    assert "sdi:00325" in reasons
    assert "sdi:00325" not in {skip.code for skip in check(b"").skipped}


def test_a_document_built_against_the_schema_is_told_so_and_no_more() -> None:
    report = check(having(invoice(), G__numero=""))
    assert report.codes == ("sdi:00200",)
    assert {skip.reason for skip in report.skipped if skip.code == "sdi:00425"} == {
        "the document breaks the schema: mend that first"
    }


def test_the_day_of_sending_picks_the_rules_in_force() -> None:
    foreign = having(invoice(pa=False), S__id_fiscale_iva=vat("1", "DE"), B__id_fiscale_iva=vat("2", "AT"))
    early = having(foreign, G__data=dt.date(2022, 9, 1))
    assert check(early, on=dt.date(2022, 9, 30)).codes == ()
    assert check(early, on=dt.date(2022, 10, 1)).codes == ("sdi:00476",)
    skipped = {skip.code for skip in check(invoice(pa=False), on=dt.date(2026, 5, 14)).skipped}
    assert "sdi:00327" not in skipped
    assert "sdi:00327" in {skip.code for skip in check(invoice(pa=False), on=dt.date(2026, 5, 15)).skipped}


@pytest.mark.parametrize("flow", [Flow.PRIVATE, "private"])
def test_the_flow_may_be_stated(flow: Any) -> None:
    same = having(invoice(), B__id_fiscale_iva=vat())
    assert check(same).codes == ()
    assert check(same, flow=flow).codes == ("sdi:00471",)


def test_a_simplified_invoice_has_its_own_rules_in_any_flow() -> None:
    same = having(simplified(), ids__id_fiscale_iva=vat())
    assert check(same, flow="pa").codes == check(same).codes == ("sdi:00471",)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"flow": "b2b"}, "'b2b' is no flow; give one of pa, private"),
        ({"channel": "fax"}, "'fax' is no channel; give one of pec, sdicoop, spcoop, sdiftp, web"),
        ({"on": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}, "cannot be the day of sending"),
        ({"on": "2026-01-01"}, "cannot be the day of sending"),
    ],
)
def test_bad_arguments_are_refused(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidValueError, match=message):
        check(invoice(), **arguments)


def test_bad_calls_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        check(tmp_path / "none.xml")
    with pytest.raises(FloatRefusedError):
        check(having(invoice(), V__0__imposta=22.0))


def test_the_report_is_json_text_and_html() -> None:
    report = check(write(WRONG), channel=Channel.WEB)
    found = json.loads(report.to_json())
    assert [each["code"] for each in found["findings"]] == ["sdi:00425", "sdi:00421"]
    assert found["findings"][1]["element"] == "2.2.2.6"
    assert found["findings"][1]["parameters"] == {"expected": "22.00", "actual": "22.02"}
    assert found["skipped"]["sdi:00403"] == "needs the day of sending (on=)"
    assert "sdi:00421" in str(report)
    assert "<td>sdi:00421</td>" in report._repr_html_()


def test_the_same_call_twice_has_the_same_answer() -> None:
    assert check(WRONG, on=DAY) == check(WRONG, on=DAY)


def test_contributions_to_funds_have_rules_only_where_there_are_some() -> None:
    document = having(invoice(), G__tipo_documento=TipoDocumento.TD06)
    assert check(document).codes == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("/FatturaElettronica", "/FatturaElettronica/@versione"),
        ("/FatturaElettronica/@versione", "/FatturaElettronica/FatturaElettronicaHeader"),
        ("/FatturaElettronica/FatturaElettronicaBody[2]", "/FatturaElettronica/FatturaElettronicaBody[10]"),
        ("/FatturaElettronica/FatturaElettronicaBody[2]/Allegati", "/FatturaElettronica/Stranger"),
        ("/FatturaElettronica/Stranger", "/FatturaElettronica/Stranger[2]/Inside"),
    ],
)
def test_paths_sort_as_the_document_has_them(before: str, after: str) -> None:
    assert order_of(ORDINARIA, before) < order_of(ORDINARIA, after)


def test_lines_of_what_is_no_document_are_not_known() -> None:
    assert lines_of(b"<a", ["/a/b"]) == {}
    assert lines_of(b"<a>\n<b/>\n<b/></a>", ["/a", "/a/b[2]", "/a/b[3]", "/a/@x"]) == {
        "/a": 1,
        "/a/b[2]": 3,
        "/a/b[3]": 1,
        "/a/@x": 1,
    }
