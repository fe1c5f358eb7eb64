"""One or two changes of bytes in a legal file, wherever they fall: most leave no XML, the others leave odd XML."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import cast

from lxml import etree

PIECES: Sequence[bytes] = (
    *(
        b"<!-- a -->",
        b"<!---->",
        b"<![CDATA[x]]>",
        b"<![CDATA[]]>",
        b"<![CDATA[ ]]>",
        b"<?a b?>",
        b"<?xml version='1.0'?>",
    ),
    *(
        b"]]>",
        b"--",
        b"<!DOCTYPE a>",
        b"&amp;",
        b"&lt;",
        b"&gt;",
        b"&#65;",
        b"&#xD;",
        b"&#10;",
        b"&#0;",
        b"&#x1;",
        b"&a;",
    ),
    *(b"&", b"&a", b"<", b">", b"/", b"/>", b" >", b'"', b"'", b"=", b"<a/>", b"<a></a>", b"</a>", b"<CAP/>", b"p:"),
    *(b" a='1'", b' xmlns=""', b' xmlns="urn:x"', b' xmlns:q="urn:x"', b" xml:space='preserve'"),
    *(b"\r", b"\r\n", b"\n", b"\t", b" ", b"\x00", b"\x0b", b"\x0c", b"\x1a", b"\x85", b"\xff", b"x", b"0"),
    *(b"\xc2\xa0", b"\xc2\x85", b"\xe2\x80\xa8", b"\xef\xbf\xbe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc0\x80"),
    *("€".encode(), "è".encode(), "\U0001f600".encode()),
)
"""What has a meaning for a parser, and what must not stand in a file."""


def in_another_form(data: bytes, random: Random) -> bytes:
    """The same document indented, with other line ends, in another encoding, or as it is."""
    choices = ("as it is", "indented", "with carriage returns", "ISO-8859-1", "windows-1252", "ASCII", "with mark")
    form = random.choice(choices)
    if form == "as it is":
        return data
    if form == "with mark":
        return b"\xef\xbb\xbf" + data.partition(b"\n")[2]
    indented = form in ("indented", "with carriage returns")
    encoding = "UTF-8" if indented else form
    tree = etree.fromstring(data)
    new = cast("bytes", etree.tostring(tree, pretty_print=indented, encoding=encoding, xml_declaration=True))
    return new.replace(b"\n", b"\r\n") if form == "with carriage returns" else new


def mutated_bytes(data: bytes, random: Random) -> bytes:
    """The file with one or two changes of bytes."""
    for _ in range(random.choice((1, 1, 1, 2))):
        data = random.choice(_CHANGES)(data, _place(data, random), random)
    return data


def _place(data: bytes, random: Random) -> int:
    """A place anywhere, or close to the next bracket."""
    place = random.randrange(len(data))
    brackets = [found for sign in (b"<", b">", b"</") if (found := data.find(sign, place)) >= 0]
    if brackets and random.random() < 0.7:
        place = random.choice(brackets) + random.choice((-1, 0, 1, 1, 2))
    return max(0, min(place, len(data) - 1))


def _inserted(data: bytes, place: int, random: Random) -> bytes:
    return data[:place] + random.choice(PIECES) + data[place:]


def _removed(data: bytes, place: int, random: Random) -> bytes:
    return data[:place] + data[place + random.choice((1, 1, 1, 2, 3)) :]


def _replaced(data: bytes, place: int, random: Random) -> bytes:
    return data[:place] + random.choice((random.choice(PIECES), random.randbytes(1))) + data[place + 1 :]


def _copied(data: bytes, place: int, random: Random) -> bytes:
    start = random.randrange(len(data))
    return data[:place] + data[start : start + random.randrange(1, 60)] + data[place:]


def _cut(data: bytes, place: int, random: Random) -> bytes:
    return data[: max(place, 1)]


_CHANGES: Sequence[Callable[[bytes, int, Random], bytes]] = (
    *(_inserted,) * 11,
    *(_removed,) * 4,
    *(_replaced,) * 3,
    *(_copied, _cut),
)
