"""The register of invoice numbers: reserved, then accepted, or voided with a reason; never re-used, never changed.

:class:`NumberRegister` is the protocol; :class:`MemoryRegister` is its form in memory, which starts from the entries of
an earlier run and gives them back. An idempotency key makes a second try return the same number.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, insort
from collections.abc import Iterable
from enum import Enum
from typing import Any, Protocol

from attrs import frozen

from gse_billing.core.errors import (
    DuplicateNumberError,
    FrozenNumberError,
    InvalidValueError,
    NumberOutOfOrderError,
    UnknownNumberError,
)
from gse_billing.core.identifiers import InvoiceNumber
from gse_billing.core.values import evolve
from gse_billing.numbering.series import Series

__all__ = ["Entry", "EntryState", "MemoryRegister", "NumberRegister", "Request"]


class EntryState(Enum):
    """The life of a number."""

    RESERVED = "reserved"
    ACCEPTED = "accepted"
    VOID = "void"


@frozen(kw_only=True)
class Request:
    """What a number is asked for.

    Attributes:
        issuer: who the number must be unique for: the seller, or the buyer where the buyer issues (``CC``).
        series: the series it comes from.
        day: the date of the document.
        key: the idempotency key: the same key always gets the same number.
        content: a digest of the document's data; the same key with other data is an error.
        number: the number typed by the operator, or ``None`` for the next one of the series.
    """

    issuer: str
    series: Series
    day: dt.date
    key: str
    content: str
    number: InvoiceNumber | None = None


@frozen(kw_only=True)
class Entry:
    """One number of the register.

    ``position`` is ``None`` for a typed number that its series would not write; ``period`` is the year within which
    positions are counted, or 0 in a series that never restarts.
    """

    issuer: str
    series: str
    number: InvoiceNumber
    position: int | None
    period: int
    day: dt.date
    key: str
    content: str
    state: EntryState = EntryState.RESERVED
    reason: str = ""

    @property
    def year(self) -> int:
        """The year within which the number is unique: that of the document's date."""
        return self.day.year

    def to_dict(self) -> dict[str, Any]:
        """The entry as JSON-ready values."""
        return {
            "issuer": self.issuer,
            "series": self.series,
            "number": str(self.number),
            "position": self.position,
            "period": self.period,
            "day": self.day.isoformat(),
            "key": self.key,
            "content": self.content,
            "state": self.state.value,
            "reason": self.reason,
        }

    @classmethod
    def from_dict(cls, fields: dict[str, Any]) -> Entry:
        """The inverse of :meth:`to_dict`.

        Raises:
            InvalidValueError: a field is missing or not legal.
        """
        try:
            given = {
                **fields,
                "number": InvoiceNumber(fields["number"]),
                "day": dt.date.fromisoformat(fields["day"]),
                "state": EntryState(fields["state"]),
            }
            return cls(**given)
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidValueError(
                "an entry of the number register cannot be read", value=fields, why=str(error)
            ) from None


class NumberRegister(Protocol):
    """What every register can do, in memory or in a database."""

    def reserve(self, request: Request) -> Entry:
        """The number for a request: the one it has already, or a new one."""

    def accept(self, issuer: str, key: str) -> Entry:
        """Freeze a reserved number; accepting twice does nothing."""

    def void(self, issuer: str, key: str, reason: str) -> Entry:
        """Give up a reserved number; it stays in the register and explains its gap."""

    def entries(self) -> tuple[Entry, ...]:
        """Every entry, by issuer, year, series, position and number."""


