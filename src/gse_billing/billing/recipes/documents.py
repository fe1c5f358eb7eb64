"""The documents of this field, one function each.

>>> import datetime as dt
>>> from gse_billing.billing import Party
>>> from gse_billing.core.identifiers import CodiceFiscale, Iban, OfficeCode, PartitaIva
>>> from gse_billing.parties import Address
>>> from gse_billing.tax import treatment
>>> seat = Address(indirizzo="Viale Maresciallo Pilsudski", numero_civico="92", cap="00197", comune="Roma")
>>> def company(name, code):
...     ids = {"codice_fiscale": CodiceFiscale(code), "partita_iva": PartitaIva(code)}
...     return Party(name=name, address=seat, tax_regime="RF01", **ids)
>>> bill = Bill(
...     number="7", progressive="00001", date=dt.date(2026, 3, 2), amount="216.22", service="SSP",
...     vat=treatment("reverse-charge-energy"), description="CONTRIBUTO IN CONTO SCAMBIO", contract="SSP00030614",
... )
>>> invoice = operator_invoice(
...     bill, operator=company("Energia S.r.l.", "00488410010"), gse=company("GSE S.p.A.", "05754381001"),
...     office=OfficeCode("GSE001"), iban=Iban("IT60X0542811101000000123456"),
... )
>>> header = invoice.document.fattura_elettronica_header
>>> header.soggetto_emittente, invoice.draft.subject, invoice.draft.amounts.payable
(<SoggettoEmittente.TZ: 'TZ'>, 'DELIBERA ARERA N.74/08 - FATTURAZIONE SCAMBIO SUL POSTO', Decimal('216.22'))
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal

from gse_billing.billing.drafting.charges import SET_OFF_TEXT
from gse_billing.billing.drafting.drafts import Party
from gse_billing.billing.recipes.bills import Bill, Recipe, party_of
from gse_billing.core.errors import InvalidAmountError, InvalidValueError
from gse_billing.core.identifiers import Iban, OfficeCode
from gse_billing.core.values import evolve
from gse_billing.fatturapa import building
from gse_billing.fatturapa.codelists import TipoDocumento
from gse_billing.fatturapa.model import DatiDocumentiCorrelati
from gse_billing.parties import Recipient

__all__ = [
    "biofuel_invoice",
    "charge_to_company",
    "charge_to_office",
    "credit_note",
    "gse_invoice",
    "operator_invoice",
]


def operator_invoice(
    bill: Bill,
    *,
    operator: Party,
    gse: Party,
    office: OfficeCode,
    iban: Iban,
    issuer: Literal["TZ", "CC"] | None = "TZ",
) -> Recipe:
    """An operator's invoice to GSE, as for net metering (SSP) or withdrawn energy (RID), transmitted by GSE.

    Args:
        bill: what it says.
        operator: who sells.
        gse: who buys, and issues where the operator does not.
        office: the office code at which GSE receives.
        iban: of the contract, to which GSE pays (PAY-1).
        issuer: GSE issues as third party, ``TZ`` (INV-17), or as the buyer, ``CC``; ``None`` where the operator does.

    Raises:
        InvalidValueError: the operator has no partita IVA.
    """
    buyer = party_of(gse)
    heading = building.Heading(
        seller=party_of(operator),
        buyer=buyer,
        recipient=office,
        progressive=bill.progressive,
        issuer=buyer if issuer else None,
        as_third_party=issuer == "TZ",
        transmitter=buyer,
    )
    return Recipe(heading, bill.draft(iban))


def gse_invoice(bill: Bill, *, gse: Party, buyer: Party, recipient: Recipient, iban: Iban | None = None) -> Recipe:
    """GSE's invoice to an operator: paid to the account that it states, or set off where it states none (PAY-5).

    Args:
        bill: what it says.
        gse: who sells, issues and transmits.
        buyer: the operator.
        recipient: where it goes, as ``parties.choose_recipient`` finds it.
        iban: GSE's account, where the invoice is paid by transfer.
    """
    heading = building.Heading(
        seller=party_of(gse),
        buyer=party_of(buyer),
        recipient=recipient.code,
        pec=recipient.pec,
        progressive=bill.progressive,
    )
    return Recipe(heading, bill.draft(iban))


def charge_to_office(bill: Bill, *, gse: Party, body: Party, recipient: Recipient) -> Recipe:
    """GSE's invoice to a public office for costs that are set off (PAY-4): no account, and the causale says so.

    Its VAT is under split payment as long as that is authorised; ``bill.vat`` states it.

    Raises:
        InvalidValueError: the recipient is no office.
    """
    _require_format(recipient, "FPA12", "a public office, six characters")
    return gse_invoice(_set_off(bill), gse=gse, buyer=body, recipient=recipient)


def charge_to_company(bill: Bill, *, gse: Party, company: Party, recipient: Recipient) -> Recipe:
    """GSE's invoice to a company for costs that are set off (PAY-4): no account, and the causale says so.

    Raises:
        InvalidValueError: the recipient is an office.
    """
    _require_format(recipient, "FPR12", "a private party, seven characters")
    return gse_invoice(_set_off(bill), gse=gse, buyer=company, recipient=recipient)


def _require_format(recipient: Recipient, format_: str, meant: str) -> None:
    if recipient.format != format_:
        raise InvalidValueError(
            f"{recipient.code!r} is no code of {meant}", value=recipient, remedy="choose the recipe of the other kind"
        )


def _set_off(bill: Bill) -> Bill:
    return evolve(bill, subject=bill.causale or SET_OFF_TEXT)


def biofuel_invoice(bill: Bill, *, gse: Party, supplier: Party, recipient: Recipient, iban: Iban) -> Recipe:
    """GSE's invoice for the yearly biofuel fee: paid by transfer to the account it states, by its due date (BIO-10).

    Args:
        bill: what it says; its amount is that of ``fees.biofuel_fee``.
        gse: who sells.
        supplier: who released biofuel for consumption.
        recipient: where it goes.
        iban: GSE's account.

    Raises:
        InvalidValueError: the bill states no due date.
    """
    if bill.due is None:
        raise InvalidValueError(
            f"the invoice {bill.number} states no due date", value=bill, why="BIO-10", remedy="give due="
        )
    return gse_invoice(bill, gse=gse, buyer=supplier, recipient=recipient, iban=iban)


def credit_note(
    invoice: Recipe, *, number: str, progressive: str, date: dt.date, amount: Decimal | int | str | None = None
) -> Recipe:
    """The credit note (TD04) that takes back an invoice, or part of it, under the same treatment and to the same place.

    It names the invoice it corrects and asks for no payment: what it gives back is set off.

    Args:
        invoice: what is corrected.
        number: of the credit note, in a namespace of its own (SDI 00404).
        progressive: ProgressivoInvio of its file.
        date: of the credit note; the treatment of the invoice has to be in force on it as well.
        amount: the taxable amount that is taken back, all of it when it is not said.

    Raises:
        InvalidValueError: it is dated before the invoice (SDI 00418).
        InvalidAmountError: it takes back more than was invoiced, or nothing.
    """
    corrected = invoice.draft
    if date < corrected.date:
        why = f"SDI 00418: the invoice {corrected.number} is dated {corrected.date}"
        raise InvalidValueError(f"the credit note {number} is dated {date}", value=date, why=why)
    draft = evolve(
        corrected,
        number=number,
        date=date,
        kind=TipoDocumento.TD04,
        lines=corrected.lines if amount is None else _part(corrected, amount),
        payments=(),
        subject=f"Storno della fattura {corrected.number}, emessa il {corrected.date:%d/%m/%Y}",
        corrects=(DatiDocumentiCorrelati(id_documento=corrected.number, data=corrected.date),),
    )
    return Recipe(evolve(invoice.heading, progressive=progressive), draft)


def _part(corrected: building.Draft, amount: Decimal | int | str) -> tuple[building.Line, ...]:
    (line,) = corrected.lines
    part = evolve(line, price=amount)
    if not 0 < part.price <= line.price:
        raise InvalidAmountError(
            f"a credit note cannot take back {part.price} EUR",
            value=amount,
            why=f"the invoice {corrected.number} was of {line.price} EUR before VAT",
        )
    return (part,)
