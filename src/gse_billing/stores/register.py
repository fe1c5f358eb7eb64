"""The register of numbers in a database: the rules of ``numbering``, each call one transaction.

Many processes share it. A process that is killed leaves a reservation or nothing, never half of one, and asking again
with the same key gives the same number.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from attrs import frozen
from sqlalchemy import Connection, RowMapping, Select, bindparam, func, insert, select, update

from gse_billing.core.guards import guarded
from gse_billing.core.identifiers import InvoiceNumber
from gse_billing.numbering import (
    Entry,
    EntryState,
    Request,
    Step,
    decide_accept,
    decide_load,
    decide_reserve,
    decide_void,
    in_order,
)
from gse_billing.stores.database import Database
from gse_billing.stores.events import REGISTER, Event, events_of_register, moment_from, moment_text, write_event
from gse_billing.stores.schema import NUMBERS

__all__ = ["SqlRegister"]

_N = NUMBERS.c
_ALL: Select[Any] = select(NUMBERS)
_OF_ISSUER = _ALL.where(_N.issuer == bindparam("issuer"))
_BY_KEY = _OF_ISSUER.where(_N.key == bindparam("key"))
_BY_NUMBER = _OF_ISSUER.where(_N.year == bindparam("year"), _N.number == bindparam("number"))
_LINE = _OF_ISSUER.where(_N.series == bindparam("series"), _N.period == bindparam("period"), _N.position.is_not(None))
_LAST = _LINE.order_by(_N.position.desc()).limit(1)
_LATEST_PERIOD = select(func.max(_N.period)).where(_N.issuer == bindparam("issuer"), _N.series == bindparam("series"))
_LATEST_FREE = (
    _OF_ISSUER.where(_N.series == bindparam("series"), _N.period == bindparam("period"), _N.position.is_(None))
    .order_by(_N.day.desc(), _N.number.desc())
    .limit(1)
)
_UP_TO = _LAST.where(_N.position <= bindparam("position"))
_BEYOND = _LINE.where(_N.position > bindparam("position")).order_by(_N.position).limit(1)
_SET_STATE = (
    update(NUMBERS)
    .where(_N.issuer == bindparam("of_issuer"), _N.key == bindparam("of_key"))
    .values(state=bindparam("new_state"), reason=bindparam("new_reason"))
)


class SqlRegister:
    """A register of numbers in a database; :func:`.open_store` makes it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @guarded
    def reserve(self, request: Request) -> Entry:
        """The number for a request.

        Raises:
            DuplicateNumberError: the number typed is taken in that year.
            FrozenNumberError: the key has a number already, for other data, or one that was voided.
            NumberOutOfOrderError: the number would be dated before its predecessor or after its successor.
            SeriesChangedError: the series wrote its numbers in another way before.
            StorageError: the database did not do it; asking again with the same key is safe.
        """
        with self._database.writing(REGISTER + request.issuer) as connection:
            entry, new = decide_reserve(_SqlShelf(connection), request)
            if new:
                _add(connection, entry, by=request.owner, at=request.at)
        return entry

    @guarded
    def accept(self, issuer: str, key: str, *, by: str = "", at: dt.datetime | None = None) -> Entry:
        """Freeze a reserved number; accepting twice does nothing.

        Raises:
            UnknownNumberError: no number was reserved under that key.
            FrozenNumberError: the number was voided.
            StorageError: the database did not do it; asking again is safe.
        """
        with self._database.writing(REGISTER + issuer) as connection:
            entry, changed = decide_accept(_SqlShelf(connection), issuer, key)
            if changed:
                _change(connection, entry, by=by, at=at)
        return entry

    @guarded
    def void(self, issuer: str, key: str, reason: str, *, by: str = "", at: dt.datetime | None = None) -> Entry:
        """Give up a reserved number; doing so twice for the same reason does nothing.

        Raises:
            UnknownNumberError: no number was reserved under that key.
            FrozenNumberError: the number was accepted already, or voided for another reason.
            InvalidValueError: no reason was given.
            StorageError: the database did not do it; asking again is safe.
        """
        with self._database.writing(REGISTER + issuer) as connection:
            entry, changed = decide_void(_SqlShelf(connection), issuer, key, reason)
            if changed:
                _change(connection, entry, by=by, at=at)
        return entry

    @guarded
    def load(self, entries: Iterable[Entry], *, by: str = "", at: dt.datetime | None = None) -> None:
        """Take over the entries of a user's books or of another register: all of them, or none.

        Raises:
            DuplicateNumberError: the number or the key of one of them is taken here, or stands twice among them.
            InvalidValueError: one of them is void without a reason.
            StorageError: the database did not do it.
        """
        given = tuple(entries)
        with self._database.writing(*{REGISTER + entry.issuer for entry in given}) as connection:
            shelf = _SqlShelf(connection)
            for entry in given:
                _add(connection, decide_load(shelf, entry), by=by, at=at)

    def entries(self) -> tuple[Entry, ...]:
        """Every entry, by issuer, year, series, position and number.

        Raises:
            StorageError: the database cannot be read.
        """
        with self._database.reading() as connection:
            return in_order(_entry(row) for row in connection.execute(_ALL).mappings())

    def steps(self) -> tuple[Step, ...]:
        """The audit trail: every change, in the order in which they were made.

        Raises:
            StorageError: the database cannot be read.
        """
        with self._database.reading() as connection:
            return tuple(_step(event) for event in events_of_register(connection))


