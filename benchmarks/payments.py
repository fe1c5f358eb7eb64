"""How fast payments are read and matched: against a bare dictionary, and against the bare parse of the same bytes."""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Callable, Iterator
from decimal import Decimal

from lxml import etree

from benchmarks.paired import Measurement, paired, report
from gse_billing.payments import Booking, Match, MatchKind, OpenItem, Transfer, pain001, read_camt053, reconcile
from tests.support.bank_files import camt053

COUNT = 10_000
IBAN, OTHER = "IT60X0542811101000000123456", "DE89370400440532013000"
MOMENT = dt.datetime(2021, 1, 28, tzinfo=dt.UTC)

TRANSFERS = [
    Transfer(
        debtor_name="GSE S.p.A.",
        creditor_name=f"Operatore {number}",
        creditor_iban=OTHER,
        amount=Decimal(number + 1).scaleb(-2),
        value_date=dt.date(2021, 2, 1),
        remittance=f"FATTURA {number} DEL 11/12/2020",
        end_to_end_id=f"SSP{number:08d}-20210201-1",
    )
    for number in range(COUNT)
]
ITEMS = [OpenItem.of_transfer(transfer) for transfer in TRANSFERS]
IDENTIFIED = [
    Booking(
        amount=-transfer.amount,
        booked=transfer.value_date,
        end_to_end_id=transfer.end_to_end_id,
        counterparty=transfer.creditor_name,
        counterparty_iban=OTHER,
        remittance=transfer.remittance,
    )
    for transfer in TRANSFERS
]
NAMED = [
    Booking(amount=one.amount, booked=one.booked, remittance=f"SALDO VS FT N. {one.remittance[8:]}")
    for one in IDENTIFIED
]
STATEMENT = camt053(IDENTIFIED, account=IBAN, opening="1000000.00")


def seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def bare_match() -> list[Match]:
    """The least that a match costs: a dictionary, a subtraction, and the value that says so."""
    by_id = {item.end_to_end_id: item for item in ITEMS}
    left = {item.end_to_end_id: item.amount for item in ITEMS}
    matches = []
    for booking in IDENTIFIED:
        item = by_id[booking.end_to_end_id]
        left[item.end_to_end_id] -= booking.amount
        kind, why = MatchKind.ONE_TO_ONE, f"{item.key}: {left[item.end_to_end_id]} stay open"
        matches.append(Match(kind=kind, booking=booking, items=(item,), applied=(booking.amount,), why=why))
    return matches


def ours(bookings: list[Booking]) -> None:
    assert reconcile(bookings, ITEMS).open_items == ()


def order() -> bytes:
    return pain001(TRANSFERS, message_id="M-1", created=MOMENT, debtor_iban=IBAN).data


ORDER = order()


def measure() -> Iterator[Measurement]:
    """Matching, reading, writing; then that ten times as much takes about ten times as long."""
    for name, bookings, bar in (("identification", IDENTIFIED, 15), ("number and date", NAMED, 25)):
        yield paired(
            f"{COUNT:,} bookings matched by {name} / a dictionary of sums that makes the same values",
            lambda given=bookings: seconds(lambda: ours(given)),  # type: ignore[misc]
            lambda: seconds(bare_match),
            bar=bar,
            pairs=9,
        )
    yield paired(
        f"camt.053 of {COUNT:,} bookings / its bare parse",
        lambda: seconds(lambda: read_camt053(STATEMENT)),
        lambda: seconds(lambda: etree.fromstring(STATEMENT)),
        bar=40,
        pairs=9,
    )
    yield paired(
        f"pain.001 of {COUNT:,} transfers / the bare parse of it",
        lambda: seconds(order),
        lambda: seconds(lambda: etree.fromstring(ORDER)),
        bar=40,
        pairs=9,
    )
    yield paired(
        f"{COUNT:,} bookings / a tenth of them, against as many items",
        lambda: seconds(lambda: reconcile(IDENTIFIED, ITEMS)),
        lambda: seconds(lambda: reconcile(IDENTIFIED[: COUNT // 10], ITEMS[: COUNT // 10])),
        bar=15,
        pairs=9,
    )


if __name__ == "__main__":
    sys.exit(report(measure()))
