"""The open items while they are being reconciled: what is left of each, what goes beyond, and the ways to them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from gse_billing.core.errors import InvalidValueError
from gse_billing.core.money import ZERO
from gse_billing.payments.reconciliation import OpenItem
from gse_billing.payments.references import KnownInvoices

__all__ = ["Group", "Ledger"]

Group = frozenset[int]
"""The positions of the items that one booking means."""

_Ways = dict[tuple[str, Decimal], dict[int, None]]


class Ledger:
    """Items by position, each found in constant time by identification, by invoice and by amount and account."""

    def __init__(self, items: Iterable[OpenItem]) -> None:
        self.items = tuple(items)
        self.remaining = [item.amount for item in self.items]
        self._by_identification = self._identifications()
        self.known = KnownInvoices(reference for item in self.items for reference in item.invoices)
        self.by_invoice: dict[tuple[str, dt.date], list[int]] = {}
        self.surplus: dict[Group, Decimal] = {}
        self._groups: dict[int, list[Group]] = {}
        self._open: _Ways = {}
        self._booked: _Ways = {}
        self._aside: set[tuple[Decimal, str | int]] = set()
        for index, item in enumerate(self.items):
            for key in dict.fromkeys(map(KnownInvoices.key, item.invoices)):
                self.by_invoice.setdefault(key, []).append(index)
            self._list(index)

    def _identifications(self) -> dict[str, int]:
        keys = [item.key for item in self.items]
        ids = [item.end_to_end_id.strip() for item in self.items]
        for meant, names in (("key", keys), ("end-to-end identification", list(filter(None, ids)))):
            repeated = next((name for name, count in Counter(names).items() if count > 1), None)
            if repeated is not None:
                raise InvalidValueError(
                    f"more than one open item has the {meant} {repeated!r}", value=repeated, remedy="give each its own"
                )
        return {name: index for index, name in enumerate(ids) if name}

    def identified(self, end_to_end_id: str) -> int | None:
        """The item of that identification."""
        return self._by_identification.get(end_to_end_id.strip())

    def settled(self, index: int) -> Decimal:
        """What was booked on an item so far."""
        return self.items[index].amount - self.remaining[index]

    def of_amount(self, iban: str, amount: Decimal, *, back: bool) -> Sequence[int]:
        """The items of an account of which just that amount is open; when it comes back, was booked or was too much."""
        if not iban:
            return ()
        return tuple((self._booked if back else self._open).get((iban, -amount if back else amount), ()))

    def apply(self, index: int, amount: Decimal) -> None:
        """Book an amount on an item."""
        self._unlist(index)
        self.remaining[index] -= amount
        self._list(index)

    def keep(self, group: Group, amount: Decimal) -> None:
        """Book what goes beyond some items, or take it back; which of several it is for, nobody knows."""
        for index in group:
            self._unlist(index)
        if group not in self.surplus:
            for index in group:
                self._groups.setdefault(index, []).append(group)
        self.surplus[group] = self.surplus.get(group, ZERO) + amount
        for index in group:
            self._list(index)

    def surplus_of(self, indexes: Iterable[int]) -> dict[Group, Decimal]:
        """What was booked beyond these items and did not come back, by the items that it may be for."""
        groups = dict.fromkeys(group for index in indexes for group in self._groups.get(index, ()))
        return {group: self.surplus[group] for group in groups if self.surplus[group]}

    def set_aside(self, amount: Decimal, places: Iterable[str | int]) -> None:
        """Remember a payment that went to no item, by its account and by the items that it may have meant."""
        self._aside.update((amount, place) for place in places)

    def was_set_aside(self, amount: Decimal, places: Iterable[str | int]) -> bool:
        """Whether a payment of that amount went to no item and had one of these accounts or items."""
        return any((amount, place) in self._aside for place in places)

    def _ways(self, index: int) -> Iterator[tuple[_Ways, Decimal]]:
        settled, over = self.settled(index), self.surplus.get(frozenset((index,)), ZERO)
        yield self._open, self.remaining[index]
        for amount in (settled, over, settled + over):
            yield self._booked, amount

    def _unlist(self, index: int) -> None:
        for ways, amount in self._ways(index):
            ways.get((self.items[index].iban, amount), {}).pop(index, None)

    def _list(self, index: int) -> None:
        for ways, amount in self._ways(index):
            if amount:
                ways.setdefault((self.items[index].iban, amount), {})[index] = None
