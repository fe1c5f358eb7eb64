"""The open items while they are being reconciled: what is left of each, and the ways that lead to them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from gse_billing.core.errors import InvalidValueError
from gse_billing.core.money import ZERO
from gse_billing.payments.reconciliation import OpenItem
from gse_billing.payments.references import KnownInvoices

__all__ = ["Ledger"]

_Ways = dict[tuple[str, Decimal], dict[int, None]]


class Ledger:
    """Items by position, each found in constant time by identification, by invoice and by amount and account."""

    def __init__(self, items: Iterable[OpenItem]) -> None:
        self.items = tuple(items)
        self.remaining = [item.amount for item in self.items]
        self._by_identification = self._identifications()
        self.known = KnownInvoices(reference for item in self.items for reference in item.invoices)
        self.by_invoice: dict[tuple[str, dt.date], list[int]] = {}
        self._open: _Ways = {}
        self._settled: _Ways = {}
        for index, item in enumerate(self.items):
            for key in dict.fromkeys(map(KnownInvoices.key, item.invoices)):
                self.by_invoice.setdefault(key, []).append(index)
            self._open.setdefault((item.iban, item.amount), {})[index] = None

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
        """The items of an account of which just that amount is open, or when it comes back, was settled."""
        if not iban:
            return ()
        return tuple((self._settled if back else self._open).get((iban, -amount if back else amount), ()))

    def apply(self, index: int, amount: Decimal) -> None:
        """Book an amount on an item."""
        iban = self.items[index].iban
        for ways, value in ((self._open, self.remaining[index]), (self._settled, self.settled(index))):
            ways.get((iban, value), {}).pop(index, None)
        self.remaining[index] -= amount
        for ways, value in ((self._open, self.remaining[index]), (self._settled, self.settled(index))):
            if value != ZERO:
                ways.setdefault((iban, value), {})[index] = None
