"""Documents built from parties, lines, treatments and payments."""

from __future__ import annotations

import datetime as dt
import pickle
from decimal import Decimal
from typing import Any

import pytest

from gse_billing import evolve, fatturapa
from gse_billing.core.errors import (
    FloatRefusedError,
    InvalidAmountError,
    InvalidIdentifierError,
    InvalidValueError,
    LimitExceededError,
    NoValueInForceError,
)
from gse_billing.fatturapa.building import Line, Party, Payment, build, discount, surcharge
from gse_billing.fatturapa.checking import check
from gse_billing.fatturapa.codelists import (
    CondizioniPagamento,
    EsigibilitaIVA,
    FormatoTrasmissione,
    ModalitaPagamento,
    Natura,
    Ritenuta,
    SoggettoEmittente,
    TipoCassa,
    TipoCessionePrestazione,
    TipoDocumento,
    TipoRitenuta,
)
from gse_billing.fatturapa.model import AltriDatiGestionali, CodiceArticolo, DatiDocumentiCorrelati, FatturaElettronica
from tests.unit.fatturapa.building.samples import (
    BUYER,
    DAY,
    ENERGY,
    EXEMPT,
    IBAN,
    ORDINARY,
    OUTSIDE,
    PERSON,
    SEAT,
    SELLER,
    SPLIT,
    built,
    contribution,
    draft,
    general,
    goods,
    heading,
    line,
    payment,
    withholding,
)


def euros(*texts: str) -> tuple[Decimal, ...]:
    return tuple(map(Decimal, texts))


def sums(document: FatturaElettronica) -> list[tuple[Decimal, Natura | None, Decimal, Decimal]]:
    """Rate, natura, taxable amount and tax of each summary."""
    return [
        (each.aliquota_iva, each.natura, each.imponibile_importo, each.imposta)
        for each in goods(document).dati_riepilogo
    ]


# lines and their totals


def test_vat_is_taken_on_the_sum_and_not_line_by_line() -> None:
    """100 lines of 0.05 at 22 % bear 1.10 of tax; by line it would be 1.00."""
    document = built(*[line("0.05")] * 100)
    assert sums(document) == [(*euros("22.00"), None, *euros("5.00", "1.10"))]
    assert general(document).importo_totale_documento == Decimal("6.10")
    assert check(document).findings == ()


# Worked examples of Elenco controlli 2.0 for 00423: unit price 500, quantity 100.
CHANGES = {
    "three amounts": ([discount(amount=each) for each in ("10.05", "5.25", "4.70")], "48000.00"),
    "three percentages": ([discount(percent=each) for each in ("8.5", "5.15", "3")], "42092.05875"),
    "an amount beats the percentage beside it": (
        [discount(percent="8.5"), discount(percent="5.15", amount="23.56"), discount(amount=15), discount(percent=2)],
        "41056.12",
    ),
    "a surcharge": ([surcharge(percent="10")], "55000.00"),
    "none": ([], "50000.00"),
}


@pytest.mark.parametrize("case", CHANGES)
def test_discounts_are_taken_from_the_unit_price_one_after_the_other(case: str) -> None:
    changes, total = CHANGES[case]
    document = built(line("500", quantity=100, changes=changes))
    assert str(goods(document).dettaglio_linee[0].prezzo_totale) == total
    assert check(document).findings == ()


@pytest.mark.parametrize(
    ("price", "quantity", "total"),
    [
        ("0.00000001", "0.5", "0.00000001"),  # half up at the eighth decimal
        ("0.00000001", "0.4", "0.00"),
        ("0.12345678", None, "0.12345678"),
        ("3", None, "3.00"),
        ("-100", "2", "-200.00"),
        ("99999999999", "0.01", "999999999.99"),
    ],
)
def test_totals_are_exact_to_eight_decimals(price: str, quantity: str | None, total: str) -> None:
    (made,) = goods(built(line(price, quantity=quantity))).dettaglio_linee
    assert f"{made.prezzo_totale:f}" == total


