"""Laws of the checks: silence about what adds up, one code for one fault, guards that hide nothing, no exception."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from gse_billing import fatturapa
from gse_billing.core.money import exact
from gse_billing.fatturapa.catalogue import Regime
from gse_billing.fatturapa.codelists import (
    FormatoTrasmissione,
)
from gse_billing.fatturapa.context import Context, OfficeList, SentDocuments
from gse_billing.fatturapa.model import (
    FatturaElettronica,
    FatturaElettronicaSemplificata,
    IdFiscale,
)
from gse_billing.testing.fatturapa_coherent import coherent_invoices, vat_numbers
from gse_billing.testing.specimens import specimens
from tests.conformance.fatturapa.mutations import mutated
from tests.conformance.sdi.write import CASES
from tests.support.guards import assert_guards_hide_nothing
from tests.support.invoices import having, invoice
from tests.support.records import records

BUILT = [each.document for each in CASES if each.stored and each.built]
PA, PRIVATE = FormatoTrasmissione.FPA12, FormatoTrasmissione.FPR12
BOTH = coherent_invoices()
SLOW = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much])
FEW = settings(SLOW, max_examples=40)
EVERYTHING: dict[str, Any] = {
    "channel": "web",
    "filename": "IT01234560017_00001.xml",
    "history": SentDocuments(),
    "offices": OfficeList([]),
}
CENTS = st.integers(2, 10_000).map(lambda cents: Decimal(cents) / 100)
FAULTS = CENTS | CENTS.map(lambda amount: -amount)


@given(document=BOTH)
@SLOW
def test_a_document_in_which_everything_adds_up_has_no_finding(document: FatturaElettronica) -> None:
    report = fatturapa.check(document)
    assert report.findings == ()
    assert fatturapa.check(fatturapa.write(document)).findings == ()


@given(code=vat_numbers())
def test_the_strategy_of_vat_numbers_keeps_to_the_rule_of_the_check_digit(code: str) -> None:
    document = having(invoice(), S__id_fiscale_iva=IdFiscale(id_paese="IT", id_codice=code))
    assert fatturapa.check(document).codes == ()


def goods(document: Any) -> Any:
    return document.fattura_elettronica_body[0].dati_beni_servizi


@given(document=BOTH, fault=FAULTS)
@FEW
def test_another_tax_gives_00421(document: FatturaElettronica, fault: Decimal) -> None:
    changed = having(document, V__0__imposta=goods(document).dati_riepilogo[0].imposta + fault)
    assert fatturapa.check(changed).codes == ("sdi:00421",)


@given(document=BOTH, fault=FAULTS)
@FEW
def test_a_rounding_of_more_than_one_euro_gives_00422(document: FatturaElettronica, fault: Decimal) -> None:
    assume(abs(fault) > 1)
    assert fatturapa.check(having(document, V__0__arrotondamento=fault)).codes == ("sdi:00422",)


@given(document=BOTH, fault=FAULTS)
@FEW
def test_another_total_price_gives_00423(document: FatturaElettronica, fault: Decimal) -> None:
    assume(abs(fault) < 1)
    changed = having(document, L__0__prezzo_totale=goods(document).dettaglio_linee[0].prezzo_totale + fault)
    assert fatturapa.check(changed).codes == ("sdi:00423",)


@given(document=BOTH)
@FEW
def test_a_difference_of_exactly_the_tolerance_is_a_warning(document: FatturaElettronica) -> None:
    changed = having(document, V__0__imposta=goods(document).dati_riepilogo[0].imposta + Decimal("0.01"))
    report = fatturapa.check(changed)
    assert "sdi:00421" in report.codes
    assert report.ok


@given(document=BOTH)
@FEW
def test_the_day_before_gives_00403_and_the_day_itself_does_not(document: FatturaElettronica) -> None:
    days = [each.dati_generali.dati_generali_documento.data for each in document.fattura_elettronica_body]
    assert "sdi:00403" not in fatturapa.check(document, on=max(days)).codes
    assert fatturapa.check(document, on=max(days) - dt.timedelta(1)).codes == ("sdi:00403",)


@given(document=BOTH, fault=FAULTS)
@FEW
def test_a_total_that_is_no_sum_gives_advice_and_no_error(document: FatturaElettronica, fault: Decimal) -> None:
    summaries = goods(document).dati_riepilogo
    with exact():
        total = sum((each.imponibile_importo + each.imposta for each in summaries), Decimal("0.00"))
        assume(abs(abs(total + fault) - abs(total)) > Decimal("0.01"))
    report = fatturapa.check(having(document, G__importo_totale_documento=total + fault))
    assert report.codes == ("advice:document-total",)
    assert report.ok


# guards


CONTEXTS = st.builds(
    Context,
    regime=st.sampled_from([Regime.PA, Regime.PRIVATE]),
    on=st.none() | st.dates(dt.date(2020, 1, 1), dt.date(2027, 12, 31)),
    history=st.sampled_from([None, SentDocuments()]),
    offices=st.sampled_from([None, OfficeList([])]),
)


@given(document=records(FatturaElettronica), context=CONTEXTS)
@FEW
def test_no_guard_hides_anything_of_an_arbitrary_document(document: FatturaElettronica, context: Context) -> None:
    assert_guards_hide_nothing(document, context)


@given(document=BOTH, context=CONTEXTS)
@FEW
def test_no_guard_hides_anything_of_a_coherent_document(document: FatturaElettronica, context: Context) -> None:
    assert_guards_hide_nothing(document, context)


# no exception


@given(document=records(FatturaElettronica), on=st.none() | st.dates())
@FEW
def test_no_rule_raises_whatever_an_ordinary_document_says(document: FatturaElettronica, on: dt.date | None) -> None:
    for flow in ("pa", "private"):
        fatturapa.check(document, on=on, flow=flow, **EVERYTHING)


@given(document=records(FatturaElettronicaSemplificata), on=st.none() | st.dates())
@FEW
def test_no_rule_raises_whatever_a_simplified_document_says(
    document: FatturaElettronicaSemplificata, on: dt.date | None
) -> None:
    fatturapa.check(document, on=on, **EVERYTHING)


@given(seed=st.integers(0, 2**32))
@FEW
def test_no_rule_raises_over_mutilated_files(seed: int) -> None:
    random = Random(seed)
    documents = [
        *specimens("ordinaria"),
        *specimens("semplificata"),
        *(each.document for each in CASES if each.stored and each.built),
    ]
    data = mutated(fatturapa.write(random.choice(documents)), random)
    report = fatturapa.check(data, on=dt.date(2026, 1, 1), **EVERYTHING)
    assert report.ok is not bool(report.errors)
