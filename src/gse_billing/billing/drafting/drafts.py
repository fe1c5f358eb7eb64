"""The draft of an invoice (*preliminare*): everything the invoice will say, but for its number.

A draft is not an invoice (INV-6). It becomes one when a number is given to it and frozen.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from enum import Enum

from attrs import frozen

from gse_billing.billing.portfolio.model import GseProfile, Issuer
from gse_billing.core.explain import Derivation, figure
from gse_billing.core.identifiers import CodiceFiscale, ContractCode, Iban, PartitaIva
from gse_billing.parties import Address, Operator, Recipient
from gse_billing.tax import AppliedVat, VatAmounts

__all__ = ["Direction", "Draft", "Party"]


class Direction(Enum):
    """Who bills whom. The two flows never mix (CUU-4)."""

    TO_GSE = "operator to GSE"
    FROM_GSE = "GSE to operator"


@frozen(kw_only=True)
class Party:
    """A seller or a buyer as a document names him."""

    name: str
    codice_fiscale: CodiceFiscale
    partita_iva: PartitaIva | None
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
class Draft:
    """An invoice without its number.

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
        reasons: how the amount and the due date came about.
    """

    key: str
    direction: Direction
    operator: str
    contract: ContractCode | None
    service: str
    seller: Party
    buyer: Party
    recipient: Recipient
    sender: Party
    issuer: Issuer | None
    date: dt.date
    due: dt.date
    subject: str
    description: str
    vat: AppliedVat
    amounts: VatAmounts
    iban: Iban | None
    reasons: tuple[Derivation, ...] = ()

    def explain(self) -> Derivation:
        """How the amount to be paid and the due date came about."""
        return Derivation(
            label=self.description,
            statement=f"{figure(self.amounts.payable, 'EUR')}, due {self.due.isoformat()}",
            result=self.amounts.payable,
            steps=(*self.reasons, self.amounts.explain()),
        )

    @property
    def numbered_by(self) -> str:
        """Who the number must be unique for: the seller, or the buyer where the buyer issues (``CC``)."""
        party = self.buyer if self.issuer == "CC" else self.seller
        return party.partita_iva or party.codice_fiscale

    @property
    def digest(self) -> str:
        """A fingerprint of what the document will say: it tells a second try from other data under the same key."""
        said = [
            self.key,
            self.direction.value,
            [_said(party) for party in (self.seller, self.buyer, self.sender)],
            [self.recipient.code, self.recipient.format, self.recipient.pec, self.issuer, self.iban],
            [self.date.isoformat(), self.due.isoformat(), self.subject, self.description],
            [self.vat.code, str(self.vat.rate), self.vat.natura, self.vat.esigibilita],
            [str(self.amounts.taxable), str(self.amounts.tax), str(self.amounts.payable)],
        ]
        return hashlib.sha256(json.dumps(said, ensure_ascii=True).encode("ascii")).hexdigest()


def _said(party: Party) -> list[str | None]:
    seat = party.address
    place = [seat.indirizzo, seat.numero_civico, seat.cap, seat.comune, seat.provincia, seat.nazione]
    return [party.name, party.codice_fiscale, party.partita_iva, party.tax_regime, *place]
