from __future__ import annotations

import datetime as dt
import inspect
from decimal import Decimal
from typing import Any

import pytest

from gse_billing.core.findings import Finding, Severity
from gse_billing.core.values import evolve
from gse_billing.fatturapa.catalogue import Regime, ReportedBy, sdi_codes
from gse_billing.fatturapa.codelists import Art73, Channel, Natura, TipoDocumento
from gse_billing.fatturapa.context import Context, OfficeEntry, OfficeList, SentDocument, SentDocuments
from gse_billing.fatturapa.model import ORDINARIA
from gse_billing.fatturapa.rules import ADVICE, NEEDED, RULES, Body, Subject, bodies_of, head_of, plan_for
from gse_billing.fatturapa.rules.arithmetic import unit_price
from gse_billing.fatturapa.rules.reporting import place_of, reported
from tests.conformance.sdi.makers.arithmetic import discount, surcharge
from tests.support.invoices import (
    BUYER,
    DAY,
    PERSON,
    having,
    invoice,
    line,
    simplified,
    simplified_body,
    simplified_line,
    summary,
    vat,
)

BY_RULE = [each.code for each in sdi_codes().values() if each.reported_by is ReportedBy.RULE]


HALF_BARE = (discount(percent="0.00"), discount())


def found(code: str, document: Any, **context: Any) -> list[Any]:
    """What one rule yields, whatever else is given."""
    regime = context.pop("regime", Regime.PA)
    head = head_of(document, Context(regime=regime, **context))
    rule = next(each for each in RULES if each.code == code)
    if rule.subject is Subject.FILE:
        return list(rule.check(head.context))
    if rule.subject in (Subject.HEAD, Subject.OFFICES):
        return list(rule.check(head))
    bodies = bodies_of(head)
    return list(rule.check(bodies)) if rule.subject is Subject.LOT else [o for b in bodies for o in rule.check(b)]


def test_each_code_that_rules_report_has_one_rule_and_each_rule_its_code() -> None:
    assert [rule.code for rule in RULES] == BY_RULE
    assert all(rule.check.__name__ == f"sdi_{rule.code}" for rule in RULES)


@pytest.mark.parametrize("rule", [*RULES, *ADVICE], ids=lambda rule: rule.check.__name__)
def test_a_rule_says_itself_in_italian_in_english_and_where_it_stands(rule: Any) -> None:
    text = inspect.getdoc(rule.check) or ""
    italian, _, english = text.partition("\n\n")
    assert italian.endswith(".")
    assert english.endswith(".")
    if rule in RULES:
        assert any(source in english for source in ("Elenco controlli", "SdI 1.8.4", "able, p."))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
@pytest.mark.parametrize("document", [invoice(), invoice(pa=False)], ids=["pa", "private"])
def test_a_rule_without_its_arguments_finds_nothing_and_does_not_raise(rule: Any, document: Any) -> None:
    if rule.code != "00460":
        assert not [each for each in found(rule.code, document) if isinstance(each, Finding)]


@pytest.mark.parametrize(
    ("code", "document", "context", "element", "tail"),
    [
        ("00300", having(invoice(), T__id_trasmittente=vat("1")), {}, "1.1.1.2", "/IdTrasmittente/IdCodice"),
        ("00301", having(invoice(), S__id_fiscale_iva=vat("1")), {}, "1.2.1.1.2", "/IdFiscaleIVA/IdCodice"),
        ("00301", having(simplified(), seller__id_fiscale_iva=vat("1")), {}, "1.2.1.2", "/IdFiscaleIVA/IdCodice"),
        ("00306", having(invoice(), B__id_fiscale_iva=None, B__codice_fiscale="1"), {}, "1.4.1.2", "/CodiceFiscale"),
        ("00403", invoice(), {"on": dt.date(2026, 1, 1)}, "2.1.1.3", "/DatiGeneraliDocumento/Data"),
        ("00417", having(invoice(), B__id_fiscale_iva=None), {}, "1.4.1", "/CessionarioCommittente/DatiAnagrafici"),
        ("00421", having(invoice(), V__0__imposta=Decimal("1.00")), {}, "2.2.2.6", "/DatiRiepilogo[1]/Imposta"),
        ("00423", having(invoice(), L__0__prezzo_totale=Decimal("1.00")), {}, "2.2.1.11", "[1]/PrezzoTotale"),
        ("00437", having(invoice(), G__sconto_maggiorazione=HALF_BARE), {}, "2.1.1.8", "nto/ScontoMaggiorazione[2]"),
        (
            "00438",
            having(invoice(), L__0__sconto_maggiorazione=HALF_BARE),
            {},
            "2.2.1.10",
            "[1]/ScontoMaggiorazione[2]",
        ),
    ],
)
def test_a_finding_says_where(code: str, document: Any, context: Any, element: str, tail: str) -> None:
    (finding,) = found(code, document, **context)
    assert finding.element == element
    assert finding.path.endswith(tail)


