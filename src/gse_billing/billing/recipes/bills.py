"""What one document of this field says, and the recipe that it becomes between two parties."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from attrs import field, frozen

from gse_billing import fatturapa
from gse_billing.billing.drafting.drafts import Party
from gse_billing.core.errors import InvalidAmountError
from gse_billing.core.identifiers import Iban
from gse_billing.core.money import euro
from gse_billing.fatturapa import building
from gse_billing.fatturapa.codelists import RegimeFiscale
from gse_billing.fatturapa.model import DatiDocumentiCorrelati, FatturaElettronica, Indirizzo
from gse_billing.schemes import service
from gse_billing.tax import VatTreatment

__all__ = ["Bill", "Recipe", "party_of"]

_ONE = Decimal("1.00")


def _amount(given: Decimal | int | str) -> Decimal:
    amount = euro(given, meant="an amount to invoice")
    if amount <= 0:
        raise InvalidAmountError(
            f"{amount} EUR cannot be invoiced", value=given, remedy="what goes the other way is a credit note"
        )
    return amount


@frozen(kw_only=True)
class Bill:
    """What a document says besides who bills whom: one line, one VAT treatment.

    Args:
        number: of the document.
        progressive: ProgressivoInvio of its file, up to ten characters.
        date: of the document; the treatment has to be in force on it.
        amount: the taxable amount in EUR, above zero.
        vat: how it is treated; always stated, never guessed from amounts or parties.
        description: the text of its line.
        contract: the contract billed, where it concerns one.
        service: code of the service, whose OGGETTO becomes the causale where ``subject`` says nothing.
        subject: what it is about, of any length.
        due: its due date, told where it is paid by transfer.

    Raises:
        InvalidAmountError: the amount is not above zero, or has more than two decimals.
        InvalidIdentifierError: there is no such service.
    """

    number: str
    progressive: str
    date: dt.date
    amount: Decimal = field(converter=_amount)
    vat: VatTreatment
    description: str
    contract: str | None = None
    service: str | None = None
    subject: str = ""
    due: dt.date | None = None

    def __attrs_post_init__(self) -> None:
        _ = self.causale

    @property
    def causale(self) -> str:
        """What the document is about, in words."""
        known = service(self.service).invoice_object if self.service else None
        return self.subject or (known.value if known else "")

    def draft(self, iban: Iban | None) -> building.Draft:
        """The document, paid to that account; without one it has no payment block, for nobody is to pay it (PAY-5)."""
        line = building.Line(description=self.description, price=self.amount, quantity=_ONE, vat=self.vat)
        return building.Draft(
            number=self.number,
            date=self.date,
            lines=[line],
            payments=[building.Payment(due=self.due, iban=iban)] if iban else (),
            subject=self.causale,
            contracts=(DatiDocumentiCorrelati(id_documento=self.contract),) if self.contract else (),
        )


@frozen
class Recipe:
    """A document ready to be made: who and what.

    Attributes:
        heading: the parties, and where it goes.
        draft: what it says; its amounts are ``draft.amounts``.
    """

    heading: building.Heading
    draft: building.Draft

    @property
    def document(self) -> FatturaElettronica:
        """The file with this one document.

        Raises:
            NoValueInForceError: its VAT treatment is not in force on its date.
        """
        return fatturapa.build(self.heading, [self.draft])

    def _repr_html_(self) -> str:
        return self.draft.amounts._repr_html_()


def party_of(party: Party) -> building.Party:
    """The party as documents name it."""
    seat = party.address
    return building.Party(
        name=party.name,
        vat_number=party.partita_iva,
        tax_code=party.codice_fiscale,
        address=Indirizzo(
            indirizzo=seat.indirizzo,
            numero_civico=seat.numero_civico,
            cap=seat.cap,
            comune=seat.comune,
            provincia=seat.provincia,
            nazione=seat.nazione,
        ),
        regime=RegimeFiscale(party.tax_regime),
    )