def test_a_line_says_all_that_was_given() -> None:
    given = line(
        quantity="1250.5",
        unit="kWh",
        period=(dt.date(2026, 1, 1), dt.date(2026, 1, 31)),
        withheld=True,
        kind=TipoCessionePrestazione.AC,
        codes=(CodiceArticolo(codice_tipo="EAN", codice_valore="1"),),
        notes=(AltriDatiGestionali(tipo_dato="POD", riferimento_testo="IT001E00000000"),),
    )
    (made,) = goods(built(given, withholding=(withholding(),))).dettaglio_linee
    assert (made.numero_linea, made.descrizione, made.unita_misura) == (1, "Servizio", "kWh")
    assert (made.data_inizio_periodo, made.data_fine_periodo) == (dt.date(2026, 1, 1), dt.date(2026, 1, 31))
    assert (made.ritenuta, made.tipo_cessione_prestazione) == (Ritenuta.SI, TipoCessionePrestazione.AC)
    assert (made.codice_articolo, made.altri_dati_gestionali) == (given.codes, given.notes)


def test_floats_and_too_many_decimals_are_refused() -> None:
    wrong: Any = 0.1
    with pytest.raises(FloatRefusedError, match="cannot be a unit price"):
        line(wrong)
    with pytest.raises(FloatRefusedError, match="cannot be a quantity"):
        line(quantity=wrong)
    with pytest.raises(InvalidAmountError, match="cannot be a unit price; the standard knows 8 decimals"):
        line("0.000000001")


def test_a_change_of_nothing_and_a_period_backwards_are_refused() -> None:
    with pytest.raises(InvalidValueError, match="a discount is a percentage or an amount"):
        discount()
    with pytest.raises(InvalidValueError, match="a surcharge is a percentage or an amount"):
        surcharge()
    with pytest.raises(InvalidValueError, match="the period of 'Servizio' ends before it begins"):
        line(period=(DAY, dt.date(2026, 3, 1)))


# treatments


def test_each_rate_natura_and_esigibilita_has_its_summary() -> None:
    document = built(line("10"), line("80", ENERGY), line("20"), line("5", SPLIT), line("7", EXEMPT))
    assert sums(document) == [
        (*euros("22.00"), None, *euros("30.00", "6.60")),
        (*euros("0.00"), Natura.N6_8, *euros("80.00", "0.00")),
        (*euros("22.00"), None, *euros("5.00", "1.10")),
        (*euros("0.00"), Natura.N4, *euros("7.00", "0.00")),
    ]
    assert [each.esigibilita_iva for each in goods(document).dati_riepilogo] == [
        EsigibilitaIVA.I,
        None,
        EsigibilitaIVA.S,
        None,
    ]


def test_the_legal_reference_is_told_and_told_once() -> None:
    (summary,) = goods(built(line(vat=ENERGY), line(vat=ENERGY))).dati_riepilogo
    assert summary.riferimento_normativo == "Inversione contabile - art. 17 c. 6 lett. d-quater DPR 633/72"
    other = evolve(EXEMPT, terms=evolve(EXEMPT.terms, rows=[_with_reference("Altra norma")]))
    (summary,) = goods(built(line(vat=EXEMPT), line(vat=other))).dati_riepilogo
    assert summary.riferimento_normativo == "Operazione esente - art. 10 DPR 633/72; Altra norma"
    (summary,) = goods(built(line())).dati_riepilogo
    assert summary.riferimento_normativo is None


def _with_reference(text: str) -> Any:
    (row,) = EXEMPT.terms.rows
    return evolve(row, value=evolve(row.value, legal_reference=text))


@pytest.mark.parametrize(
    ("vat", "day"),
    [
        (ENERGY, dt.date(2020, 9, 30)),
        (ENERGY, dt.date(2027, 1, 1)),
        (SPLIT, dt.date(2026, 7, 1)),
        (ORDINARY, dt.date(2013, 9, 30)),
    ],
)
def test_a_treatment_is_refused_outside_its_days(vat: Any, day: dt.date) -> None:
    with pytest.raises(NoValueInForceError, match=f"the VAT treatment {vat.code} has no value in force on {day}"):
        built(line(vat=vat), date=day)


