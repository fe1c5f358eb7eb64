"""The file for the bank: valid, adding up, the same bytes each time, nothing changed without being asked."""

from __future__ import annotations

import datetime as dt
import sys
from decimal import Decimal

import pytest
from lxml import etree

from gse_billing.core.errors import (
    InvalidIdentifierError,
    InvalidValueError,
    LimitExceededError,
    MissingExtraError,
)
from gse_billing.payments import CreditTransferFile, SettlementKey, pain001, pain001_files, sepa_name
from tests.support.payment_schema import TAG, defects_of, texts
from tests.unit.payments.test_transfers import IBAN, transfer

CREATED = dt.datetime(2021, 1, 28, 9, 30, tzinfo=dt.UTC)
FIRST = transfer()
SECOND = transfer(amount="0.54", end_to_end_id="SSP00030614-20210201-2")
LATER = transfer(amount="1000.00", value_date=dt.date(2021, 3, 1), end_to_end_id="RID00000001-20210301-1")


def made(*transfers: object, **changes: object) -> CreditTransferFile:
    fields: dict[str, object] = {"message_id": "GSE-20210128-1", "created": CREATED, "debtor_iban": IBAN, **changes}
    return pain001(transfers or (LATER, SECOND, FIRST), **fields)  # type: ignore[arg-type]


def test_the_file_is_valid_and_says_what_it_orders() -> None:
    file = made()
    assert defects_of(file.data) == []
    assert (file.count, file.total, file.renamed) == (3, Decimal("1171.00"), ())
    assert texts(file.data, "Ustrd") == ["FATTURA 7 DEL 11/12/2020"] * 3
    assert texts(file.data, "EndToEndId") == [FIRST.end_to_end_id, SECOND.end_to_end_id, LATER.end_to_end_id]


def test_numbers_and_sums_of_header_and_blocks_are_those_of_the_transfers() -> None:
    root = etree.fromstring(made().data)
    header = root.find(f".//{TAG}GrpHdr")
    assert header is not None
    assert (header.findtext(f"{TAG}NbOfTxs"), header.findtext(f"{TAG}CtrlSum")) == ("3", "1171.00")
    for block in root.iter(f"{TAG}PmtInf"):
        amounts = [Decimal(one.text or "") for one in block.iter(f"{TAG}InstdAmt")]
        assert block.findtext(f"{TAG}NbOfTxs") == str(len(amounts))
        assert Decimal(block.findtext(f"{TAG}CtrlSum") or "") == sum(amounts)


@pytest.mark.requirement("PAY-7")
def test_each_value_date_is_a_block_to_be_executed_on_that_day() -> None:
    file = made()
    assert texts(file.data, "Dt") == ["2021-02-01", "2021-03-01"]
    assert texts(file.data, "PmtInfId") == ["GSE-20210128-1-1", "GSE-20210128-1-2"]


@pytest.mark.requirement("PAY-1")
def test_the_account_paid_is_the_one_of_the_transfer() -> None:
    other = "DE89370400440532013000"
    file = made(transfer(creditor_iban="FR1420041010050500013M02606"), debtor_iban=other)
    assert texts(file.data, "IBAN") == [other, "FR1420041010050500013M02606"]


def test_an_identification_leads_back_to_its_settlement() -> None:
    (identification,) = texts(made(FIRST).data, "EndToEndId")
    assert SettlementKey.parse(identification) == SettlementKey("SSP00030614", dt.date(2021, 2, 1))


def test_the_same_transfers_give_the_same_bytes() -> None:
    assert made().data == made(FIRST, SECOND, LATER).data
    assert texts(made().data, "MsgId") == ["GSE-20210128-1"]
    assert texts(made().data, "CreDtTm") == ["2021-01-28T09:30:00+00:00"]


@pytest.mark.requirement("BIO-11")
def test_charges_are_shared_and_never_taken_off() -> None:
    assert texts(made().data, "ChrgBr") == ["SLEV", "SLEV"]
    assert texts(made(FIRST).data, "InstdAmt") == ["170.46"]


def test_no_address_is_written() -> None:
    for tag in ("PstlAdr", "AdrLine"):
        assert texts(made().data, tag) == []


def test_the_bank_is_named_where_it_is_known_and_said_to_be_unknown_elsewhere() -> None:
    assert texts(made(FIRST, debtor_bic="BCITITMMXXX").data, "BICFI") == ["BCITITMMXXX"]
    assert defects_of(made(FIRST, debtor_bic="BCITITMM").data) == []
    assert texts(made(FIRST).data, "BICFI") == []
    assert "<Othr><Id>NOTPROVIDED</Id></Othr>" in made(FIRST).data.decode()


LONG = "Consorzio per la produzione di energia da fonti rinnovabili della valle X"


@pytest.mark.parametrize(
    ("name", "why"), [("Società Agricola", "it has à"), ("A & B", "it has &"), (LONG, "it has 73 characters, 70 are")]
)
def test_a_name_that_does_not_fit_is_refused_until_its_change_is_asked_for(name: str, why: str) -> None:
    with pytest.raises(InvalidValueError, match=rf"cannot stand in a SEPA transfer; {why}.*; pass names=sepa_name"):
        made(transfer(creditor_name=name))
    file = made(transfer(creditor_name=name), names=sepa_name)
    assert file.renamed == ((name, sepa_name(name)),)
    assert texts(file.data, "Nm")[-1] == sepa_name(name)
    assert defects_of(file.data) == []


