"""Documents as dicts and back: what is kept, what is refused, and what is said of it."""

from __future__ import annotations

import collections
import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest

from gse_billing.core.errors import FloatRefusedError, InvalidDocumentError, InvalidValueError
from gse_billing.core.findings import Finding, Severity
from gse_billing.core.values import evolve
from gse_billing.fatturapa.wire import Opaque, Schema, attribute, dicts, element, opaque, wire
from gse_billing.fatturapa.wire.naming import Names
from gse_billing.fatturapa.wire.reading import read_as
from gse_billing.fatturapa.wire.structuring import structured, unstructured
from gse_billing.fatturapa.wire.writing import written
from tests.unit.fatturapa.wire.samples import (
    CODE,
    LATIN,
    SCHEMA,
    SEAL,
    Extra,
    Line,
    Name,
    Order,
    full_order,
    line,
    order,
)

TOLD: dict[str, Any] = {
    "Order": {
        "version": "v-1.0",
        "System": "sys",
        "Flow": "Yes",
        "Issued": "2026-11-22",
        "Buyer": {"Firm": "Comune", "Nation": "IT"},
        "Seller": {"Given": "Ada", "Family": "Löw", "Title": "Dott.", "Nation": "FR"},
        "Line": [
            *({"Number": 1, "Text": "Energia", "Price": "0.10", "Amount": "1.50", "Rate": "22.00", "Colour": "G.1"},),
            {"Number": 2, "Text": "Energia", "Price": "0.10", "Note": ["perché", "a & b < c > d"]},
        ],
        "Extra": {
            "Code": "abcde",
            "Short": "abc",
            "Token": "a b",
            "Basic": "basic",
            "Moment": "2026-11-22T10:30:00+00:00",
            "Data": "AP8gYnl0ZXM=",
            "Free": " free\n text <&> ]]> ",
            "Positive": 7,
            "Identifier": 123456789012,
        },
        "Seal": '<s:Seal xmlns:s="urn:seals" id="1">x<s:In/></s:Seal>',
    }
}
TOLD["Order"]["Line"][0]["Day"] = "2026-01-31"


def told(document: Any, names: Names = "official") -> dict[str, Any]:
    return unstructured(document, SCHEMA, names)


def taken(fields: Any, names: Names = "official") -> Any:
    return structured(fields, (SCHEMA,), names)


def findings(fields: Any, names: Names = "official") -> tuple[Finding, ...]:
    with pytest.raises(InvalidDocumentError) as caught:
        taken(fields, names)
    return caught.value.report.findings


def finding(inside: dict[str, Any], names: Names = "official") -> Finding:
    """The one finding of an order with other keys inside."""
    (only,) = findings({"Order": told(order(), names)["Order"] | inside}, names)
    return only


# to dicts


def test_a_document_is_told_in_the_order_of_the_standard() -> None:
    assert told(full_order()) == TOLD
    assert json.dumps(told(full_order())) == json.dumps(TOLD)


def test_python_names_are_those_of_the_fields() -> None:
    fields = told(full_order(), "python")["Order"]
    assert list(fields) == ["version", "system", "flow", "issued", "buyer", "seller", "lines", "extra", "seal"]
    assert fields["lines"][1]["notes"] == ["perché", "a & b < c > d"]
    assert taken({"Order": fields}, "python") == full_order()


@pytest.mark.parametrize(
    ("price", "text"),
    [("5", "5.00"), ("5.100", "5.100"), ("1E+1", "10.00"), ("0.00000010", "0.00000010"), ("-0", "-0.00")],
)
def test_a_decimal_is_told_as_it_is_written(price: str, text: str) -> None:
    document = order(lines=(line(price=Decimal(price)),))
    assert told(document)["Order"]["Line"][0]["Price"] == text
    assert f"<Price>{text}</Price>".encode() in written(document, SCHEMA)


