"""Guards: what passes each of them, and the smallest change that does not."""

from __future__ import annotations

import datetime as dt
from decimal import Context, Decimal, Inexact, getcontext, localcontext
from typing import Any

import pytest

from gse_billing.core.money import EXACT, exact
from gse_billing.fatturapa.catalogue import Regime
from gse_billing.fatturapa.checking import check
from gse_billing.fatturapa.codelists import (
    BolloVirtuale,
    EsigibilitaIVA,
    FormatoTrasmissione,
    Natura,
    Ritenuta,
    TipoDocumento,
)
from gse_billing.fatturapa.context import Context as CheckContext
from gse_billing.fatturapa.model import (
    Anagrafica,
    DatiAnagraficiRappresentante,
    DatiAnagraficiTerzoIntermediario,
    DatiBollo,
    DatiDocumentiCorrelati,
    RappresentanteFiscale,
    RappresentanteFiscaleCessionario,
    TerzoIntermediarioSoggettoEmittente,
)
from gse_billing.fatturapa.reading import read
from gse_billing.fatturapa.rules import GUARDS, RULES, Subject, bodies_of, head_of, quiet, quiet_document
from gse_billing.fatturapa.writing import write
from tests.conformance.sdi.makers.arithmetic import discount
from tests.conformance.sdi.makers.natura import fund
from tests.support.guards import assert_guards_hide_nothing
from tests.support.invoices import BUYER, DAY, PERSON, SELLER, body, having, invoice, line, payment, summary, vat
from tests.unit.fatturapa.rules.test_advice import GOOD_IBAN, WRONG_IBAN, WRONG_PERSON, withheld

PA, PRIVATE = invoice(), invoice(pa=False)
SPLIT = EsigibilitaIVA.S
PARTY = RappresentanteFiscale(
    dati_anagrafici=DatiAnagraficiRappresentante(id_fiscale_iva=vat(), anagrafica=Anagrafica(denominazione="R"))
)
ISSUER = TerzoIntermediarioSoggettoEmittente(
    dati_anagrafici=DatiAnagraficiTerzoIntermediario(anagrafica=Anagrafica(denominazione="T"))
)


def sold(line_of: Any, summary_of: Any) -> Any:
    """An invoice of one line."""
    return having(PA, lines=(line_of,), summaries=(summary_of,))


def untaxed(natura: Natura | None) -> Any:
    """An invoice of one line of rate zero."""
    return sold(line(rate="0.00", natura=natura), summary(tax="0.00", rate="0.00", natura=natura))


def two_rates(second: Any) -> Any:
    """An invoice of two lines at 22 and 10 %, with another second block."""
    return having(PA, lines=(line(), OTHER_RATE), summaries=(summary(), second))


OTHER_RATE = line(2, "10.00", "10.00")
TEN = summary("10.00", "1.00", "10.00")

QUIET = {
    "to a public body": PA,
    "between private parties": PRIVATE,
    "parties with both codes": having(PA, S__codice_fiscale=PERSON, B__codice_fiscale=PERSON),
    "to a buyer of a lower number": having(PA, S__id_fiscale_iva=vat(BUYER), B__id_fiscale_iva=vat()),
    "number of letters and digits": having(PA, G__numero="AB/C1"),
    "a lot": having(PA, bodies=(body("1"), body("2"), body("3"))),
    "credit note": having(PA, G__tipo_documento=TipoDocumento.TD04),
    "two rates": two_rates(TEN),
    "two rates in another order": having(PA, lines=(OTHER_RATE, line()), summaries=(summary(), TEN)),
    "rates spelled otherwise": having(PA, lines=(line(rate="22"),)),
    "rounding": having(PA, summaries=(summary("101.00", "22.22", arrotondamento=Decimal("1.00")),)),
    "quantity": having(PA, L__0__quantita=Decimal("4.00"), L__0__prezzo_unitario=Decimal("25.00")),
    "price within a cent": having(PA, L__0__prezzo_unitario=Decimal("100.00999999")),
    "price within a cent below": having(PA, L__0__prezzo_unitario=Decimal("99.99000001")),
    "tax rounded up": sold(line(price="0.03"), summary("0.03", "0.01")),
    "rate of one": sold(line(rate="1.00"), summary(tax="1.00", rate="1.00")),
    "split payment": having(PA, V__0__esigibilita_iva=SPLIT, P=(payment("100.00"),)),
    "total and payments": having(PA, G__importo_totale_documento=Decimal("122.00"), P=(payment("61.00"),) * 2),
    "due on its day": having(PA, P=(payment(data_scadenza_pagamento=DAY, iban=GOOD_IBAN),)),
    "due later": having(PA, P=(payment(data_scadenza_pagamento=DAY + dt.timedelta(30)),)),
    "a date in a text": having(PA, G__causale=("periodo 1/2026", "delibera 3", "dal 1-1 al 31-1.")),
    "attachment of no matter": having(PA, D__dati_contratto=(DatiDocumentiCorrelati(id_documento="RID012345"),)),
}
"""Documents on which no generator is run."""

