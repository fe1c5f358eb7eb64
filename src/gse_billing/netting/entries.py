"""What is netted: credits of an operator towards GSE, and the debits that GSE may set off against them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from enum import Enum

from attrs import Attribute, field, frozen

from gse_billing.core.arguments import kind_of, require_each
from gse_billing.core.errors import InvalidAmountError, InvalidValueError
from gse_billing.core.money import cents, decimal_from, euro
from gse_billing.core.showing import shown

__all__ = [
    "Credit",
    "Debit",
    "DebitKind",
    "DocumentRef",
    "DocumentState",
    "Entry",
    "Held",
    "HoldReason",
    "require_entries",
]


# Above the number of any day, so that two days make one whole number, which sorts several times faster than a pair.
DAY_RANGE = 10_000_000


class DocumentState(Enum):
    """What is known of the document behind an entry."""

    NOT_NEEDED = "no document travels through SDI"
    AWAITING_DELIVERY = "not delivered by SDI yet"
    DELIVERED = "delivered by SDI"
    ACCEPTED = "accepted, or not refused within its terms"
    REFUSED = "refused by its recipient"
    DISCARDED = "discarded by SDI"


class HoldReason(Enum):
    """Why an entry may not move; the text is the one of the compensation letter."""

    AWAITING_DELIVERY = "in attesa di consegna da parte di SDI"
    AWAITING_ACCEPTANCE = "in attesa di accettazione"
    DISCARDED = "documento scartato da SDI"
    REFUSED = "documento rifiutato"
    OPERATOR_SUSPENDED = "pagamenti sospesi fino alla bonifica dell'anagrafica"
    OPERATOR_BLOCKED = "pagamenti bloccati per rifiuti ripetuti"
    NO_IBAN = "IBAN del contratto mancante"
    NO_OFFICE_CODE = "codice univoco ufficio mancante"
    NO_NUMBER = "numero del documento mancante"
    TAX_COLLECTION_CHECK = "verifica ai sensi dell'art. 48-bis DPR 602/1973 in corso"
    DISPUTED = "importo contestato"
    OTHER = "altro motivo"


@frozen
class Held:
    """A reason, given by the caller, for which an entry may not move.

    Attributes:
        reason: the kind of obstacle.
        note: what is particular to this entry, in the caller's words.
    """

    reason: HoldReason = field(validator=kind_of(HoldReason))
    note: str = field(default="", validator=kind_of(str))

    def __str__(self) -> str:
        return f"{self.reason.value} ({self.note})" if self.note else self.reason.value


class DebitKind(Enum):
    """Where a debit comes from; interest is set off before capital (art. 1194 c.c.)."""

    INVOICE = "fattura per oneri amministrativi"
    ADJUSTMENT = "conguaglio a debito"
    RECOVERY = "recupero"
    INTEREST = "interessi"


@frozen
class DocumentRef:
    """Number and date of the document that an entry rests on."""

    number: str = field(validator=kind_of(str))
    date: dt.date = field(validator=kind_of(dt.date))

    def __str__(self) -> str:
        return f"{self.number} del {self.date:%d/%m/%Y}"


def _amount(value: Decimal | int | str) -> Decimal:
    amount = euro(value, meant="the amount of an entry")
    if amount <= 0:
        raise InvalidAmountError(
            f"{amount} cannot be the amount of an entry",
            value=value,
            why="an entry is an open credit or an open debit, so it is more than zero",
            remedy="turn a negative credit into a debit of kind ADJUSTMENT, and leave out what is settled",
        )
    return amount


def _reasons(given: Iterable[Held]) -> tuple[Held, ...]:
    return () if given == () else require_each(given, Held, meant="a reason to hold an entry")


def _said(_: object, attribute: Attribute[str], value: object) -> None:
    if not isinstance(value, str) or not value:
        said = "no text" if value else "empty"
        raise InvalidValueError(
            f"{attribute.name} of an entry is {said}", value=value, remedy="every entry names it, as text"
        )


def _day(_: object, attribute: Attribute[dt.date], value: dt.date | None) -> None:
    if value is None and attribute.name == "due_date":
        return
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        raise InvalidValueError(
            f"{attribute.name} of an entry is not a day", value=value, remedy="give a datetime.date, not a moment"
        )


@frozen(kw_only=True)
class _Open:
    """What credits and debits have in common."""

    id: str = field(validator=_said)
    operator: str = field(validator=_said)
    contract: str = field(validator=_said)
    service: str = field(validator=_said)
    amount: Decimal = field(converter=_amount)
    issue_date: dt.date = field(validator=_day)
    due_date: dt.date | None = field(default=None, validator=_day)
    document: DocumentRef | None = field(default=None, validator=kind_of(DocumentRef, none=True))
    description: str = field(default="", validator=kind_of(str))
    state: DocumentState = field(validator=kind_of(DocumentState))
    held: tuple[Held, ...] = field(default=(), converter=_reasons)
    cents: int = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "cents", cents(self.amount))

    @property
    def label(self) -> str:
        """How people call the entry: number and date of its document, else its description, else its id."""
        return str(self.document) if self.document else self.description or self.id


@frozen(kw_only=True)
class Credit(_Open):
    """A released payable: what GSE owes an operator under one contract (PAY-1, PAY-4).

    Attributes:
        id: unique among the entries of the operator; the last tie-breaker of every order.
        operator: who is owed; only entries of the same operator are ever set off against one another.
        contract: the contract whose IBAN receives the money.
        service: code of the service of that contract.
        amount: what is still open, in EUR, more than zero, two decimals. The caller decides whether VAT is inside
            (split payment: the taxable amount only).
        issue_date: when the document, or without a document the payable, came into being.
        due_date: when it falls due.
        document: number and date of the operator's invoice, where there is one.
        description: what it is in words, where there is no document.
        state: what is known of that document; the policy says which states may move.
        held: reasons of the caller for which it may not move.
        value_date: the first day on which it may be paid (PAY-7: the due date of the document, on an open day).
        published: whether it passed the threshold of publication already; ``False`` leaves the test to the policy.
        cents: the amount as a whole number of cents, derived.
        age: value date, then issue date, as one number that orders credits by time, derived.

    Raises:
        InvalidAmountError: the amount is not positive or has more than two decimals.
        FloatRefusedError: the amount is a float.
        InvalidValueError: an identifier is empty.
    """

    value_date: dt.date = field(validator=_day)
    published: bool = field(default=True, validator=kind_of(bool))
    age: int = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        object.__setattr__(self, "age", self.value_date.toordinal() * DAY_RANGE + self.issue_date.toordinal())


_NOT_ONEROUS = Decimal(0)


def _onerousness(value: Decimal | int | str) -> Decimal:
    return decimal_from(value, meant="the onerousness of a debit")


@frozen(kw_only=True)
class Debit(_Open):
    """What an operator owes GSE and GSE may set off: an invoice settled by compensation, an adjustment, a recovery.

    The common attributes are those of :class:`Credit`.

    Attributes:
        kind: where the debit comes from.
        guarantee: rank of the guarantee behind the debit, 0 for none; the least guaranteed is set off earlier.
        onerousness: how much the debit weighs on the operator, for example its yearly interest rate; the most onerous
            is set off earlier.
        on_capital: id of the debit that an interest accrues on, where the caller knows it.
        due_from: the day from which GSE may demand it, derived: never before its issue, and without a term at once
            (art. 1183 c.c.).
        burden: guarantee, onerousness and age as art. 1193 c. 2 c.c. compares them, derived; the smaller goes earlier.
    """

    kind: DebitKind = field(default=DebitKind.INVOICE, validator=kind_of(DebitKind))
    guarantee: int = field(default=0, validator=kind_of(int))
    onerousness: Decimal = field(default=_NOT_ONEROUS, converter=_onerousness)
    on_capital: str | None = field(default=None, validator=kind_of(str, none=True))
    due_from: dt.date = field(init=False, eq=False, repr=False)
    burden: tuple[int, Decimal, int] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        object.__setattr__(self, "due_from", max(self.due_date or self.issue_date, self.issue_date))
        # One zero for all: equal items that are the same object are compared without looking inside.
        onerousness = -self.onerousness if self.onerousness else _NOT_ONEROUS
        object.__setattr__(self, "burden", (self.guarantee, onerousness, self.issue_date.toordinal()))


Entry = Credit | Debit
"""What a netting run takes: a credit or a debit."""


def require_entries(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries, each a credit or a debit.

    Raises:
        InvalidValueError: something else was given.
    """
    if not isinstance(entries, Iterable):
        raise InvalidValueError(
            f"{shown(entries)} is not a list of entries", value=entries, remedy="give values of Credit and Debit"
        )
    given = tuple(entries)
    # the classes are gathered first, as asking a million entries one by one takes longer
    strange = tuple(kind for kind in set(map(type, given)) if not issubclass(kind, Credit | Debit))
    if strange:
        odd = next(entry for entry in given if isinstance(entry, strange))
        raise InvalidValueError(f"{shown(odd)} is not an entry", value=odd, remedy="give values of Credit and Debit")
    return given