@pytest.mark.parametrize("day", [dt.date(2020, 10, 1), dt.date(2026, 12, 31)])
def test_reverse_charge_of_energy_holds_on_its_first_and_last_day(day: dt.date) -> None:
    assert sums(built(line(vat=ENERGY), date=day)) == [(*euros("0.00"), Natura.N6_8, *euros("100.00", "0.00"))]


# contributions to welfare funds


def test_a_contribution_to_the_fund_is_summed_up_with_its_rate() -> None:
    """1,000.00 of fees and 250.00 of expenses: 4 % on the fees alone, 22 % of VAT on all three."""
    given = draft(line("1000", contributory=True), line("250"), contributions=(contribution("4"),))
    document = build(heading(), [given])
    (fund,) = general(document).dati_cassa_previdenziale
    assert (fund.tipo_cassa, fund.al_cassa, fund.natura, fund.ritenuta) == (TipoCassa.TC04, Decimal("4.00"), None, None)
    assert (fund.imponibile_cassa, fund.importo_contributo_cassa) == euros("1000.00", "40.00")
    assert sums(document) == [(*euros("22.00"), None, *euros("1290.00", "283.80"))]
    assert (given.amounts.taxable, given.amounts.contributions, given.amounts.total) == euros("1290", "40", "1573.80")
    assert check(document).findings == ()


def test_a_contribution_of_another_treatment_has_its_own_summary() -> None:
    document = built(line("100", contributory=True), contributions=(contribution("2", vat=EXEMPT, reference="Cap. 1"),))
    assert sums(document) == [
        (*euros("22.00"), None, *euros("100.00", "22.00")),
        (*euros("0.00"), Natura.N4, *euros("2.00", "0.00")),
    ]
    (fund,) = general(document).dati_cassa_previdenziale
    assert (fund.natura, fund.riferimento_amministrazione) == (Natura.N4, "Cap. 1")
    assert check(document).findings == ()


def test_a_contribution_is_rounded_half_up_once() -> None:
    """4 % of 0.125 is taken on the base that the document states, 0.13."""
    (fund,) = general(
        built(line("0.125", contributory=True), contributions=(contribution("4"),))
    ).dati_cassa_previdenziale
    assert (fund.imponibile_cassa, fund.importo_contributo_cassa) == euros("0.13", "0.01")


def test_tax_is_withheld_on_a_contribution_that_bears_it() -> None:
    """SDI 00415: 20 % of 100.00 and of 4.00."""
    given = draft(
        line("100", contributory=True, withheld=True),
        contributions=(contribution("4", fund=TipoCassa.TC22, withheld=True),),
        withholding=(withholding(),),
    )
    document = build(heading(), [given])
    assert general(document).dati_ritenuta[0].importo_ritenuta == Decimal("20.80")
    assert general(document).dati_cassa_previdenziale[0].ritenuta is Ritenuta.SI
    assert given.amounts.payable == Decimal("126.88") - Decimal("20.80")
    assert check(document).findings == ()


@pytest.mark.parametrize("mismatch", [{"lines": [line(contributory=True)]}, {"contributions": (contribution(),)}])
def test_a_contribution_and_the_lines_that_bear_it_go_together(mismatch: Any) -> None:
    with pytest.raises(InvalidValueError, match="a contribution is taken on lines: both or neither; mark the lines"):
        draft(**mismatch)


def test_a_contribution_is_refused_outside_its_days_and_those_of_its_treatment() -> None:
    with pytest.raises(NoValueInForceError, match="the fund has no value in force on 2019-01-02"):
        built(line(contributory=True), contributions=(contribution(),), date=dt.date(2019, 1, 2))
    with pytest.raises(NoValueInForceError, match="reverse-charge-energy has no value in force on 2027-01-01"):
        built(
            line(contributory=True),
            contributions=(contribution(vat=ENERGY),),
            date=dt.date(2027, 1, 1),
        )


@pytest.mark.parametrize("rate", ["0", "-1", "100.01"])
def test_a_rate_contributed_is_a_percentage(rate: str) -> None:
    with pytest.raises(InvalidAmountError, match="cannot be a percentage contributed"):
        contribution(rate)


# discounts and surcharges on the whole document

