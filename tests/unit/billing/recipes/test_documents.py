"""The documents of this field, one by one: parties, account or none, treatment, references."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from gse_billing import evolve, fatturapa, fees
from gse_billing.billing import compose, issue
from gse_billing.billing.recipes import (
    Recipe,
    biofuel_invoice,
    charge_to_company,
    charge_to_office,
    credit_note,
    operator_invoice,
)
from gse_billing.core.errors import (
    FloatRefusedError,
    InvalidAmountError,
    InvalidIdentifierError,
    InvalidValueError,
    NoValueInForceError,
)
from gse_billing.core.identifiers import InvoiceNumber
from gse_billing.fatturapa.checking import check
from gse_billing.fatturapa.codelists import Natura, SoggettoEmittente, TipoDocumento
from gse_billing.fatturapa.model import DatiDocumentiCorrelati, FatturaElettronicaBody
from gse_billing.schemes import BIOFUEL_FEE
from tests.support.portfolios import DAY as DAY_OF_PORTFOLIO
from tests.support.portfolios import portfolio
from tests.unit.billing.recipes.samples import (
    BODY,
    COMPANY,
    DAY,
    GSE,
    GSE_IBAN,
    IBAN,
    OFFICE,
    ORDINARY,
    REVERSE,
    SPLIT,
    TO_COMPANY,
    TO_OFFICE,
    bill,
)


def body(recipe: Recipe) -> FatturaElettronicaBody:
    (made,) = recipe.document.fattura_elettronica_body
    return made


def to_gse(**changes: Any) -> Recipe:
    given: dict[str, Any] = {"operator": COMPANY, "gse": GSE, "office": OFFICE, "iban": IBAN}
    given |= {name: changes.pop(name) for name in list(changes) if name in {*given, "issuer"}}
    return operator_invoice(bill(**changes), **given)


def set_off() -> Recipe:
    charge = bill(number="90001", amount=60, vat=SPLIT, description="COSTI AMMINISTRATIVI 2026")
    return charge_to_office(charge, gse=GSE, body=BODY, recipient=TO_OFFICE)


@pytest.mark.requirement("INV-10", "INV-17", "PAY-1")
@pytest.mark.parametrize(
    ("service", "subject"), [("SSP", "DELIBERA ARERA N.74/08 - FATTURAZIONE SCAMBIO SUL POSTO"), ("RID", None)]
)
def test_an_operator_bills_gse_under_reverse_charge_and_gse_issues_for_him(service: str, subject: str | None) -> None:
    recipe = to_gse(service=service, due=dt.date(2026, 4, 30))
    header, made = recipe.document.fattura_elettronica_header, body(recipe)
    third = header.terzo_intermediario_o_soggetto_emittente
    assert header.soggetto_emittente is SoggettoEmittente.TZ
    assert third is not None
    assert third.dati_anagrafici.codice_fiscale == "05754381001"
    assert header.dati_trasmissione.id_trasmittente.id_codice == "05754381001"
    assert header.dati_trasmissione.codice_destinatario == "GSE001"
    (summary,) = made.dati_beni_servizi.dati_riepilogo
    assert (summary.natura, summary.imponibile_importo, summary.imposta) == (
        Natura.N6_8,
        Decimal("216.22"),
        Decimal("0.00"),
    )
    assert made.dati_generali.dati_generali_documento.dati_bollo is None
    assert made.dati_generali.dati_contratto == (DatiDocumentiCorrelati(id_documento="SSP00030614"),)
    assert made.dati_generali.dati_generali_documento.causale == (() if subject is None else (subject,))
    (detail,) = made.dati_pagamento[0].dettaglio_pagamento
    assert (detail.iban, detail.importo_pagamento, detail.data_scadenza_pagamento) == (
        IBAN,
        Decimal("216.22"),
        dt.date(2026, 4, 30),
    )
    assert check(recipe.document).findings == ()


@pytest.mark.parametrize(("issuer", "code"), [("CC", SoggettoEmittente.CC), (None, None)])
def test_gse_may_issue_as_buyer_or_not_at_all(issuer: str | None, code: SoggettoEmittente | None) -> None:
    header = to_gse(issuer=issuer).document.fattura_elettronica_header
    assert header.soggetto_emittente is code
    assert header.terzo_intermediario_o_soggetto_emittente is None
    assert header.dati_trasmissione.id_trasmittente.id_codice == "05754381001"


@pytest.mark.requirement("CUU-2", "PAY-4", "PAY-5")
def test_costs_of_a_public_office_are_under_split_payment_and_set_off() -> None:
    recipe = set_off()
    made = body(recipe)
    assert made.dati_pagamento == ()
    assert recipe.draft.amounts.payable == Decimal("60.00")
    assert recipe.draft.amounts.total == Decimal("73.20")
    assert b"<EsigibilitaIVA>S</EsigibilitaIVA>" in fatturapa.write(recipe.document)
    assert made.dati_generali.dati_generali_documento.causale == (
        "Importo regolato per compensazione con i corrispettivi dovuti dal GSE",
    )
    assert recipe.document.fattura_elettronica_header.soggetto_emittente is None
    assert check(recipe.document).findings == ()


def test_split_payment_is_refused_after_its_authorisation() -> None:
    late = charge_to_office(bill(vat=SPLIT, date=dt.date(2026, 7, 1)), gse=GSE, body=BODY, recipient=TO_OFFICE)
    with pytest.raises(NoValueInForceError, match="split-payment has no value in force on 2026-07-01"):
        _ = late.document


@pytest.mark.requirement("PAY-5")
def test_costs_of_a_company_bear_vat_and_are_set_off() -> None:
    recipe = charge_to_company(bill(vat=ORDINARY, subject="Costi 2026"), gse=GSE, company=COMPANY, recipient=TO_COMPANY)
    text = fatturapa.write(recipe.document)
    assert b"<IBAN>" not in text
    assert b"<PECDestinatario>energia@pec.example.it</PECDestinatario>" in text
    assert recipe.draft.subject == "Costi 2026"
    assert recipe.draft.amounts.payable == Decimal("263.79")
    assert check(recipe.document).findings == ()


def test_each_recipient_has_its_recipe() -> None:
    with pytest.raises(InvalidValueError, match="'0000000' is no code of a public office, six characters"):
        charge_to_office(bill(), gse=GSE, body=BODY, recipient=TO_COMPANY)
    with pytest.raises(InvalidValueError, match="'UFMS01' is no code of a private party, seven characters"):
        charge_to_company(bill(), gse=GSE, company=COMPANY, recipient=TO_OFFICE)


@pytest.mark.requirement("BIO-1", "BIO-2", "BIO-8", "BIO-10")
def test_the_biofuel_fee_is_paid_by_transfer_to_the_account_of_the_invoice() -> None:
    """28,996 Gcal of which 4,490 advanced give the figures of the instructions: 1,635.19, 359.74, 1,994.93."""
    day = dt.date(2016, 3, 18)
    fee = fees.biofuel_fee(fees.Declaration(year=2015, total_gcal=28_996, advanced_gcal=4_490), on=day)
    yearly = bill(
        number="76256",
        date=day,
        due=day,
        amount=fee.taxable,
        vat=ORDINARY,
        contract=None,
        description=f"{BIOFUEL_FEE.code} 2015",
    )
    recipe = biofuel_invoice(yearly, gse=GSE, supplier=COMPANY, recipient=TO_COMPANY, iban=GSE_IBAN)
    amounts = recipe.draft.amounts
    assert [str(each) for each in (amounts.taxable, amounts.tax, amounts.total)] == ["1635.19", "359.74", "1994.93"]
    (detail,) = body(recipe).dati_pagamento[0].dettaglio_pagamento
    assert (detail.iban, detail.data_scadenza_pagamento, detail.importo_pagamento) == (GSE_IBAN, day, amounts.total)
    assert body(recipe).dati_generali.dati_contratto == ()
    assert check(recipe.document).findings == ()
    with pytest.raises(InvalidValueError, match="the invoice 76256 states no due date; BIO-10; give due="):
        biofuel_invoice(evolve(yearly, due=None), gse=GSE, supplier=COMPANY, recipient=TO_COMPANY, iban=GSE_IBAN)


def test_a_credit_note_takes_back_an_invoice_to_the_same_place() -> None:
    invoice = set_off()
    note = credit_note(invoice, number="NC/1", progressive="00002", date=dt.date(2026, 3, 20))
    made = body(note)
    general = made.dati_generali.dati_generali_documento
    assert (general.tipo_documento, general.numero, general.importo_totale_documento) == (
        TipoDocumento.TD04,
        "NC/1",
        Decimal("73.20"),
    )
    assert general.causale == ("Storno della fattura 90001, emessa il 02/03/2026",)
    assert made.dati_generali.dati_fatture_collegate == (DatiDocumentiCorrelati(id_documento="90001", data=DAY),)
    assert made.dati_generali.dati_contratto == body(invoice).dati_generali.dati_contratto
    assert made.dati_pagamento == ()
    header = note.document.fattura_elettronica_header
    assert header.cedente_prestatore == invoice.document.fattura_elettronica_header.cedente_prestatore
    assert header.dati_trasmissione.progressivo_invio == "00002"
    assert check(note.document).findings == ()


def test_a_credit_note_may_take_back_a_part() -> None:
    note = credit_note(set_off(), number="NC/1", progressive="2", date=DAY, amount="10.01")
    assert (note.draft.amounts.taxable, note.draft.amounts.tax) == (Decimal("10.01"), Decimal("2.20"))
    for amount in ("60.01", "0", "-1"):
        with pytest.raises(InvalidAmountError, match=r"the invoice 90001 was of 60\.00 EUR before VAT"):
            credit_note(set_off(), number="NC/1", progressive="2", date=DAY, amount=amount)


def test_a_credit_note_is_not_dated_before_its_invoice() -> None:
    with pytest.raises(InvalidValueError, match="is dated 2026-03-01; SDI 00418: the invoice 90001 is dated"):
        credit_note(set_off(), number="NC/1", progressive="2", date=dt.date(2026, 3, 1))


def test_a_credit_note_of_an_operators_invoice_is_issued_for_him_too() -> None:
    note = credit_note(to_gse(), number="NC/1", progressive="2", date=DAY)
    assert note.document.fattura_elettronica_header.soggetto_emittente is SoggettoEmittente.TZ
    assert check(note.document).findings == ()


def test_a_bill_is_checked() -> None:
    wrong: Any = 0.1
    with pytest.raises(FloatRefusedError):
        bill(amount=wrong)
    for amount in ("0", "-216.22"):
        with pytest.raises(InvalidAmountError, match="what goes the other way is a credit note"):
            bill(amount=amount)
    with pytest.raises(InvalidIdentifierError):
        bill(service="XYZ")
    with pytest.raises(InvalidValueError, match="has no VAT number"):
        to_gse(operator=evolve(COMPANY, partita_iva=None))


def test_a_recipe_shows_itself_in_a_notebook() -> None:
    assert "<td>216.22</td>" in to_gse()._repr_html_()


def test_the_draft_of_an_operator_without_account_is_refused() -> None:
    draft = next(one.draft for one in issue(portfolio(), on=DAY_OF_PORTFOLIO).documents if one.draft.iban)
    assert compose(draft, InvoiceNumber("1"), "1").versione.value == "FPA12"
    with pytest.raises(InvalidValueError, match="has no account; PAY-1"):
        compose(evolve(draft, iban=None), InvoiceNumber("1"), "1")


def test_a_draft_says_its_terms_after_their_days() -> None:
    """A document that is composed again says what it said, whatever has happened to its treatment."""
    draft = next(one.draft for one in issue(portfolio(), on=DAY_OF_PORTFOLIO).documents if one.draft.iban is None)
    again = evolve(draft, date=dt.date(2030, 1, 1))
    assert b"<EsigibilitaIVA>S</EsigibilitaIVA>" in fatturapa.write(compose(again, InvoiceNumber("1"), "1"))
    with pytest.raises(NoValueInForceError):
        _ = to_gse(vat=REVERSE, date=dt.date(2030, 1, 1)).document
