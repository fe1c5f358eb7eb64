"""Opening a store, and what goes wrong with the database under it."""

from __future__ import annotations

import builtins
import datetime as dt
import importlib
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import event

from gse_billing import stores
from gse_billing.core.errors import InvalidValueError, MissingExtraError, StorageError
from gse_billing.numbering import Entry, Request, Series
from gse_billing.stores import Store, open_store
from gse_billing.stores.database import write_ahead

ISSUER = "01234560440"


def ask(key: str) -> Request:
    return Request(issuer=ISSUER, series=Series(name="pa"), day=dt.date(2026, 3, 10), key=key, content="data")


@contextmanager
def full(store: Store) -> Iterator[None]:
    """While it lasts, the SQLite file of the store cannot grow."""
    engine = store._database.engine
    engine.dispose()

    def limit(connection: Any, _: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}")

    event.listen(engine, "connect", limit)
    yield
    event.remove(engine, "connect", limit)
    engine.dispose()


def until_full(store: Store) -> Iterator[Entry]:
    with suppress(StorageError):
        for count in range(10_000):
            yield store.register.reserve(ask(f"{count}"))


def test_a_full_disk_loses_nothing_and_the_same_key_goes_on_afterwards(tmp_path: Path) -> None:
    with open_store(tmp_path / "store.sqlite") as store:
        with full(store):
            taken = list(until_full(store))
            with pytest.raises(StorageError, match="disk is full") as raised:
                store.register.reserve(ask("one more"))
        assert "make room" in raised.value.remedy
        assert raised.value.path.endswith("store.sqlite")
        assert store.register.entries() == tuple(taken)
        assert len(store.register.steps()) == len(taken)
        assert store.register.reserve(ask("one more")).number == str(len(taken) + 1)


def test_a_store_that_cannot_be_written_can_be_read(place: str) -> None:
    with open_store(place) as store:
        taken = store.register.reserve(ask("a"))
        if place.startswith("postgresql"):
            closed = f"{place}%20-cdefault_transaction_read_only%3Don"
        else:
            closed = f"sqlite:///file:{place}?mode=ro&uri=true"
        with open_store(closed) as reader:
            assert reader.register.entries() == (taken,)
            with pytest.raises(StorageError, match=r"read-?only") as raised:
                reader.register.reserve(ask("b"))
        assert "can be written" in raised.value.remedy or "write permission" in raised.value.remedy
        assert store.register.entries() == (taken,)


@pytest.mark.parametrize(
    ("content", "message"), [(b"no database at all, but text " * 50, "not a database"), (None, "unable to open")]
)
def test_what_is_no_store_cannot_be_opened(tmp_path: Path, content: bytes | None, message: str) -> None:
    path = tmp_path / "folder" / "store.sqlite"
    if content is not None:
        path.parent.mkdir()
        path.write_bytes(content)
    with pytest.raises(StorageError, match=message):
        open_store(path)


def test_a_store_of_another_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    open_store(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE gse_meta SET value = '9'")
    connection.close()
    with pytest.raises(StorageError, match="is of version 9") as raised:
        open_store(path)
    assert "release that wrote it" in raised.value.remedy


def test_an_unreachable_server_is_our_error_without_the_password() -> None:
    with pytest.raises(StorageError) as raised:
        open_store("postgresql://me:secret@127.0.0.1:1/books")
    assert "secret" not in str(raised.value)
    assert raised.value.__cause__ is not None


@pytest.mark.parametrize(
    "place",
    [
        "mysql://host/books",
        "http://host",
        "nonsense://",
        "postgresql://host:port/x",
        "postgresql+asyncpg://host/x",
        "sqlite://user@host/x",
        "sqlite:///:memory:?timeout=soon",
    ],
)
def test_other_addresses_are_refused(place: str) -> None:
    with pytest.raises(InvalidValueError, match=r"is not the URL of a store; .*give a path, or a URL"):
        open_store(place)


def test_text_that_no_database_takes_is_our_error(place: str) -> None:
    with open_store(place) as store:
        with pytest.raises(StorageError):
            store.register.reserve(ask("\ud800"))
        assert store.register.entries() == ()


class Contended:
    """A connection to a file that others hold for a while."""

    def __init__(self, refusals: int, message: str = "database is locked") -> None:
        self.refusals, self.message = refusals, message

    def execute(self, _: str) -> None:
        self.refusals -= 1
        if self.refusals >= 0:
            raise sqlite3.OperationalError(self.message)


def test_a_file_that_others_are_making_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: None)
    write_ahead(Contended(3))
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        write_ahead(Contended(1_000_000))
    with pytest.raises(sqlite3.OperationalError, match="disk I/O error"):
        write_ahead(Contended(1, "disk I/O error"))


@pytest.mark.parametrize("waits", [3, None])
def test_a_writer_waits_for_his_turn_at_an_even_pace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waits: int | None
) -> None:
    path, paces = tmp_path / "books.sqlite", list[float]()
    with open_store(path) as store, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        def pass_time(seconds: float) -> None:
            paces.append(seconds)
            if len(paces) == waits:
                other.execute("COMMIT")

        monkeypatch.setattr(time, "sleep", pass_time)
        if waits is None:
            with pytest.raises(StorageError, match="locked") as raised:
                store.register.reserve(ask("a"))
            assert "ask again with the same key" in raised.value.remedy
            assert store.register.entries() == ()
            assert sum(paces) == pytest.approx(120)
        else:
            assert store.register.reserve(ask("a")).number == "1"
            assert paces == [0.01] * waits


def test_a_store_names_its_place(tmp_path: Path) -> None:
    with open_store(tmp_path / "books.sqlite") as store:
        assert repr(store).endswith("books.sqlite')")


def test_a_missing_library_is_named_by_its_extra(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    hide(monkeypatch, "psycopg")
    with pytest.raises(MissingExtraError, match=r"gse-billing\[postgresql\]"):
        open_store("postgresql://host/books")
    hide(monkeypatch, "sqlalchemy")
    with pytest.raises(MissingExtraError, match=r"gse-billing\[sql\]"):
        stores.__getattr__("open_store")


def hide(monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    """Let imports of a library fail, and let the stores load anew."""
    for name in list(sys.modules):
        if name.startswith((library, "gse_billing.stores.")):
            monkeypatch.delitem(sys.modules, name)
    original = builtins.__import__

    def without(name: str, *rest: Any) -> ModuleType:
        if name.split(".", maxsplit=1)[0] == library:
            raise ModuleNotFoundError(f"no {library}", name=library)
        return original(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)


def test_only_a_missing_sqlalchemy_is_explained_by_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> ModuleType:
        raise ModuleNotFoundError("no such module", name="something_else")

    monkeypatch.setattr(importlib, "import_module", broken)
    with pytest.raises(ModuleNotFoundError, match="no such module"):
        stores.__getattr__("Store")


def test_the_room_shows_its_names_and_no_others() -> None:
    assert dir(stores) == sorted(stores.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        stores.nothing  # noqa: B018