WHOLE_CHANGES = {
    "an amount": ([discount(amount="2")], "120.00"),
    "a percentage": ([discount(percent="10")], "109.80"),
    "one after the other": ([discount(percent="10"), discount(percent="10"), surcharge(amount="1")], "99.82"),
    "an amount beats the percentage beside it": ([discount(percent="50", amount="22")], "100.00"),
    "a surcharge": ([surcharge(percent="1")], "123.22"),
}


@pytest.mark.parametrize("case", WHOLE_CHANGES)
def test_a_change_of_the_whole_document_changes_its_total_and_no_vat(case: str) -> None:
    changes, total = WHOLE_CHANGES[case]
    given = draft(line("100"), changes=tuple(changes), payments=[Payment()])
    document = build(heading(), [given])
    assert general(document).sconto_maggiorazione == tuple(changes)
    assert general(document).importo_totale_documento == given.amounts.total == Decimal(total)
    assert given.amounts.change == Decimal(total) - Decimal("122.00")
    assert sums(document) == [(*euros("22.00"), None, *euros("100.00", "22.00"))]
    assert payment(document)[0].dettaglio_pagamento[0].importo_pagamento == Decimal(total)
    assert check(document).findings == ()


def test_a_change_of_the_whole_document_is_explained() -> None:
    less = str(draft(line("100"), changes=(discount(amount="2"),)).amounts.explain())
    assert less.startswith("net payable: 122.00 less 2.00 EUR discount on the whole = 120.00 EUR")
    more = str(draft(line("100"), changes=(surcharge(amount="2"),)).amounts.explain())
    assert "122.00 plus 2.00 EUR surcharge on the whole = 124.00 EUR" in more


# stamp duty


@pytest.mark.parametrize(
    ("price", "vat", "duty"),
    [
        ("77.47", EXEMPT, None),
        ("77.48", EXEMPT, "2.00"),
        ("77.48", OUTSIDE, "2.00"),
        ("1000", ENERGY, None),
        ("1000", ORDINARY, None),
        ("-1000", EXEMPT, None),
    ],
)
def test_the_stamp_duty_is_due_on_amounts_outside_vat(price: str, vat: Any, duty: str | None) -> None:
    """2.00 EUR above 77.47 EUR outside VAT; none under reverse charge, which is subject to VAT."""
    document = built(line(price, vat))
    stamp = general(document).dati_bollo
    assert (stamp and str(stamp.importo_bollo)) == duty
    assert draft(line(price, vat)).amounts.stamp == Decimal(duty or 0)
    assert check(document).findings == ()


def test_the_duty_counts_contributions_outside_vat() -> None:
    """76.00 of fees and 4 % of them are above 77.47 together."""
    given = draft(line("76", EXEMPT, contributory=True), contributions=(contribution("4", vat=EXEMPT),))
    assert given.amounts.stamp == Decimal("2.00")
    assert check(build(heading(), [given])).findings == ()


def test_the_duty_counts_the_amounts_outside_vat_of_all_groups_together() -> None:
    together = draft(line("40", EXEMPT), line("40", OUTSIDE), line("1000"))
    assert together.amounts.stamp == Decimal("2.00")
    assert "80.00 EUR outside VAT is above 77.47 EUR" in str(together.amounts.explain())


# net payable and payment


def test_net_payable_is_an_amount_of_its_own() -> None:
    made = draft(line("100"), line("100", SPLIT), line("50", ENERGY)).amounts
    assert (made.taxable, made.tax, made.total) == euros("250.00", "44.00", "294.00")
    assert (made.payable, made.withheld) == euros("272.00", "0.00")
    text = str(made.explain())
    assert text.startswith("net payable: 122.00 + 100.00 + 50.00 = 272.00 EUR")
    assert "the buyer pays 22.00 EUR of tax to the State" in text
    assert "<td>272.00</td>" in made._repr_html_()


def test_what_is_withheld_is_not_payable() -> None:
    given = draft(line("100", withheld=True), line("50"), withholding=(withholding(),), payments=[Payment()])
    document = build(heading(), [given])
    (kept,) = general(document).dati_ritenuta
    assert (kept.importo_ritenuta, kept.aliquota_ritenuta) == euros("20.00", "20.00")
    assert given.amounts.payable == Decimal("163.00")
    assert "less 20.00 EUR withheld" in str(given.amounts.explain())
    assert payment(document)[0].dettaglio_pagamento[0].importo_pagamento == Decimal("163.00")
    assert check(document).findings == ()


