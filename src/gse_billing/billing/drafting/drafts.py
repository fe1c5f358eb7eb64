"""The draft of an invoice (*preliminare*): everything the invoice will say, but for its number.

A draft is not an invoice (INV-6). It becomes one when a number is given to it and frozen; from then on the draft is
kept in the books, and the invoice says what it said, whatever changes in the portfolio.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import Enum
from typing import Literal

from attrs import field, frozen

from gse_billing.billing.portfolio.model import GseProfile
from gse_billing.core.explain import Derivation, figure
from gse_billing.core.identifiers import CodiceFiscale, ContractCode, Iban, PartitaIva
from gse_billing.parties import Address, Operator, Recipient
from gse_billing.tax import AppliedVat, VatTerms

__all__ = ["Amounts", "Direction", "Draft", "Party", "amounts_of", "terms_of"]


class Direction(Enum):
    """Who bills whom. The two flows never mix (CUU-4)."""

    TO_GSE = "operator to GSE"
    FROM_GSE = "GSE to operator"


@frozen(kw_only=True)
class Party:
    """A seller or a buyer as a document names him."""

    name: str
    codice_fiscale: CodiceFiscale
    partita_iva: PartitaIva | None = None
    address: Address
    tax_regime: str

    @classmethod
    def of(cls, source: Operator | GseProfile) -> Party:
        """The party of an operator, or GSE itself."""
        return cls(
            name=source.name,
            codice_fiscale=source.codice_fiscale,
            partita_iva=source.partita_iva,
            address=source.address,
            tax_regime=source.tax_regime,
        )


@frozen(kw_only=True)
class Amounts:
    """The amounts of an invoice in EUR; payable is what the buyer pays the seller."""

    taxable: Decimal
    tax: Decimal
    total: Decimal
    payable: Decimal


def amounts_of(vat: AppliedVat, taxable: Decimal) -> tuple[Amounts, Derivation]:
    """The amounts that VAT terms make of a taxable amount, and how."""
    made = vat.amounts(taxable)
    amounts = Amounts(taxable=made.taxable, tax=made.tax, total=made.total, payable=made.payable)
    return amounts, made.explain()


def terms_of(vat: AppliedVat) -> VatTerms:
    """The terms alone, as a document states them."""
    return VatTerms(
        rate=vat.rate,
        natura=vat.natura,
        esigibilita=vat.esigibilita,
        legal_reference=vat.legal_reference,
        outside_vat=vat.outside_vat,
    )


@frozen(kw_only=True)
class Draft:
    """An invoice without its number. Two drafts are equal when their invoices would say the same.

    Attributes:
        key: what identifies it from run to run; the idempotency key of its number.
        direction: who bills whom.
        operator: the key of the operator.
        contract: the contract billed, or ``None`` where it concerns none (biofuel).
        service: the code of the service.
        seller: who supplies.
        buyer: who is billed.
        recipient: where it goes: code and format.
        sender: who transmits it to SDI, always GSE.
        issuer: ``TZ`` or ``CC`` where GSE issues for the operator, ``None`` where the seller issues.
        date: the date of the document.
        due: its due date.
        subject: the text for Causale, or empty.
        description: the text of its line.
        vat: the VAT terms on its date.
        amounts: what they make of the taxable amount.
        iban: where it is paid, or ``None`` when it is settled by compensation (PAY-5).
        reasons: how the amounts and the due date came about.
    """

    key: str
    direction: Direction
    operator: str
    contract: ContractCode | None = None
    service: str
    seller: Party
    buyer: Party
    recipient: Recipient
    sender: Party
    issuer: Literal["TZ", "CC"] | None = None
    date: dt.date
    due: dt.date
    subject: str = ""
    description: str
    vat: VatTerms
    amounts: Amounts
    iban: Iban | None = None
    reasons: tuple[Derivation, ...] = field(default=(), eq=False, repr=False)

    def explain(self) -> Derivation:
        """How the amount to be paid and the due date came about."""
        return Derivation(
            label=self.description,
            statement=f"{figure(self.amounts.payable, 'EUR')}, due {self.due.isoformat()}",
            result=self.amounts.payable,
            steps=self.reasons,
        )

    @property
    def numbered_by(self) -> str:
        """Who the number must be unique for: the seller, or the buyer where the buyer issues (``CC``)."""
        party = self.buyer if self.issuer == "CC" else self.seller
        return party.partita_iva or party.codice_fiscale

    @property
    def netted(self) -> bool:
        """Whether it is set off or paid through netting; GSE's invoices paid by transfer are not (BIO-10)."""
        return self.direction is Direction.TO_GSE or self.iban is None

    @property
    def essence(self) -> tuple[object, ...]:
        """What cannot change once it is invoiced: who owes whom how much, under which VAT, and when.

        Names, seats, accounts and wording may: the invoice keeps those it was issued with.
        """
        owed = (self.direction, self.operator, self.contract, self.issuer, self.amounts)
        return (*owed, self.vat.rate, self.vat.natura, self.vat.esigibilita, self.date, self.due)