LOUD: list[tuple[Subject, str, Any]] = [
    (Subject.HEAD, "version", having(PA, R=FormatoTrasmissione.FPR12)),
    (Subject.HEAD, "recipient of seven", having(PA, T__codice_destinatario="0000000")),
    (Subject.HEAD, "recipient of six", having(PRIVATE, T__codice_destinatario="UFABCD")),
    (Subject.HEAD, "recipient abroad", having(PRIVATE, T__codice_destinatario="XXXXXXX")),
    (Subject.HEAD, "mail", having(PRIVATE, T__pec_destinatario="sdi01@pec.fatturapa.it")),
    *(
        (Subject.HEAD, f"{who} in {country}", having(PA, **{field: vat(code, country)}))
        for who, field, code in (
            ("sender", "T__id_trasmittente", SELLER),
            ("seller", "S__id_fiscale_iva", SELLER),
            ("buyer", "B__id_fiscale_iva", BUYER),
        )
        for country in ("DE", "US")
    ),
    (Subject.HEAD, "sender", having(PA, T__id_trasmittente=vat("01234560018"))),
    (Subject.HEAD, "seller", having(PA, S__id_fiscale_iva=vat("01234560018"))),
    (Subject.HEAD, "tax code of the seller", having(PA, S__codice_fiscale=WRONG_PERSON)),
    (Subject.HEAD, "buyer", having(PA, B__id_fiscale_iva=vat("01234560018"))),
    (Subject.HEAD, "tax code of the buyer", having(PA, B__codice_fiscale=WRONG_PERSON)),
    (Subject.HEAD, "tax code alone", having(PA, B__id_fiscale_iva=None, B__codice_fiscale=WRONG_PERSON)),
    (Subject.HEAD, "buyer without codes", having(PA, B__id_fiscale_iva=None)),
    (Subject.HEAD, "representative", having(PA, H__rappresentante_fiscale=PARTY)),
    (Subject.HEAD, "third party", having(PA, H__terzo_intermediario_o_soggetto_emittente=ISSUER)),
    (
        Subject.HEAD,
        "representative of the buyer",
        having(
            PA,
            buyer__rappresentante_fiscale=RappresentanteFiscaleCessionario(
                id_fiscale_iva=vat("01234560018"), denominazione="R"
            ),
        ),
    ),
    (Subject.LOT, "one number twice", having(PA, bodies=(body("1"), body("2"), body("1")))),
    (Subject.GENERAL, "number without digit", having(PA, G__numero="A")),
    (Subject.GENERAL, "a letter at the end", having(PA, G__numero="1A")),
    (Subject.GENERAL, "a colon is no digit", having(PA, G__numero="A:")),
    (Subject.GENERAL, "a stroke is no digit", having(PA, G__numero="A/")),
    (Subject.GENERAL, "discount", having(PA, G__sconto_maggiorazione=(discount(),))),
    (
        Subject.GENERAL,
        "earlier than what it refers to",
        having(PA, D__dati_fatture_collegate=(DatiDocumentiCorrelati(id_documento="1", data=DAY),)),
    ),
    (Subject.KIND, "kind", having(PA, G__tipo_documento=TipoDocumento.TD17)),
    (Subject.KIND, "same parties", having(PRIVATE, B__id_fiscale_iva=vat())),
    (Subject.KIND, "tax code alone", having(PRIVATE, B__id_fiscale_iva=None, B__codice_fiscale=PERSON)),
    (Subject.FUNDS, "fund", having(PA, G__dati_cassa_previdenziale=(fund(),))),
    (Subject.GOODS, "fund", having(PA, G__dati_cassa_previdenziale=(fund(),))),
    (Subject.GOODS, "natura beside a rate", having(PA, lines=(line(natura=Natura.N4),))),
    (Subject.GOODS, "other rate", having(PA, lines=(line(rate="10.00"),))),
    (Subject.GOODS, "lines of another rate", having(PA, lines=(line(), OTHER_RATE), summaries=(summary(),))),
    (Subject.GOODS, "summary of another rate", having(PA, summaries=(summary(), TEN))),
    (
        Subject.GOODS,
        "line without summary",
        having(PA, lines=(line(), line(2, "50.00", "0.00", natura=Natura.N4)), summaries=(summary(), TEN)),
    ),
    (
        Subject.GOODS,
        "two blocks of a rate",
        having(PA, summaries=(summary("60.00", "13.20"), summary("40.00", "8.80"))),
    ),
    (Subject.GOODS, "a block of two is wrong", two_rates(summary("10.00", "1.01", "10.00"))),
    (Subject.GOODS, "lines of one of two are wrong", two_rates(summary("10.01", "1.00", "10.00"))),
    (Subject.GOODS, "discount", having(PA, L__0__sconto_maggiorazione=(discount(percent="1.00"),))),
    (Subject.GOODS, "withholding", having(PA, L__0__ritenuta=Ritenuta.SI)),
    (Subject.GOODS, "price a cent too high", having(PA, L__0__prezzo_unitario=Decimal("99.99"))),
    (Subject.GOODS, "price a cent too low", having(PA, L__0__prezzo_unitario=Decimal("100.01"))),
    (Subject.GOODS, "quantity", having(PA, L__0__quantita=Decimal("2.00"))),
    (Subject.GOODS, "taxable amount", having(PA, summaries=(summary("100.01"),))),
    (Subject.GOODS, "rounding", having(PA, V__0__arrotondamento=Decimal("0.01"))),
    (Subject.GOODS, "tax too high", having(PA, V__0__imposta=Decimal("22.01"))),
    (Subject.GOODS, "tax too low", having(PA, V__0__imposta=Decimal("21.99"))),
    (Subject.GOODS, "tax at the half", sold(line(price="2.05", rate="10.00"), summary("2.05", "0.20", "10.00"))),
    (Subject.GOODS, "tax at the other half", sold(line(price="2.05", rate="10.00"), summary("2.05", "0.21", "10.00"))),
    (Subject.GOODS, "rate below one", sold(line(rate="0.99"), summary(tax="0.99", rate="0.99"))),
    (Subject.GOODS, "zero without natura", untaxed(None)),
    (Subject.GOODS, "rate and natura", sold(line(natura=Natura.N4), summary(natura=Natura.N4))),
    *(
        (
            Subject.GOODS,
            f"natura {natura.value}",
            untaxed(natura),
        )
        for natura in (Natura.N2, Natura.N3, Natura.N6, Natura.N6_1)
    ),
    (Subject.TEXTS, "a text that names an invoice", having(PA, G__causale=("periodo", "Fattura 7 DEL 10/03/2026"))),
    (Subject.TEXTS, "strokes", having(PA, G__causale=("fattura 7 del 10-03-2026",))),
    (Subject.TEXTS, "stops", having(PA, G__causale=("fattura 7 del 10.03.2026",))),
    (Subject.TEXTS, "split payment", having(PA, V__0__esigibilita_iva=SPLIT, G__data=dt.date(2026, 7, 1))),
    (Subject.TEXTS, "energy", untaxed(Natura.N6_8)),
    (Subject.PAYMENTS, "due before", having(PA, P=(payment(data_scadenza_pagamento=DAY - dt.timedelta(1)),))),
    (Subject.PAYMENTS, "receipt", having(PA, P=(payment(cf_quietanzante=WRONG_PERSON),))),
    (Subject.PAYMENTS, "account", having(PA, P=(payment(), payment(iban=WRONG_IBAN)))),
    (Subject.SUMS, "stamp duty", having(PA, G__dati_bollo=DatiBollo(bollo_virtuale=BolloVirtuale.SI))),
    (Subject.SUMS, "withholding", having(PA, G__dati_ritenuta=(withheld("20.00"),))),
    (Subject.SUMS, "without VAT", untaxed(Natura.N4)),
    (Subject.SUMS, "total", having(PA, G__importo_totale_documento=Decimal("122.01"))),
    (Subject.SUMS, "payments", having(PA, P=(payment("61.00"), payment("60.99")))),
    (Subject.SUMS, "payments under split payment", having(PA, P=(payment("122.00"),), V__0__esigibilita_iva=SPLIT)),
]
"""Documents that the guard of a subject leaves to its rules."""