class MemoryRegister:
    """A register in memory.

    Args:
        entries: what an earlier register held.

    Raises:
        DuplicateNumberError: two of the entries have the same number, year and issuer.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._by_key: dict[tuple[str, str], Entry] = {}
        self._by_number: dict[tuple[str, int, str], Entry] = {}
        self._lines: dict[tuple[str, str, int], _Line] = {}
        for entry in entries:
            self._refuse_duplicate(entry)
            self._store(entry)

    def reserve(self, request: Request) -> Entry:
        """The number for a request.

        Raises:
            DuplicateNumberError: the number typed is taken in that year.
            FrozenNumberError: the key has a number already, for other data.
            NumberOutOfOrderError: the number would be dated before its predecessor or after its successor.
        """
        known = self._by_key.get((request.issuer, request.key))
        if known is not None:
            return _same(known, request)
        entry = self._new(request)
        self._refuse_duplicate(entry)
        self._refuse_disorder(entry)
        self._store(entry)
        return entry

    def accept(self, issuer: str, key: str) -> Entry:
        """Freeze a reserved number; accepting twice does nothing.

        Raises:
            UnknownNumberError: no number was reserved under that key.
            FrozenNumberError: the number was voided.
        """
        entry = self._known(issuer, key)
        if entry.state is EntryState.VOID:
            raise FrozenNumberError(f"number {entry.number} was voided", number=entry.number, why=entry.reason)
        return self._store(evolve(entry, state=EntryState.ACCEPTED))

    def void(self, issuer: str, key: str, reason: str) -> Entry:
        """Give up a reserved number.

        Raises:
            UnknownNumberError: no number was reserved under that key.
            FrozenNumberError: the number was accepted already.
            InvalidValueError: no reason was given.
        """
        entry = self._known(issuer, key)
        if not reason.strip():
            raise InvalidValueError("a number is voided with a reason", value=reason, remedy="say why it is not used")
        if entry.state is EntryState.ACCEPTED:
            raise _frozen(entry, "it was accepted")
        return self._store(evolve(entry, state=EntryState.VOID, reason=reason))

    def entries(self) -> tuple[Entry, ...]:
        """Every entry, by issuer, year, series, position and number."""
        return tuple(sorted(self._by_key.values(), key=_order))

    def _known(self, issuer: str, key: str) -> Entry:
        try:
            return self._by_key[issuer, key]
        except KeyError:
            raise UnknownNumberError(
                f"no number was reserved for {key!r}", number="", remedy="reserve it first"
            ) from None

    def _new(self, request: Request) -> Entry:
        series, year = request.series, request.day.year
        period = year if series.yearly else 0
        if request.number is not None:
            number, position = request.number, series.position(request.number, year)
        else:
            line = self._lines.get((request.issuer, series.name, period))
            position = max(line.last + 1 if line else 0, series.first)
            number = series.number(position, year)
        return Entry(
            issuer=request.issuer,
            series=series.name,
            number=number,
            position=position,
            period=period,
            day=request.day,
            key=request.key,
            content=request.content,
        )

    def _refuse_duplicate(self, entry: Entry) -> None:
        taken = self._by_number.get((entry.issuer, entry.year, entry.number))
        if taken is not None:
            raise DuplicateNumberError(
                f"number {entry.number} of {entry.year} is taken by {taken.key!r}",
                number=entry.number,
                why="SDI discards a second document with the same issuer, year and number",
                remedy="type the next free number of the books",
            )

    def _refuse_disorder(self, entry: Entry) -> None:
        line = self._lines.get((entry.issuer, entry.series, entry.period))
        if line is None or entry.position is None:
            return
        before, after = line.neighbours(entry.position)
        for other in (before, after):
            if other is not None and (other.day > entry.day if other is before else other.day < entry.day):
                raise NumberOutOfOrderError(
                    f"number {entry.number} of {entry.day} would not follow the dates of its series",
                    number=entry.number,
                    why=f"number {other.number} is dated {other.day}",
                    remedy="date it in the order of the numbers, or type another number",
                )

    def _store(self, entry: Entry) -> Entry:
        self._by_key[entry.issuer, entry.key] = entry
        self._by_number[entry.issuer, entry.year, entry.number] = entry
        if entry.position is not None:
            self._lines.setdefault((entry.issuer, entry.series, entry.period), _Line()).put(entry.position, entry)
        return entry


class _Line:
    """The numbers of one series and period, found by their neighbours in logarithmic time."""

    def __init__(self) -> None:
        self._positions: list[int] = []
        self._entries: dict[int, Entry] = {}

    @property
    def last(self) -> int:
        return self._positions[-1]

    def put(self, position: int, entry: Entry) -> None:
        if position not in self._entries:
            insort(self._positions, position)
        self._entries[position] = entry

    def neighbours(self, position: int) -> tuple[Entry | None, Entry | None]:
        place = bisect_left(self._positions, position)
        before = self._entries[self._positions[place - 1]] if place else None
        after = self._entries[self._positions[place]] if place < len(self._positions) else None
        return before, after


def _order(entry: Entry) -> tuple[str, int, str, int, str]:
    return entry.issuer, entry.year, entry.series, entry.position or 0, entry.number


def _same(known: Entry, request: Request) -> Entry:
    same_number = request.number in (None, known.number)
    if known.content != request.content or known.day != request.day or not same_number:
        raise _frozen(known, "its data have changed since")
    return known


def _frozen(entry: Entry, why: str) -> FrozenNumberError:
    return FrozenNumberError(
        f"number {entry.number} of {entry.day} cannot change",
        number=entry.number,
        why=f"it was given to {entry.key!r} and {why}",
        remedy="keep the data as they were, or void the number while it is only reserved",
    )