def test_a_finding_says_what_was_expected_and_what_was_found_in_two_languages() -> None:
    (finding,) = found("00421", having(invoice(), V__0__imposta=Decimal("22.02")))
    assert finding.parameters == {"expected": "22.00", "actual": "22.02"}
    assert finding.message_it == "l'imposta non è l'aliquota per l'imponibile"
    assert finding.message_en == "the tax is not the rate times the taxable amount"
    assert finding.hint == "write 22.00 for 22.02"


def test_a_taxable_amount_comes_with_the_sum_of_its_lines() -> None:
    (finding,) = found("00422", having(invoice(), V__0__imponibile_importo=Decimal("103.00")))
    assert finding.parameters == {"expected": "100.00", "actual": "103.00"}


def test_a_simplified_total_is_told_at_the_last_line() -> None:
    lines = simplified_body(*(simplified_line("200.00") for _ in range(3)))
    (finding,) = found("00460", having(simplified(), bodies=(lines,)), regime=Regime.SIMPLIFIED)
    assert finding.path.endswith("/DatiBeniServizi[3]/Importo")
    assert finding.parameters == {"expected": "400.00", "actual": "600.00"}


def test_lines_that_share_a_rate_but_no_natura_are_apart() -> None:
    rate = Decimal("0.00")
    lines = [line(prezzo_totale=Decimal("1.00"), natura=natura) for natura in (Natura.N4, Natura.N1, Natura.N4, None)]
    document = having(invoice(), lines=tuple(evolve(each, aliquota_iva=rate) for each in lines))
    (body,) = bodies_of(head_of(document, Context(regime=Regime.PA)))
    assert body.lines.by_vat == {(rate, Natura.N4): [0, 2], (rate, Natura.N1): [1], (rate, None): [3]}


def test_a_country_is_compared_as_a_text_wherever_it_comes_from() -> None:
    document = having(invoice(), S__id_fiscale_iva=vat(country="it".upper()), G__tipo_documento=TipoDocumento.TD17)
    assert [each.code for each in found("00473", document)] == ["sdi:00473"]


def test_the_same_day_is_another_object_in_another_history() -> None:
    day = dt.date.fromisoformat(DAY.isoformat())
    sent = SentDocument(issuer="IT01234560017", number="1", day=day)
    document = having(invoice(), G__art73=Art73.SI)
    assert [each.code for each in found("00404", document, history=SentDocuments([sent]))] == ["sdi:00404"]


def test_a_difference_of_the_tolerance_is_a_warning_that_says_so() -> None:
    (finding,) = found("00421", having(invoice(), V__0__imposta=Decimal("22.01")))
    assert finding.severity is Severity.WARNING
    assert finding.hint.startswith("22.00 is exact; the difference is 0.01 to the cent")


def test_a_price_of_many_digits_is_shown_without_exponent() -> None:
    tiny = line(prezzo_unitario=Decimal("0.00000010"), prezzo_totale=Decimal("1.00"), quantita=Decimal("1.00"))
    (finding,) = found("00423", having(invoice(), lines=(tiny,)))
    assert finding.parameters["expected"] == "0.0000001000"


