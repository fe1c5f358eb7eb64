"""The short way of reading: taken where everything is plain, left where not, and never noticed."""

from __future__ import annotations

import gc
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree

from gse_billing import evolve
from gse_billing.fatturapa.wire import DecimalText, Opaque, Schema, Text, attribute, decoding, element, opaque, wire
from gse_billing.fatturapa.wire.explaining import explained
from gse_billing.fatturapa.wire.leaf_tokens import text_inside
from gse_billing.fatturapa.wire.parsing import Unreadable, parsed
from gse_billing.fatturapa.wire.places import Place
from gse_billing.fatturapa.wire.plain import Memo, UnusualError, plain_bytes, plain_expression
from gse_billing.fatturapa.wire.reading import read_as
from gse_billing.fatturapa.wire.records import CHECKED, PLAIN
from gse_billing.fatturapa.wire.tokens import cut
from gse_billing.fatturapa.wire.writing import written
from tests.unit.fatturapa.wire import samples as s
from tests.unit.fatturapa.wire.test_reading import BUYER, ISSUED, LINE, order


@pytest.fixture
def explanations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the elements that went to the explaining reader."""
    calls: list[str] = []

    def watched(element: etree._Element, cls: type, place: Place, findings: list[Any], *, most: int) -> object:
        calls.append(str(element.tag))
        return explained(element, cls, place, findings, most=most)

    monkeypatch.setattr(decoding, "explained", watched)
    return calls


def read(data: bytes) -> Any:
    return read_as(data, s.SCHEMA).strict()


def slowly(data: bytes) -> object:
    """The document by the explaining reader alone."""
    tree = parsed(data)
    assert not isinstance(tree, Unreadable)
    return explained(tree, s.Order, Place.root(s.SCHEMA, "Order"), [])


def test_a_plain_document_is_never_explained(explanations: list[str]) -> None:
    document = read(order(ISSUED, BUYER, *[LINE] * 20))
    assert explanations == []
    assert document._mark == document.lines[3]._mark == PLAIN


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(order(ISSUED, BUYER, "<!-- a -->", LINE), id="comments"),
        pytest.param(order(ISSUED, BUYER, "<?a b?>", LINE), id="instructions"),
        pytest.param(order(ISSUED, BUYER, LINE).replace(b"\n", b"\r\n"), id="carriage returns"),
        pytest.param(order(ISSUED, BUYER, LINE.replace("Energia", "<![CDATA[Energia]]>")), id="sections"),
        pytest.param(order(ISSUED, BUYER, LINE.replace("Energia", "a = b")), id="equal signs"),
        pytest.param(order().decode().encode("utf-16"), id="UTF-16"),
        pytest.param(order(ISSUED, BUYER, LINE.replace("Energia", "wow! ok? ]")), id="other signs"),
        pytest.param(order(ISSUED, BUYER, LINE.replace("Energia", "a &amp; b &lt;&gt;&quot;&apos;")), id="entities"),
        pytest.param(order(ISSUED, BUYER, LINE.replace("Energia", "a>b/c")), id="the end of a tag"),
        pytest.param(order(ISSUED, BUYER, LINE).replace(b"\n", b""), id="no blanks"),
        pytest.param(b"\xef\xbb\xbf" + order(), id="a mark"),
        pytest.param(b'<?xml version="1.0"?>\n<!-- a --><?b c?>\n' + order() + b"\n ", id="a prologue"),
        pytest.param(
            b"<?xml version='1.0' encoding='windows-1252'?>"
            + order(ISSUED, BUYER, LINE.replace("Energia", "perch\xe9")).decode().encode("windows-1252"),
            id="windows-1252",
        ),
    ],
)
def test_the_short_way_serves_all_usual_files(data: bytes, explanations: list[str]) -> None:
    assert read(data) == slowly(data)
    assert explanations == []


def test_only_the_record_that_is_not_plain_is_explained(explanations: list[str]) -> None:
    odd = LINE.replace("0.10", "00.10")
    document = read(order(ISSUED, BUYER, LINE, odd, LINE, odd))
    assert explanations == ["Line", "Line"]
    assert [line._mark for line in document.lines] == [PLAIN, CHECKED, PLAIN, CHECKED]
    assert document.lines[1].price == Decimal("0.10")


@pytest.mark.parametrize(
    ("leaf", "value"),
    [
        pytest.param(" <!-- c -->a", " a", id="blank before a comment"),
        pytest.param(" <![CDATA[ a]]> ", "  a ", id="blank before a section"),
        pytest.param(" <?p?>a", " a", id="blank before an instruction"),
        pytest.param(" \r\n a", "   a", id="blank before a carriage return"),
        pytest.param("a&#13;b", "a b", id="carriage return by reference"),
        pytest.param(" ", " ", id="only a blank"),
        pytest.param("a> ", "a> ", id="a blank behind the end of a tag"),
        pytest.param("a&#32;&gt;\n", "a > ", id="a line end behind the end of a tag"),
    ],
)
def test_blanks_inside_of_a_leaf_are_never_lost(leaf: str, value: str) -> None:
    indented = order(ISSUED, BUYER, LINE.replace("Energia", leaf), LINE)
    compact = order(ISSUED + BUYER + LINE.replace("Energia", leaf) + LINE).replace(b">\n<", b"><")
    for data in (indented, compact):
        assert read(data).lines[0].text == value
        assert read(data) == slowly(data)


@pytest.mark.parametrize("blanks", [" ", "\n\t"])
def test_a_foreign_element_keeps_its_blanks(blanks: str, explanations: list[str]) -> None:
    seal = f'<x:Seal xmlns:x="urn:seals">{blanks}<x:In a="1">t</x:In>{blanks}tail</x:Seal>'
    document = read(order(ISSUED, BUYER, LINE, seal))
    assert document.seal.xml == seal
    assert explanations == []
    assert seal.encode() in written(evolve(document), s.SCHEMA)


@pytest.mark.parametrize(
    "part",
    [
        pytest.param(LINE.replace("Energia", "Ener<b/>gia"), id="an element inside of a leaf"),
        pytest.param(
            LINE.replace("<Text>Energia</Text><Price>0.10</Price>", "<Text>Energia<Price>0.10</Price></Text>"),
            id="siblings nested",
        ),
        pytest.param(LINE + "text", id="text between elements"),
        pytest.param(LINE.replace("<Number>", "text<Number>"), id="text at the beginning"),
        pytest.param(LINE + "<Extra>text</Extra>", id="text in an empty record"),
        pytest.param("<Line><Number>1</Number></Line><Text>Energia</Text><Price>0.10</Price>", id="children outside"),
        pytest.param(LINE.replace("</Text>", "</Testo>"), id="another end"),
        pytest.param(LINE.replace("</Line>", ""), id="no end"),
        pytest.param(LINE.replace("</Price></Line>", ""), id="no ends"),
        pytest.param(LINE.replace("Energia", "a ]]> b"), id="the end of a section"),
        pytest.param(LINE.replace("Energia", "a & b"), id="half a reference"),
        pytest.param(LINE.replace("Energia", "&amp; €"), id="a reference beside a letter that may not stand"),
        pytest.param(LINE.replace("Energia", "a\x01b"), id="a sign that is not XML"),
        pytest.param(LINE.replace("Energia", "&other;"), id="an entity nobody declared"),
        pytest.param(LINE + LINE.replace("Number>", "o:Number>"), id="a prefix"),
        pytest.param(LINE + "<x:Seal xmlns:x='urn:seals'/>text", id="text behind the foreign element"),
        pytest.param("<x:Seal xmlns:x='urn:seals'/>" + LINE, id="a foreign element before its place"),
        pytest.param(LINE + "<x:Seal xmlns:x='urn:seals'/>" * 2, id="two foreign elements"),
        pytest.param(LINE.replace("</Line>", "<x:Seal xmlns:x='urn:seals'/></Line>"), id="a foreign element inside"),
        pytest.param(LINE + "<x:Seal xmlns:x='urn:others'/>", id="an element like the foreign one"),
    ],
)
@pytest.mark.parametrize("compact", [False, True])
def test_what_is_no_document_is_never_taken_for_one(part: str, compact: bool) -> None:
    data = order(ISSUED, BUYER, part)
    assert read_as(data.replace(b"\n", b"") if compact else data, s.SCHEMA).document is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("</o:Order>", "</o:Other>", id="another end"),
        pytest.param("</o:Order>", "/o:Order>", id="half an end"),
        pytest.param("</Line>\n</o:Order>", "<Note>a</o:Order>", id="the end of a leaf"),
        pytest.param("</o:Order>", "", id="no end"),
        pytest.param("</o:Order>", "</o:Order></o:Order>", id="two ends"),
        pytest.param("</o:Order>", "</o:Order><a/>", id="another root"),
        pytest.param("</o:Order>", "</o:Order>text", id="text behind it"),
        pytest.param("<o:Order ", "<o:Order x='>' ", id="an attribute with the end of a tag"),
        pytest.param("<o:Order ", "<o:Order x='<' ", id="an attribute with the beginning of a tag"),
        pytest.param("<o:Order ", "<o:Order xmlns='urn:orders' ", id="a default namespace"),
        pytest.param("<o:Order ", "<o:Order <", id="no tag"),
        pytest.param("<o:Order ", "text<o:Order ", id="text before it"),
        pytest.param("<o:Order ", "<!DOCTYPE a><o:Order ", id="a document type"),
    ],
)
@pytest.mark.parametrize("compact", [False, True])
def test_the_root_is_looked_at_as_closely(old: str, new: str, compact: bool) -> None:
    text = order().decode().replace(old, new)
    assert new in text
    data = text.replace("\n", "") if compact else text
    assert read_as(data.encode(), s.SCHEMA).document is None


FISCAL = Text("Fiscal", pattern="[A-Z0-9>]{11,16}")


@wire("Tagged")
class Tagged:
    kind: str = attribute("kind", s.NATION)
    code: str = element("Code", FISCAL)


@wire("Holder")
class Holder:
    tagged: Tagged = element("Tagged", Tagged)


HOLDERS = Schema(name="n", namespace="n", prefix="p", version="1", roots={"H": Holder})


def held(code: str, attributes: str) -> Any:
    data = f'<p:H xmlns:p="n"><Tagged{attributes}><Code>{code}</Code></Tagged></p:H>'
    return read_as(data.encode(), HOLDERS).document


def test_attributes_of_records_below_the_root_are_explained() -> None:
    assert held("ABCDEF12345", ' kind="IT"') == Holder(tagged=Tagged(kind="IT", code="ABCDEF12345"))
    assert held("ABCDEF12345", "") is None


def test_expressions_never_take_markup_for_text() -> None:
    assert held("ABCDEF12345&gt;", ' kind="IT"').tagged.code == "ABCDEF12345>"
    assert held("ABCDEF12345>", ' kind="IT"').tagged.code == "ABCDEF12345>"
    assert held("&lt;ABCDEF12345", ' kind="IT"') is None
    assert held("ABC<a>F12345", ' kind="IT"') is None


def test_a_root_needs_its_foreign_element_and_may_have_none() -> None:
    sealed = '<x:Seal xmlns:x="urn:seals"/>'

    @wire("Sealed")
    class Sealed:
        seal: Opaque = opaque(s.SEAL)

    @wire("Bare")
    class Bare:
        day: str = element("Day", s.NATION)

    schema = Schema(name="n", namespace="n", prefix="p", version="1", roots={"S": Sealed, "B": Bare})
    documents = {
        f'<p:S xmlns:p="n">{sealed}</p:S>': Sealed(seal=Opaque(sealed)),
        '<p:S xmlns:p="n"></p:S>': None,
        f'<p:S xmlns:p="n">{sealed.replace("seals", "other")}</p:S>': None,
        '<p:B xmlns:p="n"><Day>IT</Day></p:B>': Bare(day="IT"),
        f'<p:B xmlns:p="n"><Day>IT</Day>{sealed}</p:B>': None,
    }
    assert {data: read_as(data.encode(), schema).document for data in documents} == documents


@pytest.mark.parametrize("enabled", [True, False])
def test_the_garbage_collector_is_left_as_it_was(enabled: bool) -> None:
    was = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        read(order())
        read_as(order(LINE), s.SCHEMA)
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if was else gc.disable)()


def test_a_memory_is_bounded_and_forgets_long_texts() -> None:
    memo = Memo(Text("T", base="xs:token", max_length=200))
    for number in range(5_000):
        assert memo[f"t{number}"] == f"t{number}"
    assert len(memo) <= 4096
    assert memo["x" * 100] == "x" * 100
    assert "x" * 100 not in memo


@pytest.mark.parametrize("text", ["", "007.00", "7", "101.00", " 7.00"])
def test_a_memory_refuses_what_is_not_plain(text: str) -> None:
    with pytest.raises(UnusualError):
        Memo(s.RATE)[text]


def test_a_memory_refuses_figures_that_python_writes_otherwise() -> None:
    small = DecimalText("Small", pattern=r"[0-9]{1,2}\.[0-9]{8}", max_inclusive="9.00000000")
    memo = Memo(small)
    assert memo["0.00001000"] == Decimal("0.00001000")
    with pytest.raises(UnusualError):
        memo["0.00000010"]
    assert not memo.knows("0.00000010")


@pytest.mark.parametrize("text", ["", "A", "é", "AB==", "AA ==", "AAAA\n"])
def test_only_canonical_base_64_is_plain(text: str) -> None:
    with pytest.raises(UnusualError):
        plain_bytes(text)


@pytest.mark.parametrize(
    ("kind", "plain", "odd"),
    [
        (s.AMOUNT, ["0.00", "-0.00", "12345678901.00"], ["00.00", "1.0", "1.000", "+1.00", "123456789012.00"]),
        (s.PRICE, ["0.00000100", "0.10"], ["0.00000010", "0.00000000", "01.00"]),
        (s.COUNT, ["1", "9999"], ["0", "10000", "01", "+1"]),
        (s.LATIN, [" ", "perché"], ["", "\n", "€", "x" * 21]),
        (s.BASIC, ["ab"], ["a", "aé", "a\tb"]),
    ],
)
def test_expressions_of_plain_texts(kind: Any, plain: list[str], odd: list[str]) -> None:
    expression = plain_expression(kind)
    assert expression is not None
    assert [text for text in plain if not expression.fullmatch(text)] == []
    assert [text for text in odd if expression.fullmatch(text)] == []


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(s.RATE, id="a bound"),
        pytest.param(s.TITLE, id="blanks collapsed"),
        pytest.param(s.NATION, id="a short code"),
        pytest.param(s.IDENTIFIER, id="digits counted"),
        pytest.param(s.POSITIVE, id="no bound"),
        pytest.param(s.COLOUR, id="a code list"),
        pytest.param(DecimalText("D", pattern=r"[1-9]\.[0-9]{2}"), id="another form"),
        pytest.param(Text("T", base="xs:token", pattern="[A-Z]{10}"), id="a token"),
    ],
)
def test_other_types_are_remembered(kind: Any) -> None:
    assert plain_expression(kind) is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" " * 100_000,
        b"<a/>",
        b"<a><!-- b --></a>",
        b"<a><?b?></a>",
        b"<a>]]></a>",
        b"<a>\xe9</a>",
        b"<a " + b"b='c' " * 1_000 + b"></a>",
        b'<?xml version="1.0" encoding="UTF-7"?><a></a>',
        b'\xef\xbb\xbf<?xml version="1.0" encoding="ISO-8859-1"?><a></a>',
        "<a></a>".encode("utf-16"),
    ],
)
def test_some_files_are_left_to_the_parser(data: bytes) -> None:
    assert cut(data) is None


@pytest.mark.parametrize(
    ("data", "tokens"),
    [
        (b"<a></a>", ["", "/a", ""]),
        (b"<a><b></b></a>", ["", "b", "/b", "/a", ""]),
        (b"<a>\n <b>1</b>\r\n</a>\n", ["", "b>1</b", "/a", ""]),
        (b"<a>1</a>", [">1</a", ""]),
        (
            b'<?xml version="1.0" encoding="utf-8"?>\n<n:a x="1" xmlns:n="n"><b>!?]</b></n:a>',
            ["", "b>!?]</b", "/n:a", ""],
        ),
        (b"<!-- a --><?b c?><a><Seal>1</Seal></a>", ["", "/a", ""]),
    ],
)
def test_how_a_file_is_cut(data: bytes, tokens: list[str]) -> None:
    found = cut(data, ("Seal",))
    assert found is not None
    assert found.all == tokens
    assert found.head.has_foreign is (b"Seal" in data)


@pytest.mark.parametrize("token", ["Text", "Text>", "Text></Text", "Test>a</Text", "Text>a</Test", "Text>a<b/>c</Text"])
def test_what_is_no_token_of_a_leaf(token: str) -> None:
    with pytest.raises(UnusualError):
        text_inside(token, "Text")


def test_a_warning_of_the_root_has_its_line_in_files_that_are_written_anew() -> None:
    text = order(ISSUED, BUYER, "<!-- a -->", LINE, attributes=' version="v-1.0" xmlns:x="urn:seal"').decode()
    report = read_as(f"<?xml version='1.0'?>\n\n{text}".encode(), s.SCHEMA).report
    assert [(finding.parameters["kind"], finding.line) for finding in report] == [("misspelt-namespace", 3)]


def test_a_text_too_long_for_the_parser_is_refused_whatever_the_limit() -> None:
    data = order(ISSUED, BUYER, LINE).replace(b"\n<Line>", b"\n" * 10_000_001 + b"<Line>")
    (finding,) = read_as(data, s.SCHEMA, limit=50_000_000).report
    assert finding.parameters["kind"] == "not-well-formed"


def test_attributes_inside_of_foreign_elements_do_not_count() -> None:
    seal = '<x:Seal xmlns:x="urn:seals" a="1"><x:In b="2"/></x:Seal>'
    assert read(order(ISSUED, BUYER, LINE, seal)).seal.xml == seal
    assert read_as(order(ISSUED, BUYER, LINE.replace("<Text>", '<Text a="1">'), seal), s.SCHEMA).document is None
