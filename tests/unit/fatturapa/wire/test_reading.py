"""Bytes to documents: every defect with line, path and number; nothing repaired; odd spellings kept."""

from __future__ import annotations

import datetime as dt
import pickle
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree

from gse_billing import evolve
from gse_billing.core.errors import InvalidDocumentError
from gse_billing.core.findings import Severity
from gse_billing.fatturapa.wire import Opaque, Schema, Text, attribute, element, opaque, wire
from gse_billing.fatturapa.wire.checking import findings_of
from gse_billing.fatturapa.wire.reading import Reading, read_as
from gse_billing.fatturapa.wire.records import CHECKED, PLAIN
from gse_billing.fatturapa.wire.writing import written
from tests.unit.fatturapa.wire import samples as s

XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'
LINE = "<Line><Number>1</Number><Text>Energia</Text><Price>0.10</Price></Line>"
BUYER = "<Buyer><Firm>Comune</Firm><Nation>IT</Nation></Buyer>"
ISSUED = "<Issued>2026-11-22</Issued>"


def order(*parts: str, attributes: str = ' version="v-1.0"', prefix: str = "o") -> bytes:
    """An order, one part a line; the root stands on line 1."""
    body = "\n".join(parts or (ISSUED, BUYER, LINE))
    return f'<{prefix}:Order xmlns:{prefix}="urn:orders"{attributes}>\n{body}\n</{prefix}:Order>'.encode()


def read(data: bytes) -> Reading:
    return read_as(data, s.SCHEMA)


def test_a_document_is_read() -> None:
    reading = read(order())
    assert reading.document == s.order()
    assert (reading.report.findings, reading.schema) == ((), s.SCHEMA)
    assert reading.strict() is reading.document


def test_every_element_and_attribute_comes_back() -> None:
    document = s.full_order()
    data = written(document, s.SCHEMA)
    reading = read(data)
    assert reading.document == document
    assert written(reading.document, s.SCHEMA) == data
    assert written(evolve(reading.document), s.SCHEMA) == data


@pytest.mark.parametrize("prefix", ["p", "ns2", "b"])
def test_the_prefix_does_not_matter(prefix: str) -> None:
    assert read(order(prefix=prefix)).document == s.order()


def test_the_namespace_may_be_the_default_when_it_is_taken_back_below() -> None:
    inside = ISSUED + BUYER + LINE
    for tag in ("Issued", "Buyer", "Line"):
        inside = inside.replace(f"<{tag}>", f'<{tag} xmlns="">')
    data = f'<Order xmlns="urn:orders" version="v-1.0">{inside}</Order>'.encode()
    assert read(data).document == s.order()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\xef\xbb\xbf" + order(), id="UTF-8 with mark"),
        pytest.param(
            '<?xml version="1.0" encoding="UTF-16"?>'.encode("utf-16") + order().decode().encode("utf-16-le"),
            id="UTF-16",
        ),
        pytest.param(b'<?xml version="1.0" encoding="ISO-8859-1"?>' + order(), id="ISO-8859-1"),
        pytest.param(b'<?xml version="1.0" encoding="windows-1252"?>' + order(), id="windows-1252"),
        pytest.param(b"<!-- a --><?xml-stylesheet href='x'?>" + order() + b"<!-- b -->", id="comments, instructions"),
        pytest.param(order(ISSUED, BUYER, LINE.replace("Energia", "<![CDATA[Ener]]>g<!-- c -->i<?p?>a")), id="CDATA"),
    ],
)
def test_encodings_comments_and_cdata(data: bytes) -> None:
    assert read(data).document == s.order()


def test_letters_of_windows_1252_are_read_by_their_meaning() -> None:
    data = b'<?xml version="1.0" encoding="windows-1252"?>' + order(
        ISSUED, BUYER, LINE.replace("Energia", "citt\xe0 ")
    ).decode().encode("cp1252")
    assert read(data).document.lines[0].text == "città "