@pytest.mark.parametrize(
    ("steps", "price"),
    [
        ((), "500.00"),
        ((discount(amount="10.05"), discount(amount="5.25"), discount(amount="4.70")), "480.00"),
        ((discount(percent="8.50"), discount(percent="5.15"), discount(percent="3.00")), "420.9205875"),
        ((discount(percent="10.00"), surcharge(percent="10.00")), "495.00"),
        ((surcharge(amount="10.00"), discount()), "510.00"),
    ],
)
def test_discounts_cascade_per_unit_without_rounding(steps: Any, price: str) -> None:
    assert unit_price(line(price="500.00", sconto_maggiorazione=steps)) == Decimal(price)


@pytest.mark.requirement("ACC-6")
def test_an_identifier_with_a_wrong_digit_comes_with_the_right_one() -> None:
    (finding,) = found("00301", having(invoice(), S__id_fiscale_iva=vat("01234560018")))
    assert finding.hint == "its check digit is 8 where the other digits give 7"
    assert finding.parameters == {"actual": "01234560018"}


@pytest.mark.requirement("INV-14")
def test_a_number_that_was_sent_says_when_and_in_which_file() -> None:
    day = dt.date(2026, 1, 31)
    sent = SentDocument(issuer="IT01234560017", number="1", day=day, file_name="IT01234560017_00007.xml")
    (finding,) = found("00404", invoice(), history=SentDocuments([sent, sent]))
    assert (
        finding.hint == "it was sent with date 2026-01-31 in IT01234560017_00007.xml: give the document another number"
    )


def test_the_central_office_comes_with_the_one_to_use() -> None:
    offices = OfficeList(
        [
            OfficeEntry(code="UFABCD", tax_code=BUYER, start=DAY, central=True),
            OfficeEntry(code="AAAAAA", tax_code=BUYER, start=DAY),
        ]
    )
    (finding,) = found("00398", invoice(), offices=offices, on=DAY)
    assert finding.hint == "use AAAAAA"
    assert found("00398", invoice(), offices=offices) == []


def test_a_buyer_with_two_codes_of_one_office_has_it_once() -> None:
    offices = OfficeList([OfficeEntry(code="AAAAAA", tax_code=BUYER, start=DAY)])
    document = having(invoice(pa=False), B__codice_fiscale=BUYER)
    (finding,) = found("00399", document, offices=offices, on=DAY, regime=Regime.PRIVATE)
    assert finding.parameters["expected"] == "AAAAAA"


@pytest.mark.parametrize(("code", "kind"), [("00471", "TD16"), ("00472", "TD21")])
def test_whether_a_buyer_with_a_tax_code_is_the_seller_only_sdi_can_tell(code: str, kind: str) -> None:
    document = having(invoice(), B__id_fiscale_iva=None, B__codice_fiscale=PERSON)
    kinds = type(document.fattura_elettronica_body[0].dati_generali.dati_generali_documento.tipo_documento)
    (skipped,) = found(code, having(document, G__tipo_documento=kinds(kind)))
    assert skipped.code == f"sdi:{code}"
    assert skipped.reason == "the buyer has only a tax code: SDI looks its VAT number up"


def test_equal_tax_codes_are_one_subject_wherever_the_texts_come_from() -> None:
    document = having(
        invoice(pa=False), B__id_fiscale_iva=None, B__codice_fiscale="".join(list(PERSON)), S__codice_fiscale=PERSON
    )
    (finding,) = found("00471", document, regime=Regime.PRIVATE)
    assert isinstance(finding, Finding)


