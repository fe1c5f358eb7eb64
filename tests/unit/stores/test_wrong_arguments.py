"""Odd arguments at every door of the stores are refused in words, or fit; each call on a store of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gse_billing import evolve
from gse_billing.core.errors import InvalidValueError, StorageError
from gse_billing.core.identifiers import InvoiceNumber
from gse_billing.numbering import MemoryRegister, Request, Series
from gse_billing.stores import Event, RecordedDocument, SentOutcome, Store, open_store
from tests.support.odd_arguments import Door, defects

DAY = dt.date(2026, 3, 10)
NOON = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
REQUEST = Request(issuer="me", series=Series(name="pa"), day=DAY, key="a", content="c", owner="o", at=NOON)
ENTRY = MemoryRegister().reserve(REQUEST)
DOCUMENT = RecordedDocument(issuer="IT01234560440", number=InvoiceNumber("1"), day=DAY)


def asked(call: Callable[..., object]) -> Callable[..., object]:
    """A call on a store that knows one number and one document."""

    def on_a_store(**given: Any) -> object:
        with open_store("sqlite://") as store:
            store.register.load([ENTRY])
            store.history.record("f.xml", [DOCUMENT], digest="x")
            return call(store, **given)

    return on_a_store


def doors() -> dict[str, Door]:
    def door(call: Callable[..., object], **arguments: Any) -> Door:
        return Door(asked(call), arguments)

    return {
        "reserve": door(lambda store, **g: store.register.reserve(**g), request=REQUEST),
        "the words of a request": door(
            lambda store, **g: store.register.reserve(evolve(REQUEST, **g)), issuer="i", key="k", content="c", owner="o"
        ),
        "accept": door(lambda store, **g: store.register.accept(**g), issuer="me", key="a", by="", at=NOON),
        "void": door(lambda store, **g: store.register.void(**g), issuer="me", key="a", reason="r", by="", at=NOON),
        "load": door(lambda store, **g: store.register.load(**g), entries=[], by="", at=NOON),
        "append": door(
            lambda store, **g: store.events.append(**g),
            stream="s",
            kind="k",
            payload={},
            key="k",
            by="",
            at=NOON,
            expected=0,
        ),
        "events": door(lambda store, **g: store.events.events(**g), stream="s", after=0),
        "record": door(lambda store, **g: store.history.record(**g), file="g.xml", documents=[], digest="x", at=NOON),
        "conclude": door(
            lambda store, **g: store.history.conclude(**g), file="f.xml", outcome=SentOutcome.DELIVERED, place=1
        ),
        "sent_file": door(lambda store, **g: store.history.sent_file(**g), name="f.xml"),
        "documents": door(lambda store, **g: store.history.documents(**g), issuer="i", number="1", year=2026),
        "documents_of": door(lambda store, **g: store.history.documents_of(**g), file="f.xml"),
        "RecordedDocument": Door(
            RecordedDocument,
            {
                "issuer": "i",
                "number": InvoiceNumber("1"),
                "day": DAY,
                "credit_note": False,
                "outcome": SentOutcome.PENDING,
            },
        ),
        "Event": Door(
            Event,
            {"sequence": 1, "stream": "s", "version": 1, "key": "k", "kind": "k", "payload": {}, "by": "", "at": NOON},
        ),
    }


DOORS = doors()


@pytest.mark.parametrize("name", DOORS)
def test_odd_arguments_are_refused_in_words(name: str) -> None:
    assert list(defects(DOORS[name])) == []


def test_odd_places_are_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    def opened(place: Any) -> None:
        store: Store = open_store(place)
        store.close()

    assert list(defects(Door(opened, {"place": "sqlite://"}))) == []
    for place in ("", " ", "\0", "a\nb", "a\udce8"):
        with pytest.raises(InvalidValueError, match="is no place for a store; give the path of a file"):
            open_store(place)


def test_a_path_may_have_blanks_of_every_width(tmp_path: Path) -> None:
    path = tmp_path / "Books at 3\u202fPM\u00a0(copy).sqlite"
    open_store(path).close()
    assert path.exists()


def test_a_number_too_large_for_the_database_is_its_refusal(place: str) -> None:
    with open_store(place) as store, pytest.raises(StorageError, match="nothing was changed"):
        store.history.documents("i", "1", 10**30)
