"""The portfolio: everything one settlement run starts from, as values.

It holds who the parties are, what GSE proposes to pay, what GSE invoices, and what suppliers of biofuel declared.
``reading`` makes one from TOML or JSON, with the field names of these classes as keys.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Literal

from attrs import field, frozen

from gse_billing.core.errors import InvalidAmountError
from gse_billing.core.identifiers import CodiceFiscale, ContractCode, Iban, InvoiceNumber, OfficeCode, PartitaIva
from gse_billing.core.money import euro
from gse_billing.fees import DeclarationCycle
from gse_billing.numbering import Series
from gse_billing.parties import Address, Contract, Operator, Restriction, RestrictionKind
from gse_billing.payments.sepa import AMOUNT_LIMIT
from gse_billing.schemes import Threshold

__all__ = [
    "BiofuelRelease",
    "Charge",
    "DeclaredRestriction",
    "GseProfile",
    "Numbering",
    "Portfolio",
    "Proposal",
    "Thresholds",
]

Issuer = Literal["TZ", "CC"]


def _positive(amount: Decimal | int | str) -> Decimal:
    exact = euro(amount)
    if not 0 < exact <= AMOUNT_LIMIT:
        raise InvalidAmountError(
            f"an amount of {exact} EUR cannot be invoiced",
            value=amount,
            why=f"one invoice carries from 0.01 to {AMOUNT_LIMIT} EUR, as one transfer does",
            remedy="what is owed the other way stands in the other list",
        )
    return exact


def _positive_or_none(amount: Decimal | int | str | None) -> Decimal | None:
    return None if amount is None else _positive(amount)


def _threshold(given: Threshold | Decimal | int | str | None) -> Threshold | None:
    return given if given is None or isinstance(given, Threshold) else Threshold(given)


def _key(*parts: object) -> str:
    return "/".join(str(part) for part in parts if part != "")


@frozen(kw_only=True)
class GseProfile:
    """GSE as a party of the documents.

    Attributes:
        office: the office code at which GSE receives the operators' invoices; no source publishes it.
        iban: where invoices that are paid by transfer are paid (BIO-10); ``None`` if there are none.
        numbers: the format of GSE's own numbers, for the invoices that have none in the portfolio.
        first_number: the position its series starts from.

    Raises:
        InvalidValueError: the format cannot number.
    """

    name: str
    partita_iva: PartitaIva
    codice_fiscale: CodiceFiscale
    address: Address
    office: OfficeCode
    iban: Iban | None = None
    tax_regime: str = "RF01"
    numbers: str | None = None
    first_number: int = 1

    def __attrs_post_init__(self) -> None:
        _ = self.series

    @property
    def series(self) -> Series | None:
        """The series of GSE's own numbers, where there is one."""
        return None if self.numbers is None else Series(name="gse", format=self.numbers, first=self.first_number)


@frozen(kw_only=True)
class Numbering:
    """The series from which an operator's numbers are taken: the format and the first free position.

    Raises:
        InvalidValueError: the format cannot number.
    """

    operator: str
    format: str
    first: int = 1

    def __attrs_post_init__(self) -> None:
        _ = self.series

    @property
    def series(self) -> Series:
        """The series itself."""
        return Series(name=self.operator, format=self.format, first=self.first)


@frozen(kw_only=True)
class Proposal:
    """A fee that GSE owes, as *PAGAMENTI E FATTURE* proposes it.

    Attributes:
        contract: the contract it belongs to.
        year: the reference year of the fee.
        fee: the name of the fee (CORRISPETTIVO).
        amount: the taxable amount in EUR, above zero.
        treatment: the code of the VAT treatment, ``None`` only where nothing is invoiced.
        issue_date: the date of the document, or of the publication where nothing is invoiced.
        due_date: the due date of the document, or ``None`` to take the rule of the service.
        due_rule: the code of that rule, where the service has several and the invoicing does not decide.
        period_end: the last day of the period that is paid, where the rule counts from it.
        number: the number typed by the operator (INV-11), or ``None`` to take the next of his series.
        subject: the OGGETTO of the document, or ``None`` to take that of the service.
        reference: anything that tells apart two proposals of one contract, year, fee and day.
    """

    contract: ContractCode
    year: int
    fee: str
    amount: Decimal = field(converter=_positive)
    treatment: str | None = None
    issue_date: dt.date
    due_date: dt.date | None = None
    due_rule: str | None = None
    period_end: dt.date | None = None
    number: InvoiceNumber | None = None
    subject: str | None = None
    reference: str = ""

    @property
    def key(self) -> str:
        """What identifies the proposal from run to run."""
        return _key("proposal", self.contract, self.year, self.fee, self.issue_date, self.reference)


@frozen(kw_only=True)
class Charge:
    """What an operator owes GSE under a contract: an invoice for costs, or a negative balance, which has no invoice.

    Attributes:
        fee: the code of the fee kind of the service, which says how it is settled (PAY-4).
        amount: the taxable amount in EUR, or ``None`` to compute it from the tariff of the service.
        treatment: the code of the VAT treatment of the invoice, ``None`` only where nothing is invoiced.
        due_date: ``None`` where it is due on its issue date.
        number: GSE's number, or ``None`` to take the next of GSE's series.
    """

    contract: ContractCode
    year: int
    fee: str
    amount: Decimal | None = field(default=None, converter=_positive_or_none)
    treatment: str | None = None
    issue_date: dt.date
    due_date: dt.date | None = None
    number: InvoiceNumber | None = None
    reference: str = ""

    @property
    def key(self) -> str:
        """What identifies the charge from run to run."""
        return _key("charge", self.contract, self.year, self.fee, self.issue_date, self.reference)


