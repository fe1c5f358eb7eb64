"""Reading camt.053: old and new versions, what was booked, what does not add up, hostile files."""

from __future__ import annotations

import datetime as dt
import pickle
from decimal import Decimal

import attrs
import pytest

from gse_billing.core.errors import InvalidValueError
from gse_billing.payments import Booking, Statement, StatementFile, read_camt053
from tests.support.bank_files import camt053, document, movement, statement

ACCOUNT = "IT60X0542811101000000123456"
OTHER = "DE89370400440532013000"
DAY = dt.date(2021, 2, 1)
PAID = Booking(
    amount=Decimal("-170.46"),
    booked=DAY,
    value_date=dt.date(2021, 2, 2),
    reference="BANK-1",
    end_to_end_id="SSP00030614-20210201-1",
    counterparty="Comune di Prova",
    counterparty_iban=OTHER,
    remittance="FATTURA 7 DEL 11/12/2020",
)
RECEIVED = Booking(amount=Decimal("1994.93"), booked=DAY, counterparty="A & B", entry=2)


def read(inside: str, version: str = "08") -> StatementFile:
    return read_camt053(document(inside, version))


def one(movements: str, *, closing: str = "1000.00") -> StatementFile:
    return read(statement(movements, account=ACCOUNT, opening=Decimal(1000), closing=Decimal(closing)))


def codes(file: StatementFile) -> tuple[str, ...]:
    return file.report.codes


@pytest.mark.parametrize("version", ["02", "03", "04", "08", "14"])
def test_old_and_new_versions_say_the_same(version: str) -> None:
    form = "02" if version == "02" else "08"
    data = camt053([PAID, RECEIVED], account=ACCOUNT, version=form).replace(
        f"camt.053.001.{form}".encode(), f"camt.053.001.{version}".encode()
    )
    file = read_camt053(data)
    assert file.report.ok
    assert len(file.report) == len(file.report.skipped) == 0
    (found,) = file.statements
    assert (found.account, found.currency, found.identification) == (ACCOUNT, "EUR", "S-1")
    assert (found.opening, found.closing, found.moved) == (Decimal(1000), Decimal("2824.47"), Decimal("1824.47"))
    assert [pickle.loads(pickle.dumps(booking)) for booking in file.bookings] == list(found.bookings)
    for booking, expected in zip(found.bookings, (PAID, RECEIVED), strict=True):
        assert booking.line == 1
        assert {name: getattr(booking, name) for name in FIELDS} == {name: getattr(expected, name) for name in FIELDS}


FIELDS = [field.name for field in attrs.fields(Booking) if field.name != "line"]


def test_balances_that_do_not_add_up_are_a_finding() -> None:
    (found,) = one(movement(PAID), closing="829.55").report
    assert (found.code, found.path, found.parameters) == (
        "statement:balance",
        "/Stmt[1]",
        {"expected": "829.55", "actual": "829.54"},
    )
    assert found.message_en == "opening 1,000.00 and bookings -170.46 give 829.54, not the closing balance 829.55"
    assert "saldo iniziale 1,000.00" in found.message_it


def test_a_balance_that_is_not_given_is_not_checked_and_that_is_said() -> None:
    text = statement(movement(PAID), account=ACCOUNT, opening=Decimal(1), closing=Decimal(1)).replace("CLBD", "CLAV")
    report = read(text).report
    assert report.ok
    (skipped,) = report.skipped
    assert (skipped.code, skipped.reason) == (
        "statement:balance",
        f"{ACCOUNT} S-1: opening or closing balance not given",
    )


def test_the_closing_balance_of_the_day_before_opens_a_statement() -> None:
    text = statement("", account=ACCOUNT, opening=Decimal(7), closing=Decimal(7)).replace("OPBD", "PRCD")
    assert read(text).statements[0].opening == 7


def test_an_overdrawn_account_has_a_negative_balance() -> None:
    text = statement(movement(PAID), account=ACCOUNT, opening=Decimal(-1), closing=Decimal("-171.46"))
    assert read(text).report.ok