@pytest.mark.parametrize(
    ("regime", "channel", "size", "limit"),
    [
        (Regime.PA, Channel.WEB, 5_000_000, None),
        (Regime.PA, Channel.WEB, 5_000_001, "5000000"),
        (Regime.PA, Channel.PEC, 30_000_000, None),
        (Regime.PA, Channel.PEC, 30_000_001, "30000000"),
        (Regime.PRIVATE, Channel.PEC, 5_000_000, None),
        (Regime.SIMPLIFIED, Channel.SDIFTP, 5_000_001, "5000000"),
    ],
)
def test_a_file_may_have_just_the_size_of_its_limit(
    regime: Regime, channel: Channel, size: int, limit: str | None
) -> None:
    outcomes = found("00003", invoice(), regime=regime, channel=channel, size=size)
    assert [each.parameters["expected"] for each in outcomes] == ([] if limit is None else [limit])


@pytest.mark.parametrize("known", [{"channel": Channel.WEB}, {"size": 5_000_001}])
def test_a_size_is_judged_beside_its_channel_alone(known: dict[str, Any]) -> None:
    assert found("00003", invoice(), **known) == []


def test_what_has_no_counterpart_is_told_where_it_is_missing() -> None:
    other = (summary(), summary("0.00", "0.00", "5.00"))
    document = having(invoice(pa=False), lines=(line(), line(2, "10.00", "10.00")), summaries=other)
    outcomes = found("00443", document, regime=Regime.PRIVATE)
    assert [(each.element, each.hint) for each in outcomes] == [
        ("2.2.1.12", "add what is missing: a summary block"),
        ("2.2.2.1", "add what is missing: lines or fund contributions"),
    ]


def test_a_hint_of_a_rule_may_hold_braces() -> None:
    assert reported("00001", actual="{expected}", hint="{actual}").hint == "{expected}"


def test_a_place_is_worked_out_from_steps() -> None:
    place = place_of(ORDINARIA, "fattura_elettronica_body", 1, "dati_pagamento")
    assert place.path == "/FatturaElettronica/FatturaElettronicaBody[2]/DatiPagamento[1]"
    assert place.number == "2.4"


def test_an_ordinary_document_shows_all_its_blocks_and_a_simplified_one_its_lines() -> None:
    (ordinary,) = bodies_of(head_of(invoice(), Context(regime=Regime.PA)))
    assert isinstance(ordinary, Body)
    assert [len(block.records) for block in ordinary.blocks] == [1, 0, 1]
    (simple,) = bodies_of(head_of(simplified(), Context(regime=Regime.SIMPLIFIED)))
    assert [len(block.records) for block in simple.blocks] == [1]


@pytest.mark.parametrize("regime", Regime)
@pytest.mark.parametrize(("on", "given"), [(None, ()), (DAY, tuple(NEEDED)), (DAY, ("on", "offices"))])
def test_everything_that_applies_is_run_or_told_as_skipped(
    regime: Regime, on: dt.date | None, given: tuple[str, ...]
) -> None:
    plan = plan_for(regime, on, given)
    applying = {each.code: each for each in sdi_codes().values() if each.applies(regime, on)}
    checks = (check for group in (plan.file, *plan.head, plan.lot, *plan.body) for check in group.checks)
    run = {check.__name__.removeprefix("sdi_") for check in checks if check.__name__.startswith("sdi_")}
    skipped = {skip.code.removeprefix("sdi:") for skip in plan.skipped}
    read = {code for code, each in applying.items() if each.reported_by is ReportedBy.READER}
    assert run | skipped | read == set(applying)
    assert run == {
        code for code, each in applying.items() if each.reported_by is ReportedBy.RULE and set(each.needs) <= set(given)
    }


@pytest.mark.parametrize("regime", Regime)
def test_where_the_schema_is_broken_only_rules_on_the_file_are_run(regime: Regime) -> None:
    broken = {skip.code: skip.reason for skip in plan_for(regime, DAY, tuple(NEEDED)).broken}
    assert broken["sdi:00421" if regime is not Regime.SIMPLIFIED else "sdi:00460"].startswith("the document breaks")
    assert broken["sdi:00600"] == "only SDI knows who may transmit"
    assert {"sdi:00001", "sdi:00002", "sdi:00003", "sdi:00200"}.isdisjoint(broken)
    assert plan_for(regime, None, ()).broken[0].reason == "needs the name of the file (filename=)"