# data, line, path, element number, kind
DEFECTS: list[tuple[bytes, int | None, str, str, str]] = [
    (order(attributes=""), 1, "/Order/@version", "", "missing"),
    (order(attributes=' version="v-2.0"'), 1, "/Order/@version", "", "fixed"),
    (order(attributes=' version="v-1.0" System="è"'), 1, "/Order/@System", "", "character"),
    (order(attributes=' version="v-1.0" other="1"'), 1, "/Order", "", "unknown-attribute"),
    (order(attributes=' version="v-1.0" xml:lang="it"'), 1, "/Order", "", "unknown-attribute"),
    (order(attributes=f' version="v-1.0" {XSI} xsi:nil="false"'), 1, "/Order", "", "nil"),
    (order(attributes=f' version="v-1.0" {XSI} xsi:other="1"'), 1, "/Order", "", "unknown-attribute"),
    (order(attributes=f' version="v-1.0" {XSI} xsi:type="o:LineType"'), 1, "/Order", "", "type"),
    (order(ISSUED, BUYER), 1, "/Order/Line[1]", "4", "missing"),
    (order(BUYER, LINE), 1, "/Order/Issued", "1", "missing"),
    (order(BUYER, ISSUED, LINE), 3, "/Order/Issued", "1", "misplaced"),
    (order(ISSUED, ISSUED, BUYER, LINE), 3, "/Order/Issued[2]", "1", "too-many"),
    (
        order(ISSUED, BUYER, LINE.replace("</Line>", "<Note>a</Note>" * 4 + "</Line>")),
        4,
        "/Order/Line[1]/Note[4]",
        "4.8",
        "too-many",
    ),
    (order(ISSUED, BUYER, LINE, "<Zap/>"), 5, "/Order/Zap", "", "unknown-element"),
    (order(ISSUED, BUYER, LINE, '<Line xmlns="urn:orders"/>'), 5, "/Order/Line", "", "namespace"),
    (order(ISSUED, BUYER, LINE, '<Zap xmlns="urn:x"/>'), 5, "/Order/Zap", "", "unknown-element"),
    (order(ISSUED, "x", BUYER, LINE), 1, "/Order", "", "stray-text"),
    (order("\xa0", ISSUED, BUYER, LINE), 1, "/Order", "", "stray-text"),
    (order(ISSUED, BUYER, LINE.replace("Energia", "En<b/>ergia")), 4, "/Order/Line[1]/Text", "4.2", "element-in-leaf"),
    (
        order(ISSUED, BUYER, LINE.replace("<Text>", '<Text a="1">')),
        4,
        "/Order/Line[1]/Text",
        "4.2",
        "unknown-attribute",
    ),
    (
        order(ISSUED, BUYER, LINE.replace("<Text>", f'<Text {XSI} xsi:nil="true">')),
        4,
        "/Order/Line[1]/Text",
        "4.2",
        "nil",
    ),
    (
        order(ISSUED, BUYER, LINE.replace("<Text>", f'<Text {XSI} xsi:type="Latin">')),
        4,
        "/Order/Line[1]/Text",
        "4.2",
        "type",
    ),
    (order(ISSUED, BUYER, LINE.replace("<Line>", '<Line a="1">')), 4, "/Order/Line[1]", "4", "unknown-attribute"),
    (order(ISSUED, BUYER, LINE, LINE.replace("0.10", "0,10")), 5, "/Order/Line[2]/Price", "4.3", "decimal"),
    (order(ISSUED, BUYER, LINE.replace("Energia", "")), 4, "/Order/Line[1]/Text", "4.2", "too-short"),
    (order(ISSUED, "<Buyer><Nation>IT</Nation></Buyer>", LINE), 3, "/Order/Buyer", "2", "choice-none"),
    (order(ISSUED, BUYER.replace("<Nation>", "<Given>a</Given><Nation>"), LINE), 3, "/Order/Buyer", "2", "choice-both"),
    (
        order(ISSUED, "<Buyer><Family>a</Family><Nation>IT</Nation></Buyer>", LINE),
        3,
        "/Order/Buyer/Given",
        "2.2",
        "missing",
    ),
    (
        order(ISSUED, "<Buyer><Family>b</Family><Given>a</Given><Nation>IT</Nation></Buyer>", LINE),
        3,
        "/Order/Buyer/Given",
        "2.2",
        "misplaced",
    ),
    (
        order(ISSUED, BUYER.replace("<Firm>", "<Firm>a</Firm><Firm>"), LINE),
        3,
        "/Order/Buyer/Firm[2]",
        "2.1",
        "too-many",
    ),
    (order(ISSUED, BUYER, LINE, "<Seal/>"), 5, "/Order/Seal", "", "unknown-element"),
    (b"", None, "", "", "empty-file"),
    (b" \n", None, "", "", "empty-file"),
    (b"<a", 1, "", "", "not-well-formed"),
    (order() + b"x", 5, "", "", "not-well-formed"),
    (order().replace(b"Energia", b"En\xffergia"), 4, "", "", "not-well-formed"),
    (b'<?xml version="1.0" encoding="klingon"?>' + order(), 1, "", "", "not-well-formed"),
    (b"<!DOCTYPE x []>" + order(), 1, "", "", "document-type"),
    (b"<Order/>", 1, "/Order", "", "root"),
    (b'<Order xmlns="urn:other"/>', 1, "/Order", "", "root"),
    (b'<Other xmlns="urn:orders"/>', 1, "/Other", "", "root"),
]