def test_what_is_announced_counts_in_no_balance() -> None:
    file = one(movement(PAID, status="PDNG"))
    assert file.report.ok
    assert file.bookings == ()
    assert [booking.amount for booking in file.statements[0].pending] == [Decimal("-170.46")]


def details(*payments: str, amount: str = "3.00") -> str:
    inside = "".join(f"<TxDtls>{payment}</TxDtls>" for payment in payments)
    return movement(PAID).replace("170.46", amount).split("<NtryDtls>")[0] + f"<NtryDtls>{inside}</NtryDtls></Ntry>"


def test_a_movement_of_several_payments_is_each_of_them() -> None:
    file = one(
        details(
            '<Refs><EndToEndId>A</EndToEndId></Refs><Amt Ccy="EUR">4.00</Amt>',
            '<Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>',
        ),
        closing="997.00",
    )
    assert [(each.end_to_end_id, each.amount, each.entry) for each in file.bookings] == [
        ("A", Decimal(-4), 1),
        ("", Decimal(1), 1),
    ]
    old = '<AmtDtls><TxAmt><Amt Ccy="EUR">1.50</Amt></TxAmt></AmtDtls>'
    assert [each.amount for each in one(details(old, old), closing="997.00").bookings] == [Decimal("-1.50")] * 2


def test_payments_that_do_not_add_up_stay_one_movement() -> None:
    part = '<Refs><EndToEndId>A</EndToEndId></Refs><Amt Ccy="EUR">1.00</Amt>'
    file = one(details(part, part), closing="997.00")
    (found,) = file.report
    assert file.report.ok
    assert (found.code, found.path) == ("statement:details", "/Stmt[1]/Ntry[1]")
    assert "add up to -2.00, not -3.00" in found.message_en
    assert [(each.amount, each.end_to_end_id) for each in file.bookings] == [(Decimal(-3), "")]


def test_a_movement_without_details_is_a_booking() -> None:
    text = movement(RECEIVED).split("<NtryDtls>")[0] + "<AddtlNtryInf>INTERESSI</AddtlNtryInf></Ntry>"
    (booking,) = one(text, closing="2994.93").bookings
    assert (booking.amount, booking.remittance) == (Decimal("1994.93"), "INTERESSI")


REMITTANCE = {
    "free lines": ("<Ustrd>FATTURA 7</Ustrd><Ustrd>DEL 11/12/2020</Ustrd>", "FATTURA 7 DEL 11/12/2020"),
    "a document": (
        "<Strd><RfrdDocInf><Nb>7</Nb><RltdDt><Dt>2020-12-11</Dt></RltdDt></RfrdDocInf></Strd>",
        "7 DEL 2020-12-11",
    ),
    "an old document": (
        "<Strd><RfrdDocInf><Nb>7</Nb><RltdDt>2020-12-11</RltdDt></RfrdDocInf></Strd>",
        "7 DEL 2020-12-11",
    ),
    "a number alone": ("<Strd><RfrdDocInf><Nb>7</Nb></RfrdDocInf></Strd>", "7"),
    "a reference": ("<Strd><CdtrRefInf><Ref>RF18</Ref></CdtrRefInf><AddtlRmtInf>x</AddtlRmtInf></Strd>", "RF18 x"),
    "nothing": ("<Ustrd/>", "more"),
}


@pytest.mark.parametrize(("inside", "text"), REMITTANCE.values(), ids=REMITTANCE.keys())
def test_the_text_of_a_payment(inside: str, text: str) -> None:
    file = one(details(f"<RmtInf>{inside}</RmtInf><AddtlTxInf>more</AddtlTxInf>"), closing="997.00")
    assert file.bookings[0].remittance == text


