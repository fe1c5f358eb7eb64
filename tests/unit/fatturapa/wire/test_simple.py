"""Simple types: text to value and back, and every facet."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from gse_billing.core.errors import InvalidValueError
from gse_billing.fatturapa.wire import DateText, DecimalText, IntegerText, SimpleType, Text
from gse_billing.fatturapa.wire.flaws import Flaw
from gse_billing.fatturapa.wire.patterns import compiled
from tests.unit.fatturapa.wire import samples as s

# type, text, value
GOOD: list[tuple[SimpleType[Any], str, object]] = [
    (s.AMOUNT, "1.50", Decimal("1.50")),
    (s.AMOUNT, "-0.00", Decimal("-0.00")),
    (s.AMOUNT, " 007.00\n", Decimal("7.00")),
    (s.PRICE, "0.00000010", Decimal("1.0E-7")),
    (s.RATE, "100.00", Decimal(100)),
    (s.COUNT, "9999", 9999),
    (s.COUNT, "+07", 7),
    (s.COUNT, "1", 1),
    (s.POSITIVE, "1", 1),
    (s.IDENTIFIER, "-000123456789012", -123456789012),
    (s.DAY, "2026-11-22", dt.date(2026, 11, 22)),
    (s.DAY, " 2026-11-22+14:00 ", dt.date(2026, 11, 22)),
    (s.DAY, "2024-02-29Z", dt.date(2024, 2, 29)),
    (s.NEW_DAY, "1970-01-01", dt.date(1970, 1, 1)),
    (s.MOMENT, "2026-11-22T10:30:00", dt.datetime(2026, 11, 22, 10, 30)),  # noqa: DTZ001
    (s.MOMENT, "2026-11-22T10:30:00.5Z", dt.datetime(2026, 11, 22, 10, 30, 0, 500000, dt.UTC)),
    (s.MOMENT, "2026-12-31T24:00:00", dt.datetime(2027, 1, 1)),  # noqa: DTZ001
    (
        s.MOMENT,
        "2026-11-22T10:30:00.1234567-03:30",
        dt.datetime(2026, 11, 22, 10, 30, 0, 123456, dt.timezone(-dt.timedelta(hours=3, minutes=30))),
    ),
    (
        s.MOMENT,
        "2026-11-22T10:30:00+01:00",
        dt.datetime(2026, 11, 22, 10, 30, tzinfo=dt.timezone(dt.timedelta(hours=1))),
    ),
    (s.LATIN, "perché\tno", "perché no"),
    (s.TITLE, "  Dott.\n Ing.", "Dott. Ing."),
    (s.TOKEN, " a   b ", "a b"),
    (s.STRING, " \n", " \n"),
    (s.NATION, "IT", "IT"),
    (s.COLOUR, "G.1", s.Colour.GREEN),
    (s.BYTES, "AP8g\nYg==", b"\x00\xff b"),
    (s.BYTES, "", b""),
]

# type, text, kind of the flaw, why
BAD: list[tuple[SimpleType[Any], str, str, str]] = [
    (s.AMOUNT, "1.5", "decimal", "one decimal where two are asked for"),
    (s.AMOUNT, "1,50", "decimal", "comma"),
    (s.AMOUNT, "+1.50", "decimal", "plus sign"),
    (s.AMOUNT, "1_00.00", "decimal", "underscore, which Python takes"),
    (s.AMOUNT, "1.00E1", "decimal", "exponent"),
    (s.AMOUNT, "NaN", "decimal", "not a number"),
    (s.AMOUNT, "١.٠٠", "decimal", "Arabic digits, which Python takes"),
    (s.AMOUNT, "123456789012.00", "decimal", "twelve digits"),
    (s.RATE, "100.01", "too-large", "over the greatest"),
    (s.RATE, "0.99", "too-small", "under the least"),
    (s.COUNT, "0", "too-small", "under the least"),
    (s.COUNT, "10000", "too-large", "over the greatest"),
    (s.COUNT, "1.0", "not-an-integer", "a point"),
    (s.COUNT, "9" * 5000, "digits", "more digits than Python likes to convert"),
    (s.POSITIVE, "0", "too-small", "zero is not positive"),
    (s.IDENTIFIER, "1234567890123", "digits", "thirteen digits"),
    (s.DAY, "2026-02-29", "not-a-date", "no leap year"),
    (s.DAY, "0000-01-01", "not-a-date", "there is no year 0"),
    (s.DAY, "10000-01-01", "not-a-date", "past what Python holds"),
    (s.DAY, "2026-1-1", "not-a-date", "one digit"),
    (s.DAY, "20260101", "not-a-date", "basic form, which Python takes"),
    (s.DAY, "2026-W01-1", "not-a-date", "week form, which Python takes"),
    (s.DAY, "2026-01-01+14:01", "not-a-date", "zone past 14 hours"),
    (s.NEW_DAY, "1969-12-31", "too-early", "before the first day"),
    (s.MOMENT, "2026-11-22", "not-a-moment", "no time"),
    (s.MOMENT, "2026-11-22T24:00:01", "not-a-moment", "past midnight"),
    (s.MOMENT, "2026-11-22T25:00:00", "not-a-moment", "hour 25"),
    (s.MOMENT, "2026-11-22T10:60:00", "not-a-moment", "minute 60"),
    (s.MOMENT, "9999-12-31T24:00:00", "not-a-moment", "the midnight after the last day that Python holds"),
    (s.LATIN, "10 €", "character", "the euro sign is outside Latin-1"),
    (s.BASIC, "però", "character", "accents are outside Basic Latin"),
    (s.BASIC, "x", "too-short", "shorter than the pattern says"),
    (s.LATIN, "x" * 21, "too-long", "longer than the pattern says"),
    (s.TOKEN, "123456789", "too-long", "over the greatest length"),
    (s.SHORT, "1", "too-short", "under the least length"),
    (s.CODE, "1234", "length", "not the length"),
    (s.NATION, "it", "pattern", "small letters"),
    (s.COLOUR, "B", "not-in-list", "a code of the list that this schema does not admit"),
    (s.COLOUR, " R", "not-in-list", "blanks count"),
    (s.BYTES, "AP8gYg=", "not-base64", "padding"),
    (s.BYTES, "AP8gYh==", "not-base64", "bits behind the end"),
    (s.BYTES, "perché==", "not-base64", "letters"),
]


@pytest.mark.parametrize(("kind", "text", "value"), GOOD)
def test_a_legal_text_is_read(kind: SimpleType[Any], text: str, value: object) -> None:
    found = kind.parse(text)
    assert found == value
    assert type(found) is type(value)
    assert kind.accepts(found)


@pytest.mark.parametrize(("kind", "text", "value"), GOOD)
def test_a_value_is_spelled_so_that_it_is_read_again(kind: SimpleType[Any], text: str, value: object) -> None:
    assert kind.flaw(value) is None
    assert kind.parse(kind.spell(value)) == value


@pytest.mark.parametrize(("kind", "text", "flaw", "why"), BAD)
def test_an_illegal_text_has_a_flaw(kind: SimpleType[Any], text: str, flaw: str, why: str) -> None:
    found = kind.parse(text)
    assert isinstance(found, Flaw), why
    assert found.kind == flaw


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (s.AMOUNT, Decimal(5), "5.00"),
        (s.AMOUNT, Decimal("5.5000"), "5.50"),
        (s.AMOUNT, Decimal("1E+3"), "1000.00"),
        (s.PRICE, Decimal("1.0E-7"), "0.00000010"),
        (s.PRICE, Decimal("1.000000000"), "1.00000000"),
        (s.PRICE, Decimal("1.500"), "1.500"),
    ],
)
def test_decimals_are_spelled_as_the_standard_wants(kind: DecimalText, value: Decimal, text: str) -> None:
    assert kind.spell(value) == text
    assert kind.flaw(value) is None


TENTHS = DecimalText("Tenths", pattern=r"[0-9]{1,4}\.[0-9]{1,2}")
SIGNED = [sign + text for sign in ("", "-") for text in ("0", "5", "4.5", "4.50", "1.500", "1.23456789", "0.00")]


@pytest.mark.parametrize("text", [*SIGNED, "1.23456789000", "0E5", "0E-9", "1E2", "1E-7", "1.5E-7", "NaN", "Infinity"])
@pytest.mark.parametrize("kind", [s.AMOUNT, s.PRICE, s.RATE, TENTHS], ids=lambda kind: kind.name)
def test_padding_ends_where_spelling_does(kind: DecimalText, text: str) -> None:
    assert kind.padded(Decimal(text)) == kind.spell(Decimal(text))


@pytest.mark.parametrize(
    ("kind", "value", "flaw"),
    [
        (s.AMOUNT, Decimal("0.005"), "decimal"),
        (s.AMOUNT, Decimal("NaN"), "decimal"),
        (s.AMOUNT, Decimal("Infinity"), "decimal"),
        (s.AMOUNT, Decimal("1E+999999"), "decimal"),
        (s.COUNT, 10**40, "digits"),
        (s.COUNT, 0, "too-small"),
        (s.LATIN, "a\x01", "illegal-character"),
        (s.LATIN, "\ud800", "illegal-character"),
        (s.LATIN, "a\nb", "blanks"),
        (s.TITLE, " Dott.", "blanks"),
        (s.LATIN, "", "too-short"),
        (s.MOMENT, dt.datetime(1800, 1, 1, tzinfo=dt.timezone(dt.timedelta(seconds=2996))), "not-a-moment"),
    ],
)
def test_values_that_no_text_stands_for(kind: SimpleType[Any], value: object, flaw: str) -> None:
    found = kind.flaw(value)
    assert found is not None
    assert found.kind == flaw


@pytest.mark.parametrize(
    ("kind", "value"),
    [(s.DAY, dt.datetime(2026, 1, 1, tzinfo=dt.UTC)), (s.COUNT, True), (s.COUNT, 1.0), (s.AMOUNT, 1), (s.LATIN, b"x")],
)
def test_values_of_another_class_are_not_accepted(kind: SimpleType[Any], value: object) -> None:
    assert not kind.accepts(value)


def test_a_character_outside_the_alphabet_is_named_with_its_place() -> None:
    flaw = s.LATIN.parse("costa 10 €")
    assert flaw == Flaw("character", "Latin-1", "'€' (U+20AC, EURO SIGN)", at=10)


def test_long_texts_are_cut_in_messages() -> None:
    flaw = s.TOKEN.parse("x" * 100_000)
    assert isinstance(flaw, Flaw)
    assert flaw.actual == f"100000: '{'x' * 60}…'"


def test_facets_are_what_was_declared() -> None:
    assert dict(s.RATE.facets()) == {
        "minInclusive": "1.00",
        "maxInclusive": "100.00",
        "pattern": r"[0-9]{1,3}\.[0-9]{2}",
    }
    assert list(s.COLOUR.facets()) == [("maxLength", "3"), ("enumeration", "R"), ("enumeration", "G.1")]
    assert dict(s.TITLE.facets())["whiteSpace"] == "collapse"
    assert dict(s.IDENTIFIER.facets()) == {"totalDigits": "12"}
    assert dict(s.NEW_DAY.facets()) == {"minInclusive": "1970-01-01"}
    assert [*s.BYTES.facets(), *s.MOMENT.facets()] == []


@pytest.mark.parametrize(
    ("kind", "base"),
    [
        (s.LATIN, "xs:normalizedString"),
        (s.RATE, "xs:decimal"),
        (s.COUNT, "xs:integer"),
        (s.POSITIVE, "xs:positiveInteger"),
        (s.DAY, "xs:date"),
        (s.MOMENT, "xs:dateTime"),
        (s.COLOUR, "xs:string"),
        (s.BYTES, "xs:base64Binary"),
    ],
)
def test_each_type_knows_what_it_restricts(kind: SimpleType[Any], base: str) -> None:
    assert kind.restricts == base


def test_non_negative_integers_have_their_bound_from_the_base() -> None:
    year = IntegerText("Year", base="xs:nonNegativeInteger")
    assert year.parse("0") == 0
    assert isinstance(year.parse("-1"), Flaw)


def test_builtin_types_are_known_by_their_name() -> None:
    assert DateText("xs:date").is_builtin
    assert not Text("Code").is_builtin


@pytest.mark.parametrize("pattern", [r"\d{2}", r"\p{Lu}", "[a-z-[b]]"])
def test_patterns_outside_the_standard_are_refused(pattern: str) -> None:
    with pytest.raises(InvalidValueError, match="cannot be translated"):
        compiled(pattern)


def test_anchors_and_dots_mean_what_they_mean_in_a_schema() -> None:
    assert compiled("^a$").fullmatch("^a$")
    assert not compiled("a.").fullmatch("a\r")


def test_a_decimal_pattern_must_state_its_decimals() -> None:
    with pytest.raises(InvalidValueError, match="does not state its decimals"):
        DecimalText("Odd", pattern="[0-9]+").spell(Decimal(1))