@pytest.mark.parametrize("document", QUIET.values(), ids=QUIET)
@pytest.mark.parametrize("on", [None, DAY, DAY + dt.timedelta(1)], ids=["any day", "its day", "the next day"])
def test_a_plain_document_passes_every_guard(document: Any, on: dt.date | None) -> None:
    assert quiet_document(document, on)
    from_file: Any = read(write(document))
    assert quiet_document(from_file, on)
    assert check(document, on=on).findings == ()
    assert_guards_hide_nothing(document, CheckContext(regime=Regime.PRIVATE, on=on))


@pytest.mark.parametrize(
    ("subject", "document"), [(a, c) for a, _, c in LOUD], ids=[f"{a.name} {b}" for a, b, _ in LOUD]
)
def test_a_guard_leaves_to_its_rules_what_it_cannot_tell(subject: Subject, document: Any) -> None:
    head = head_of(document, CheckContext(regime=Regime.PA))
    bodies = bodies_of(head)
    seen = {Subject.HEAD: head, Subject.LOT: bodies}.get(subject, bodies[0])
    with exact():
        assert not GUARDS[subject](seen)
    assert not quiet_document(document, None)
    assert_guards_hide_nothing(document, CheckContext(regime=Regime.PA))


def test_a_document_of_tomorrow_is_left_to_its_rules() -> None:
    assert not quiet_document(PA, DAY - dt.timedelta(1))


