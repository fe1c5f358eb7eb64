"""Opening a store: one database with a register, a history and a log of events."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from gse_billing.core.guards import guarded
from gse_billing.stores.database import Database, connect
from gse_billing.stores.events import EventLog
from gse_billing.stores.history import SqlHistory
from gse_billing.stores.register import SqlRegister
from gse_billing.stores.schema import prepare

__all__ = ["Store", "open_store"]


class Store:
    """An open store; leaving its block closes it. Each process opens its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @cached_property
    def register(self) -> SqlRegister:
        """The register of invoice numbers."""
        return SqlRegister(self._database)

    @cached_property
    def history(self) -> SqlHistory:
        """The file names and documents that were sent."""
        return SqlHistory(self._database)

    @cached_property
    def events(self) -> EventLog:
        """The append-only log."""
        return EventLog(self._database)

    def close(self) -> None:
        """Give the connections back."""
        self._database.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Store({self._database.name!r})"


@guarded
def open_store(place: str | Path) -> Store:
    """Open a store, and make its tables where there are none yet.

    Args:
        place: the path of a SQLite file, or a URL: ``sqlite:///books.sqlite``, ``postgresql://user@host/name``.

    Raises:
        InvalidValueError: it is no URL of SQLite or PostgreSQL.
        MissingExtraError: the driver of PostgreSQL is not installed.
        StorageError: the database cannot be opened, or holds a store of another version.
    """
    database = connect(place)
    try:
        prepare(database)
    except BaseException:
        database.engine.dispose()
        raise
    return Store(database)
