"""The tables, and what the database itself refuses: changing what is frozen, and changing the past at all."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    Column,
    Connection,
    ExecutableDDLElement,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    event,
    insert,
    inspect,
    select,
)

from gse_billing.core.errors import StorageError
from gse_billing.stores.database import Database

__all__ = ["DOCUMENTS", "EVENTS", "FILES", "NUMBERS", "prepare"]

_VERSION = "1"
_METADATA = MetaData()

_META = Table("gse_meta", _METADATA, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))

# A position may have 20 digits, more than an integer of either engine holds: it is text, padded so that it sorts.
NUMBERS = Table(
    "gse_numbers",
    _METADATA,
    Column("issuer", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("series", Text, nullable=False),
    Column("period", Integer, nullable=False),
    Column("position", Text),
    Column("year", Integer, nullable=False),
    Column("number", Text().with_variant(Text(collation="C"), "postgresql"), nullable=False),  # sorted as in Python
    Column("day", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("reserved_at", Text),
    UniqueConstraint("issuer", "year", "number"),
    UniqueConstraint("issuer", "series", "period", "position"),
)

# The numbers that their series would not write, by date: each new number at its end asks for the latest of them.
_FREE = NUMBERS.c.position.is_(None)
Index(
    "gse_numbers_free",
    *(NUMBERS.c[name] for name in ("issuer", "series", "period", "day", "number")),
    sqlite_where=_FREE,
    postgresql_where=_FREE,
)

EVENTS = Table(
    "gse_events",
    _METADATA,
    Column("sequence", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("stream", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("key", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", Text),
    UniqueConstraint("stream", "version"),
    UniqueConstraint("stream", "key"),
    sqlite_autoincrement=True,
)

FILES = Table(
    "gse_files",
    _METADATA,
    Column("stem", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("at", Text),
)

DOCUMENTS = Table(
    "gse_documents",
    _METADATA,
    Column("file", Text, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("issuer", Text, nullable=False, index=True),
    Column("number", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("day", Text, nullable=False),
    Column("credit_note", Boolean, nullable=False),
    Column("outcome", Text, nullable=False),
)

_SAME_NUMBER = " AND ".join(
    f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}"
    for name in ("issuer", "key", "series", "period", "position", "year", "number", "day", "content")
)
_REFUSED = (
    (NUMBERS, "UPDATE", f"OLD.state <> 'reserved' OR NOT ({_SAME_NUMBER})", "a number never changes"),
    (NUMBERS, "DELETE", "", "a number is voided, never removed"),
    (EVENTS, "UPDATE", "", "what happened stays as it was recorded"),
    (EVENTS, "DELETE", "", "what happened stays as it was recorded"),
    (FILES, "UPDATE", "", "a file name stays used"),
    (FILES, "DELETE", "", "a file name stays used"),
    (DOCUMENTS, "DELETE", "", "what was sent stays as it was recorded"),
)
_REFUSE = """CREATE OR REPLACE FUNCTION gse_refuse() RETURNS trigger LANGUAGE plpgsql
AS 'BEGIN RAISE EXCEPTION ''%%'', TG_ARGV[0]; END'"""


def _triggers(table: Table, action: str, condition: str, reason: str) -> Iterator[ExecutableDDLElement]:
    """What makes the database refuse an action on a table, in the words of each engine."""
    head = f"CREATE TRIGGER {table.name}_{action.lower()} BEFORE {action} ON {table.name} FOR EACH ROW"
    when = f" WHEN ({condition})" if condition else ""
    lite = condition and f" WHEN ({condition.replace('IS NOT DISTINCT FROM', 'IS')})"
    yield _ddl(f"{head}{lite} BEGIN SELECT RAISE(ABORT, '{reason}'); END", "sqlite")
    yield _ddl(_REFUSE, "postgresql")
    yield _ddl(f"{head}{when} EXECUTE FUNCTION gse_refuse('{reason}')", "postgresql")


def _ddl(statement: str, dialect: str) -> ExecutableDDLElement:
    written: ExecutableDDLElement = DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
    return written


for _table, *_words in _REFUSED:
    for _trigger in _triggers(_table, *_words):
        event.listen(_table, "after_create", _trigger)


def prepare(database: Database) -> None:
    """Make the tables where there are none yet.

    Raises:
        StorageError: the database cannot be written, or holds a store of another version.
    """
    with database.reading() as connection:
        version = _version(connection)
    if version is None:
        with database.writing("schema") as connection:
            version = _version(connection) or _create(connection)
    if version != _VERSION:
        raise StorageError(
            f"the store {database.name} is of version {version}",
            path=database.name,
            why=f"this release reads version {_VERSION}",
            remedy="use the release that wrote it",
        )


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_META.name):
        return None
    found: str = connection.execute(select(_META.c.value).where(_META.c.name == "version")).scalar_one()
    return found


def _create(connection: Connection) -> str:
    _METADATA.create_all(connection)
    connection.execute(insert(_META).values(name="version", value=_VERSION))
    return _VERSION
