from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from gse_billing.core.findings import Severity
from gse_billing.fatturapa.catalogue import Regime, advice_codes
from gse_billing.fatturapa.checking import check
from gse_billing.fatturapa.codelists import (
    BolloVirtuale,
    CausalePagamento,
    CondizioniPagamento,
    EsigibilitaIVA,
    Natura,
    TipoDocumento,
    TipoRitenuta,
)
from gse_billing.fatturapa.context import Context
from gse_billing.fatturapa.model import (
    Anagrafica,
    DatiAnagraficiTerzoIntermediario,
    DatiBollo,
    DatiRitenuta,
    TerzoIntermediarioSoggettoEmittente,
)
from gse_billing.fatturapa.rules import Body, bodies_of, head_of
from gse_billing.fatturapa.rules.advice_sums import advice_document_total
from tests.conformance.sdi.makers.arithmetic import discount
from tests.conformance.sdi.makers.natura import fund
from tests.support.invoices import (
    DAY,
    PERSON,
    having,
    invoice,
    line,
    payment,
    simplified,
    summary,
    vat,
)

GOOD_IBAN, WRONG_IBAN = "IT60X0542811101000000123456", "IT60X0542811101000000123457"
WRONG_PERSON = "RSSMRA85T10A562T"
PA = invoice()


def untaxed(natura: Natura, amount: str = "77.48", **general: Any) -> Any:
    """An invoice of one line without VAT."""
    lines = (line(1, amount, "0.00", natura=natura),)
    document = having(PA, lines=lines, summaries=(summary(amount, "0.00", "0.00", natura=natura),))
    return having(document, **general)


def with_fund(amount: str, taxable: str) -> dict[str, Any]:
    """A contribution that is exempt, and the summary with it."""
    return {
        "G__dati_cassa_previdenziale": (fund("0.00", amount, natura=Natura.N4),),
        "summaries": (summary(taxable, "0.00", "0.00", natura=Natura.N4),),
    }


def stamped(document: Any, amount: str | None = "2.00") -> Any:
    duty = DatiBollo(bollo_virtuale=BolloVirtuale.SI, importo_bollo=None if amount is None else Decimal(amount))
    return having(document, G__dati_bollo=duty)


def issued_by(**ids: Any) -> Any:
    issuer = DatiAnagraficiTerzoIntermediario(anagrafica=Anagrafica(denominazione="GSE"), **ids)
    return having(
        PA, H__terzo_intermediario_o_soggetto_emittente=TerzoIntermediarioSoggettoEmittente(dati_anagrafici=issuer)
    )


def withheld(amount: str) -> DatiRitenuta:
    return DatiRitenuta(
        tipo_ritenuta=TipoRitenuta.RT01,
        importo_ritenuta=Decimal(amount),
        aliquota_ritenuta=Decimal("20.00"),
        causale_pagamento=CausalePagamento.A,
    )


ADVISED = [
    ("bollo-missing", untaxed(Natura.N4)),
    ("bollo-missing", untaxed(Natura.N2_2, "1000.00")),
    ("bollo-missing", having(untaxed(Natura.N4, "77.47"), **with_fund("0.01", "77.48"))),
    ("bollo-not-due", stamped(PA)),
    ("bollo-not-due", stamped(untaxed(Natura.N4, "77.47"))),
    ("check-digit", having(PA, B__codice_fiscale=WRONG_PERSON)),
    ("check-digit", having(simplified(), ids__codice_fiscale=WRONG_PERSON)),
    ("check-digit", issued_by(id_fiscale_iva=vat("05754381002"))),
    ("check-digit", issued_by(codice_fiscale=WRONG_PERSON)),
    ("check-digit", having(PA, P=(payment(cf_quietanzante=WRONG_PERSON),))),
    ("document-total", having(PA, G__importo_totale_documento=Decimal("121.98"))),
    ("document-total", having(PA, G__importo_totale_documento=Decimal("244.00"))),
    ("due-before-date", having(PA, P=(payment(data_scadenza_pagamento=DAY - dt.timedelta(1)),))),
    ("iban", having(PA, P=(payment(iban=WRONG_IBAN),))),
    ("iban", having(PA, P=(payment(iban=WRONG_IBAN, data_scadenza_pagamento=DAY + dt.timedelta(30)),))),
    ("number-in-text", having(PA, G__causale=("Fattura n. 7/A del 10/03/2026",))),
    ("number-in-text", having(PA, G__causale=("altro", "FT 8 del 10.3.2026, saldo"))),
    ("payment-sum", having(PA, P=(payment("100.00"),))),
    ("payment-sum", having(PA, P=(payment("61.00"), payment("61.02")))),
    ("payment-sum", having(PA, P=(payment("122.00"),), V__0__esigibilita_iva=EsigibilitaIVA.S)),
    ("reverse-charge-energy", untaxed(Natura.N6_8, G__data=dt.date(2027, 1, 1))),
    ("split-payment", having(PA, V__0__esigibilita_iva=EsigibilitaIVA.S, G__data=dt.date(2026, 7, 1))),
]

