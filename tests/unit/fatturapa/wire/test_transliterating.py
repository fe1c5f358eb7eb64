"""Texts made legal, and documents told apart."""

from __future__ import annotations

import pytest

from gse_billing import evolve
from gse_billing.fatturapa.wire import Text
from gse_billing.fatturapa.wire.checking import findings_of
from gse_billing.fatturapa.wire.differing import Difference, differences
from gse_billing.fatturapa.wire.places import Place
from gse_billing.fatturapa.wire.transliterating import Replacement, legal_text, transliterated
from tests.unit.fatturapa.wire import samples as s

ROOT = Place.root(s.SCHEMA, "Order")
LONG = Text("Long", base="xs:normalizedString", min_length=1, max_length=35)


@pytest.mark.parametrize(
    ("kind", "text", "legal"),
    [
        (s.LATIN, "perché 5 £", "perché 5 £"),
        (s.LATIN, "10 €", "10 EUR"),
        (s.LATIN, "“A” – ‘b’…", "\"A\" - 'b'..."),
        (s.LATIN, "œuvre ćevapčići", "oeuvre cevapcici"),
        (s.LATIN, "a\u0301", "a"),
        (s.LATIN, "ﬁ\u200b", "fi"),
        (s.LATIN, "a\nb\x01", "a b"),
        (s.LATIN, "😀", "?"),
        (s.BASIC, "però 20°", "pero 20o"),
        (s.BASIC, "Straße", "Strasse"),
        (s.TITLE, "  Dott. ", "Dott."),
        (LONG, "a\t€\x00", "a €"),
    ],
)
def test_a_text_becomes_legal(kind: Text, text: str, legal: str) -> None:
    assert legal_text(kind, text) == legal
    assert kind.flaw(legal) is None


def test_the_length_is_left_to_the_checks() -> None:
    flaw = s.LATIN.flaw(legal_text(s.LATIN, "€" * 20))
    assert flaw is not None
    assert flaw.kind == "too-long"


def test_a_document_becomes_legal_and_every_change_is_said() -> None:
    document = s.order(
        system="però",
        lines=(s.line(), s.line(text="10 €", notes=("fine", "a–b"))),
        extra=s.Extra(free="€ stays", data=b"\xff"),
    )
    copy, replaced = transliterated(document, ROOT)
    assert list(findings_of(copy, s.SCHEMA)) == []
    assert replaced == [
        Replacement(path="/Order/@System", before="però", after="pero"),
        Replacement(path="/Order/Line[2]/Text", before="10 €", after="10 EUR"),
        Replacement(path="/Order/Line[2]/Note[2]", before="a–b", after="a-b"),
    ]
    assert copy == evolve(document, system="pero", lines=(s.line(), s.line(text="10 EUR", notes=("fine", "a-b"))))


def test_a_legal_document_is_given_back_itself() -> None:
    document = s.full_order()
    assert transliterated(document, ROOT) == (document, [])
    assert transliterated(document, ROOT)[0] is document


def test_equal_documents_have_no_difference() -> None:
    assert list(differences(s.full_order(), s.full_order(), ROOT)) == []


def test_differences_are_told_path_by_path() -> None:
    left, right = s.full_order(), s.full_order()
    buyer = s.Name(given="Ada", family="Verdi")
    lines = (evolve(right.lines[0], number=7), evolve(right.lines[1], notes=("perché",)), s.line())
    right = evolve(right, system=None, buyer=buyer, lines=lines, extra=None)
    told = list(differences(left, right, ROOT))
    assert [(each.path, each.element) for each in told] == [
        ("/Order/@System", ""),
        ("/Order/Buyer/Firm", "2.1"),
        ("/Order/Buyer/Given", "2.2"),
        ("/Order/Buyer/Family", "2.3"),
        ("/Order/Line[1]/Number", "4.1"),
        ("/Order/Line[2]/Note[2]", "4.8"),
        ("/Order/Line[3]", "4"),
        ("/Order/Extra", "5"),
    ]
    assert told[4] == Difference(path="/Order/Line[1]/Number", element="4.1", left=1, right=7)
    assert [str(told[index]) for index in (0, 4)] == ["/Order/@System: sys -> nothing", "/Order/Line[1]/Number: 1 -> 7"]
    assert str(told[6]).startswith("/Order/Line[3]: nothing -> Line(number=1")
