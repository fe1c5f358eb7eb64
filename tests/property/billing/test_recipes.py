"""Laws of the documents of this field, over generated bills."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gse_billing import fatturapa
from gse_billing.billing.recipes import (
    Bill,
    Recipe,
    biofuel_invoice,
    charge_to_company,
    charge_to_office,
    credit_note,
    operator_invoice,
)
from gse_billing.core.errors import NoValueInForceError
from gse_billing.fatturapa.checking import check
from gse_billing.tax import TREATMENTS, VatTreatment
from tests.support.official_schema import Judge
from tests.unit.billing.recipes.samples import (
    BODY,
    COMPANY,
    GSE,
    GSE_IBAN,
    IBAN,
    OFFICE,
    TO_COMPANY,
    TO_OFFICE,
)

DAYS = st.dates(dt.date(2016, 1, 1), dt.date(2026, 12, 31))
CENTS = st.integers(1, 10**9).map(lambda cents: Decimal(cents).scaleb(-2))
TEXTS = st.text(
    st.characters(min_codepoint=0x21, max_codepoint=0xFF, exclude_categories=["Cc"]), min_size=1, max_size=60
)


def in_force(vat: VatTreatment, day: dt.date) -> bool:
    try:
        vat.on(day)
    except NoValueInForceError:
        return False
    return True


@st.composite
def bills(draw: st.DrawFn) -> Bill:
    day = draw(DAYS)
    return Bill(
        number=f"{draw(st.integers(1, 99_999))}/{day.year}",
        progressive=str(draw(st.integers(1, 99_999))),
        date=day,
        amount=draw(CENTS),
        vat=draw(st.sampled_from([vat for vat in TREATMENTS.values() if in_force(vat, day)])),
        description=draw(TEXTS),
        contract=draw(st.sampled_from([None, "SSP00030614", "RID00045128"])),
        service=draw(st.sampled_from([None, "SSP", "RID"])),
        subject=draw(st.just("") | TEXTS),
        due=day + dt.timedelta(draw(st.integers(0, 400))),
    )


@st.composite
def recipes(draw: st.DrawFn) -> Recipe:
    bill = draw(bills())
    kind = draw(st.sampled_from(["operator", "office", "company", "biofuel"]))
    if kind == "operator":
        issuer = draw(st.sampled_from(["TZ", "CC", None]))
        seller = draw(st.sampled_from([BODY, COMPANY]))
        return operator_invoice(bill, operator=seller, gse=GSE, office=OFFICE, iban=IBAN, issuer=issuer)  # type: ignore[arg-type]
    if kind == "office":
        return charge_to_office(bill, gse=GSE, body=BODY, recipient=TO_OFFICE)
    if kind == "company":
        return charge_to_company(bill, gse=GSE, company=COMPANY, recipient=TO_COMPANY)
    return biofuel_invoice(bill, gse=GSE, supplier=COMPANY, recipient=TO_COMPANY, iban=GSE_IBAN)


@st.composite
def notes(draw: st.DrawFn) -> Recipe:
    """Credit notes on any of them, of all or of a part."""
    invoice = draw(recipes())
    most = int(invoice.draft.lines[0].price * 100)
    part = draw(st.none() | st.integers(1, most).map(lambda cents: Decimal(cents).scaleb(-2)))
    return credit_note(invoice, number="NC/1", progressive="9", date=invoice.draft.date, amount=part)


@given(recipe=recipes() | notes())
@settings(
    max_examples=200,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_every_document_passes_schema_and_checks(recipe: Recipe, official_ordinary: Judge) -> None:
    """Schema 1.2.3 and Elenco controlli 2.0: no document of this field has a finding, and it is read back as it is."""
    data = fatturapa.write(recipe.document)
    assert official_ordinary(data) == []
    assert check(recipe.document).findings == ()
    assert fatturapa.read(data) == recipe.document


@given(recipe=recipes())
def test_an_account_is_stated_where_a_transfer_is_asked_for_and_nowhere_else(recipe: Recipe) -> None:
    """PAY-5, BIO-10: what is set off carries no IBAN; what is transferred asks for the net payable."""
    (body,) = recipe.document.fattura_elettronica_body
    stated = [
        (each.iban, each.importo_pagamento) for block in body.dati_pagamento for each in block.dettaglio_pagamento
    ]
    payable = recipe.draft.amounts.payable
    assert stated in ([], [(IBAN, payable)], [(GSE_IBAN, payable)])
    assert stated or recipe.draft.subject  # what is set off says so, unless the bill says something else