def test_a_changed_name_of_the_debtor_is_said_too() -> None:
    file = made(transfer(debtor_name="Società", creditor_name="Altra"), names=sepa_name)
    assert file.renamed == (("Società", "Societa"),)
    assert texts(file.data, "Nm") == ["Societa", "Societa", "Altra"]


def test_signs_of_xml_are_written_as_text() -> None:
    assert "<Nm>A + B</Nm>" in made(transfer(creditor_name="A & B"), names=sepa_name).data.decode()


BAD_CALLS: dict[str, tuple[dict[str, object], type[Exception], str]] = {
    "no identification": ({"message_id": " "}, InvalidValueError, "cannot identify a message; .*use letters"),
    "a slash in front": ({"message_id": "/1"}, InvalidValueError, "'/1' cannot identify a message"),
    "a slash behind": ({"message_id": "1/"}, InvalidValueError, "does not begin or end with a slash"),
    "two slashes": ({"message_id": "1//2"}, InvalidValueError, "no two slashes in a row"),
    "a foreign sign": ({"message_id": "1_2"}, InvalidValueError, "'1_2' cannot identify a message"),
    "a long identification": ({"message_id": "1" * 28}, LimitExceededError, "the limit is 27"),
    "a moment without zone": ({"created": CREATED.replace(tzinfo=None)}, InvalidValueError, "with a time zone"),
    "a day for a moment": ({"created": CREATED.date()}, InvalidValueError, "not a moment with a time zone"),
    "no account": ({"debtor_iban": "IT00"}, InvalidIdentifierError, "IBAN"),
    "an account outside SEPA": (
        {"debtor_iban": "TR330006100519786457841326"},
        InvalidValueError,
        "TR330006100519786457841326 is outside SEPA",
    ),
    "no BIC": ({"debtor_bic": "BCIT"}, InvalidValueError, "'BCIT' is not a BIC"),
}


@pytest.mark.parametrize(("changes", "error", "message"), BAD_CALLS.values(), ids=BAD_CALLS.keys())
def test_a_bad_call_is_refused(changes: dict[str, object], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        made(**changes)


def test_transfers_that_no_file_can_hold_are_refused() -> None:
    with pytest.raises(InvalidValueError, match="orders at least one transfer"):
        pain001([], message_id="1", created=CREATED, debtor_iban=IBAN)
    with pytest.raises(InvalidValueError, match="2 debtors cannot share one account: Altro, Gestore dei"):
        made(FIRST, transfer(debtor_name="Altro", end_to_end_id="X-1"))
    with pytest.raises(InvalidValueError, match="'//A-1' cannot identify a transfer"):
        made(transfer(end_to_end_id="//A-1"))
    with pytest.raises(InvalidValueError, match="more than one transfer is identified as"):
        made(FIRST, FIRST)


def test_many_transfers_are_ordered_in_several_files() -> None:
    made_of = {"message_id": "GSE", "created": CREATED, "debtor_iban": IBAN}
    first, second = pain001_files((LATER, SECOND, FIRST), size=2, **made_of)  # type: ignore[arg-type]
    assert [(file.message_id, file.count) for file in (first, second)] == [("GSE-1", 2), ("GSE-2", 1)]
    assert first.total + second.total == made().total
    assert texts(second.data, "EndToEndId") == [LATER.end_to_end_id]
    assert list(pain001_files((), **made_of)) == []  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="at least one transfer"):
        list(pain001_files((FIRST,), size=0, **made_of))  # type: ignore[arg-type]


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sepaxml", None)
    with pytest.raises(MissingExtraError, match=r"writing pain\.001 needs the extra 'sepa'"):
        made()


def test_a_file_shows_itself_in_a_notebook() -> None:
    shown = made(transfer(creditor_name="Società"), names=sepa_name)._repr_html_()
    assert "<caption>message GSE-20210128-1</caption>" in shown
    assert "<td>Società</td><td>Societa</td>" in shown
    assert "data" not in repr(made())


NAMES = {
    "accents": ("Città di Forlì", "Citta di Forli"),
    "an ampersand": ("A & B", "A + B"),
    "quotation marks": ('"Il Sole" s.r.l.', ".Il Sole. s.r.l."),
    "an apostrophe of print": ("L’Aquila", "L'Aquila"),
    "letters that are two": ("Straßen Æøł", "Strassen AEol"),
    "brackets and bars": ("A[1]{2}|\\", "A(1)(2)//"),
    "a hyphen of print": ("Nord–Sud_Est", "Nord-Sud-Est"),
    "another script": ("Энергия 1", "....... 1"),
    "full width": ("Ａ＆Ｂ", "A+B"),
    "cut at the end": ("A" * 71, "A" * 70),
    "no blank left at the end": ("A" * 69 + " B", "A" * 69),
    "left alone": ("Comune di Prova", "Comune di Prova"),
}


@pytest.mark.parametrize(("name", "written"), NAMES.values(), ids=NAMES.keys())
def test_a_name_in_the_characters_of_sepa(name: str, written: str) -> None:
    assert sepa_name(name) == written


@pytest.mark.parametrize("name", ["Энергия", "???", ""])
def test_a_name_of_which_nothing_is_left_is_refused(name: str) -> None:
    with pytest.raises(InvalidValueError, match="cannot be written with the characters of SEPA"):
        sepa_name(name)
