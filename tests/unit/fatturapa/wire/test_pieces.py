"""Long documents to bytes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gse_billing import evolve
from gse_billing.fatturapa.wire import DecimalText, Schema, Text, attribute, element, wire
from gse_billing.fatturapa.wire.checking import require_sound
from gse_billing.fatturapa.wire.encoder_sources import _MOST_ITEMS
from gse_billing.fatturapa.wire.encoding import encoder_of
from gse_billing.fatturapa.wire.pieces import in_pieces
from gse_billing.fatturapa.wire.reading import read_as
from gse_billing.fatturapa.wire.writing import written

NAME = Text("Name", base="xs:normalizedString", pattern=r"(\p{IsBasicLatin}{1,20})")
WEIGHT = DecimalText("Weight", pattern=r"[0-9]{1,9}\.[0-9]{2}")
MANY = _MOST_ITEMS + 1


@wire("MarkType")
class Mark:
    """A part that is written where it stands."""

    text: str = element("Text", NAME)


@wire("ItemType")
class Item:
    """One of many."""

    mark: Mark = element("Mark", Mark)
    weight: Decimal = element("Weight", WEIGHT)
    tags: tuple[Mark, ...] = element("Tag", Mark, many=(0, None), default=())
    sizes: tuple[Decimal, ...] = element("Size", WEIGHT, many=(0, None), default=())
    unit: str | None = attribute("unit", NAME, default=None)


@wire("BoxType")
class Box:
    """Holds many."""

    items: tuple[Item, ...] = element("Item", Item, many=(0, None), default=())
    note: str | None = element("Note", NAME, default=None)


@wire("LoadType")
class Load:
    """The root: boxes that must be there, may be there, are one of two, or come in any number."""

    first: Box = element("First", Box)
    second: Box | None = element("Second", Box, default=None)
    more: tuple[Box, ...] = element("More", Box, many=(0, None), default=())
    name: str | None = element("Name", NAME, default=None)


SCHEMA = Schema(
    name="Loads",
    namespace="urn:loads",
    prefix="l",
    version="1",
    roots={"Load": Load},
)


def items(count: int) -> tuple[Item, ...]:
    return tuple(
        Item(
            mark=Mark(text=f"a<{number}>"),
            weight=Decimal(number) if number % 3 else Decimal(f"{number}.50"),
            tags=(Mark(text="x"),) * (number % 3),
            sizes=(Decimal("1.5"), Decimal("2.50")) if number % 5 == 0 else (),
            unit="kg" if number % 2 else None,
        )
        for number in range(count)
    )


def inside(load: Load) -> str:
    """What must be written, said by hand."""
    boxes = [
        ("First", load.first),
        *([("Second", load.second)] if load.second else []),
        *(("More", x) for x in load.more),
    ]
    name = f"<Name>{load.name}</Name>" if load.name else ""
    return "".join(f"<{tag}>{box_text(box)}</{tag}>" for tag, box in boxes) + name


def box_text(box: Box) -> str:
    note = f"<Note>{box.note}</Note>" if box.note else ""
    return "".join(item_text(each) for each in box.items) + note


def item_text(item: Item) -> str:
    unit = f' unit="{item.unit}"' if item.unit else ""
    mark = item.mark.text.replace("<", "&lt;").replace(">", "&gt;")
    tags = "".join(f"<Tag><Text>{each.text}</Text></Tag>" for each in item.tags)
    sizes = "".join(f"<Size>{each:.2f}</Size>" for each in item.sizes)
    return f"<Item{unit}><Mark><Text>{mark}</Text></Mark><Weight>{item.weight:.2f}</Weight>{tags}{sizes}</Item>"


SHORT = Load(first=Box(items=items(3), note="n"), second=Box(), more=(Box(items=items(1)), Box()), name="last")
LOADS = [
    pytest.param(SHORT, id="few"),
    pytest.param(Load(first=Box()), id="none"),
    pytest.param(evolve(SHORT, first=Box(items=items(MANY), note="n")), id="many in the first"),
    pytest.param(evolve(SHORT, second=Box(items=items(3 * MANY))), id="many in the second"),
    pytest.param(evolve(SHORT, more=(Box(items=items(2)),) * MANY), id="many boxes"),
]


@pytest.mark.parametrize("load", LOADS)
def test_nothing_is_lost_and_the_order_is_kept(load: Load) -> None:
    data = written(load, SCHEMA)
    assert data.decode().split("\n")[1] == f'<l:Load xmlns:l="urn:loads">{inside(load)}</l:Load>'
    assert read_as(data, SCHEMA).document == load


def test_pieces_say_what_one_text_says() -> None:
    require_sound(SHORT, SCHEMA)
    pieces: list[str] = []
    in_pieces(SHORT, pieces.append)  # type: ignore[arg-type]
    assert "".join(pieces) == encoder_of(Load)(SHORT)


XSI = 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance"'
OPENING = '<l:Load xmlns:l="urn:loads"'


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        pytest.param("<Weight>3.50", "<Weight>003.50", ">003.50<", id="a figure"),
        pytest.param("<Mark><Text>", f'<Mark><Text {XSI} i:type="l:Name">', ':type="l:Name"', id="a type"),
        pytest.param(OPENING, f'{OPENING} {XSI} i:type="l:LoadType"', ':type="l:LoadType"', id="the root"),
    ],
)
@pytest.mark.parametrize("count", [5, MANY])
def test_odd_spellings_stay_in_long_documents_too(old: str, new: str, kept: str, count: int) -> None:
    load = Load(first=Box(items=items(count)), more=(Box(items=items(count)),), name="last")
    document = read_as(written(load, SCHEMA).decode().replace(old, new, 1).encode(), SCHEMA).document
    assert document == load
    again = written(document, SCHEMA)
    assert again.count(b"<Item") == 2 * count
    assert again.decode().count(kept) == 1
    assert read_as(again, SCHEMA).document == load


def test_a_root_that_declares_no_attribute_takes_none() -> None:
    data = written(SHORT, SCHEMA).decode().replace(OPENING, f'{OPENING} unit="kg"', 1)
    report = read_as(data.encode(), SCHEMA).report
    assert [(each.path, each.parameters["kind"]) for each in report] == [("/Load", "unknown-attribute")]