def test_values_are_told_and_not_their_spellings() -> None:
    data = written(full_order(), SCHEMA).replace(b">22.00<", b">022.00<").replace(b">2026-01-31<", b">2026-01-31Z<")
    document = read_as(data, SCHEMA).document
    assert written(document, SCHEMA) == data
    assert told(document) == TOLD


def test_what_the_schema_refuses_is_not_told() -> None:
    with pytest.raises(InvalidDocumentError, match="Code must have 5 characters, it has 1"):
        told(order(extra=Extra(code="x")))


def test_an_object_of_a_wrong_class_is_not_told() -> None:
    with pytest.raises(FloatRefusedError, match=r"0\.1 is a float"):
        told(order(lines=(line(price=0.1),)))
    with pytest.raises(InvalidValueError, match="a Line is no document of"):
        told(line())


# from dicts


def test_a_document_is_made_from_what_was_told() -> None:
    document = taken(json.loads(json.dumps(TOLD)))
    assert document == full_order()
    assert written(document, SCHEMA) == written(full_order(), SCHEMA)


def test_a_changed_copy_is_told_anew() -> None:
    document = taken(TOLD)
    assert told(evolve(document, system="other"))["Order"]["System"] == "other"


def test_what_has_a_default_may_be_left_out() -> None:
    fields = {
        "Order": {"Issued": "2026-11-22", "Buyer": {"Firm": "Comune"}, "Line": [told(order())["Order"]["Line"][0]]}
    }
    assert taken(fields) == order()


def test_an_empty_array_is_no_element_at_all() -> None:
    fields = told(order())
    fields["Order"]["Line"][0]["Note"] = []
    assert taken(fields) == order()


def test_leading_zeros_are_legal_and_not_kept() -> None:
    fields = told(order())
    fields["Order"]["Line"][0]["Price"] = "007.10"
    document = taken(fields)
    assert document.lines[0].price == Decimal("7.10")
    assert told(document)["Order"]["Line"][0]["Price"] == "7.10"


def test_classes_of_python_that_are_texts_and_dicts_are_taken() -> None:
    class Word(str):
        __slots__ = ()

    fields = collections.OrderedDict(told(order())["Order"], Issued=Word("2026-11-22"), System=Word("sys"))
    assert taken({"Order": fields}) == order(system="sys")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-22T10:30:00Z", dt.datetime(2026, 11, 22, 10, 30, tzinfo=dt.UTC)),
        ("2026-11-22T10:30:00.5", dt.datetime(2026, 11, 22, 10, 30, 0, 500_000)),  # noqa: DTZ001
        ("2026-11-22T10:30:00", dt.datetime(2026, 11, 22, 10, 30)),  # noqa: DTZ001
    ],
)
def test_a_moment_may_be_written_in_several_ways(text: str, moment: dt.datetime) -> None:
    assert taken({"Order": told(order())["Order"] | {"Extra": {"Moment": text}}}) == order(extra=Extra(moment=moment))