@frozen(kw_only=True)
class BiofuelRelease:
    """What a supplier declared for a year, and the invoice that GSE makes of it (BIO-6).

    Attributes:
        year: the year of release for consumption; the invoice is of the year after.
        total: Gcal of all biofuel released.
        advanced: Gcal of advanced biofuel, part of the total.
        double_counting: Gcal that count double, part of the total; never the same as the advanced.
        obligated: whether he is an obligated party, who alone owes the additional fee.
        declared_on: the day of the declaration; like the next two, left out where the portfolio does not follow it.
        checked_on: the day on which it passed GSE's documentary check.
        ceased_on: the supplier's last day, where he ceased; that year is the last one he declares.
    """

    operator: str
    year: int
    total: Decimal
    advanced: Decimal = Decimal(0)
    double_counting: Decimal = Decimal(0)
    obligated: bool = True
    treatment: str
    issue_date: dt.date
    due_date: dt.date
    number: InvoiceNumber | None = None
    declared_on: dt.date | None = None
    checked_on: dt.date | None = None
    ceased_on: dt.date | None = None

    @property
    def cycle(self) -> DeclarationCycle | None:
        """The days of the declaration; ``None`` where the portfolio tells none of them, and the invoice waits for none.

        Raises:
            InvalidValueError: the days contradict one another.
            NoValueInForceError: no last day of the declarations is known for that year.
        """
        if self.declared_on is None and self.checked_on is None and self.ceased_on is None:
            return None
        return DeclarationCycle(
            year=self.year, declared_on=self.declared_on, checked_on=self.checked_on, ceased_on=self.ceased_on
        )

    @property
    def key(self) -> str:
        """What identifies the invoice from run to run."""
        return _key("biofuel", self.operator, self.year, self.issue_date)


@frozen(kw_only=True)
class DeclaredRestriction:
    """A suspension or block that was opened before this run.

    Raises:
        InvalidValueError: it ends before it starts.
    """

    operator: str
    kind: RestrictionKind
    reason: str
    since: dt.date
    until: dt.date | None = None

    def __attrs_post_init__(self) -> None:
        _ = self.restriction

    @property
    def restriction(self) -> Restriction:
        """The restriction itself."""
        return Restriction(kind=self.kind, reason=self.reason, since=self.since, until=self.until)


@frozen(kw_only=True)
class Thresholds:
    """The thresholds of a service for which no source gives them, in EUR and inclusive."""

    service: str
    publication: Threshold | None = field(default=None, converter=_threshold)
    payment: Threshold | None = field(default=None, converter=_threshold)


def _operators(given: Iterable[Operator]) -> tuple[Operator, ...]:
    return tuple(sorted(given, key=lambda operator: operator.key))


def _proposals(given: Iterable[Proposal]) -> tuple[Proposal, ...]:
    return tuple(sorted(given, key=lambda item: (item.issue_date, item.key)))


def _charges(given: Iterable[Charge]) -> tuple[Charge, ...]:
    return tuple(sorted(given, key=lambda item: (item.issue_date, item.key)))


def _releases(given: Iterable[BiofuelRelease]) -> tuple[BiofuelRelease, ...]:
    return tuple(sorted(given, key=lambda item: (item.issue_date, item.key)))


@frozen(kw_only=True)
class Portfolio:
    """All that one run needs. The lists are kept in an order of their own, so the order of the input never matters.

    Attributes:
        on: the day of the run where the caller gives none.
        issuer: ``TZ`` where GSE issues the operators' invoices as third party (INV-17), ``CC`` as their buyer.
    """

    on: dt.date | None = None
    issuer: Issuer = "TZ"
    gse: GseProfile
    operators: tuple[Operator, ...] = field(default=(), converter=_operators)
    numbering: tuple[Numbering, ...] = ()
    proposals: tuple[Proposal, ...] = field(default=(), converter=_proposals)
    charges: tuple[Charge, ...] = field(default=(), converter=_charges)
    biofuel: tuple[BiofuelRelease, ...] = field(default=(), converter=_releases)
    restrictions: tuple[DeclaredRestriction, ...] = ()
    thresholds: tuple[Thresholds, ...] = ()

    @cached_property
    def operator_by_key(self) -> Mapping[str, Operator]:
        """The operators by their key."""
        return {operator.key: operator for operator in self.operators}

    @cached_property
    def series(self) -> Mapping[str, Series]:
        """The series of the operators, by their key."""
        return {given.operator: given.series for given in self.numbering}

    @property
    def records(self) -> tuple[Proposal | Charge | BiofuelRelease, ...]:
        """Everything that may become an invoice: proposals, charges, releases."""
        return (*self.proposals, *self.charges, *self.biofuel)

    @cached_property
    def typed_numbers(self) -> Mapping[str, InvoiceNumber]:
        """The numbers that people typed, by the key of the record."""
        return {record.key: record.number for record in self.records if record.number is not None}

    @cached_property
    def _thresholds(self) -> Mapping[str, Thresholds]:
        return {given.service: given for given in self.thresholds}

    def supplied(self, service: str) -> Thresholds:
        """The thresholds that the portfolio supplies for a service; empty where it supplies none."""
        return self._thresholds.get(service, Thresholds(service=service))

    def name_of(self, operator: str) -> str:
        """The name of an operator; his key where he is no longer in the portfolio."""
        found = self.operator_by_key.get(operator)
        return operator if found is None else found.name

    @cached_property
    def holders(self) -> Mapping[str, tuple[Operator, Contract]]:
        """Each contract with its operator, by contract code."""
        return {held.code: (operator, held) for operator in self.operators for held in operator.contracts}
