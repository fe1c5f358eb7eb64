"""An append-only log: what happened, in streams, in the order in which it happened.

A stream is the life of one thing (a proposal, the numbers of one issuer). Recording twice under the same key does
nothing, so a caller who does not know whether his first try arrived just tries again. The database refuses to change or
remove a row.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from attrs import field, frozen
from sqlalchemy import Connection, RowMapping, Select, bindparam, func, insert, select

from gse_billing.core.errors import IllegalTransitionError, InvalidValueError
from gse_billing.core.guards import guarded, require_fields
from gse_billing.core.showing import shown
from gse_billing.numbering import require_moment
from gse_billing.stores.database import Database
from gse_billing.stores.schema import EVENTS

__all__ = ["REGISTER", "Event", "EventLog", "events_of_register", "moment_from", "moment_text", "write_event"]

REGISTER = "numbers/"
"""How the streams begin in which the register writes its audit trail."""

_E = EVENTS.c
_ALL: Select[Any] = select(EVENTS).where(_E.sequence > bindparam("after")).order_by(_E.sequence)
_OF_STREAM = _ALL.where(_E.stream == bindparam("stream"))
_OF_REGISTER = _ALL.where(_E.stream.startswith(REGISTER))
_BY_KEY = select(EVENTS).where(_E.stream == bindparam("stream"), _E.key == bindparam("key"))
_VERSION = select(func.coalesce(func.max(_E.version), 0)).where(_E.stream == bindparam("of_stream"))
_APPEND = insert(EVENTS).values(version=_VERSION.scalar_subquery() + 1).returning(EVENTS)


def _payload(given: Mapping[str, Any]) -> Mapping[str, Any]:
    known: object = given
    return dict(given) if isinstance(known, Mapping) else given  # the fields are looked at afterwards


@frozen(kw_only=True)
class Event:
    """One thing that happened.

    Attributes:
        sequence: grows with every event of the store, whatever the clock does; some counts may be left out.
        stream: what it happened to.
        version: counts the events of the stream from 1, without a gap.
        key: what makes it one event, however often it is recorded.
        kind: what happened.
        payload: its data, JSON-ready.
        by: who did it, where it was said.
        at: when, in UTC, where it was said.
    """

    sequence: int
    stream: str
    version: int
    key: str
    kind: str
    payload: Mapping[str, Any] = field(converter=_payload, hash=False)
    by: str = ""
    at: dt.datetime | None = None

    def __attrs_post_init__(self) -> None:
        require_fields(self)


class EventLog:
    """The events of a store; :func:`.open_store` makes it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @guarded
    def append(  # noqa: PLR0913  what an event is, and how it is guarded
        self,
        stream: str,
        kind: str,
        payload: Mapping[str, Any],
        *,
        key: str,
        by: str = "",
        at: dt.datetime | None = None,
        expected: int | None = None,
    ) -> Event:
        """Record an event, or find it recorded already.

        Args:
            stream: what it happened to.
            kind: what happened.
            payload: its data, JSON-ready.
            key: the idempotency key within the stream.
            by: who did it.
            at: when, with a zone.
            expected: the version of the stream that the decision was made on; ``None`` if that does not matter.

        Raises:
            InvalidValueError: the key has another event already, or the payload is not JSON-ready.
            IllegalTransitionError: the stream went on since ``expected``.
            StorageError: the database did not do it; recording again with the same key is safe.
        """
        if stream.startswith(REGISTER):
            raise InvalidValueError(f"only the register writes into {stream!r}", value=stream, remedy="name another")
        text = _json(payload)
        with self._database.writing(stream) as connection:
            known = connection.execute(_BY_KEY, {"stream": stream, "key": key}).mappings().first()
            if known is not None:
                return _same(known, kind, text)
            _refuse_other_version(connection, stream, kind, expected)
            return write_event(connection, stream, kind, text, key=key, by=by, at=at)

    @guarded
    def events(self, stream: str | None = None, *, after: int = 0) -> tuple[Event, ...]:
        """The events of one stream, or of all, in order.

        Args:
            stream: the stream, or ``None`` for every one, those of the register included.
            after: only those with a higher sequence, to go on where an earlier reading ended.

        Raises:
            StorageError: the database cannot be read.
        """
        with self._database.reading() as connection:
            wanted, cells = (_ALL, {}) if stream is None else (_OF_STREAM, {"stream": stream})
            return tuple(_event(row) for row in connection.execute(wanted, {"after": after, **cells}).mappings())


def write_event(  # noqa: PLR0913  one argument for each column
    connection: Connection, stream: str, kind: str, payload: str, *, key: str, by: str, at: dt.datetime | None
) -> Event:
    """Append one event within a transaction that holds the lock of its stream; the payload is JSON text."""
    cells = {
        "of_stream": stream,
        "stream": stream,
        "key": key,
        "kind": kind,
        "payload": payload,
        "author": by,
        "at": moment_text(require_moment(at)),
    }
    return _event(connection.execute(_APPEND, cells).mappings().one())


def events_of_register(connection: Connection) -> tuple[Event, ...]:
    """The audit trail of the register, in order."""
    return tuple(_event(row) for row in connection.execute(_OF_REGISTER, {"after": 0}).mappings())


def moment_text(moment: dt.datetime | None) -> str | None:
    """A moment as the databases keep it, the same in every engine."""
    return None if moment is None else moment.isoformat()


def moment_from(text: str | None) -> dt.datetime | None:
    """The inverse of :func:`moment_text`."""
    return None if text is None else dt.datetime.fromisoformat(text)


def _event(row: RowMapping) -> Event:
    return Event(
        sequence=row["sequence"],
        stream=row["stream"],
        version=row["version"],
        key=row["key"],
        kind=row["kind"],
        payload=json.loads(row["payload"]),
        by=row["author"],
        at=moment_from(row["at"]),
    )


def _json(payload: Mapping[str, Any]) -> str:
    try:
        return json.dumps(dict(payload), sort_keys=True, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise InvalidValueError(
            "the data of the event cannot be kept",
            value=payload,
            why=str(error),
            remedy="give texts, whole numbers, lists and mappings; amounts and days as text",
        ) from None


def _same(known: RowMapping, kind: str, payload: str) -> Event:
    if (known["kind"], known["payload"]) != (kind, payload):
        raise InvalidValueError(
            f"the key {known['key']!r} of {known['stream']!r} has another event",
            value=known["key"],
            why=f"it was recorded as {known['kind']} with other data",
            remedy="give each event a key of its own",
        )
    return _event(known)


def _refuse_other_version(connection: Connection, stream: str, kind: str, expected: int | None) -> None:
    if expected is None:
        return
    version = connection.execute(_VERSION, {"of_stream": stream}).scalar_one()
    if version != expected:
        raise IllegalTransitionError(
            f"{stream!r} is at version {version}, not {shown(expected)}",
            state=str(version),
            event=kind,
            why="another process recorded something since it was read",
            remedy="read the stream again and decide anew",
        )
