"""Hostile files end in findings, in time, within memory; and nothing is opened on their behalf."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import socket
import threading
import time
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from xml.sax import SAXException, make_parser
from xml.sax.handler import feature_external_ges

import pytest
from lxml import etree

from gse_billing import fatturapa
from tests.support.hostility import assert_bounded
from tests.unit.fatturapa import hostile

LEGAL = {
    "comments",
    "one comment",
    "instructions",
    "blanks before the root",
    "lines oddly spelled",
    "blanks around a date",
    "blank lines",
    "blank lines of another system",
    "namespaces of many leaves",
    "a long place of the schema",
}


def test_no_family_takes_five_seconds_or_half_a_gigabyte() -> None:
    assert_bounded(hostile.__name__, hostile.FAMILIES)


@pytest.mark.parametrize(
    "name", [name for name in hostile.FAMILIES if not name.startswith(("lines", "long", "base", "empty bodies"))]
)
def test_each_family_is_refused_or_legal(name: str) -> None:
    inspection = fatturapa.inspect(hostile.FAMILIES[name]())
    assert inspection.report.ok is (name in LEGAL)
    assert (inspection.document is None) is not (name in LEGAL)


def test_reading_stops_at_a_hundred_thousand_errors() -> None:
    report = fatturapa.inspect(hostile.FAMILIES["unknown siblings"]()).report
    (last,) = [finding for finding in report if finding.parameters.get("kind") == "too-many-findings"]
    assert last.message_en == "FatturaElettronica has more than 100000 errors: reading stops here"
    assert report.codes == ("sdi:00200", "sdi:00201")


TRAPS = {
    "parameter entity": '<!DOCTYPE o [<!ENTITY % d SYSTEM "{0}">%d;]>',
    "document type": '<!DOCTYPE o SYSTEM "{0}">',
    "public document type": '<!DOCTYPE o PUBLIC "-//X//Y" "{0}">',
    "entity": '<!DOCTYPE o [<!ENTITY e SYSTEM "{0}">]>',
}


def sprung(trap: str, target: str, parse: Callable[[bytes], object]) -> threading.Thread:
    """A thread that parses a file which names the target."""
    inside = b"&e;" if "ENTITY e" in trap else b"12/2026"
    thread = threading.Thread(
        target=parse, args=(trap.replace("{0}", target).encode() + hostile.legal(b"12/2026", inside),), daemon=True
    )
    thread.start()
    return thread


def is_opened(pipe: Path, trap: str, parse: Callable[[bytes], object]) -> bool:
    """Whether parsing a file that names the pipe opens it: only then can its other end be opened."""
    thread = sprung(trap, str(pipe), parse)
    end = time.monotonic() + 5
    while time.monotonic() < end:
        try:
            os.close(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))
        except OSError as error:
            if error.errno != errno.ENXIO:  # "no reader yet" is what is hoped for
                raise
        else:
            thread.join(5)
            return True
        if not thread.is_alive():
            return False
    raise AssertionError("the parser neither opened the pipe nor came to an end")


def is_called(trap: str, parse: Callable[[bytes], object]) -> bool:
    """Whether parsing a file that names an address of this machine connects to it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        thread = sprung(trap, f"http://127.0.0.1:{server.getsockname()[1]}/canary", parse)
        for _ in range(200):
            alive = thread.is_alive()  # before the look: what ends meanwhile may have called
            try:
                server.accept()[0].close()
            except TimeoutError:
                if not alive:
                    return False
            else:
                thread.join(5)
                return True
    raise AssertionError("the parser neither connected nor came to an end")


def unsafe(data: bytes) -> None:
    """Opens whatever a file names."""
    with contextlib.suppress(etree.XMLSyntaxError):
        etree.fromstring(data, etree.XMLParser(resolve_entities=True, load_dtd=True, no_network=False))


def unsafe_in_the_web(data: bytes) -> None:
    """Fetches whatever a file names; libxml2 as lxml carries it can no longer do that, the parser of Python can."""
    parser = make_parser()
    parser.setFeature(feature_external_ges, state=True)
    with contextlib.suppress(SAXException, OSError, HTTPException):
        parser.parse(io.BytesIO(data))


@pytest.mark.parametrize("name", TRAPS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_nothing_is_opened_and_the_canary_sings_for_an_unsafe_parser(name: str, encoding: str, tmp_path: Path) -> None:
    pipe = tmp_path / "canary"
    os.mkfifo(pipe)

    def recoded(parse: Callable[[bytes], object]) -> Callable[[bytes], object]:
        return lambda data: parse(data.decode().encode(encoding))

    assert not is_opened(pipe, TRAPS[name], recoded(fatturapa.inspect))
    assert is_opened(pipe, TRAPS[name], recoded(unsafe))


@pytest.mark.parametrize("name", TRAPS)
def test_nobody_is_called_and_the_canary_sings_for_an_unsafe_parser(name: str) -> None:
    assert not is_called(TRAPS[name], fatturapa.inspect)
    assert is_called(TRAPS[name], unsafe_in_the_web)


def test_nothing_is_included_and_the_canary_sings_where_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "canary"
    os.mkfifo(pipe)
    include = f'<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="{pipe}" parse="text"/>'.encode()

    def included(data: bytes) -> None:
        with contextlib.suppress(etree.XIncludeError):
            etree.fromstring(data).getroottree().xinclude()

    def with_inclusion(parse: Callable[[bytes], object]) -> Callable[[bytes], object]:
        return lambda data: parse(data.replace(b"12/2026", include, 1))

    assert not is_opened(pipe, "", with_inclusion(fatturapa.inspect))
    assert is_opened(pipe, "", with_inclusion(included))