@frozen
class _SqlShelf:
    """The entries as one transaction sees them."""

    connection: Connection

    def by_key(self, issuer: str, key: str) -> Entry | None:
        return self._first(_BY_KEY, issuer=issuer, key=key)

    def by_number(self, issuer: str, year: int, number: str) -> Entry | None:
        return self._first(_BY_NUMBER, issuer=issuer, year=year, number=str(number))

    def last(self, issuer: str, series: str, period: int) -> Entry | None:
        return self._first(_LAST, issuer=issuer, series=series, period=period)

    def latest_period(self, issuer: str, series: str) -> int | None:
        found: int | None = self.connection.execute(_LATEST_PERIOD, {"issuer": issuer, "series": series}).scalar_one()
        return found

    def latest_free(self, issuer: str, series: str, period: int) -> Entry | None:
        return self._first(_LATEST_FREE, issuer=issuer, series=series, period=period)

    def around(self, issuer: str, series: str, period: int, position: int) -> tuple[Entry | None, Entry | None]:
        place: dict[str, Any] = {"issuer": issuer, "series": series, "period": period, "position": _padded(position)}
        return self._first(_UP_TO, **place), self._first(_BEYOND, **place)

    def _first(self, wanted: Select[Any], **cells: str | int) -> Entry | None:
        row = self.connection.execute(wanted, cells).mappings().first()
        return None if row is None else _entry(row)


def _padded(position: int) -> str:
    return f"{position:020}"


def _cells(entry: Entry) -> dict[str, Any]:
    return {
        "issuer": entry.issuer,
        "key": entry.key,
        "series": entry.series,
        "period": entry.period,
        "position": None if entry.position is None else _padded(entry.position),
        "year": entry.year,
        "number": str(entry.number),
        "day": entry.day.isoformat(),
        "content": entry.content,
        "state": entry.state.value,
        "reason": entry.reason,
        "owner": entry.owner,
        "reserved_at": moment_text(entry.reserved_at),
    }


def _entry(row: RowMapping) -> Entry:
    position = row["position"]
    return Entry(
        issuer=row["issuer"],
        series=row["series"],
        number=InvoiceNumber(row["number"]),
        position=None if position is None else int(position),
        period=row["period"],
        day=dt.date.fromisoformat(row["day"]),
        key=row["key"],
        content=row["content"],
        state=EntryState(row["state"]),
        reason=row["reason"],
        owner=row["owner"],
        reserved_at=moment_from(row["reserved_at"]),
    )


def _add(connection: Connection, entry: Entry, *, by: str, at: dt.datetime | None) -> None:
    connection.execute(insert(NUMBERS), _cells(entry))
    _record(connection, entry, by=by, at=at)


def _change(connection: Connection, entry: Entry, *, by: str, at: dt.datetime | None) -> None:
    cells = {"of_issuer": entry.issuer, "of_key": entry.key, "new_state": entry.state.value, "new_reason": entry.reason}
    connection.execute(_SET_STATE, cells)
    _record(connection, entry, by=by, at=at)


def _record(connection: Connection, entry: Entry, *, by: str, at: dt.datetime | None) -> None:
    """One step of the audit trail; a number takes each state once, so state and key name the step."""
    payload = json.dumps({"key": entry.key, "number": str(entry.number), "reason": entry.reason})
    key = f"{entry.state.value} {entry.key}"
    write_event(connection, REGISTER + entry.issuer, entry.state.value, payload, key=key, by=by, at=at)


def _step(event: Event) -> Step:
    return Step(
        sequence=event.sequence,
        issuer=event.stream.removeprefix(REGISTER),
        key=event.payload["key"],
        number=InvoiceNumber(event.payload["number"]),
        state=EntryState(event.kind),
        reason=event.payload["reason"],
        by=event.by,
        at=event.at,
    )
