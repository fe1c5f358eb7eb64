"""What type checkers see of the documents between an operator and GSE."""

import datetime as dt
from typing import assert_type

from gse_billing.billing import Party
from gse_billing.billing.recipes import Bill, Recipe, charge_to_office, credit_note, operator_invoice
from gse_billing.core.identifiers import Iban, OfficeCode
from gse_billing.fatturapa import building, model
from gse_billing.parties import Recipient
from gse_billing.tax import treatment


def bills(gse: Party, operator: Party, recipient: Recipient, day: dt.date) -> model.FatturaElettronica:
    vat = treatment("ordinary")
    bill = Bill(number="1", progressive="1", date=day, amount="60.00", vat=vat, description="Costi")
    assert_type(bill.subject, str)
    invoice = operator_invoice(bill, operator=operator, gse=gse, office=OfficeCode("GSE001"), iban=Iban("x"))
    assert_type(invoice, Recipe)
    assert_type(invoice.draft, building.Draft)
    assert_type(invoice.heading, building.Heading)
    costs = charge_to_office(bill, gse=gse, body=operator, recipient=recipient)
    note = credit_note(costs, number="2", progressive="2", date=day, amount=10)
    assert_type(note.document, model.FatturaElettronica)
    return note.document


def mistakes(bill: Bill, gse: Party, operator: Party) -> None:
    operator_invoice(bill, operator=operator, gse=gse, office=OfficeCode("x"))  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]  an account is asked for
