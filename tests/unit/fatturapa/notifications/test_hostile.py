"""Hostile messages end in a report, in less than five seconds whatever their size."""

from __future__ import annotations

import sys
import time

import pytest

from gse_billing.core.errors import InvalidDocumentError
from gse_billing.fatturapa.notifications import read_notification
from tests.unit.fatturapa.notifications.samples import BARE_RECEIPT

MANY = 100_000
# what measures coverage makes Python several times slower, and is none of the reader's
LONGEST = 5.0 if sys.gettrace() is None else 20.0


def _inside(content: str) -> str:
    return BARE_RECEIPT.replace("<MessageId>", f"{content}<MessageId>")


HOSTILE = {
    "nested elements": _inside("<x>" * MANY + "</x>" * MANY),
    "sibling elements": _inside("<x/>" * MANY),
    "attributes": BARE_RECEIPT.replace("xmlns:a", " ".join(f'a{n}="1"' for n in range(MANY)) + " xmlns:a", 1),
    "ten megabytes of text": BARE_RECEIPT.replace("IT01234567890_11111", "x" * 10_000_000),
    "five million digits": BARE_RECEIPT.replace(">111<", f">{'9' * 5_000_000}<"),
    "entities of entities": '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]>' + BARE_RECEIPT.partition("?>")[2],
    "a file of the system": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
    + _inside("&b;").partition("?>")[2],
    "an unknown encoding": BARE_RECEIPT.replace("UTF-8", "EBCDIC-42"),
    "bytes behind the end": f"{BARE_RECEIPT}<x/>",
    "blanks beyond the limit": " " * 21_000_000,
    "null characters": "\0" * 1000,
    "Arabic digits": BARE_RECEIPT.replace(">111<", ">١١١<"),
    "the year 10000": BARE_RECEIPT.replace("2020-12-11T12:00:00Z", "10000-12-11T12:00:00Z"),
    "29 February": BARE_RECEIPT.replace("2020-12-11T12:00:00Z", "2021-02-29T12:00:00Z"),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_input_ends_in_a_report(text: str) -> None:
    data = text.encode()
    start = time.process_time()
    with pytest.raises(InvalidDocumentError) as caught:
        read_notification(data)
    assert not caught.value.report.ok
    assert time.process_time() - start < LONGEST


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "windows-1252"])
def test_the_encodings_of_the_world_are_read(encoding: str) -> None:
    text = BARE_RECEIPT.replace("UTF-8", encoding).replace("Comune di Esempio", "Comunità")
    record = read_notification(text.encode(encoding)).record
    assert getattr(record, "destinatario").descrizione == "Comunità"  # noqa: B009 - not every kind has one
