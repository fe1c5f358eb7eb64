"""Objects built in Python: every defect is found, with its place and a message that teaches."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any

import pytest

from gse_billing import evolve
from gse_billing.core.errors import FloatRefusedError, InvalidValueError
from gse_billing.core.findings import Finding
from gse_billing.fatturapa.wire import Opaque, Schema, Text, attribute, element, opaque, wire
from gse_billing.fatturapa.wire.checking import findings_of
from gse_billing.fatturapa.wire.records import CHECKED, PLAIN, Spelling
from gse_billing.fatturapa.wire.writing import written
from tests.unit.fatturapa.wire import samples as s


def found(document: object) -> list[Finding]:
    return list(findings_of(document, s.SCHEMA))


def test_documents_in_order_have_no_finding() -> None:
    assert found(s.order()) == []
    assert found(s.full_order()) == []


# document, path, element number, kind
DEFECTS: list[tuple[Any, str, str, str]] = [
    (s.order(version="v-2.0"), "/Order/@version", "", "fixed"),
    (s.order(version=None), "/Order/@version", "", "missing"),
    (s.order(system="è"), "/Order/@System", "", "character"),
    (s.order(flow="No"), "/Order/@Flow", "", "fixed"),
    (s.order(issued=None), "/Order/Issued", "1", "missing"),
    (s.order(lines=()), "/Order/Line[1]", "4", "missing"),
    (s.order(lines=(s.line(), s.line(number=0))), "/Order/Line[2]/Number", "4.1", "too-small"),
    (s.order(lines=(s.line(notes=("a", "b", "c", "d")),)), "/Order/Line[1]/Note[1]", "4.8", "too-many"),
    (s.order(lines=(s.line(notes=("a", "€")),)), "/Order/Line[1]/Note[2]", "4.8", "character"),
    (s.order(lines=(s.line(amount=Decimal("0.001")),)), "/Order/Line[1]/Amount", "4.4", "decimal"),
    (s.order(lines=(s.line(colour=s.Colour.BLUE),)), "/Order/Line[1]/Colour", "4.6", "not-in-list"),
    (s.order(buyer=s.Name()), "/Order/Buyer", "2", "choice-none"),
    (s.order(buyer=s.Name(firm="a", given="b")), "/Order/Buyer", "2", "choice-both"),
    (s.order(buyer=s.Name(given="b")), "/Order/Buyer/Family", "2.3", "missing"),
    (s.order(seal=Opaque("<a")), "/Order/Seal", "", "foreign"),
    (s.order(seal=Opaque("<Seal/>")), "/Order/Seal", "", "foreign"),
    (s.order(seal=Opaque("")), "/Order/Seal", "", "foreign"),
    (s.order(seal=Opaque("\ud800")), "/Order/Seal", "", "foreign"),
]


@pytest.mark.parametrize(("document", "path", "number", "kind"), DEFECTS, ids=[f"{d[1]}-{d[3]}" for d in DEFECTS])
def test_a_defect_is_found_with_its_place(document: object, path: str, number: str, kind: str) -> None:
    (finding,) = found(document)
    assert (finding.code, finding.path, finding.element) == ("sdi:00200", path, number)
    assert finding.parameters["kind"] == kind


def test_a_finding_teaches() -> None:
    (finding,) = found(s.order(lines=(s.line(text="10 €"),)))
    assert finding.message_en == "Text holds '€' (U+20AC, EURO SIGN) at character 4, which is outside Latin-1"
    assert finding.message_it == (
        "Text contiene '€' (U+20AC, EURO SIGN) al carattere 4, che non fa parte dell'alfabeto Latin-1"
    )
    assert finding.hint == "replace the character, or let fatturapa.transliterate do it"
    assert finding.line is None


def test_choices_are_explained_by_their_tags() -> None:
    (none,) = found(s.order(buyer=s.Name()))
    assert none.message_en == "Buyer holds none of the alternatives: Firm | Given, Family"
    (both,) = found(s.order(buyer=s.Name(firm="a", family="b")))
    assert both.message_en == (
        "Buyer holds more than one alternative (Firm, Family), only one may stand: Firm | Given, Family"
    )


def test_all_defects_are_found_at_once_in_document_order() -> None:
    document = s.order(issued=None, buyer=s.Name(), lines=(s.line(number=0, text=""), s.line()))
    assert [finding.path for finding in found(document)] == [
        "/Order/Issued",
        "/Order/Buyer",
        "/Order/Line[1]/Number",
        "/Order/Line[1]/Text",
    ]


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (s.order(lines=[s.line()]), r"/Order/Line\[1\] is a list; the field is declared as tuple; give a tuple"),
        (s.order(buyer="Comune"), r"/Order/Buyer is a str; the field is declared as Name"),
        (s.order(issued="2026-11-22"), "/Order/Issued is a str; the field is declared as date"),
        (s.order(seal="<Seal/>"), "/Order/Seal is a str; the field is declared as Opaque"),
        (s.order(lines=(s.line(number=True),)), r"/Order/Line\[1\]/Number is a bool"),
    ],
)
def test_values_of_another_class_are_errors_of_the_call(document: object, message: str) -> None:
    with pytest.raises(InvalidValueError, match=message):
        found(document)


def test_floats_are_refused() -> None:
    with pytest.raises(FloatRefusedError, match=r"0\.1 is a float and cannot be /Order/Line\[1\]/Price"):
        found(s.order(lines=(s.line(price=0.1),)))


def test_a_document_in_order_is_not_walked_again_but_a_changed_copy_is() -> None:
    document = s.full_order()
    found(document)
    assert found(document) == []
    broken = evolve(document, lines=(evolve(document.lines[0], number=0),))
    assert [finding.path for finding in found(broken)] == ["/Order/Line[1]/Number"]
    assert [finding.path for finding in found(broken)] == ["/Order/Line[1]/Number"], "a defect is never remembered away"


def test_sound_parts_of_a_document_with_a_defect_are_remembered_as_such() -> None:
    padded, spelled = s.line(price=Decimal(5)), evolve(s.line(), _spelled={("number", 0): Spelling("01")})
    plain = s.line()
    found(s.order(lines=(s.line(number=0), padded, spelled, plain)))
    assert [line._mark for line in (padded, spelled, plain)] == [CHECKED, CHECKED, PLAIN]  # type: ignore[attr-defined]


def test_schemas_without_tables_number_nothing_and_have_their_own_code() -> None:
    @wire("AType")
    class A:
        text: str = attribute("text", Text("T", length=1))
        seal: Opaque = opaque(s.SEAL)

    schema = Schema(name="n", namespace="n", prefix="p", version="1", roots={"A": A}, code="message:schema")
    found = list(findings_of(A(text="ab", seal=None), schema))  # type: ignore[arg-type]
    assert [(each.code, each.path, each.element) for each in found] == [
        ("message:schema", "/A/@text", ""),
        ("message:schema", "/A/Seal", ""),
    ]


def test_lists_inside_of_records_inside_of_lists_are_all_looked_at() -> None:
    @wire("Group")
    class Group:
        numbers: tuple[int, ...] = element("Number", s.COUNT, many=(0, None), default=())
        name: str = element("Name", s.LATIN)

    @wire("Groups")
    class Groups:
        groups: tuple[Group, ...] = element("Group", Group, many=(1, None))

    schema = Schema(name="n", namespace="n", prefix="p", version="1", roots={"R": Groups})
    good, bad = Group(numbers=(1, 2), name="a"), Group(numbers=(3,), name="€")
    assert list(findings_of(Groups(groups=(good, good)), schema)) == []
    assert [each.path for each in findings_of(Groups(groups=(good, bad)), schema)] == ["/R/Group[2]/Name"]
    assert [each.path for each in findings_of(Groups(groups=(good, Group(numbers=(0,), name="a"))), schema)] == [
        "/R/Group[2]/Number[1]"
    ]


class Plates(str, Enum):  # noqa: UP042 - what people write
    ROME = "RM"


class Codes(StrEnum):
    ITALY = "IT"


def test_a_text_that_is_written_as_another_is_an_error_of_the_call() -> None:
    """Format of a (str, Enum) is the name of the member: ``Plates.ROME`` would stand in the file."""
    with pytest.raises(InvalidValueError, match="/Order/Buyer/Nation is a Plates; the field is declared as str"):
        list(findings_of(s.order(buyer=s.Name(firm="a", nation=Plates.ROME)), s.SCHEMA))
    document = s.order(buyer=s.Name(firm="a", nation=Codes.ITALY))
    assert list(findings_of(document, s.SCHEMA)) == []
    assert b"<Nation>IT</Nation>" in written(document, s.SCHEMA)