REFUSED: dict[str, tuple[dict[str, Any], str, str, str | None]] = {
    "a key that is not known": ({"Total": "1.00"}, "json:unknown-key", "Total is not a key known here", "/Order/Total"),
    "a key in the other style": ({"lines": []}, "json:other-names", "lines is a key of the other style of names", None),
    "null": ({"Extra": None}, "json:null", "Extra is null", "/Order/Extra"),
    "an array for one element": (
        {"Buyer": [{"Firm": "x"}]},
        "json:wrong-type",
        "Buyer is of the JSON type array, expected object",
        "/Order/Buyer",
    ),
    "one element for an array": (
        {"Line": {"Number": 1}},
        "json:wrong-type",
        "Line is of the JSON type object, expected array",
        "/Order/Line",
    ),
    "a text where an array stands": (
        {"Line": "abc"},
        "json:wrong-type",
        "Line is of the JSON type string, expected array",
        "/Order/Line",
    ),
    "a number for a text": (
        {"System": 7},
        "json:wrong-type",
        "System is of the JSON type integer, expected string",
        "/Order/System",
    ),
    "a float for a text": (
        {"System": 7.5},
        "json:wrong-type",
        "System is of the JSON type number, expected string",
        "/Order/System",
    ),
    "a value of Python": (
        {"Issued": dt.date(2026, 11, 22)},
        "json:wrong-type",
        "Issued is of the JSON type date, expected string",
        "/Order/Issued",
    ),
    "an attribute that is fixed": ({"Flow": "No"}, "sdi:00200", "Flow is 'No' but must be Yes", "/Order/Flow"),
    "a day with a zone": ({"Issued": "2026-11-22Z"}, "sdi:00200", "Issued is '2026-11-22Z', which is no date", None),
    "a day that is too early": (
        {"Issued": "1969-12-31"},
        "sdi:00200",
        "Issued is '1969-12-31', before 1970-01-01",
        "/Order/Issued",
    ),
    "no branch of a choice": (
        {"Buyer": {"Nation": "IT"}},
        "sdi:00200",
        "Buyer holds none of the alternatives: Firm | Given, Family",
        "/Order/Buyer",
    ),
    "two branches of a choice": (
        {"Buyer": {"Firm": "x", "Family": "y"}},
        "sdi:00200",
        "Buyer holds more than one alternative (Firm, Family), only one may stand: Firm | Given, Family",
        "/Order/Buyer",
    ),
    "half a branch": (
        {"Buyer": {"Family": "y"}},
        "sdi:00200",
        "Given is missing and must be there",
        "/Order/Buyer/Given",
    ),
    "nothing in an array": ({"Line": []}, "sdi:00200", "Line is missing and must be there", "/Order/Line"),
    "another element": (
        {"Seal": "<Seal/>"},
        "sdi:00200",
        "Seal is not the expected element {urn:seals}Seal: Seal",
        "/Order/Seal",
    ),
    "no element at all": (
        {"Seal": {}},
        "json:wrong-type",
        "Seal is of the JSON type object, expected string",
        "/Order/Seal",
    ),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_a_defect_is_named_with_its_place(reason: str) -> None:
    inside, code, message, pointer = REFUSED[reason]
    found = finding(inside)
    assert (found.code, found.message_en) == (code, message)
    assert found.parameters["pointer"] == pointer or pointer is None
    assert found.message_it
    assert found.path.startswith("/Order/")


_FLOAT = "a binary float, which does not hold decimal figures exactly"
_BLANKS = "tabs, line ends or outer blanks are no part of an"

LINES: dict[str, tuple[dict[str, Any], str]] = {
    "a float for a figure": ({"Price": 0.1}, f"Price is 0.1, {_FLOAT}"),
    "a float for a count": ({"Number": 1.0}, f"Number is 1.0, {_FLOAT}"),
    "no number": ({"Rate": float("nan")}, f"Rate is nan, {_FLOAT}"),
    "a number for a figure": ({"Price": 10}, "Price is of the JSON type integer, expected string"),
    "a decimal of Python": ({"Price": Decimal("0.10")}, "Price is of the JSON type Decimal, expected string"),
    "true for a count": ({"Number": True}, "Number is of the JSON type boolean, expected integer"),
    "a text for a count": ({"Number": "1"}, "Number is of the JSON type string, expected integer"),
    "a count that is too large": ({"Number": 10_000}, "Number is 10000, more than 9999"),
    "a count without end": ({"Number": 10**5000}, "Number may have at most 40 digits: …"),
    "blanks around a figure": ({"Price": " 0.10"}, f"Price is ' 0.10': {_BLANKS} xs:decimal"),
    "too few decimals": ({"Price": "0.1"}, "Price is '0.1', which is not a number in the form asked for"),
    "null for a text": ({"Text": None}, "Text is null"),
    "null for a count": ({"Number": None}, "Number is null"),
    "null for a figure that may be left out": ({"Rate": None}, "Rate is null"),
    "null in an array": ({"Note": ["a", None]}, "Note is null"),
    "an unknown code": ({"Colour": "B"}, "Colour is 'B', which is not one of the admitted codes"),
    "a list for a code": ({"Colour": ["R"]}, "Colour is of the JSON type array, expected string"),
    "a line end in a text": ({"Text": "a\nb"}, f"Text is 'a\\nb': {_BLANKS} xs:normalizedString"),
    "a control character": ({"Text": "a\x01"}, "Text holds '\\x01' (U+0001) at character 2, which XML does not admit"),
    "half a character": ({"Text": "\ud800"}, "Text holds '\\ud800' (U+D800) at character 1, which XML does not admit"),
    "too many": ({"Note": ["a"] * 4}, "Note stands 4 times, at most 3"),
}


@pytest.mark.parametrize("reason", LINES)
def test_a_defect_of_a_line_is_named(reason: str) -> None:
    inside, message = LINES[reason]
    fields = told(order())
    fields["Order"]["Line"][0] |= inside
    (found,) = findings(fields)
    (key,) = inside
    assert found.message_en == message
    assert found.parameters["pointer"].removesuffix("/1") == f"/Order/Line/0/{key}"
    assert found.path.startswith("/Order/Line[1]/")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2026-11-22T24:00:00", "Moment is '2026-11-22T24:00:00', which is no date with a time"),
        ("2026-11-22T10:30:00.1234567", "Moment is '2026-11-22T10:30:00.1234567', which is no date with a time"),
        ("today", "Moment is 'today', which is no date with a time"),
    ],
)
def test_a_moment_that_would_not_come_back_is_refused(text: str, message: str) -> None:
    assert finding({"Extra": {"Moment": text}}).message_en == message


