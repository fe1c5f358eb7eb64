"""A small standard of our own, with every construct that a declaration can say."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import Enum

from gse_billing.fatturapa.wire import (
    Base64Text,
    DateText,
    DateTimeText,
    DecimalText,
    Enumeration,
    Foreign,
    IntegerText,
    Opaque,
    Schema,
    Text,
    attribute,
    element,
    opaque,
    wire,
)


class Colour(Enum):
    RED = "R"
    GREEN = "G.1"
    BLUE = "B"


DAY = DateText("xs:date")
NEW_DAY = DateText("NewDay", min_inclusive="1970-01-01")
MOMENT = DateTimeText("xs:dateTime")
BYTES = Base64Text("xs:base64Binary")
STRING = Text("xs:string")
AMOUNT = DecimalText("Amount", pattern=r"[\-]?[0-9]{1,11}\.[0-9]{2}")
PRICE = DecimalText("Price", pattern=r"[\-]?[0-9]{1,11}\.[0-9]{2,8}")
RATE = DecimalText("Rate", pattern=r"[0-9]{1,3}\.[0-9]{2}", min_inclusive="1.00", max_inclusive="100.00")
COUNT = IntegerText("Count", min_inclusive=1, max_inclusive=9999)
POSITIVE = IntegerText("xs:positiveInteger")
IDENTIFIER = IntegerText("Identifier", total_digits=12)
LATIN = Text("Latin", base="xs:normalizedString", pattern=r"[\p{IsBasicLatin}\p{IsLatin-1Supplement}]{1,20}")
BASIC = Text("Basic", base="xs:normalizedString", pattern=r"(\p{IsBasicLatin}{2,10})")
TITLE = Text("Title", base="xs:normalizedString", white_space="collapse", pattern=r"(\p{IsBasicLatin}{2,10})")
TOKEN = Text("Token", base="xs:token", max_length=8)
NATION = Text("Nation", pattern="[A-Z]{2}")
CODE = Text("Code", length=5)
SHORT = Text("Short", min_length=2, max_length=4)
COLOUR = Enumeration("Colour", Colour, members=(Colour.RED, Colour.GREEN), max_length=3)
NEVER = Text("Never", max_length=1)
SEAL = Foreign(
    namespace="urn:seals",
    tag="Seal",
    prefix="ds",
    location="http://example.invalid/seals.xsd",
    misspelt=("urn:seal",),
)


@wire("LineType")
class Line:
    """A line."""

    number: int = element("Number", COUNT)
    text: str = element("Text", LATIN)
    price: Decimal = element("Price", PRICE)
    amount: Decimal | None = element("Amount", AMOUNT, default=None)
    rate: Decimal | None = element("Rate", RATE, default=None)
    colour: Colour | None = element("Colour", COLOUR, default=None)
    day: dt.date | None = element("Day", DAY, default=None)
    notes: tuple[str, ...] = element("Note", LATIN, many=(0, 3), default=())


@wire("NameType", choice=(("firm",), ("given", "family")))
class Name:
    """A firm or a person."""

    firm: str | None = element("Firm", LATIN, default=None)
    given: str | None = element("Given", LATIN, default=None)
    family: str | None = element("Family", LATIN, default=None)
    title: str | None = element("Title", TITLE, default=None)
    nation: str = element("Nation", NATION, default="IT")


@wire("ExtraType")
class Extra:
    """Only optional elements."""

    code: str | None = element("Code", CODE, default=None)
    short: str | None = element("Short", SHORT, default=None)
    token: str | None = element("Token", TOKEN, default=None)
    basic: str | None = element("Basic", BASIC, default=None)
    moment: dt.datetime | None = element("Moment", MOMENT, default=None)
    data: bytes | None = element("Data", BYTES, default=None)
    free: str | None = element("Free", STRING, default=None)
    positive: int | None = element("Positive", POSITIVE, default=None)
    identifier: int | None = element("Identifier", IDENTIFIER, default=None)


@wire("OrderType")
class Order:
    """The root."""

    version: str = attribute("version", CODE, default="v-1.0", fixed="v-1.0")
    system: str | None = attribute("System", BASIC, default=None)
    flow: str | None = attribute("Flow", STRING, default=None, fixed="Yes")
    issued: dt.date = element("Issued", NEW_DAY)
    buyer: Name = element("Buyer", Name)
    seller: Name | None = element("Seller", Name, default=None)
    lines: tuple[Line, ...] = element("Line", Line, many=(1, None))
    extra: Extra | None = element("Extra", Extra, default=None)
    seal: Opaque | None = opaque(SEAL, default=None)


SCHEMA = Schema(
    name="Orders 1.0",
    namespace="urn:orders",
    prefix="o",
    version="1.0",
    roots={"Order": Order},
    unused=(NEVER,),
    numbered=True,
)


def line(**changes: object) -> Line:
    """A line that is in order, with changes."""
    fields = {"number": 1, "text": "Energia", "price": Decimal("0.10")}
    return Line(**(fields | changes))  # type: ignore[arg-type]


def order(**changes: object) -> Order:
    """An order that is in order, with changes."""
    fields = {"issued": dt.date(2026, 11, 22), "buyer": Name(firm="Comune"), "lines": (line(),)}
    return Order(**(fields | changes))  # type: ignore[arg-type]


def full_order() -> Order:
    """An order with every element and attribute."""
    extra = Extra(
        code="abcde",
        short="abc",
        token="a b",
        basic="basic",
        moment=dt.datetime(2026, 11, 22, 10, 30, tzinfo=dt.UTC),
        data=b"\x00\xff bytes",
        free=" free\n text <&> ]]> ",
        positive=7,
        identifier=123456789012,
    )
    lines = (
        line(amount=Decimal("1.50"), rate=Decimal("22.00"), colour=Colour.GREEN, day=dt.date(2026, 1, 31)),
        line(number=2, notes=("perché", "a & b < c > d")),
    )
    return order(
        system="sys",
        flow="Yes",
        seller=Name(given="Ada", family="Löw", title="Dott.", nation="FR"),
        lines=lines,
        extra=extra,
        seal=Opaque('<s:Seal xmlns:s="urn:seals" id="1">x<s:In/></s:Seal>'),
    )
