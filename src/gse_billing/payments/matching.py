"""Matching bookings with open items: by identification, number and date, or amount and account; never by guessing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from attrs import frozen

from gse_billing.core.arguments import require_each
from gse_billing.core.collector import collector_paused
from gse_billing.core.explain import figure
from gse_billing.core.money import ZERO, exact
from gse_billing.payments.ledger import Ledger
from gse_billing.payments.reconciliation import Evidence, Match, MatchKind, OpenItem, Reconciliation, Surplus
from gse_billing.payments.references import strict_references
from gse_billing.payments.statements import Booking

__all__ = ["reconcile"]


@frozen
class _Found:
    """The items that a booking leads to; with a doubt, those that it may mean."""

    indexes: tuple[int, ...] = ()
    evidence: Evidence | None = None
    doubt: str = ""


def reconcile(bookings: Iterable[Booking], items: Iterable[OpenItem]) -> Reconciliation:
    """What each booking is to the open items, and what stays open.

    Bookings are taken by their day, those of one day in the order given. The surest evidence counts: the end-to-end
    identification; number and date of invoices in the text; exact amount and account. Where the evidence leads to
    several items, or contradicts itself, the booking changes nothing and says so. What comes back is taken from what
    was paid too much first; an item opens again only by what exceeds it, and not where what comes back may be a payment
    that went to no item.

    Args:
        bookings: of one account in EUR, booked and not announced.
        items: what is expected on that account.

    Raises:
        InvalidValueError: two items of one key or of one end-to-end identification.

    >>> item = OpenItem(key="76256", amount="1994.93", end_to_end_id="76256-20160318-1")
    >>> paid = Booking(amount=Decimal("1990.00"), end_to_end_id="76256-20160318-1")
    >>> result = reconcile([paid], [item])
    >>> print(result.explain())
    reconciliation: 1 bookings, 1 items still open
      booking of 1,990.00 EUR: settles a part of an item, by end-to-end identification: 4.93 EUR stay open
        76256: 1,990.00 EUR of 1,994.93 EUR
      76256: 4.93 EUR still open
    """
    given = require_each(bookings, Booking, meant="a booking")
    ordered = sorted(given, key=lambda booking: booking.day or dt.date.min)
    with exact(), collector_paused():
        ledger = Ledger(require_each(items, OpenItem, meant="an open item"))
        matches = tuple(_match(ledger, booking) for booking in ordered)
        left = [(item, rest) for item, rest in zip(ledger.items, ledger.remaining, strict=True) if rest]
        surplus = tuple(
            Surplus(tuple(ledger.items[index] for index in sorted(group)), amount)
            for group, amount in ledger.surplus.items()
            if amount
        )
    return Reconciliation(matches, tuple(item for item, _ in left), tuple(rest for _, rest in left), surplus)


def _match(ledger: Ledger, booking: Booking) -> Match:
    back = _comes_back(ledger, booking)
    found = _find(ledger, booking, back=back) if booking.amount else _Found()
    if back:
        return _judged(ledger, booking, _doubted(ledger, booking, found), back=back)
    match = _judged(ledger, booking, found, back=back)
    if match.kind in {MatchKind.AMBIGUOUS, MatchKind.UNMATCHED}:
        ledger.set_aside(booking.amount, (booking.counterparty_iban, *found.indexes))
    return match


def _doubted(ledger: Ledger, booking: Booking, found: _Found) -> _Found:
    """What comes back, unless a payment that went to no item may be what it takes back."""
    if found.evidence is Evidence.END_TO_END_ID:
        return found
    places = (booking.counterparty_iban,) if found.evidence is Evidence.AMOUNT_AND_IBAN else found.indexes
    if found.indexes and not found.doubt and ledger.was_set_aside(-booking.amount, places):
        return _Found(found.indexes, doubt="it may take back a payment of that amount that went to no item")
    return found


def _judged(ledger: Ledger, booking: Booking, found: _Found, *, back: bool) -> Match:
    if found.doubt:
        return _noted(ledger, booking, found, MatchKind.AMBIGUOUS, found.doubt)
    if not found.indexes:
        return Match(
            kind=MatchKind.UNMATCHED,
            booking=booking,
            why=f"{MatchKind.UNMATCHED.value}: no item has its identification, its invoices, or its amount and account",
        )
    return _reversed(ledger, booking, found) if back else _settled(ledger, booking, found)


def _comes_back(ledger: Ledger, booking: Booking) -> bool:
    index = ledger.identified(booking.end_to_end_id)
    return booking.reversal or (index is not None and not _same_side(ledger, index, booking.amount))


def _same_side(ledger: Ledger, index: int, amount: Decimal) -> bool:
    return (ledger.items[index].amount > 0) == (amount > 0)


def _find(ledger: Ledger, booking: Booking, *, back: bool) -> _Found:
    groups = [
        [index for index in ledger.by_invoice[key] if _same_side(ledger, index, booking.amount) != back]
        for key in ledger.known.named_in(booking.remittance)
    ]
    groups = [group for group in groups if group]
    index = ledger.identified(booking.end_to_end_id)
    if index is not None and _same_side(ledger, index, booking.amount) != back:
        return _by_identification(index, groups)
    if groups:
        return _by_invoices(ledger, booking, groups)
    return _by_amount(ledger, booking, back=back)


def _by_identification(index: int, groups: list[list[int]]) -> _Found:
    if groups and not any(index in group for group in groups):
        others = tuple(dict.fromkeys(other for group in groups for other in group))
        return _Found((index, *others), doubt="its identification leads to one item, its text to another")
    return _Found((index,), Evidence.END_TO_END_ID)


def _by_invoices(ledger: Ledger, booking: Booking, groups: list[list[int]]) -> _Found:
    chosen: dict[int, None] = {}
    for group in groups:
        same = [index for index in group if ledger.items[index].iban == booking.counterparty_iban]
        narrowed = same if len(group) > 1 and booking.counterparty_iban else group
        if len(narrowed) != 1:
            return _Found(tuple(group), doubt=f"{len(group)} items are of an invoice of that number and date")
        chosen[narrowed[0]] = None
    return _Found(tuple(chosen), Evidence.NUMBER_AND_DATE)


def _by_amount(ledger: Ledger, booking: Booking, *, back: bool) -> _Found:
    indexes = tuple(ledger.of_amount(booking.counterparty_iban, booking.amount, back=back))
    if len(indexes) > 1:
        return _Found(indexes, doubt=f"{len(indexes)} items have that amount and account")
    if indexes and ledger.items[indexes[0]].invoices and strict_references(booking.remittance):
        return _Found(indexes, doubt="amount and account are those of an item, but the text names another invoice")
    return _Found(indexes, Evidence.AMOUNT_AND_IBAN)


def _settled(ledger: Ledger, booking: Booking, found: _Found) -> Match:
    rests = [ledger.remaining[index] for index in found.indexes]
    rest = sum(rests, ZERO)
    excess = booking.amount - rest
    if not any(rests):
        ledger.keep(frozenset(found.indexes), booking.amount)
        return _noted(ledger, booking, found, MatchKind.DUPLICATE, "nothing of it is open any more")
    if abs(booking.amount) >= abs(rest):
        kind = MatchKind.ONE_TO_ONE if len(rests) == 1 else MatchKind.ONE_TO_MANY
        note = "nothing stays open"
        if excess:
            ledger.keep(frozenset(found.indexes), excess)
            kind, note = MatchKind.OVER, f"{_eur(excess)} too much"
        return _applied(ledger, booking, found, kind, rests, note)
    if len(rests) > 1:
        short = f"it means {len(rests)} items and is {_eur(excess)} less than they are"
        return _noted(ledger, booking, found, MatchKind.AMBIGUOUS, short)
    return _applied(ledger, booking, found, MatchKind.PARTIAL, [booking.amount], f"{_eur(excess)} stay open")


def _eur(amount: Decimal) -> str:
    """The amount in words, from whichever side it is seen."""
    return figure(abs(amount), "EUR")


def _reversed(ledger: Ledger, booking: Booking, found: _Found) -> Match:
    """What was paid too much goes back first; only what exceeds it opens an item again."""
    extra = ledger.surplus_of(found.indexes)
    settled = [ledger.settled(index) for index in found.indexes]
    if not all(group <= set(found.indexes) for group in extra):
        note = "it may be what was paid too much for several items, of which it means only some"
        return _noted(ledger, booking, found, MatchKind.AMBIGUOUS, note)
    parts = _parts_back(-booking.amount, list(extra.values()), settled)
    if parts is None:
        note = f"it takes back another amount than was booked, {_eur(sum([*settled, *extra.values()], ZERO))}"
        return _noted(ledger, booking, found, MatchKind.AMBIGUOUS, note)
    reopened = sum(parts, ZERO)
    too_much = booking.amount - reopened
    for group, amount in extra.items():
        ledger.keep(group, too_much if len(extra) == 1 else -amount)
    return _applied(ledger, booking, found, MatchKind.REVERSED, parts, _back_again(too_much, reopened))


def _parts_back(back: Decimal, extra: list[Decimal], settled: list[Decimal]) -> list[Decimal] | None:
    """What changes on each item when an amount comes back; ``None`` where that cannot be told."""
    over = sum(extra, ZERO)
    if back == over or (len(extra) == 1 and abs(back) < abs(over)):
        return [ZERO] * len(settled)
    if back == over + sum(settled, ZERO):
        return [-part for part in settled]
    if len(settled) == 1 and abs(over) < abs(back) < abs(over + settled[0]):
        return [over - back]
    return None


def _back_again(too_much: Decimal, reopened: Decimal) -> str:
    if not too_much:
        return "what it paid is open again"
    if not reopened:
        return "what was paid too much went back"
    return f"{_eur(too_much)} paid too much went back, {_eur(reopened)} are open again"


def _applied(
    ledger: Ledger, booking: Booking, found: _Found, kind: MatchKind, parts: Sequence[Decimal], note: str
) -> Match:
    for index, part in zip(found.indexes, parts, strict=True):
        ledger.apply(index, part)
    return _said(ledger, booking, found, kind, note, tuple(parts))


def _noted(ledger: Ledger, booking: Booking, found: _Found, kind: MatchKind, note: str) -> Match:
    return _said(ledger, booking, found, kind, note, ())


def _said(
    ledger: Ledger, booking: Booking, found: _Found, kind: MatchKind, note: str, parts: tuple[Decimal, ...]
) -> Match:
    by = f", by {found.evidence.value}" if found.evidence else ""
    return Match(
        kind=kind,
        booking=booking,
        items=tuple(ledger.items[index] for index in found.indexes),
        applied=parts,
        evidence=found.evidence,
        why=f"{kind.value}{by}: {note}",
    )