def test_base_64_has_no_blanks() -> None:
    assert finding({"Extra": {"Data": "AA A="}}).parameters["kind"] == "blanks"
    assert finding({"Extra": {"Data": "AA*A"}}).parameters["kind"] == "not-base64"
    assert taken({"Order": told(order())["Order"] | {"Extra": {"Data": ""}}}) == order(extra=Extra(data=b""))


_ONE_KEY = "JSON must have one key, the name of the root (Order):"

WHOLES: dict[str, tuple[Any, str]] = {
    "null": (None, "JSON is null"),
    "an array": ([], "JSON is of the JSON type array, expected object"),
    "nothing": ({}, f"{_ONE_KEY} ''"),
    "what is inside": ({"Issued": "2026-11-22"}, f"{_ONE_KEY} 'Issued'"),
    "two keys": ({"Order": {}, "order": {}}, f"{_ONE_KEY} 'Order, order'"),
    "keys that are no texts": ({1: 2, None: 3}, f"{_ONE_KEY} '<int>, <NoneType>'"),
    "an endless key": ({"x" * 99: 1}, f"{_ONE_KEY} {'x' * 60 + '…'!r}"),
}


@pytest.mark.parametrize("reason", WHOLES)
def test_the_one_key_at_the_top_is_the_root(reason: str) -> None:
    fields, message = WHOLES[reason]
    (found,) = findings(fields)
    assert (found.message_en, found.path, found.parameters["pointer"]) == (message, "", "")
    assert found.code.startswith("json:")


def test_every_defect_is_said_at_once() -> None:
    found = findings({"Order": {"version": "v-2.0", "Buyer": {"Firm": ""}, "Line": [{"Number": 0}, 5], "a/b~": 1}})
    assert [(each.parameters["pointer"], each.parameters["kind"]) for each in found] == [
        ("/Order/a~1b~0", "unknown-key"),
        ("/Order/version", "fixed"),
        ("/Order/Issued", "missing"),
        ("/Order/Buyer/Firm", "too-short"),
        ("/Order/Line/0/Number", "too-small"),
        ("/Order/Line/0/Text", "missing"),
        ("/Order/Line/0/Price", "missing"),
        ("/Order/Line/1", "wrong-type"),
    ]
    assert [each.path for each in found][-1] == "/Order/Line[2]"
    assert found[4].element == "4.1"


