"""What is kept from run to run and never changes once it is there: numbers, invoices, the money that was ordered."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from attrs import field, frozen

from gse_billing.billing.drafting.drafts import Draft
from gse_billing.core.errors import GseBillingError, InvalidValueError
from gse_billing.core.identifiers import InvoiceNumber
from gse_billing.numbering import Entry
from gse_billing.payments import Transfer

__all__ = ["Books", "SentDocument", "SettledPart"]

_VERSION = 1


@frozen(kw_only=True)
class SentDocument:
    """An invoice as it was issued.

    Attributes:
        draft: what it says.
        number: its number.
        file_name: the name of its file; never used for another.
        sha256: the hash of its bytes.
        named_on: the day of the run that issued it.
        attempt: 1, or more where SDI discarded the attempts before.
    """

    draft: Draft
    number: InvoiceNumber
    file_name: str
    sha256: str
    named_on: dt.date
    attempt: int = 1

    @property
    def key(self) -> str:
        """The key of the record, with the attempt where it is not the first."""
        return self.draft.key if self.attempt == 1 else f"{self.draft.key}#{self.attempt}"


@frozen(kw_only=True)
class SettledPart:
    """A part of a credit that was set off against a debit, or paid.

    Attributes:
        operator: whose credit it is.
        contract: the contract of the credit.
        credit: the key of the credit.
        debit: the key of the debit it extinguished, or ``None`` where it is paid.
        scope: how near credit and debit are, in the words of netting; empty where it is paid.
        day: the payment day.
        amount: EUR.
    """

    operator: str
    contract: str
    credit: str
    debit: str | None = None
    scope: str = ""
    day: dt.date
    amount: Decimal


def _documents(given: Iterable[SentDocument]) -> tuple[SentDocument, ...]:
    return tuple(sorted(given, key=lambda sent: (sent.draft.date, sent.draft.key, sent.attempt)))


def _parts(given: Iterable[SettledPart]) -> tuple[SettledPart, ...]:
    return tuple(sorted(given, key=lambda part: (part.operator, part.day, part.credit, part.debit or "")))


def _transfers(given: Iterable[Transfer]) -> tuple[Transfer, ...]:
    return tuple(sorted(given, key=lambda transfer: (transfer.value_date, transfer.end_to_end_id)))


@frozen(kw_only=True)
class Books:
    """Everything a later run needs of the earlier ones.

    Attributes:
        numbers: the entries of the register.
        sent: the invoices, by date, key and attempt.
        parts: what was set off and paid, by operator and day.
        transfers: the transfers that were ordered, by value date; each is ordered once.

    Raises:
        InvalidValueError: two invoices have the same file name, or two transfers the same identification.
    """

    numbers: tuple[Entry, ...] = ()
    sent: tuple[SentDocument, ...] = field(default=(), converter=_documents)
    parts: tuple[SettledPart, ...] = field(default=(), converter=_parts)
    transfers: tuple[Transfer, ...] = field(default=(), converter=_transfers)

    def __attrs_post_init__(self) -> None:
        names = Counter(sent.file_name for sent in self.sent) + Counter(one.end_to_end_id for one in self.transfers)
        twice = sorted(name for name, times in names.items() if times > 1)
        if twice:
            raise _unreadable(f"{twice[0]} stands in them twice")

    def to_dict(self) -> dict[str, Any]:
        """The books as JSON-ready values."""
        from gse_billing.billing.structure import fields_of  # noqa: PLC0415  loads cattrs

        return {
            "version": _VERSION,
            "numbers": [entry.to_dict() for entry in self.numbers],
            "sent": [fields_of(sent) for sent in self.sent],
            "parts": [fields_of(part) for part in self.parts],
            "transfers": [fields_of(transfer) for transfer in self.transfers],
        }

    @classmethod
    def from_dict(cls, fields: object) -> Books:
        """The inverse of :meth:`to_dict`.

        Raises:
            InvalidValueError: the fields are not those of books, or of a version this package does not know.
        """
        from gse_billing.billing.structure import structure  # noqa: PLC0415  loads cattrs

        if not isinstance(fields, dict) or fields.get("version") != _VERSION:
            raise _unreadable(f"they are not of version {_VERSION}")
        lists = {name: fields.get(name) for name in ("numbers", "sent", "parts", "transfers")}
        wrong = [name for name, items in lists.items() if not isinstance(items, list)]
        if wrong:
            raise _unreadable(f"the list {wrong[0]} is missing")
        try:
            return cls(
                numbers=tuple(_entries(lists["numbers"])),
                sent=structure(lists["sent"], tuple[SentDocument, ...], subject="books"),
                parts=structure(lists["parts"], tuple[SettledPart, ...], subject="books"),
                transfers=structure(lists["transfers"], tuple[Transfer, ...], subject="books"),
            )
        except GseBillingError as error:
            raise _unreadable(error.what) from None


def _entries(fields: Any) -> Iterator[Entry]:  # noqa: ANN401  JSON
    for entry in fields:
        yield Entry.from_dict(entry)


def _unreadable(why: str) -> InvalidValueError:
    return InvalidValueError(
        "the books cannot be read", value=None, why=why, remedy="give those that the last run wrote, unchanged"
    )