def test_a_wrong_document_behind_a_good_one_is_seen() -> None:
    wrong = having(PA, bodies=(body("1"), body("B")))
    assert not quiet_document(wrong, None)
    assert check(wrong).codes == ("sdi:00425",)


def test_every_subject_with_rules_on_any_document_has_a_guard_and_is_tested() -> None:
    assert set(GUARDS) == {subject for subject, _, _ in LOUD}
    free = {rule.subject for rule in RULES} - set(GUARDS)
    assert free == {Subject.FILE, Subject.OFFICES, Subject.HISTORY}


def test_guards_are_exact_whatever_the_context_of_the_caller_and_leave_it_as_it_was() -> None:
    figures = {"L__0__quantita": Decimal("3.000"), "L__0__prezzo_unitario": Decimal("33.33333333")}
    with localcontext(Context(prec=3, traps=[Inexact])) as context:
        assert quiet_document(having(PA, **figures), None)
        assert getcontext() is context
        assert not quiet_document(having(PA, G__numero="A"), None)
        assert getcontext() is context
    assert EXACT.prec == 60


def test_what_is_remembered_is_bounded_and_only_what_is_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def defect(text: str) -> str:
        asked.append(text)
        return "it is odd" if text == "odd" else ""

    monkeypatch.setattr(quiet, "_REMEMBERED", 1)
    known = quiet._Sound(defect)
    assert [known.takes(text) for text in ("odd", "a", "b", "odd")] == [False, True, True, False]
    assert known == {"a"}
    assert asked == ["odd", "a", "b", "odd"]
