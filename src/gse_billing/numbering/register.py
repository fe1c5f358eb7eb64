"""The register of invoice numbers: reserved, then accepted, or voided with a reason; never re-used, never changed.

:class:`NumberRegister` is the protocol; :class:`MemoryRegister` is its form in memory, which starts from the entries of
an earlier run and gives them back; ``stores`` has the form in a database. An idempotency key makes a second try return
the same number, so a reservation that a crash left behind is resumed by asking again, or voided.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right, insort
from collections.abc import Iterable
from typing import Protocol

from gse_billing.core.guards import guarded
from gse_billing.numbering.deciding import decide_accept, decide_load, decide_reserve, decide_void
from gse_billing.numbering.entries import Entry, Request, Step, in_order, require_moment

__all__ = ["MemoryRegister", "NumberRegister", "preview"]


class NumberRegister(Protocol):
    """What every register can do, in memory or in a database."""

    def reserve(self, request: Request) -> Entry:
        """The number for a request: the one it has already, or a new one."""

    def accept(self, issuer: str, key: str, *, by: str = "", at: dt.datetime | None = None) -> Entry:
        """Freeze a reserved number; accepting twice does nothing."""

    def void(self, issuer: str, key: str, reason: str, *, by: str = "", at: dt.datetime | None = None) -> Entry:
        """Give up a reserved number; it stays in the register and explains its gap."""

    def load(self, entries: Iterable[Entry], *, by: str = "", at: dt.datetime | None = None) -> None:
        """Take over the entries of a user's books or of another register: all of them, or none."""

    def entries(self) -> tuple[Entry, ...]:
        """Every entry, by issuer, year, series, position and number."""

    def steps(self) -> tuple[Step, ...]:
        """The audit trail: every change, in the order in which they were made."""


class MemoryRegister:
    """A register in memory. Its trail holds the steps made on it, not those of an earlier register.

    Args:
        entries: what an earlier register held.

    Raises:
        DuplicateNumberError: two of the entries have the same number and year, the same position, or the same key.
        InvalidValueError: one of them is void without a reason.
    """

    @guarded
    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._shelf = _MemoryShelf()
        self._steps: list[Step] = []
        for entry in entries:
            self._shelf.put(decide_load(self._shelf, entry))

    def reserve(self, request: Request) -> Entry:
        """The number for a request.

        Raises:
            DuplicateNumberError: the number typed is taken in that year.
            FrozenNumberError: the key has a number already, for other data, or one that was voided.
            NumberOutOfOrderError: the number would be dated before its predecessor or after its successor.
            SeriesChangedError: the series wrote its numbers in another way before.
        """
        entry, new = decide_reserve(self._shelf, request)
        return self._keep(entry, by=request.owner, at=request.at) if new else entry

    def accept(self, issuer: str, key: str, *, by: str = "", at: dt.datetime | None = None) -> Entry:
        """Freeze a reserved number; accepting twice does nothing.

        Raises:
            UnknownNumberError: no number was reserved under that key.
            FrozenNumberError: the number was voided.
        """
        entry, changed = decide_accept(self._shelf, issuer, key)
        return self._keep(entry, by=by, at=at) if changed else entry

    def void(self, issuer: str, key: str, reason: str, *, by: str = "", at: dt.datetime | None = None) -> Entry:
        """Give up a reserved number; doing so twice for the same reason does nothing.

        Raises:
            UnknownNumberError: no number was reserved under that key.
            FrozenNumberError: the number was accepted already, or voided for another reason.
            InvalidValueError: no reason was given.
        """
        entry, changed = decide_void(self._shelf, issuer, key, reason)
        return self._keep(entry, by=by, at=at) if changed else entry

    @guarded
    def load(self, entries: Iterable[Entry], *, by: str = "", at: dt.datetime | None = None) -> None:
        """Take over the entries of a user's books or of another register: all of them, or none.

        Raises:
            DuplicateNumberError: the number or the key of one of them is taken here, or stands twice among them.
            InvalidValueError: one of them is void without a reason.
        """
        given = tuple(entries)
        MemoryRegister((*self._shelf.entries(), *given))
        for entry in given:
            self._keep(entry, by=by, at=at)

    def entries(self) -> tuple[Entry, ...]:
        """Every entry, by issuer, year, series, position and number."""
        return in_order(self._shelf.entries())

    def steps(self) -> tuple[Step, ...]:
        """The steps made on this register, in order."""
        return tuple(self._steps)

    def _keep(self, entry: Entry, *, by: str, at: dt.datetime | None) -> Entry:
        step = Step(
            sequence=len(self._steps) + 1,
            issuer=entry.issuer,
            key=entry.key,
            number=entry.number,
            state=entry.state,
            reason=entry.reason,
            by=by,
            at=require_moment(at),
        )
        self._shelf.put(entry)
        self._steps.append(step)
        return entry


