"""The offices of IPA: read from its files, found by code and by tax code, usable or not, and why not."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from gse_billing import evolve
from gse_billing.core.errors import InvalidInputError
from gse_billing.core.identifiers import CodiceFiscale, OfficeCode
from gse_billing.fatturapa.context import OfficeDirectory
from gse_billing.parties import ChannelState, Office, OfficeSnapshot, read_ipa_answer, read_ipa_offices

DAY = dt.date(2026, 3, 10)
BODY = CodiceFiscale("80012340446")
TODAYS = "Codice_IPA,Codice_uni_uo,Descrizione_uo,Codice_fiscale_sfe,Data_verifica_cf,Data_avvio_sfe"
OLD = "cod_amm cod_ou cod_uni_ou des_ou regione provincia comune indirizzo cap cf dt_verifica_cf data_avvio_sfe"
OFFICE = Office(
    OfficeCode("UFAAAA"), "Ragioneria", BODY, "c_f501", dt.date(2014, 5, 1), dt.date(2015, 3, 31), ChannelState.UNSAID
)


def read(*rows: str, header: str = TODAYS, delimiter: str = ",") -> OfficeSnapshot:
    lines = "\n".join((header, *rows)).splitlines(keepends=True)
    return read_ipa_offices(lines, day=DAY, delimiter=delimiter)


@pytest.mark.requirement("CUU-1")
def test_todays_open_data_are_read_by_the_names_of_their_columns() -> None:
    snapshot = read(
        f"c_f501,UFAAAA,Ragioneria,{BODY},2014-05-01,2015-03-31",
        f'c_f501,UFBBBB,"Uff_eFatturaPA",{BODY},01/05/2014,2015-03-31 00:00:00',
        "",
        "c_f501,UFCCCC,Protocollo,,,",
    )
    assert snapshot.report.ok
    assert list(snapshot) == [
        OFFICE,
        evolve(OFFICE, code=OfficeCode("UFBBBB"), name="Uff_eFatturaPA"),
        Office(OfficeCode("UFCCCC"), "Protocollo", "", "c_f501", None, None, ChannelState.UNSAID),
    ]
    assert [office.central for office in snapshot] == [False, True, False]
    assert len(snapshot) == 3
    assert repr(snapshot) == "OfficeSnapshot(day=datetime.date(2026, 3, 10))"
    assert "<td>UFAAAA</td>" in snapshot._repr_html_()


def test_the_older_tab_separated_file_is_read_too() -> None:
    office = evolve(OFFICE, name='Ufficio "Uno')
    row = f"c_f501\tuff1\tUFAAAA\t{office.name}\tMarche\tAP\tMontefiore\tVia 1\t63062\t{BODY}\t2014-05-01\t2015-03-31"
    assert read(row, header="\ufeff" + OLD.upper().replace(" ", "\t"), delimiter="\t").offices == (office,)


def test_a_state_of_the_channel_is_read_where_there_is_one() -> None:
    rows = [f"c_f501,UFAAAA,Ragioneria,{BODY},2014-05-01,2015-03-31,{state}" for state in ("A", "V", "", "X")]
    snapshot = read(*rows, header=f"{TODAYS},stato_canale")
    assert [office.channel for office in snapshot] == [
        ChannelState.ACTIVE,
        ChannelState.VALIDATING,
        ChannelState.UNSAID,
    ]
    assert "'X' is no state of a channel" in str(snapshot.report)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (f"c_f501,UFAAA,Ragioneria,{BODY},2014-05-01,2015-03-31", "'UFAAA' is not a valid office code"),
        ("c_f501,UFAAAA,Ragioneria,80012340447,2014-05-01,2015-03-31", "its check digit is 7"),
        (f"c_f501,UFAAAA,Ragioneria,{BODY},2014-05-01,31.3.2015", "'31.3.2015' is no date"),
        (f"c_f501,UFAAAA,Ragioneria,{BODY},2014-02-30,2015-03-31", "day is out of range"),
        ("c_f501,UFAAAA", "it has only 2 cells"),
        (f'c_f501,"UFA"AAA,Ragioneria,{BODY},2014-05-01,2015-03-31', "expected after"),
    ],
)
def test_a_malformed_row_is_told_with_its_line_and_the_others_are_read(row: str, why: str) -> None:
    good = f"c_f501,UFBBBB,Ragioneria,{BODY},2014-05-01,2015-03-31"
    two_lines = good.replace("Ragioneria", '"Ragio\nneria"')
    snapshot = read(good, two_lines, row, good)
    (found,) = snapshot.report.findings
    assert (found.code, found.line) == ("parties:ipa-row", 5)
    assert why in found.message_en
    assert len(snapshot) == 3


@pytest.mark.parametrize(
    ("header", "row", "why"),
    [
        ("Codice_IPA,Codice_uni_uo", "", "descrizione_uo, codice_fiscale_sfe, data_verifica_cf, data_avvio_sfe"),
        ("", "", "these columns are missing"),
    ],
)
def test_a_file_that_is_no_such_file_is_refused(header: str, row: str, why: str) -> None:
    with pytest.raises(InvalidInputError, match="the file of IPA has 1 error") as raised:
        read(row, header=header)
    assert why in str(raised.value.report)
    assert raised.value.report.findings[0].line == 1


def answer(*units: dict[str, str], **result: object) -> str:
    body = {"cod_amm": "c_f501", "des_amm": "Comune", "OU": list(units)}
    return json.dumps({"result": {"cod_err": 0, "num_items": 1, **result}, "data": [body]})


def test_the_answer_of_the_web_service_is_read() -> None:
    units = [{"cod_uni_ou": f"UFAAA{state}", "des_ou": "Ufficio", "stato_canale": state} for state in "AV"]
    snapshot = read_ipa_answer(answer(*units), tax_code=BODY, day=DAY)
    assert [(office.code, office.tax_code, office.body) for office in snapshot] == [
        ("UFAAAA", BODY, "c_f501"),
        ("UFAAAV", BODY, "c_f501"),
    ]
    assert [office.code for office in snapshot.usable(BODY, DAY)] == ["UFAAAA"]
    empty = read_ipa_answer('{"result": {"cod_err": 0, "num_items": 0}, "data": null}', tax_code=BODY, day=DAY)
    assert (len(empty), empty.report.ok) == (0, True)


@pytest.mark.parametrize("units", [7, {"cod_uni_ou": "UFAAAA"}])
def test_offices_that_are_no_list_are_told(units: object) -> None:
    text = json.dumps({"result": {"cod_err": 0}, "data": [{"cod_amm": "x", "OU": units}]})
    assert read_ipa_answer(text, tax_code=BODY, day=DAY).report.codes == ("parties:ipa-row",)


@pytest.mark.parametrize(
    "unit",
    [{}, {"cod_uni_ou": "x", "des_ou": "", "stato_canale": "A"}, "no object", {"cod_uni_ou": 7, "des_ou": ""}, None],
)
def test_an_office_of_an_answer_that_cannot_be_read_is_told(unit: object) -> None:
    text = json.dumps({"result": {"cod_err": 0}, "data": [{"cod_amm": "x", "OU": [unit]}, {"cod_amm": "y"}]})
    snapshot = read_ipa_answer(text, tax_code=BODY, day=DAY)
    assert (len(snapshot), snapshot.report.codes) == (0, ("parties:ipa-row",))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("no JSON", "Expecting value"),
        ("[" * 100_000, "recursion"),
        ("[]", "list indices"),
        ("{}", "result"),
        (answer(cod_err=901, desc_err="AUTH_ID sconosciuto"), "the service says AUTH_ID sconosciuto"),
        (json.dumps({"result": {"cod_err": 0}, "data": {"cod_amm": "x"}}), "no list of bodies"),
        (json.dumps({"result": {"cod_err": 0}, "data": ["x"]}), "no list of bodies"),
    ],
)
def test_what_is_no_answer_is_refused(text: str, why: str) -> None:
    with pytest.raises(InvalidInputError, match="the answer of IPA") as raised:
        read_ipa_answer(text, tax_code=BODY, day=DAY)
    assert why in str(raised.value.report)


@pytest.mark.parametrize(
    ("changes", "obstacle"),
    [
        ({}, ""),
        ({"channel": ChannelState.ACTIVE, "start": None}, ""),
        ({"channel": ChannelState.VALIDATING}, "its channel is still being validated"),
        ({"start": dt.date(2026, 3, 10)}, ""),
        ({"start": dt.date(2026, 3, 11)}, "it receives invoices from 2026-03-11"),
        ({"start": None}, "IPA gives no start of its service"),
        ({"tax_code": CodiceFiscale("05754381001")}, "for the tax code 05754381001"),
        ({"tax_code": ""}, "for the tax code of nobody"),
        ({"verified": None}, "its tax code was not verified"),
    ],
)
def test_an_office_is_usable_or_says_why_not(changes: dict[str, object], obstacle: str) -> None:
    office = evolve(OFFICE, **changes)
    said = office.obstacle(BODY, DAY)
    assert obstacle in said if obstacle else said == ""
    usable = OfficeSnapshot(DAY, [office]).usable(BODY, DAY)
    assert usable == (() if obstacle else (office,))


def test_a_snapshot_is_the_directory_that_the_checks_ask_for() -> None:
    directory: OfficeDirectory = OfficeSnapshot(DAY, [OFFICE])
    found = directory.office("UFAAAA")
    assert found is not None
    assert (found.code, found.tax_code, found.central, found.active_on(DAY)) == ("UFAAAA", BODY, False, True)
    assert list(directory.offices_of(BODY)) == [OFFICE]


def test_one_code_may_stand_for_several_tax_codes() -> None:
    second = evolve(OFFICE, tax_code=CodiceFiscale("05754381001"))
    snapshot = OfficeSnapshot(DAY, [OFFICE, second])
    assert snapshot.office("UFAAAA") == OFFICE
    assert snapshot.office("UFAAAA", "05754381001") == second
    assert snapshot.office("UFZZZZ") is None
    assert snapshot.offices_of("05754381001") == (second,)
    assert snapshot.offices_of("00000000000") == ()