@pytest.mark.parametrize(
    ("data", "line", "path", "number", "kind"), DEFECTS, ids=[f"{index}-{d[4]}" for index, d in enumerate(DEFECTS)]
)
def test_a_defect_is_found_with_its_place(data: bytes, line: int | None, path: str, number: str, kind: str) -> None:
    reading = read(data)
    assert reading.document is None
    (finding,) = reading.report.findings
    assert (finding.line, finding.path, finding.element) == (line, path, number)
    assert (finding.code, finding.parameters["kind"]) == ("sdi:00200", kind)


def test_reading_goes_on_after_an_error_and_reports_all_in_the_order_of_the_lines() -> None:
    bad = LINE.replace("<Number>1</Number>", "<Number>0</Number><Zap/><Zap/>").replace("0.10", "x")
    reading = read(order("<Issued>yesterday</Issued>", BUYER.replace("IT", "it"), bad, LINE, LINE.replace("0.10", "")))
    assert [(finding.line, finding.path) for finding in reading.report] == [
        (2, "/Order/Issued"),
        (3, "/Order/Buyer/Nation"),
        (4, "/Order/Line[1]/Number"),
        (4, "/Order/Line[1]/Zap"),
        (4, "/Order/Line[1]/Zap[2]"),
        (4, "/Order/Line[1]/Price"),
        (6, "/Order/Line[3]/Price"),
    ]
    with pytest.raises(
        InvalidDocumentError, match=r"the document has 7 error\(s\): sdi:00200 at /Order/Issued, line 2"
    ):
        reading.strict()


def test_too_many_bytes_are_refused_before_they_are_looked_at() -> None:
    (finding,) = read_as(b"<" * 11, s.SCHEMA, limit=10).report
    assert finding.message_en == "the file has 11 bytes, the limit is 10"


def test_an_entity_is_never_expanded() -> None:
    data = b'<!DOCTYPE o [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + order(
        ISSUED, BUYER, LINE.replace("Energia", "&e;")
    )
    (finding,) = read(data).report
    assert finding.message_it == "il file dichiara un DOCTYPE, che non è ammesso"


def test_a_misspelt_namespace_is_warned_of() -> None:
    reading = read(order(attributes=' version="v-1.0" xmlns:ds="urn:seal"'))
    assert reading.document == s.order()
    (finding,) = reading.report
    assert (finding.severity, finding.parameters["kind"]) == (Severity.WARNING, "misspelt-namespace")