CHARGES = {
    "new": ('<Chrgs><Rcrd><Amt Ccy="EUR">1.00</Amt></Rcrd><Rcrd><Amt Ccy="EUR">0.50</Amt></Rcrd></Chrgs>', "1.50"),
    "old": ('<Chrgs><Amt Ccy="EUR">1.00</Amt></Chrgs>', "1.00"),
    "only a total": ('<Chrgs><TtlChrgsAndTaxAmt Ccy="EUR">9.00</TtlChrgsAndTaxAmt></Chrgs>', "0.00"),
}


@pytest.mark.requirement("BIO-11")
@pytest.mark.parametrize(("inside", "charges"), CHARGES.values(), ids=CHARGES.keys())
def test_charges_that_were_taken_off_are_kept(inside: str, charges: str) -> None:
    assert one(details(inside), closing="997.00").bookings[0].charges == Decimal(charges)
    outside = movement(PAID).replace("<NtryDtls>", f"{inside}<NtryDtls>")
    assert one(outside, closing="829.54").bookings[0].charges == Decimal(charges)


def test_charges_of_a_movement_of_several_payments_are_none_of_theirs() -> None:
    part = '<Amt Ccy="EUR">1.50</Amt>'
    text = details(part, part).replace("<NtryDtls>", CHARGES["new"][0] + "<NtryDtls>")
    assert [each.charges for each in one(text, closing="997.00").bookings] == [0, 0]


def test_in_a_return_the_other_side_is_never_the_account_itself() -> None:
    parties = (
        f"<RltdPties><Dbtr><Nm>GSE</Nm></Dbtr><DbtrAcct><Id><IBAN>{ACCOUNT}</IBAN></Id></DbtrAcct>"
        f"<Cdtr><Nm>Comune</Nm></Cdtr><CdtrAcct><Id><Othr><Id>123</Id></Othr></Id></CdtrAcct></RltdPties>"
    )
    back = details(f"<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>{parties}").replace("DBIT", "CRDT")
    (booking,) = one(back, closing="1003.00").bookings
    assert (booking.counterparty, booking.counterparty_iban, booking.reversal) == ("Comune", "123", True)


def test_the_flag_of_a_return_is_read() -> None:
    flagged = movement(PAID).replace("<Sts>", "<RvslInd>true</RvslInd><Sts>")
    assert one(flagged, closing="829.54").bookings[0].reversal


DAYS = {
    "a moment": ("<DtTm>2021-02-01T23:59:59.999Z</DtTm>", DAY),
    "a day with a zone": ("<Dt>2021-02-01+01:00</Dt>", DAY),
    "none": ("", None),
}


@pytest.mark.parametrize(("inside", "day"), DAYS.values(), ids=DAYS.keys())
def test_days_in_every_spelling(inside: str, day: dt.date | None) -> None:
    text = movement(RECEIVED).replace("<Dt>2021-02-01</Dt>", inside)
    (booking,) = one(text, closing="2994.93").bookings
    assert (booking.booked, booking.day) == (day, day)


FLAWS = {
    "no amount": (lambda text: text.replace("<Amt", "<Other").replace("</Amt>", "</Other>"), "missing", "Amt is"),
    "a bad amount": (lambda text: text.replace("170.46", "1,70"), "value", "'1,70' cannot be an amount"),
    "a negative amount": (lambda text: text.replace("170.46", "-1"), "value", "EUR -1 cannot be"),
    "no currency": (lambda text: text.replace(' Ccy="EUR"', ""), "value", "170.46 cannot be an amount with its"),
    "another currency": (lambda text: text.replace("EUR", "USD"), "currency", "a movement in USD on an account in EUR"),
    "no side": (lambda text: text.replace("CdtDbtInd", "Side"), "missing", "CdtDbtInd is missing"),
    "a bad side": (lambda text: text.replace("DBIT", "D"), "value", "'D' cannot be CRDT or DBIT"),
    "no state": (lambda text: text.replace("Sts>", "State>"), "missing", "Sts/Cd / Sts is missing"),
    "a bad day": (lambda text: text.replace("2021-02-01", "2021-02-30"), "value", "'2021-02-30' cannot be a day"),
}


