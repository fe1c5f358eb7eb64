"""Documents to bytes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import SupportsIndex

import pytest
from lxml import etree

from gse_billing import evolve
from gse_billing.core.errors import InvalidDocumentError, InvalidValueError
from gse_billing.fatturapa.wire import Opaque
from gse_billing.fatturapa.wire.checkers import is_sound
from gse_billing.fatturapa.wire.encoding import _MOST_ELEMENTS, _Elements
from gse_billing.fatturapa.wire.writing import written
from tests.unit.fatturapa import samples as documents
from tests.unit.fatturapa.wire import samples as s

SAMPLE = documents.ordinary().fattura_elettronica_body[0].dati_generali.dati_generali_documento
FULL = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<o:Order xmlns:o="urn:orders" version="v-1.0" System="sys" Flow="Yes">'
    "<Issued>2026-11-22</Issued>"
    "<Buyer><Firm>Comune</Firm><Nation>IT</Nation></Buyer>"
    "<Seller><Given>Ada</Given><Family>Löw</Family><Title>Dott.</Title><Nation>FR</Nation></Seller>"
    "<Line><Number>1</Number><Text>Energia</Text><Price>0.10</Price><Amount>1.50</Amount><Rate>22.00</Rate>"
    "<Colour>G.1</Colour><Day>2026-01-31</Day></Line>"
    "<Line><Number>2</Number><Text>Energia</Text><Price>0.10</Price>"
    "<Note>perché</Note><Note>a &amp; b &lt; c &gt; d</Note></Line>"
    "<Extra><Code>abcde</Code><Short>abc</Short><Token>a b</Token><Basic>basic</Basic>"
    "<Moment>2026-11-22T10:30:00+00:00</Moment><Data>AP8gYnl0ZXM=</Data>"
    "<Free> free\n text &lt;&amp;&gt; ]]&gt; </Free><Positive>7</Positive><Identifier>123456789012</Identifier></Extra>"
    '<s:Seal xmlns:s="urn:seals" id="1">x<s:In/></s:Seal>'
    "</o:Order>\n"
)


def test_a_document_is_written_in_canonical_form() -> None:
    assert written(s.full_order(), s.SCHEMA).decode() == FULL


def test_the_same_bytes_every_time_also_after_a_change_and_back() -> None:
    document = s.full_order()
    first = written(document, s.SCHEMA)
    assert written(document, s.SCHEMA) == first
    lines = tuple(evolve(evolve(line, number=9), number=line.number) for line in document.lines)
    assert written(evolve(document, lines=lines), s.SCHEMA) == first


def test_decimals_are_padded_and_never_in_scientific_form() -> None:
    lines = (s.line(price=Decimal("1.0E-7"), amount=Decimal(5)), s.line(price=Decimal("1.500")))
    text = written(s.order(lines=lines), s.SCHEMA).decode()
    assert "<Price>0.00000010</Price><Amount>5.00</Amount>" in text
    assert "<Price>1.500</Price>" in text


def test_text_comes_back_as_it_was_whatever_it_holds() -> None:
    free = "a\r\n\t\"' <&> ]]> 😀"
    notes = ("<", ">", "&amp;")
    document = s.order(lines=(s.line(notes=notes),), extra=s.Extra(free=free), system='"<&>"')
    tree = etree.fromstring(written(document, s.SCHEMA))
    assert tree.findtext("Extra/Free") == free
    assert [note.text for note in tree.iter("Note")] == list(notes)
    assert tree.get("System") == '"<&>"'


def test_a_carriage_return_in_a_record_with_padded_decimals_is_kept_too() -> None:
    document = s.order(lines=(s.line(price=Decimal(1), text="a & b"),), extra=s.Extra(free="a\rb"))
    tree = etree.fromstring(written(document, s.SCHEMA))
    assert tree.findtext("Extra/Free") == "a\rb"
    assert tree.findtext("Line/Text") == "a & b"


def test_what_the_schema_refuses_is_refused_with_every_finding() -> None:
    document = s.order(lines=(s.line(text="10 €"), s.line(number=0)))
    with pytest.raises(
        InvalidDocumentError, match=r"2 error\(s\): sdi:00200 at /Order/Line\[1\]/Text: Text holds '€'"
    ) as caught:
        written(document, s.SCHEMA)
    assert [finding.path for finding in caught.value.report] == ["/Order/Line[1]/Text", "/Order/Line[2]/Number"]


def test_a_stylesheet_is_named_when_asked_for() -> None:
    data = written(s.order(), s.SCHEMA, stylesheet='a"b.xsl')
    assert data.splitlines()[1] == b'<?xml-stylesheet type="text/xsl" href="a&quot;b.xsl"?>'


@pytest.mark.parametrize("address", ["a?>b", "a\nb"])
def test_a_stylesheet_that_would_break_the_file_is_refused(address: str) -> None:
    with pytest.raises(InvalidValueError, match="is no address of a stylesheet"):
        written(s.order(), s.SCHEMA, stylesheet=address)


@pytest.mark.parametrize(
    "xml",
    [
        pytest.param('<?xml version="1.0"?><Seal xmlns="urn:seals"/>', id="a declaration"),
        pytest.param('<!DOCTYPE Seal><Seal xmlns="urn:seals"/>', id="a document type"),
        pytest.param('<Seal xmlns="urn:seals"/><Seal xmlns="urn:seals"/>', id="two elements"),
        pytest.param('<Seal xmlns="urn:seals"/>text', id="text behind"),
        pytest.param("text", id="no element"),
        pytest.param('<Seal xmlns="urn:seals">\ud800</Seal>', id="half a character"),
    ],
)
def test_a_foreign_element_is_one_element_alone(xml: str) -> None:
    with pytest.raises(InvalidDocumentError):
        written(s.order(seal=Opaque(xml)), s.SCHEMA)


def test_the_memory_of_elements_is_bounded() -> None:
    elements = _Elements("Day", dt.date.isoformat)
    for offset in range(_MOST_ELEMENTS + 10):
        day = dt.date(1900, 1, 1) + dt.timedelta(days=offset)
        assert elements[day] == f"<Day>{day.isoformat()}</Day>"
    assert len(elements) <= _MOST_ELEMENTS


class Marked(str):
    """A text as libraries of templates have it: what is replaced in it, and by what, is escaped once more."""

    __slots__ = ()

    def replace(self, old: str, new: str, count: SupportsIndex = -1) -> Marked:
        return Marked(super().replace(old, new.replace("&", "&amp;"), count))


def test_a_text_of_another_library_is_escaped_once() -> None:
    document = s.order(lines=(s.line(notes=(Marked("<b> & more"),)),), extra=s.Extra(free=Marked("a&b")))
    text = written(document, s.SCHEMA).decode()
    assert "<Note>&lt;b&gt; &amp; more</Note>" in text
    assert "<Free>a&amp;b</Free>" in text


def test_a_description_is_judged_by_its_letters_and_its_length() -> None:
    for text in ("x", "perch\xe9 no", "x\x7f", "x" * 1000):
        document = evolve(SAMPLE, causale=(text[:200],))
        assert is_sound(document)
    for text in ("", "x\n", "\u20ac", "x" * 201):
        assert not is_sound(evolve(SAMPLE, causale=(text,)))