def test_lines_are_known_past_what_the_parser_counts() -> None:
    blank = "\n" * 70_000
    bad = LINE.replace("0.10", "x").replace("<Text>", "\n<Text>")
    reading = read(
        order("<Issued>x</Issued>", BUYER, blank, bad, LINE, '<z:Zap xmlns:z="urn:z"/>', LINE.replace(">1<", ">x<"))
    )
    assert [(finding.line, finding.parameters["kind"]) for finding in reading.report] == [
        (2, "not-a-date"),
        (70_006, "decimal"),
        (70_008, "unknown-element"),
        (70_009, "not-an-integer"),
    ]


def test_a_line_is_left_open_where_no_parser_counts_it() -> None:
    text = order(ISSUED, BUYER, "\n" * 70_000, LINE.replace("0.10", "x")).decode()
    data = b'<?xml version="1.0" encoding="EUC-JP"?>' + text.encode("euc-jp")
    assert [finding.line for finding in read(data).report] == [None]


# part of the document as it stands, the Python name and index, what is kept of it
ODD: list[tuple[str, str]] = [
    ("007.00", "Rate"),
    ("\n7.00 ", "Rate"),
    ("2026-01-31Z", "Day"),
    ("2026-01-31-01:00", "Day"),
    ("perch\u00e9\tno", "Note"),
]


@pytest.mark.parametrize(("text", "tag"), ODD)
def test_odd_spellings_are_kept_also_by_a_changed_copy(text: str, tag: str) -> None:
    data = order(ISSUED, BUYER, LINE.replace("</Line>", f"<{tag}>{text}</{tag}></Line>"))
    document = read(data).document
    for each in (document, evolve(document, lines=tuple(evolve(line, number=2) for line in document.lines))):
        tree = etree.fromstring(written(each, s.SCHEMA))
        assert tree.findtext(f"Line/{tag}") == text


def test_an_odd_spelling_is_dropped_when_the_value_changes() -> None:
    document = read(order(ISSUED, BUYER, LINE.replace("</Line>", "<Rate>007.00</Rate></Line>"))).document
    changed = evolve(document, lines=(evolve(document.lines[0], rate=Decimal(8)),))
    assert b"<Rate>8.00</Rate>" in written(changed, s.SCHEMA)


def test_an_empty_element_with_a_default_is_kept_empty() -> None:
    document = read(order(ISSUED, BUYER.replace("IT", ""), LINE)).document
    assert document.buyer.nation == "IT"
    assert b"<Nation></Nation>" in written(document, s.SCHEMA)
    assert b"<Nation>FR</Nation>" in written(evolve(document, buyer=evolve(document.buyer, nation="FR")), s.SCHEMA)


def test_empty_optional_records_are_kept() -> None:
    document = read(order(ISSUED, BUYER, LINE, "<Extra/>")).document
    assert document.extra == s.Extra()
    assert b"<Extra></Extra>" in written(document, s.SCHEMA)


def test_attributes_with_odd_spellings_are_kept() -> None:
    document = read(order(attributes=' version="v-1.0" System="a&#10;b"')).document
    assert document.system == "a b"
    assert b'System="a&#10;b"' in written(document, s.SCHEMA)


def test_legal_instance_attributes_are_kept() -> None:
    attributes = f' version="v-1.0" {XSI} {XS} xsi:schemaLocation="urn:orders orders.xsd" xsi:type="o:OrderType"'
    line = LINE.replace("<Line>", '<Line xsi:type=" o:LineType ">').replace("<Text>", '<Text xsi:type="o:Latin">')
    extra = (
        '<Extra><Free xsi:type="xs:string">a</Free><Positive xsi:noNamespaceSchemaLocation="u">007</Positive></Extra>'
    )
    data = order(ISSUED, BUYER, line, extra, attributes=attributes)
    reading = read(data)
    assert reading.report.findings == ()
    again = read(written(reading.document, s.SCHEMA))
    assert again.document == reading.document
    tree = etree.fromstring(written(again.document, s.SCHEMA))
    name = "{http://www.w3.org/2001/XMLSchema-instance}"
    assert tree.get(f"{name}schemaLocation") == "urn:orders orders.xsd"
    assert tree.get(f"{name}type") == "o:OrderType"
    assert tree.find("Line").get(f"{name}type") == "o:LineType"  # type: ignore[union-attr]
    assert tree.find("Line/Text").get(f"{name}type") == "o:Latin"  # type: ignore[union-attr]
    assert tree.find("Extra/Free").get(f"{name}type") == "xs:string"  # type: ignore[union-attr]
    assert tree.findtext("Extra/Positive") == "007"


