"""What holds an entry besides the state of its own document: standing, invoices still out, numbers no bank takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from gse_billing.core.errors import InvalidValueError
from gse_billing.core.identifiers import InvoiceNumber
from gse_billing.core.values import evolve
from gse_billing.netting import Credit, Debit, DocumentState, Entry, Held, HoldReason
from gse_billing.parties import RestrictionKind, Standing
from gse_billing.payments import InvoiceReference, write_remittance

__all__ = ["restricted", "undecided", "unnameable"]

_RESTRICTED = {
    RestrictionKind.SUSPENSION: HoldReason.OPERATOR_SUSPENDED,
    RestrictionKind.BLOCK: HoldReason.OPERATOR_BLOCKED,
}
_NOT_SET_OFF = (DocumentState.AWAITING_DELIVERY, DocumentState.DISCARDED, DocumentState.REFUSED)
"""States in which an invoice of GSE cannot be set off yet, and may be later."""


def restricted(standing: Standing, days: Iterable[dt.date]) -> tuple[Held, ...]:
    """The restrictions in force on any of the days, as reasons, each once."""
    found = dict.fromkeys(item for day in days for item in standing.on(day))
    return tuple(Held(_RESTRICTED[item.kind], f"dal {item.since:%d/%m/%Y}") for item in found)


def undecided(entries: list[Entry], on: dt.date) -> Iterator[Entry]:
    """The entries, those to be paid later held while an invoice of GSE that would reduce them cannot be set off yet.

    There is time to wait until the value date; from then on the payment goes without the invoice that is still out.
    """
    awaited: dict[str, str] = {}
    for entry in entries:
        if isinstance(entry, Debit) and entry.state in _NOT_SET_OFF:
            awaited.setdefault(entry.operator, entry.label)
    for entry in entries:
        if isinstance(entry, Credit) and entry.operator in awaited and _can_wait(entry, on):
            note = f"fattura del GSE {awaited[entry.operator]}"
            yield evolve(entry, held=(Held(HoldReason.AWAITING_DELIVERY, note),))
        else:
            yield entry


def _can_wait(credit: Credit, on: dt.date) -> bool:
    return credit.value_date > on and not credit.held and credit.state not in _NOT_SET_OFF


def unnameable(number: str, date: dt.date) -> Iterator[Held]:
    """A number that no SEPA text can carry: the payment could not be matched to the invoice, so it is not made."""
    try:
        write_remittance([InvoiceReference(InvoiceNumber(number), date)])
    except InvalidValueError:
        yield Held(HoldReason.OTHER, f"il numero {number} non può stare nella causale di un bonifico")