THIRDS = tuple(line(number, "25.824", "0.00", natura=Natura.N4) for number in (1, 2, 3))
"""Lines of 77.472 EUR together: 77.47 in the summary, as documents are built."""

SILENT = [
    untaxed(Natura.N4, "77.47"),
    having(untaxed(Natura.N4, "77.47"), lines=THIRDS),
    having(untaxed(Natura.N4, "77.46"), **with_fund("0.01", "77.47")),
    untaxed(Natura.N6_9, "1000.00"),
    untaxed(Natura.N4, G__tipo_documento=TipoDocumento.TD04),
    untaxed(Natura.N4, G__data=dt.date(2013, 6, 25)),
    stamped(untaxed(Natura.N4)),
    stamped(untaxed(Natura.N1)),
    stamped(untaxed(Natura.N4), None),
    having(PA, B__codice_fiscale=PERSON),
    issued_by(id_fiscale_iva=vat("05754381001"), codice_fiscale=PERSON),
    issued_by(id_fiscale_iva=vat("1", "DE")),
    having(PA, P=(payment(cf_quietanzante=PERSON),)),
    having(PA, G__importo_totale_documento=Decimal("122.00")),
    having(PA, G__importo_totale_documento=Decimal("122.01")),
    having(PA, G__importo_totale_documento=Decimal("122.50"), G__arrotondamento=Decimal("0.50")),
    having(PA, G__importo_totale_documento=Decimal("122.00"), G__arrotondamento=Decimal("0.50")),
    having(stamped(untaxed(Natura.N4, "100.00")), G__importo_totale_documento=Decimal("102.00")),
    having(PA, P=(payment(data_scadenza_pagamento=DAY),)),
    having(PA, P=(payment(iban=GOOD_IBAN),)),
    having(PA, P=(payment(),)),
    having(PA, P=(payment("-122.00"),)),
    having(PA, P=(payment("61.00"), payment("61.00"))),
    having(PA, P=(payment("102.00"),), G__dati_ritenuta=(withheld("20.00"),)),
    having(PA, P=(payment("100.00"),), V__0__esigibilita_iva=EsigibilitaIVA.S),
    having(having(PA, P=(payment("10.00"),)), P__0__condizioni_pagamento=CondizioniPagamento.TP03),
    having(PA, G__causale=("Fattura n. 1 del 10/03/2026", "Fattura 7 del 09/03/2026", "delibera 74 del 2008")),
    having(PA, G__numero="15/A", G__causale=("Fattura n. 15/A del 10/03/2026",)),
    untaxed(Natura.N6_8, G__data=dt.date(2026, 12, 31)),
    having(PA, V__0__esigibilita_iva=EsigibilitaIVA.S, G__data=dt.date(2026, 6, 30)),
]


@pytest.mark.parametrize(("code", "document"), ADVISED)
def test_advice_is_given_and_never_makes_a_report_fail(code: str, document: Any) -> None:
    report = check(document)
    assert report.codes == (f"advice:{code}",)
    assert report.ok
    assert {each.severity for each in report} == {advice_codes()[code].severity}


@pytest.mark.parametrize("document", SILENT)
def test_no_advice_where_all_is_well_or_may_be(document: Any) -> None:
    assert check(document).codes == ()