def test_what_was_read_is_known_to_be_in_order() -> None:
    plain = read(order()).document
    assert plain._mark == PLAIN
    odd = read(order(ISSUED, BUYER, LINE.replace("<Number>1<", "<Number>01<"))).document
    assert (odd._mark, odd.lines[0]._mark, odd.buyer._mark) == (PLAIN, CHECKED, PLAIN)
    assert list(findings_of(evolve(odd), s.SCHEMA)) == []


def test_a_foreign_element_is_kept_with_the_namespaces_it_uses() -> None:
    seal = '<x:Seal a="o:b" x:c="1"><x:In>&lt; é</x:In></x:Seal>'
    data = order(ISSUED, BUYER, LINE, seal, attributes=' version="v-1.0" xmlns:x="urn:seals"')
    document = read(data).document
    assert read(written(document, s.SCHEMA)).document == document
    (found,) = etree.fromstring(written(document, s.SCHEMA)).iter("{urn:seals}Seal")
    (given,) = etree.fromstring(data).iter("{urn:seals}Seal")
    canonical = [etree.tostring(each, method="c14n", exclusive=True, with_tail=False) for each in (found, given)]
    assert canonical[0] == canonical[1]


def test_what_a_foreign_element_says_of_namespaces_is_kept() -> None:
    said = ' xmlns:o="urn:orders"'
    data = order(ISSUED, BUYER, LINE, f'<x:Seal xmlns:x="urn:seals">{said}</x:Seal>', prefix="q")
    document = read(data).document
    (found,) = etree.fromstring(written(document, s.SCHEMA)).iter("{urn:seals}Seal")
    assert found.text == said


def test_several_schemas_are_told_apart_by_namespace_and_root() -> None:
    @wire("OtherType")
    class Other:
        code: str = element("Code", Text("Code", length=1))

    other = Schema(name="Other", namespace="urn:other", prefix="x", version="1", roots={"Other": Other})
    reading = read_as(b'<Other xmlns="urn:other"><Code xmlns="">a</Code></Other>', s.SCHEMA, other)
    assert reading.document == Other(code="a")
    assert reading.schema is other
    (finding,) = read_as(b"<x/>", s.SCHEMA, other).report
    assert finding.parameters["expected"] == "{urn:orders}Order, {urn:other}Other"


def test_what_is_tolerated_when_missing_is_a_warning_and_stays_one() -> None:
    @wire("MessageType")
    class Message:
        version: str | None = attribute("version", Text("V", length=1), default="1", fixed="1", tolerated=True)
        day: dt.date | None = element("Day", s.DAY, default=None)
        seal: Opaque | None = opaque(s.SEAL, default=None, tolerated=True)

    schema = Schema(name="M", namespace="urn:m", prefix="m", version="1", roots={"Message": Message})
    reading = read_as(b'<m:Message xmlns:m="urn:m"/>', schema)
    assert reading.document == Message(version=None)
    assert [(finding.severity, finding.path) for finding in reading.report] == [
        (Severity.WARNING, "/Message/@version"),
        (Severity.WARNING, "/Message/Seal"),
    ]
    assert len(list(findings_of(reading.document, schema))) == 2
    assert b'<m:Message xmlns:m="urn:m"></m:Message>' in written(reading.document, schema)


def test_records_that_were_read_can_be_sent_to_another_process() -> None:
    document: Any = read(order(ISSUED, BUYER, LINE.replace("0.10", "00.10"))).document
    assert b"<Price>00.10</Price>" in written(pickle.loads(pickle.dumps(document)), s.SCHEMA)
