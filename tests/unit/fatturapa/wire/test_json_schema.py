"""The JSON Schema: its parts, piece by piece, and expressions that engines of other languages understand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from gse_billing.core.errors import InvalidValueError
from gse_billing.fatturapa.model import ORDINARIA, SEMPLIFICATA
from gse_billing.fatturapa.wire import DecimalText, IntegerText, Schema, attribute, element, opaque, wire
from gse_billing.fatturapa.wire.json_patterns import at_least, at_most
from gse_billing.fatturapa.wire.json_schema import emitted_json
from gse_billing.fatturapa.wire.json_types import simple_type
from gse_billing.fatturapa.wire.naming import Names
from tests.unit.fatturapa.wire.samples import (
    AMOUNT,
    BASIC,
    BYTES,
    CODE,
    COLOUR,
    COUNT,
    DAY,
    IDENTIFIER,
    LATIN,
    NATION,
    NEW_DAY,
    POSITIVE,
    RATE,
    SCHEMA,
    SEAL,
    SHORT,
    TITLE,
    TOKEN,
    Line,
)

OFFICIAL = emitted_json(SCHEMA, "official")
LEGAL = r"[\u0000-\u0008\u000B\u000C\u000E-\u001F\uD800-\uDFFF\uFFFE\uFFFF]"
CONTROLS = r"[\u0000-\u001F\uD800-\uDFFF\uFFFE\uFFFF]"


def test_the_whole_has_one_key_the_root() -> None:
    whole = {name: value for name, value in OFFICIAL.items() if name != "$defs"}
    assert whole == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Orders 1.0, official names",
        "type": "object",
        "properties": {"Order": {"$ref": "#/$defs/OrderType"}},
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": False,
    }


def test_every_type_stands_once_records_first_and_unused_ones_not_at_all() -> None:
    names = list(OFFICIAL["$defs"])
    assert names[:5] == ["OrderType", "NameType", "LineType", "ExtraType", "Code"]
    assert {"xs:date", "xs:dateTime", "xs:base64Binary", "xs:string", "xs:positiveInteger"} <= set(names)
    assert "Never" not in names


def test_a_record_says_its_keys_in_order_and_which_must_stand() -> None:
    record = OFFICIAL["$defs"]["OrderType"]
    assert list(record["properties"]) == [
        "version",
        "System",
        "Flow",
        "Issued",
        "Buyer",
        "Seller",
        "Line",
        "Extra",
        "Seal",
    ]
    assert record["required"] == ["Issued", "Buyer", "Line"]
    assert (record["title"], record["description"], record["additionalProperties"]) == ("Order", "The root.", False)


def test_fields_say_bounds_defaults_and_fixed_values() -> None:
    keys = OFFICIAL["$defs"]["OrderType"]["properties"]
    assert keys["version"] == {"$ref": "#/$defs/Code", "const": "v-1.0", "default": "v-1.0"}
    assert keys["Flow"] == {"$ref": "#/$defs/xs:string", "const": "Yes"}
    assert keys["Line"] == {"type": "array", "items": {"$ref": "#/$defs/LineType"}, "minItems": 1}
    assert keys["Seal"]["contentMediaType"] == "application/xml"
    assert keys["Seal"]["description"] == "The element Seal of urn:seals as text."
    line = OFFICIAL["$defs"]["LineType"]["properties"]
    assert line["Note"] == {"type": "array", "items": {"$ref": "#/$defs/Latin"}, "maxItems": 3}
    assert OFFICIAL["$defs"]["NameType"]["properties"]["Nation"] == {"$ref": "#/$defs/Nation", "default": "IT"}


def test_a_choice_is_one_of_its_branches() -> None:
    assert OFFICIAL["$defs"]["NameType"]["required"] == []
    assert OFFICIAL["$defs"]["NameType"]["oneOf"] == [
        {"required": ["Firm"], "properties": {"Given": False, "Family": False}},
        {"required": ["Given", "Family"], "properties": {"Firm": False}},
    ]


def test_the_names_of_python_change_the_keys_alone() -> None:
    python = emitted_json(SCHEMA, "python")
    assert python["title"] == "Orders 1.0, names of Python"
    assert python["$defs"].keys() == OFFICIAL["$defs"].keys()
    assert python["properties"] == OFFICIAL["properties"]
    assert python["$defs"]["NameType"]["oneOf"][0] == {
        "required": ["firm"],
        "properties": {"given": False, "family": False},
    }
    assert list(python["$defs"]["LineType"]["properties"])[-1] == "notes"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (NATION, {"type": "string", "pattern": "^(?:[A-Z]{2})$", "not": {"pattern": rf"{LEGAL}|\n"}}),
        (CODE, {"type": "string", "minLength": 5, "maxLength": 5, "not": {"pattern": LEGAL}}),
        (SHORT, {"type": "string", "minLength": 2, "maxLength": 4, "not": {"pattern": LEGAL}}),
        (TOKEN, {"type": "string", "maxLength": 8, "not": {"pattern": rf"^ | $|  |{CONTROLS}"}}),
        (
            LATIN,
            {
                "type": "string",
                "minLength": 1,
                "maxLength": 20,
                "pattern": r"^[\u0020-\u00FF]*$",
                "not": {"pattern": CONTROLS},
            },
        ),
        (COLOUR, {"type": "string", "enum": ["R", "G.1"]}),
        (COUNT, {"type": "integer", "minimum": 1, "maximum": 9999}),
        (POSITIVE, {"type": "integer", "minimum": 1, "maximum": 10**40 - 1}),
        (IDENTIFIER, {"type": "integer", "minimum": 1 - 10**12, "maximum": 10**12 - 1}),
        (IntegerText("xs:integer"), {"type": "integer", "minimum": 1 - 10**40, "maximum": 10**40 - 1}),
        (
            AMOUNT,
            {"type": "string", "pattern": r"^(?:[\-]?[0-9]{1,11}\.[0-9]{2})$", "not": {"pattern": r"\n"}},
        ),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_simple_type_says_its_facets(kind: Any, said: dict[str, Any]) -> None:
    assert simple_type(kind) == said


def test_types_that_normalize_differ_in_blanks() -> None:
    assert simple_type(BASIC)["not"] == {"pattern": CONTROLS}
    assert simple_type(TITLE)["not"] == {"pattern": rf"^ | $|  |{CONTROLS}"}
    assert simple_type(BASIC)["pattern"] == simple_type(TITLE)["pattern"] == r"^[\u0020-\u007F]*$"


def test_days_and_bytes_say_what_they_are() -> None:
    assert simple_type(DAY)["format"] == "date"
    assert "allOf" not in simple_type(DAY)
    assert len(simple_type(NEW_DAY)["allOf"]) == 1
    assert simple_type(BYTES)["contentEncoding"] == "base64"
    assert len(simple_type(RATE)["allOf"]) == 2


@pytest.mark.parametrize(("bound", "legal"), [("1970", 8_030), ("0000", 10_000), ("9999", 1), ("1999", 8_001)])
def test_a_least_bound_is_exact(bound: str, legal: int) -> None:
    expression = re.compile(at_least(bound))
    assert [number for number in range(10_000) if expression.fullmatch(f"{number:04}")] == list(
        range(10_000 - legal, 10_000)
    )


@pytest.mark.parametrize("bound", ["1970", "0000", "9999", "1999", "0100"])
def test_a_greatest_bound_is_exact(bound: str) -> None:
    expression = re.compile(at_most(bound))
    assert [number for number in range(10_000) if expression.fullmatch(f"{number:04}")] == list(range(int(bound) + 1))


@pytest.mark.parametrize("least", ["1.00", "0.50", "10.00"])
@pytest.mark.parametrize("most", ["100.00", "99.95", "7.30"])
def test_bounds_of_figures_are_exact_whatever_the_leading_zeros(least: str, most: str) -> None:
    kind = DecimalText("Bounded", pattern=r"[0-9]{1,3}\.[0-9]{2}", min_inclusive=least, max_inclusive=most)
    validator = Draft202012Validator(simple_type(kind))
    edges = {round(float(bound) * 100) + step for bound in (least, most) for step in (-1, 0, 1)}
    for cents in edges.union(range(0, 100_000, 487)):
        text = f"{cents // 100}.{cents % 100:02}"
        legal = float(least) <= cents / 100 <= float(most)
        assert validator.is_valid(text) is legal, text
        assert validator.is_valid(text.zfill(6)) is legal, text


@pytest.mark.parametrize(
    ("pattern", "bound"),
    [(r"[0-9]{1,3}\.[0-9]{2,8}", "1.00"), (r"[0-9]{1,3}\.[0-9]{2}", "1.0"), (r"[\-]?[0-9]\.[0-9]{1}", "-1.0")],
)
def test_a_bound_that_no_expression_says_is_refused(pattern: str, bound: str) -> None:
    with pytest.raises(InvalidValueError, match=re.escape(f"the bound {bound} of Odd cannot be said as an expression")):
        simple_type(DecimalText("Odd", pattern=pattern, min_inclusive=bound))


def test_what_is_tolerated_need_not_stand() -> None:
    @wire("OldType")
    class Old:
        made: str | None = attribute("made", CODE, tolerated=True)
        given: str = attribute("given", CODE)
        line: Line = element("Line", Line)
        other: Line = element("Other", Line)
        seal: Any = opaque(SEAL, default=None, tolerated=True)
        second: Any = element("Second", CODE)

    old = Schema(name="Old", namespace="urn:old", prefix="n", version="1", roots={"Old": Old, "Line": Line})
    emitted = emitted_json(old, "official")
    assert emitted["$defs"]["OldType"]["required"] == ["given", "Line", "Other", "Second"]
    assert list(emitted["properties"]) == ["Old", "Line"]


def patterns(said: Any) -> Iterator[str]:
    """Every expression in a schema."""
    for key, value in said.items() if isinstance(said, dict) else enumerate(said) if isinstance(said, list) else ():
        if key == "pattern" and isinstance(value, str):
            yield value
        yield from patterns(value)


@pytest.mark.parametrize("schema", [ORDINARIA, SEMPLIFICATA, SCHEMA], ids=lambda schema: schema.name)
@pytest.mark.parametrize("names", ["official", "python"])
def test_the_schema_is_one_and_its_expressions_travel(schema: Schema, names: Names) -> None:
    emitted = emitted_json(schema, names)
    Draft202012Validator.check_schema(emitted)
    assert emitted == emitted_json(schema, names)
    for pattern in patterns(emitted):
        assert not re.search(r"\(\?[^:]", pattern), "look-around and names are not for every engine"
        assert not re.search(r"\\[^u.\-\[\]()\\nrt]", pattern.replace(r"\x00-\x7f", "").replace(r"\xff", "")), pattern
        outside = re.sub(r"\[(?:\\.|[^\]\\])*\]", "", pattern)
        assert r"\-" not in outside, "an escape that engines for Unicode refuse"


def test_code_lists_say_what_they_are() -> None:
    kinds = emitted_json(ORDINARIA, "official")["$defs"]
    assert kinds["TipoDocumentoType"]["description"].startswith("Kind of document (2.1.1.1)")
    assert kinds["TipoDocumentoType"]["enum"][:2] == ["TD01", "TD02"]