@guarded
def preview(register: NumberRegister, requests: Iterable[Request]) -> tuple[Entry, ...]:
    """A dry run: the entries that these requests would get, one after another, without taking a number.

    Raises:
        NumberingError: one of them would be refused.
    """
    trial = MemoryRegister(register.entries())
    return tuple(trial.reserve(request) for request in requests)


class _MemoryShelf:
    """The entries by key, by number and by position."""

    def __init__(self) -> None:
        self._by_key: dict[tuple[str, str], Entry] = {}
        self._by_number: dict[tuple[str, int, str], Entry] = {}
        self._lines: dict[tuple[str, str, int], _Line] = {}
        self._latest: dict[tuple[str, str], int] = {}

    def by_key(self, issuer: str, key: str) -> Entry | None:
        return self._by_key.get((issuer, key))

    def by_number(self, issuer: str, year: int, number: str) -> Entry | None:
        return self._by_number.get((issuer, year, number))

    def last(self, issuer: str, series: str, period: int) -> Entry | None:
        line = self._lines.get((issuer, series, period))
        return line.last if line else None

    def latest_period(self, issuer: str, series: str) -> int | None:
        return self._latest.get((issuer, series))

    def latest_free(self, issuer: str, series: str, period: int) -> Entry | None:
        line = self._lines.get((issuer, series, period))
        return line.latest_free if line else None

    def around(self, issuer: str, series: str, period: int, position: int) -> tuple[Entry | None, Entry | None]:
        line = self._lines.get((issuer, series, period))
        return line.around(position) if line else (None, None)

    def entries(self) -> Iterable[Entry]:
        return self._by_key.values()

    def put(self, entry: Entry) -> None:
        self._by_key[entry.issuer, entry.key] = entry
        self._by_number[entry.issuer, entry.year, entry.number] = entry
        self._lines.setdefault((entry.issuer, entry.series, entry.period), _Line()).put(entry)
        series = entry.issuer, entry.series
        self._latest[series] = max(entry.period, self._latest.get(series, 0))


class _Line:
    """The numbers of one series and period, found by their neighbours in logarithmic time."""

    def __init__(self) -> None:
        self._positions: list[int] = []
        self._entries: dict[int, Entry] = {}
        self.latest_free: Entry | None = None

    @property
    def last(self) -> Entry | None:
        return self._entries[self._positions[-1]] if self._positions else None

    def put(self, entry: Entry) -> None:
        if entry.position is None:
            self.latest_free = max(entry, self.latest_free or entry, key=lambda free: (free.day, free.number))
            return
        if entry.position not in self._entries:
            insort(self._positions, entry.position)
        self._entries[entry.position] = entry

    def around(self, position: int) -> tuple[Entry | None, Entry | None]:
        place = bisect_right(self._positions, position)
        before = self._entries[self._positions[place - 1]] if place else None
        after = self._entries[self._positions[place]] if place < len(self._positions) else None
        return before, after