@pytest.mark.parametrize("mismatch", [{"lines": [line(withheld=True)]}, {"withholding": (withholding(),)}])
def test_withholding_and_the_lines_that_bear_it_go_together(mismatch: Any) -> None:
    with pytest.raises(InvalidValueError, match="SDI 00411 and 00415 want both or neither"):
        draft(**mismatch)


def test_withholding_on_a_share_and_of_several_kinds() -> None:
    tax, fund = withholding("23", share="50"), withholding("4", TipoRitenuta.RT03)
    kept = general(built(line("99.99", withheld=True), withholding=(tax, fund))).dati_ritenuta
    assert [each.importo_ritenuta for each in kept] == list(euros("11.50", "4.00"))


def test_withholding_is_refused_outside_its_days_and_those_of_its_code() -> None:
    with pytest.raises(NoValueInForceError, match="withholding on fees has no value in force on 2019-01-02"):
        built(line(withheld=True), withholding=(withholding(),), date=dt.date(2019, 1, 2))
    with pytest.raises(NoValueInForceError, match="the code RT03 has no value in force on 2020-01-02"):
        built(line(withheld=True), withholding=(withholding(kind=TipoRitenuta.RT03),), date=dt.date(2020, 1, 2))


@pytest.mark.parametrize("rate", ["0", "-1", "100.01"])
def test_a_rate_withheld_is_a_percentage(rate: str) -> None:
    with pytest.raises(InvalidAmountError, match="cannot be a percentage withheld"):
        withholding(rate)


def test_a_payment_asks_for_the_net_payable() -> None:
    asked = Payment(due=dt.date(2026, 4, 1), iban=IBAN, beneficiary="Altri", bank="Banca", code="RF18")
    (block,) = payment(built(line(vat=SPLIT), payments=[asked]))
    (detail,) = block.dettaglio_pagamento
    assert (block.condizioni_pagamento, detail.modalita_pagamento) == (CondizioniPagamento.TP02, ModalitaPagamento.MP05)
    assert (detail.importo_pagamento, detail.data_scadenza_pagamento) == (Decimal("100.00"), dt.date(2026, 4, 1))
    assert (detail.iban, detail.beneficiario) == (IBAN, "Altri")
    assert (detail.istituto_finanziario, detail.codice_pagamento) == ("Banca", "RF18")


def test_without_payments_there_is_no_block() -> None:
    assert payment(built()) == ()


def test_instalments_add_up_to_the_net_payable() -> None:
    (block,) = payment(built(payments=[Payment(amount="61"), Payment(amount="61.00")]))
    assert block.condizioni_pagamento is CondizioniPagamento.TP01
    assert [each.importo_pagamento for each in block.dettaglio_pagamento] == list(euros("61.00", "61.00"))


@pytest.mark.parametrize("amounts", [("61", "60.99"), ("122", None), (None, None), ("121",)])
def test_payments_that_do_not_add_up_are_refused(amounts: tuple[str | None, ...]) -> None:
    with pytest.raises(InvalidAmountError, match=r"the payments do not add up to 122\.00 EUR"):
        built(payments=[Payment(amount=each) for each in amounts])


def test_a_term_that_has_passed_is_stated_and_spoken_of() -> None:
    """A fee may be due on a day of its own, and its invoice be numbered later."""
    late = built(payments=[Payment(due=dt.date(2026, 3, 1))])
    assert payment(late)[0].dettaglio_pagamento[0].data_scadenza_pagamento == dt.date(2026, 3, 1)
    assert check(late).codes == ("advice:due-before-date",)


def test_the_iban_of_a_payment_is_checked() -> None:
    with pytest.raises(InvalidIdentifierError):
        Payment(iban="IT60X0542811101000000123457")


# documents and files