def test_every_piece_of_advice_is_tested_and_stands_in_order() -> None:
    assert list(advice_codes()) == sorted({code for code, _ in ADVISED})
    for advice in advice_codes().values():
        assert advice.severity is not Severity.ERROR
        assert advice.act
        assert advice.italian != advice.english


def test_advice_says_what_would_be_right() -> None:
    (total,) = check(having(PA, G__importo_totale_documento=Decimal("121.98")))
    assert total.hint == "122.00 is the sum, 121.98 is stated"
    assert total.element == "2.1.1.9"
    (late,) = check(untaxed(Natura.N6_8, G__data=dt.date(2027, 1, 1)))
    assert late.hint == "known validity: from 2020-10-01 until 2026-12-31"
    (number,) = check(having(PA, G__causale=("Fattura n. 7/A del 10/03/2026",)))
    assert number.parameters == {"expected": "1", "actual": "7/A"}


@pytest.mark.parametrize("total", ["122.00", "122.50", "124.00", "124.50"])
def test_rounding_and_duty_may_be_in_a_total_or_not(total: str) -> None:
    document = having(stamped(PA), G__arrotondamento=Decimal("0.50"), G__importo_totale_documento=Decimal(total))
    assert check(document).codes == ("advice:bollo-not-due",)


def test_the_total_that_is_expected_has_the_rounding() -> None:
    document = having(PA, G__arrotondamento=Decimal("0.50"), G__importo_totale_documento=Decimal("123.00"))
    (finding,) = check(document)
    assert finding.parameters == {"expected": "122.50", "actual": "123.00"}


def test_a_natura_in_two_blocks_is_named_at_the_first() -> None:
    blocks = (
        summary("50.00", "0.00", "0.00", natura=Natura.N6_8),
        summary("27.48", "0.00", "0.00", natura=Natura.N6_8),
    )
    (finding,) = check(having(untaxed(Natura.N6_8, G__data=dt.date(2027, 1, 1)), summaries=blocks))
    assert finding.path.endswith("/DatiRiepilogo[1]/Natura")


def test_payments_are_named_at_the_first_of_them() -> None:
    (finding,) = check(having(PA, P=(payment("61.00"), payment("61.02"))))
    assert finding.path.endswith("/DatiPagamento[1]/DettaglioPagamento[1]/ImportoPagamento")
    assert finding.parameters == {"expected": "122.00", "actual": "122.02"}


@pytest.mark.parametrize("code", ["document-total", "payment-sum"])
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"G__sconto_maggiorazione": (discount(amount="1.00"),)}, "no official text says"),
        ({"G__divisa": "USD"}, "the total is in another currency"),
        ({"G__divisa": "CHF"}, "the total is in another currency"),
    ],
)
def test_sums_that_cannot_be_judged_are_told_as_skipped(code: str, change: dict[str, Any], reason: str) -> None:
    document = having(PA, G__importo_totale_documento=Decimal("1.00"), P=(payment("1.00"),), **change)
    report = check(document)
    assert report.codes == ()
    (skipped,) = [each for each in report.skipped if each.code == f"advice:{code}"]
    assert skipped.reason.startswith(reason)


def test_sums_are_no_matter_of_advice_while_sdi_finds_an_error_in_the_document() -> None:
    wrong = having(PA, V__0__imposta=Decimal("30.00"), G__importo_totale_documento=Decimal("122.00"))
    assert check(wrong).codes == ("sdi:00421",)


def test_a_total_that_is_right_is_judged_whatever_else_the_document_has() -> None:
    document = having(
        PA, G__importo_totale_documento=Decimal("122.00"), G__sconto_maggiorazione=(discount(percent="1.00"),)
    )
    (body,) = bodies_of(head_of(document, Context(regime=Regime.PA)))
    assert isinstance(body, Body)
    assert list(advice_document_total(body)) == []


def test_the_duty_is_asked_of_the_sum_that_building_has() -> None:
    (finding,) = check(having(untaxed(Natura.N4, "77.47"), **with_fund("10.00", "87.47")))
    assert finding.parameters == {"expected": "77.47", "actual": "87.47"}