def test_keys_in_the_other_style_say_which() -> None:
    wrong = findings(told(order(), "python"))
    assert wrong[0].hint == "give names='python' if all keys are in that style"
    assert findings(told(order()), "python")[0].hint == "give names='official' if all keys are in that style"


def test_hints_teach() -> None:
    assert finding({"Total": 1}).hint.startswith("the keys here are: version, System, Flow, Issued, Buyer")
    assert finding({"Extra": None}).hint == "leave out the key of what is not there"
    (root,) = findings({})
    assert root.hint == "put the document under the name of its root element"
    fields = told(order())
    fields["Order"]["Line"][0]["Price"] = 0.1
    (found,) = findings(fields)
    assert found.hint == 'write a figure as a string, as in "22.00", and a count without decimals'


def test_the_walk_ends_after_very_many_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dicts, "MOST_FINDINGS", 3)
    found = findings({"Order": dict.fromkeys("abcdef")})
    assert [each.parameters["kind"] for each in found] == [*["unknown-key"] * 3, "too-many-findings"]
    assert found[-1].message_en == "Order has more than 3 errors: reading stops here"


def nested(depth: int) -> Any:
    """Lists in lists, deeper than Python walks."""
    inside: Any = []
    for _ in range(depth):
        inside = [inside]
    return inside


def test_depth_that_the_schema_does_not_have_is_not_walked() -> None:
    deep = nested(100_000)
    assert finding({"Buyer": deep}).parameters["kind"] == "wrong-type"
    assert finding({"System": deep}).parameters["kind"] == "wrong-type"
    assert finding({"Other": deep}).parameters["kind"] == "unknown-key"


# what only other schemas have


@wire("OldType")
class Old:
    """A record with what standards tolerate."""

    version: str | None = attribute("version", CODE, default=None)
    made: str | None = attribute("made", CODE, tolerated=True)
    text: str = element("Text", LATIN)
    names: tuple[Name, ...] = element("Name", Name, many=(1, 2), default=())
    seal: Opaque | None = opaque(SEAL, default=None, tolerated=True)


OLD = Schema(name="Old", namespace="urn:old", prefix="n", version="1", roots={"Old": Old, "Line": Line})


def test_a_schema_may_have_several_roots() -> None:
    fields = unstructured(line(), OLD, "official")
    assert fields == {"Line": {"Number": 1, "Text": "Energia", "Price": "0.10"}}
    assert structured(fields, (SCHEMA, OLD), "official") == line()
    assert structured(told(order()), (SCHEMA, OLD), "official") == order()


def test_what_is_tolerated_may_be_missing() -> None:
    document = structured({"Old": {"Text": "a", "Name": [{"Firm": "x"}]}}, (OLD,), "official")
    assert (document.made, document.seal, document.version) == (None, None, None)
    assert unstructured(document, OLD, "official") == {"Old": {"Text": "a", "Name": [{"Firm": "x", "Nation": "IT"}]}}


def test_what_is_tolerated_is_warned_of_beside_errors() -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        structured({"Old": {"Text": "a"}}, (OLD,), "official")
    said = {each.parameters["pointer"]: each.severity for each in caught.value.report}
    assert said == {"/Old/made": Severity.WARNING, "/Old/Name": Severity.ERROR, "/Old/Seal": Severity.WARNING}


def test_a_class_is_compiled_once() -> None:
    from gse_billing.fatturapa.wire.structuring import _hook_of, _teller_of

    cls: Any = Order
    assert _hook_of(cls, "official") is _hook_of(cls, "official")
    assert _teller_of(cls, "python") is _teller_of(cls, "python")