def test_a_document_says_what_it_refers_to() -> None:
    order, contract, agreement, invoice = (DatiDocumentiCorrelati(id_documento=each) for each in "1234")
    made = built(
        kind=TipoDocumento.TD04,
        orders=(order,),
        contracts=(contract,),
        conventions=(agreement,),
        corrects=(invoice,),
        subject="x" * 401,
    )
    data = made.fattura_elettronica_body[0].dati_generali
    assert (data.dati_ordine_acquisto, data.dati_contratto, data.dati_convenzione, data.dati_fatture_collegate) == (
        (order,),
        (contract,),
        (agreement,),
        (invoice,),
    )
    assert [len(each) for each in general(made).causale] == [200, 200, 1]
    assert general(made).tipo_documento is TipoDocumento.TD04
    assert general(built()).causale == ()


def test_a_file_holds_many_documents() -> None:
    drafts = [draft(number=f"{number}", date=DAY + dt.timedelta(number)) for number in range(1, 4)]
    document = build(heading(), drafts)
    assert [each.dati_generali.dati_generali_documento.numero for each in document.fattura_elettronica_body] == [
        "1",
        "2",
        "3",
    ]
    assert check(document).findings == ()
    assert fatturapa.read(fatturapa.write(document)) == document


def test_a_file_needs_a_document_and_each_its_own_number() -> None:
    with pytest.raises(InvalidValueError, match="a file holds one document or more"):
        build(heading(), [])
    with pytest.raises(InvalidValueError, match="two documents of the file have the number 1/2026; SDI 00409"):
        build(heading(), [draft(), draft()])
    build(heading(), [draft(), draft(kind=TipoDocumento.TD04), draft(date=dt.date(2025, 3, 2))])


def test_a_document_needs_a_line_and_no_more_than_can_be_numbered() -> None:
    with pytest.raises(InvalidValueError, match="the document 1/2026 has no line"):
        draft(lines=())
    with pytest.raises(LimitExceededError, match="the limit is 9999"):
        draft(*[line()] * 10_000)
    assert len(draft(*[line()] * 9_999).lines) == 9_999


def test_a_kind_has_its_days_and_its_format() -> None:
    with pytest.raises(InvalidValueError, match="TD07 is a kind of simplified invoice"):
        draft(kind=TipoDocumento.TD07)
    with pytest.raises(NoValueInForceError, match="the kind TD29 has no value in force on 2025-03-31"):
        draft(kind=TipoDocumento.TD29, date=dt.date(2025, 3, 31))
    moment: Any = dt.datetime(2026, 3, 2)  # noqa: DTZ001
    with pytest.raises(InvalidValueError, match="days are"):
        draft(date=moment)


# parties


@pytest.mark.parametrize(
    ("recipient", "format_"), [("UFABCD", FormatoTrasmissione.FPA12), ("A4707H7", FormatoTrasmissione.FPR12)]
)
def test_the_recipient_decides_the_format(recipient: str, format_: FormatoTrasmissione) -> None:
    document = build(heading(recipient=recipient), [draft()])
    transmission = document.fattura_elettronica_header.dati_trasmissione
    assert (document.versione, transmission.formato_trasmissione) == (format_, format_)
    assert transmission.codice_destinatario == recipient


@pytest.mark.parametrize("recipient", ["", "UFABC", "UFABCDEF", "ufabcd", "A4707h7"])
def test_a_recipient_has_six_or_seven_characters(recipient: str) -> None:
    with pytest.raises(InvalidIdentifierError):
        heading(recipient=recipient)


def test_a_person_buys_and_a_company_sells() -> None:
    document = build(heading(buyer=PERSON, pec="nemo@pec.example.it"), [draft()])
    header = document.fattura_elettronica_header
    buyer = header.cessionario_committente.dati_anagrafici
    assert (buyer.id_fiscale_iva, buyer.codice_fiscale) == (None, "CGNNMO51A01H501H")
    assert (buyer.anagrafica.nome, buyer.anagrafica.cognome, buyer.anagrafica.denominazione) == (
        "Nemo",
        "Cognome",
        None,
    )
    assert header.cedente_prestatore.dati_anagrafici.anagrafica.denominazione == "Città & Energia S.r.l."
    assert header.dati_trasmissione.pec_destinatario == "nemo@pec.example.it"
    assert check(document).findings == ()


