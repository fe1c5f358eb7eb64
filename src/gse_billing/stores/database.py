"""One database: its engine, its transactions, and its errors as ours.

A transaction is the unit of safety. Whatever is killed, full or cut off in the middle leaves either all of it or
nothing, so the caller asks again with the same key and gets the same answer.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unicodedata import category

from attrs import frozen
from sqlalchemy import URL, Connection, Engine, create_engine, event, func, make_url, select
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from gse_billing.core.errors import InvalidValueError, MissingExtraError, StorageError
from gse_billing.core.showing import shown

__all__ = ["Database", "connect", "write_ahead"]

_WAIT_SECONDS = 120
_PACE_SECONDS = 0.01
_REMEDIES = (
    ("disk is full", "make room, then ask again with the same key"),
    ("No space left", "make room, then ask again with the same key"),
    ("readonly", "give write permission to the file and its folder"),
    ("read-only", "connect to a database that can be written"),
    ("locked", "another process holds it: ask again with the same key"),
    ("not a database", "give the path of a store, or of a file that does not exist yet"),
    ("unable to open", "give a path in a folder that exists"),
)
_DRIVERS = ("sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg")
_NEVER_IN_A_PATH = ("Cc", "Cs")  # controls and halves of a sign; blanks of every width are legal
_READING = {"gse_reading": True}


@frozen
class Database:
    """An engine with the two kinds of transaction that the stores use."""

    engine: Engine
    name: str

    @contextmanager
    def writing(self, *locks: str) -> Iterator[Connection]:
        """A transaction that changes something; no other with one of the same locks runs at the same time.

        Raises:
            StorageError: the database cannot be reached, read or written; nothing of the transaction remains.
        """
        with self._translated(), self.engine.begin() as connection:
            for lock in sorted(locks):  # always in one order: two that wait for each other would wait for ever
                _hold(connection, lock)
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database and changes nothing.

        Raises:
            StorageError: the database cannot be reached or read.
        """
        with self._translated(), self.engine.connect().execution_options(**_READING) as connection:
            yield connection

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (SQLAlchemyError, sqlite3.Error, UnicodeError, OverflowError) as error:
            why = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
            remedy = next((text for fragment, text in _REMEDIES if fragment in why), "see the cause of this error")
            raise StorageError(
                f"the store {self.name} did not do what was asked; nothing was changed",
                path=self.name,
                why=why,
                remedy=remedy,
            ) from error


def _hold(connection: Connection, lock: str) -> None:
    """Wait for a lock that the end of the transaction gives back. SQLite has one writer at a time by itself."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(lock, 0))))


def connect(place: str | Path) -> Database:
    """The database of a path (SQLite) or a URL (``postgresql://user@host/name``, ``sqlite:///books.sqlite``).

    Raises:
        InvalidValueError: it is no URL of SQLite or PostgreSQL.
        MissingExtraError: the driver of PostgreSQL is not installed.
    """
    url = _url(place)
    try:
        engine = create_engine(url, connect_args=_arguments(url))
    except ModuleNotFoundError:
        raise MissingExtraError("postgresql", needed_for="a store in PostgreSQL") from None
    except (ArgumentError, TypeError, ValueError) as error:
        raise _no_store(place, str(error).splitlines()[0]) from None
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return Database(engine, url.render_as_string(hide_password=True))


def _no_store(place: str | Path, why: str) -> InvalidValueError:
    """The refusal of a URL."""
    return InvalidValueError(
        f"{str(place).split('://', maxsplit=1)[0]}:// is not the URL of a store",
        value=place,
        why=why,
        remedy="give a path, or a URL such as postgresql://user@host/name",
    )


def _url(place: str | Path) -> URL:
    text = str(place)
    if not text.strip() or any(category(sign) in _NEVER_IN_A_PATH for sign in text):
        raise InvalidValueError(
            f"{shown(text)} is no place for a store",
            value=place,
            remedy="give the path of a file, or a URL",
        )
    if "://" not in text:
        return URL.create("sqlite", database=text)
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        url = None
    if url is None or url.drivername not in _DRIVERS:
        raise _no_store(place, "stores live in SQLite or PostgreSQL")
    return url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url


def _arguments(url: URL) -> dict[str, Any]:
    return {"timeout": _WAIT_SECONDS} if url.get_backend_name() == "sqlite" else {}


def _prepare_sqlite(connection: Any, _: object) -> None:  # noqa: ANN401  the connection of the driver
    connection.isolation_level = None  # transactions begin where we say so
    # The write-ahead log with a sync at each commit: readers never wait, and a commit survives a loss of power.
    write_ahead(connection)
    connection.execute("PRAGMA synchronous=FULL")


def write_ahead(connection: Any) -> None:  # noqa: ANN401  the connection of the driver
    """Turn a SQLite file to its write-ahead log, which stays so.

    Processes that open a new file at the same moment get in each other's way here, and SQLite does not wait for it.
    """
    _patiently(lambda: connection.execute("PRAGMA journal_mode=WAL"))


def _patiently(act: Callable[[], object]) -> None:
    """Do what SQLite refuses while another process holds the file, trying again at an even pace."""
    for _ in range(int(_WAIT_SECONDS / _PACE_SECONDS)):
        try:
            act()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            time.sleep(_PACE_SECONDS)
        else:
            return
    raise sqlite3.OperationalError("database is locked")


def _begin_sqlite(connection: Connection) -> None:
    driver: Any = connection.connection.driver_connection
    if connection.get_execution_options().get("gse_reading", False):
        driver.execute("BEGIN")
        return
    # A writer takes its place at once: two that read first and then write would lock each other out. It waits by
    # itself, since SQLite waits longer after each try, so that newcomers overtake whoever has waited long.
    driver.execute("PRAGMA busy_timeout=0")
    try:
        _patiently(lambda: driver.execute("BEGIN IMMEDIATE"))
    finally:
        driver.execute(f"PRAGMA busy_timeout={_WAIT_SECONDS * 1000}")
