"""Every due-date rule by hand, and what a rule refuses."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import pytest

from gse_billing.calendars import ITALY
from gse_billing.core.errors import InvalidIdentifierError, InvalidValueError, MissingFigureError
from gse_billing.schemes import (
    SERVICES,
    Anchor,
    DueDateRule,
    DueFacts,
    LastDay,
    LastWorkingDay,
    NthWorkingDay,
    Reckoning,
    service,
)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


class Golden(NamedTuple):
    """One due date counted by hand on a paper calendar."""

    service: str
    rule: str
    facts: DueFacts
    due: str
    why: str


OLD = day("2012-05-02")
GOLDEN = [
    Golden("SSP", "first-instalment", DueFacts(year=2020, contract_accepted=OLD), "2020-06-22", "2 June is a holiday"),
    Golden("SSP", "first-instalment", DueFacts(year=2025, contract_accepted=OLD), "2025-06-23", "2 June is a Monday"),
    Golden(
        "SSP", "second-instalment", DueFacts(year=2020, contract_accepted=OLD), "2020-11-20", "1 November is a Sunday"
    ),
    Golden(
        "SSP", "second-instalment", DueFacts(year=2024, contract_accepted=OLD), "2024-11-22", "1 November is a Friday"
    ),
    Golden("SSP", "settlement", DueFacts(year=2019), "2020-06-22", "paid in June of the year after"),
    Golden("RID", "with-invoice", DueFacts(invoiced=day("2020-12-14")), "2021-01-31", "a Sunday, not moved here"),
    Golden("RID", "with-invoice", DueFacts(invoiced=day("2024-01-31")), "2024-02-29", "a leap year"),
    Golden("RID", "without-invoice", DueFacts(published=day("2024-04-30")), "2024-05-31", "counted from publication"),
    Golden("PMG", "supplement", DueFacts(sent=day("2021-05-14")), "2021-06-30", "2 and 29 June are holidays in Rome"),
    Golden("PMG", "supplement", DueFacts(sent=day("2022-03-15")), "2022-04-29", "19 working days: the last one"),
    Golden("PMG", "supplement", DueFacts(sent=day("2024-03-15")), "2024-04-30", "1 and 25 April are holidays"),
    Golden(
        "BIO-PMG",
        "with-invoice",
        DueFacts(invoiced=day("2018-05-10")),
        "2018-06-28",
        "29 June is a Friday, 30 a Saturday",
    ),
    Golden("BIO-PMG", "with-invoice", DueFacts(invoiced=day("2025-11-03")), "2025-12-31", "a Wednesday"),
    Golden(
        "RETEE",
        "with-invoice",
        DueFacts(accepted=day("2024-04-10")),
        "2024-05-31",
        "the example of GSE: April, then May",
    ),
    Golden("RETEE", "with-invoice", DueFacts(accepted=day("2026-04-10")), "2026-05-29", "31 May is a Sunday"),
    Golden(
        "CE", "instalment", DueFacts(period_end=day("2024-04-30")), "2024-06-30", "the end of the second month after"
    ),
    Golden("CE", "instalment", DueFacts(period_end=day("2023-12-31")), "2024-02-29", "across the year, a leap year"),
]


@pytest.mark.requirement("PAY-6")
@pytest.mark.parametrize("line", GOLDEN, ids=[f"{line.service} {line.rule}: {line.why}" for line in GOLDEN])
def test_each_rule_by_hand(line: Golden) -> None:
    result = service(line.service).due_date(line.facts, line.rule)
    assert result.day == day(line.due)
    assert result.explain().result == result.day
    assert result.explain().basis is not None


def test_the_golden_table_covers_every_rule() -> None:
    shipped = {(made.code, rule.code) for made in SERVICES.values() for rule in made.due_rules}
    assert shipped == {(line.service, line.rule) for line in GOLDEN}


@pytest.mark.parametrize(
    ("rule", "last", "next_day"),
    [("first-instalment", "2020-03-31", "2020-04-01"), ("second-instalment", "2020-08-31", "2020-09-01")],
)
def test_the_windows_of_acceptance(rule: str, last: str, next_day: str) -> None:
    ssp = service("SSP")
    result = ssp.due_date(DueFacts(year=2020, contract_accepted=day(last)), rule)
    assert f"contract accepted on {last}, by {last}" in str(result.explain())
    with pytest.raises(InvalidValueError) as caught:
        ssp.due_date(DueFacts(year=2020, contract_accepted=day(next_day)), rule)
    assert caught.value.value == day(next_day)
    assert f"accepted on {next_day} gets no" in caught.value.what
    assert last in caught.value.why
    assert "later payment" in caught.value.remedy


def test_a_contract_of_the_year_after_gets_no_instalment() -> None:
    with pytest.raises(InvalidValueError, match="gets no second SSP instalment"):
        service("SSP").due_date(DueFacts(year=2019, contract_accepted=day("2020-01-02")), "second-instalment")


@pytest.mark.parametrize(
    ("code", "rule", "facts", "fact"),
    [
        ("SSP", "first-instalment", DueFacts(contract_accepted=OLD), "year"),
        ("SSP", "first-instalment", DueFacts(year=2020), "contract_accepted"),
        ("SSP", "settlement", DueFacts(), "year"),
        ("RID", "with-invoice", DueFacts(published=OLD), "invoiced"),
        ("RID", "without-invoice", DueFacts(invoiced=OLD), "published"),
        ("PMG", None, DueFacts(), "sent"),
        ("BIO-PMG", None, DueFacts(), "invoiced"),
        ("RETEE", None, DueFacts(), "accepted"),
        ("CE", None, DueFacts(), "period_end"),
    ],
)
def test_a_missing_fact_is_named(code: str, rule: str | None, facts: DueFacts, fact: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        service(code).due_date(facts, rule)
    assert caught.value.what.endswith(f"needs {fact}")
    assert f"DueFacts({fact}=...)" in caught.value.remedy


@pytest.mark.requirement("PAY-7")
@pytest.mark.parametrize("code", SERVICES)
def test_the_due_date_of_the_document_beats_every_rule(code: str) -> None:
    result = service(code).due_date(DueFacts(stated=day("2021-01-31"), invoiced=day("2020-12-11"), year=2020))
    assert result.day == day("2021-01-31")
    assert "as the document or the contract states" in result.explain().statement
    assert "WeCare" in result.explain().line


@pytest.mark.parametrize("code", ["CT", "BIOCAR", "TFO"])
def test_without_a_rule_the_caller_gives_the_day(code: str) -> None:
    with pytest.raises(MissingFigureError) as caught:
        service(code).due_date(DueFacts(year=2020))
    assert caught.value.figure == f"the due date of {code}"
    assert "DueFacts(stated=...)" in caught.value.remedy


def test_a_rule_has_to_be_named_where_there_are_several() -> None:
    with pytest.raises(InvalidIdentifierError, match="no due-date rule of RID was named") as caught:
        service("RID").due_date(DueFacts(invoiced=OLD))
    assert caught.value.why == "the known ones are with-invoice, without-invoice"
    with pytest.raises(InvalidIdentifierError, match="'monthly' is no due-date rule of PMG"):
        service("PMG").due_rule("monthly")


def test_another_calendar_can_be_named() -> None:
    facts = DueFacts(invoiced=day("2018-05-10"))
    assert service("BIO-PMG").due_date(facts, calendar=ITALY).day == day("2018-06-29")


@pytest.mark.parametrize("year", [0, 10000, "2020"])
def test_a_year_that_does_not_exist_is_refused(year: int) -> None:
    with pytest.raises(InvalidValueError, match="there is no month"):
        DueFacts(year=year)


def test_a_moment_is_no_day() -> None:
    with pytest.raises(InvalidValueError):
        DueFacts(invoiced=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))


def test_a_derivation_shows_how_the_source_was_read() -> None:
    result = service("RID").due_date(DueFacts(invoiced=day("2020-12-14")), "with-invoice")
    counted = "last day of 2021-01, counted from invoiced 2020-12-14: 2021-01-31"
    act = "GSE, importo minimo e tempi di pagamento nel ritiro dedicato (KB0016542)"
    assert str(result.explain()).splitlines() == [
        f"due date of RID with invoice: {counted} ({act})",
        "  reading: within the month after is read as the last day of that month",
    ]


def test_rules_speak_in_words() -> None:
    rule: DueDateRule = service("CE").due_rule()
    assert (rule.code, rule.anchor) == ("instalment", Anchor.PERIOD_END)
    words = [str(Reckoning(1, pick)) for pick in (NthWorkingDay(20), LastWorkingDay(), LastDay())]
    assert words == [
        "working day number 20 of the month 1 after",
        "last working day of the month 1 after",
        "last day of the month 1 after",
    ]