@pytest.mark.parametrize(
    ("issuer", "code", "third"),
    [
        (None, None, False),
        (SELLER, None, False),
        (BUYER, SoggettoEmittente.CC, False),
        (Party(name="Studio", vat_number="01234560017", address=SEAT), SoggettoEmittente.TZ, True),
    ],
)
def test_who_issues_is_said(issuer: Party | None, code: SoggettoEmittente | None, third: bool) -> None:
    header = build(heading(issuer=issuer), [draft()]).fattura_elettronica_header
    assert header.soggetto_emittente is code
    assert (header.terzo_intermediario_o_soggetto_emittente is not None) is third
    sender = header.dati_trasmissione.id_trasmittente
    who = issuer or SELLER
    assert (sender.id_paese, sender.id_codice) == ("IT", who.tax_code or who.vat_number)


def test_a_buyer_may_issue_as_third_party() -> None:
    header = build(heading(issuer=BUYER, as_third_party=True), [draft()]).fattura_elettronica_header
    third = header.terzo_intermediario_o_soggetto_emittente
    assert header.soggetto_emittente is SoggettoEmittente.TZ
    assert third is not None
    assert third.dati_anagrafici.anagrafica.denominazione == "GSE S.p.A."
    for issuer in (None, SELLER):
        with pytest.raises(InvalidValueError, match="the seller is no third party; say who issues"):
            heading(issuer=issuer, as_third_party=True)


def test_another_may_transmit() -> None:
    header = build(heading(transmitter=BUYER, issuer=SELLER), [draft()]).fattura_elettronica_header
    assert header.dati_trasmissione.id_trasmittente.id_codice == "05754381001"


def test_a_foreign_buyer_has_a_number_of_his_country() -> None:
    paris = evolve(SEAT, cap="00000", comune="Paris", provincia=None, nazione="FR")
    buyer = Party(name="Société", country="FR", vat_number="83404833048", address=paris)
    document = build(heading(buyer=buyer, recipient="XXXXXXX"), [draft()])
    vat = document.fattura_elettronica_header.cessionario_committente.dati_anagrafici.id_fiscale_iva
    assert vat is not None
    assert (vat.id_paese, vat.id_codice) == ("FR", "83404833048")
    assert check(document).findings == ()


WRONG_PARTIES: list[tuple[dict[str, str], str]] = [
    ({"tax_code": "05754381001"}, "name of a body, or first and last name"),
    ({"first_name": "Nemo", "tax_code": "05754381001"}, "name of a body, or first and last name"),
    ({"name": "A", "first_name": "Nemo", "last_name": "B", "tax_code": "05754381001"}, "name of a body, or first"),
    ({"name": "A", "last_name": "B", "tax_code": "05754381001"}, "name of a body, or first"),
    ({"name": "A"}, "A has no tax id"),
    ({"first_name": "A", "last_name": "B"}, "A B has no tax id"),
    ({"name": "A", "vat_number": "05754381002"}, "is not a valid partita IVA"),
    ({"name": "A", "tax_code": "CGNNMO51A01H501X"}, "is not a valid codice fiscale"),
]


@pytest.mark.parametrize(("fields", "message"), WRONG_PARTIES)
def test_a_party_without_name_or_tax_id_is_refused(fields: dict[str, str], message: str) -> None:
    with pytest.raises(InvalidValueError, match=message):
        Party(address=SEAT, **fields)  # type: ignore[arg-type]


def test_a_seller_needs_a_vat_number() -> None:
    with pytest.raises(InvalidValueError, match="the seller Nemo Cognome has no VAT number"):
        heading(seller=PERSON)


def test_drafts_are_values() -> None:
    given = draft(line(), payments=[Payment()])
    assert pickle.loads(pickle.dumps(given)) == given
    assert pickle.loads(pickle.dumps(given.amounts)) == given.amounts
    assert isinstance(given.lines[0], Line)


def test_a_number_has_a_digit() -> None:
    with pytest.raises(InvalidValueError, match="the number 'ABC' has no digit; SDI 00425; add one"):
        draft(number="ABC")