@pytest.mark.parametrize(("spoil", "kind", "message"), FLAWS.values(), ids=FLAWS.keys())
def test_a_movement_with_a_defect_is_left_out_and_said(spoil, kind: str, message: str) -> None:  # type: ignore[no-untyped-def]
    file = one(spoil(movement(PAID)) + movement(RECEIVED), closing="2994.93")
    (found,) = file.report
    assert (found.code, found.path) == (f"statement:{kind}", "/Stmt[1]/Ntry[1]")
    assert message in found.message_en
    assert [booking.amount for booking in file.bookings] == [Decimal("1994.93")]


def test_a_statement_without_account_is_left_out() -> None:
    good = statement("", account=ACCOUNT, opening=Decimal(0), closing=Decimal(0))
    file = read(good.replace("IBAN>", "X>") + good)
    assert [(found.code, found.path) for found in file.report] == [("statement:missing", "/Stmt[1]")]
    assert len(file.statements) == 1


def test_a_file_without_statement_is_a_finding() -> None:
    assert codes(read("")) == ("statement:missing",)


def test_the_currency_of_the_account_counts_first_then_that_of_its_balances() -> None:
    bare = f"<Stmt><Acct><Id><IBAN>{ACCOUNT}</IBAN></Id>%s</Acct></Stmt>"
    assert read(bare % "<Ccy>CHF</Ccy>").statements[0].currency == "CHF"
    assert read(bare % "").statements[0].currency == "EUR"


BOMB = b'<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><Document>&b;</Document>'
HOSTILE = {
    "nothing": (b"", "unreadable", "Document is empty"),
    "no XML": (b"data;importo", "unreadable", "not well-formed"),
    "cut off": (camt053([PAID], account=ACCOUNT)[:-20], "unreadable", "not well-formed"),
    "entities": (BOMB, "unreadable", "declares a document type"),
    "a file of the machine": (
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><Document>&x;</Document>',
        "unreadable",
        "declares a document type",
    ),
    "very deep": (b"<a>" * 300 + b"</a>" * 300, "unreadable", "depth"),
    "another message": (document("").replace(b"camt.053", b"camt.054"), "not-camt", "camt.054"),
    "an unknown version": (document("", "01"), "not-camt", "camt.053.001.01"),
    "another root": (b"<Statement/>", "not-camt", "Statement"),
}


@pytest.mark.parametrize(("data", "kind", "message"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_or_foreign_file_is_a_finding(data: bytes, kind: str, message: str) -> None:
    file = read_camt053(data)
    (found,) = file.report
    assert found.code == f"statement:{kind}"
    assert message in found.message_en
    assert file.statements == ()


def test_a_file_beyond_the_limit_is_not_parsed() -> None:
    data = camt053([PAID], account=ACCOUNT)
    assert read_camt053(data, limit=len(data)).report.ok
    (found,) = read_camt053(data, limit=len(data) - 1).report
    assert f"more than {len(data) - 1} bytes" in found.message_en


def test_a_text_is_no_file() -> None:
    with pytest.raises(InvalidValueError, match="a file is bytes, not str; open it with 'rb'"):
        read_camt053("<Document/>")  # type: ignore[arg-type]


def test_lines_are_those_of_the_file() -> None:
    data = camt053([PAID, PAID], account=ACCOUNT).replace(b"<TxDtls>", b"\n<TxDtls>")
    assert [booking.line for booking in read_camt053(data).bookings] == [2, 3]
    far = data.replace(b"<Ntry>", b"\n" * 70_000 + b"<Ntry>", 1)
    assert [booking.line for booking in read_camt053(far).bookings] == [None, None]


def test_a_statement_shows_itself_in_a_notebook() -> None:
    shown = Statement(account=ACCOUNT, bookings=(RECEIVED,))._repr_html_()
    assert f"<caption>{ACCOUNT}</caption>" in shown
    assert "<td>1,994.93</td><td>A &amp; B</td>" in shown
