"""One change at random in a legal file: values, order, number, names, attributes, text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from lxml import etree

XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}"
_Element = etree._Element

TEXTS: Sequence[str] = (
    *(
        "",
        " ",
        "\n",
        "x",
        "€",
        "IT",
        "it",
        "ITA",
        "IT ",
        " IT",
        "0",
        "1",
        "-1",
        "+1",
        "007",
        "9999",
        "10000",
        "1e3",
        "NaN",
    ),
    *("0.00", "007.00", "1.0", "1.000", " 22.00 ", "100.00", "100.01", "-0.00", "-22.00", "+1.00", ".50", "1.", "1,00"),
    *(
        "99999999999.99",
        "100000000000.00",
        "0.12345678",
        "0.123456789",
        "1_00.00",
        "١.٠٠",
        "INF",
        "1.00\t",
        "\u00a01.00",
    ),
    *(
        "2026-11-22",
        "2026-02-29",
        "2024-02-29",
        "2026-11-22Z",
        "2026-11-22+14:00",
        "2026-11-22-00:00",
        "2026-11-22+14:01",
    ),
    *("1969-12-31", "1970-01-01", "0001-01-01", "0000-01-01", "-0001-01-01", "2026-13-01", "2026-11-2", "20261122"),
    *(
        "2026-11-22T10:30:00",
        "2026-11-22T24:00:00",
        "2026-11-22T24:00:01",
        "2026-11-22T10:30",
        "2026-11-22T10:30:00.123456789",
    ),
    *(
        "2026-11-22T23:59:60",
        "2026-11-22T10:30:00Z",
        "TD01",
        "TD30",
        "N2.1",
        "N2.9",
        "MP23",
        "MP24",
        "FPR12",
        "FSM10",
        "SI",
        "NO",
    ),
    *("a@b.it", "a@b", "@b.it", "a b@c.it", '"a"@b.it', "aaaaa@bbbb", "a@b.c.", "Dott.", " Dott. ", "D", "Dott.  Ing."),
    *(
        "AAAA",
        "AAA",
        "AAA=",
        "AAB=",
        "AA==",
        "AB==",
        "A A A A",
        "AAAA AAAA",
        "====",
        "é",
        "à" * 60,
        "à" * 61,
        "\u0080",
        "\u0100",
    ),
    *(
        letter * count
        for letter in "aé"
        for count in (2, 5, 6, 7, 8, 10, 11, 12, 13, 15, 16, 17, 20, 28, 29, 35, 36, 80, 81)
    ),
    *("n" * 100, "n" * 101, "n" * 200, "n" * 201, "n" * 256, "n" * 1000, "n" * 1001, "\U0001f600", "\U0001f600" * 35),
)


def mutated(data: bytes, random: Random) -> bytes:
    """The file with one to three changes outside of its signature."""
    root = etree.fromstring(data)
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        elements = [each for each in root.iter() if not str(each.tag).startswith(SIGNATURE)]
        random.choice(_CHANGES)(random.choice(elements), random)
    return etree.tostring(root, encoding="UTF-8")


def _leaf(element: _Element, random: Random) -> _Element:
    every = element.getroottree().getroot().iter()
    leaves = [each for each in every if not len(each) and not str(each.tag).startswith("{")]
    return random.choice(leaves or [element])


def _replace(element: _Element, random: Random) -> None:
    _leaf(element, random).text = random.choice(TEXTS)


def _borrow(element: _Element, random: Random) -> None:
    _leaf(element, random).text = _leaf(element, random).text


def _edit(element: _Element, random: Random) -> None:
    leaf = _leaf(element, random)
    text = leaf.text or ""
    place = random.randrange(len(text) + 1)
    leaf.text = (
        text[:place]
        + random.choice(("", "x", "0", " ", "\n", "é", "€", ".", "-", "<"))
        + text[place + random.choice((0, 1)) :]
    )


def _delete(element: _Element, random: Random) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _repeat(element: _Element, random: Random) -> None:
    parent = element.getparent()
    if parent is not None:
        for _ in range(random.choice((1, 1, 2))):
            parent.insert(parent.index(element), etree.fromstring(etree.tostring(element, with_tail=False)))


def _move(element: _Element, random: Random) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.insert(random.randrange(len(parent)), element)


def _exchange(element: _Element, random: Random) -> None:
    if len(element) > 1:
        element.append(element[random.randrange(len(element))])


def _rename(element: _Element, random: Random) -> None:
    known = [str(each.tag) for each in element.getroottree().getroot().iter()]
    namespace = etree.QName(element.getroottree().getroot()).namespace
    element.tag = random.choice(
        (random.choice(known), "Zap", f"{{{namespace}}}{etree.QName(element).localname}", str(element.tag).lower())
    )


def _insert(element: _Element, random: Random) -> None:
    element.insert(
        random.randrange(len(element) + 1), etree.Element(random.choice(("Zap", "Natura", str(element.tag))))
    )


def _empty(element: _Element, random: Random) -> None:
    for child in list(element):
        element.remove(child)
    element.text = random.choice(("", "\n", "x"))


def _stray(element: _Element, random: Random) -> None:
    text = random.choice(("x", " \n\t", "\u00a0", "0"))
    if random.random() < 0.5 and element.getparent() is not None:
        element.tail = text
    else:
        element.text = (element.text or "") + text


def _attribute(element: _Element, random: Random) -> None:
    namespace = etree.QName(element.getroottree().getroot()).namespace
    name, text = random.choice(
        (
            ("versione", "FPR12"),
            ("versione", "FPR11"),
            ("SistemaEmittente", "x"),
            ("SistemaEmittente", "x" * 11),
            ("zap", "1"),
            (f"{{{namespace}}}zap", "1"),
            ("{http://www.w3.org/XML/1998/namespace}lang", "it"),
            (f"{XSI}nil", "true"),
            (f"{XSI}nil", "false"),
            (f"{XSI}type", "zap"),
            (f"{XSI}zap", "1"),
        )
    )
    element.set(name, text)


def _no_attribute(element: _Element, random: Random) -> None:
    root = element.getroottree().getroot()
    if root.attrib:
        del root.attrib[random.choice(list(root.attrib))]


_CHANGES: Sequence[Callable[[_Element, Random], None]] = (
    *(_replace,) * 6,
    *(_edit,) * 4,
    *(_borrow,) * 2,
    *(_delete, _repeat, _move, _exchange, _rename, _insert, _empty, _stray, _attribute, _no_attribute),
)
