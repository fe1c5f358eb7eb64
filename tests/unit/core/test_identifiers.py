"""Checked text: what passes, what is refused and with which words, what the values are like."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
import warnings
from collections.abc import Callable

import pytest

from gse_billing.core.errors import InvalidIdentifierError
from gse_billing.core.identifiers import (
    CheckedText,
    CodiceFiscale,
    ContractCode,
    Iban,
    InvoiceNumber,
    OfficeCode,
    PartitaIva,
    RecipientCode,
    normalise_codice_fiscale,
    normalise_iban,
    normalise_partita_iva,
)
from tests.invalid_inputs import INVALID, Invalid

VALID = [
    PartitaIva("05754381001"),
    CodiceFiscale("CGNNMO51A01H501H"),
    Iban("IT60X0542811101000000123456"),
    OfficeCode("UF4NU9"),
    RecipientCode("0000000"),
    ContractCode("SSP00030614"),
    InvoiceNumber("PA/2020/7"),
]


@pytest.mark.parametrize("row", INVALID, ids=str)
def test_bad_text_is_refused_with_what_why_and_remedy(row: Invalid) -> None:
    with pytest.raises(InvalidIdentifierError) as caught:
        row.kind(row.text)
    error = caught.value
    assert row.says in str(error)
    assert error.what == f"{row.text!r} is not a valid {row.kind.kind}"
    assert (error.value, error.kind) == (row.text, row.kind.kind)
    assert error.why
    assert error.remedy


def test_the_table_has_each_row_once_and_a_row_for_each_type() -> None:
    assert len({(row.kind, row.text, row.says) for row in INVALID}) == len(INVALID)
    assert {row.kind for row in INVALID} == {type(value) for value in VALID}


@pytest.mark.parametrize("kind", [type(value) for value in VALID])
@pytest.mark.parametrize("value", [5754381001, None, b"05754381001", 7.0])
def test_what_is_not_text_is_refused(kind: type[CheckedText], value: object) -> None:
    with pytest.raises(
        InvalidIdentifierError, match="a code is text; give it as text, with its leading zeros"
    ) as caught:
        kind(value)  # type: ignore[arg-type]
    assert (caught.value.value, caught.value.kind) == (value, kind.kind)


@pytest.mark.parametrize("value", VALID, ids=repr)
def test_a_checked_text_is_its_text(value: CheckedText) -> None:
    plain = str(value)
    assert type(plain) is str
    assert value == plain
    assert hash(value) == hash(plain)
    assert {plain: 1}[value] == 1
    assert type(value)(plain) == value
    assert type(value)(value) is value
    assert not hasattr(value, "__dict__")


@pytest.mark.parametrize("value", VALID, ids=repr)
@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_a_checked_text_pickles_and_copies_as_what_it_is(value: CheckedText, protocol: int) -> None:
    for twin in (pickle.loads(pickle.dumps(value, protocol)), copy.copy(value), copy.deepcopy(value)):
        assert twin == value
        assert type(twin) is type(value)


def test_a_part_of_a_checked_text_is_plain_text() -> None:
    assert type(PartitaIva("05754381001")[:7]) is str


@pytest.mark.requirement("ACC-6")
def test_the_code_printed_in_the_source_is_refused_and_the_right_one_passes() -> None:
    with pytest.raises(InvalidIdentifierError, match="control character is H where the others give G"):
        CodiceFiscale("CGNNMOS1A01H501H")
    assert CodiceFiscale("CGNNMO51A01H501H") == "CGNNMO51A01H501H"


@pytest.mark.parametrize(
    "text",
    [
        "RSSMRA85T10A562S",
        "RSSMRA85T50A562W",  # a woman: the day plus 40
        "RSSMRA85T10A56NH",  # omocodia: the last digit is a letter
        "RSSMRAURTMLARSNL",  # omocodia in all seven digits
        "RSSMRA00B29A562C",  # 29 February 2000
    ],
)
def test_persons(text: str) -> None:
    assert not CodiceFiscale(text).is_body


@pytest.mark.parametrize("text", ["05754381001", "97735020584", "80078750587"])
def test_bodies(text: str) -> None:
    assert CodiceFiscale(text).is_body
    assert PartitaIva(text) == text


@pytest.mark.parametrize(
    ("text", "country", "sepa"),
    [
        ("IT60X0542811101000000123456", "IT", True),
        ("SM86U0322509800000000270100", "SM", True),
        ("DE89370400440532013000", "DE", True),
        ("FR1420041010050500013M02606", "FR", True),
        ("SE4550000000058398257466", "SE", True),
        ("HU42117730161111101800000000", "HU", True),
        ("CH9300762011623852957", "CH", True),
        ("BR1800360305000010009795493C1", "BR", False),
    ],
)
def test_ibans_of_other_countries_pass_without_a_warning(text: str, country: str, sepa: bool) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        iban = Iban(text)
    assert (iban.country, iban.is_sepa) == (country, sepa)


@pytest.mark.parametrize("text", ["7", "12345678901234567890", "A 1", "50/R", "~1!", "0"])
def test_invoice_numbers(text: str) -> None:
    assert InvoiceNumber(text) == text


@pytest.mark.parametrize("text", ["SSP", "RID00012345", "SSP00030614000306140"])
def test_contract_codes_of_any_service(text: str) -> None:
    assert ContractCode(text) == text


@pytest.mark.parametrize("text", ["it 0575 4381 001", "IT-05754381001", "05754381001", "0575\u00a04381001"])
def test_normalising_a_partita_iva(text: str) -> None:
    assert type(normalise_partita_iva(text)) is PartitaIva
    assert normalise_partita_iva(text) == "05754381001"


def test_normalising_a_codice_fiscale() -> None:
    assert type(normalise_codice_fiscale("\tcgn nmo 51a01 h501h\n")) is CodiceFiscale
    assert normalise_codice_fiscale("\tcgn nmo 51a01 h501h\n") == "CGNNMO51A01H501H"
    assert normalise_codice_fiscale("977.350.205-84").is_body


def test_normalising_an_iban() -> None:
    assert type(normalise_iban("IT60-X054-2811-1010-0000-0123-456")) is Iban
    assert normalise_iban("it60 x054 2811 1010 0000 0123 456").country == "IT"


@pytest.mark.parametrize("normalise", [normalise_partita_iva, normalise_codice_fiscale, normalise_iban])
@pytest.mark.parametrize("text", ["", "CGNNMOS1A01H501H", "O5754381001", "ıt60x0542811101000000123456", "٠٥٧٥٤٣٨١٠٠١"])
def test_normalising_never_guesses(normalise: Callable[[str], CheckedText], text: str) -> None:
    with pytest.raises(InvalidIdentifierError):
        normalise(text)


@pytest.mark.parametrize("normalise", [normalise_partita_iva, normalise_codice_fiscale, normalise_iban])
def test_normalising_refuses_what_is_not_text(normalise: Callable[[str], CheckedText]) -> None:
    with pytest.raises(InvalidIdentifierError, match="with its leading zeros"):
        normalise(5754381001)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", [type(value) for value in VALID])
def test_a_whole_file_in_the_wrong_place_is_refused_at_once_and_shown_in_part(kind: type[CheckedText]) -> None:
    with pytest.raises(InvalidIdentifierError) as caught:
        kind("0" * 2_000_000)
    assert len(str(caught.value)) < 400
    assert "..." in caught.value.what


def test_two_misreadings_that_would_both_do_are_not_suggested() -> None:
    with pytest.raises(InvalidIdentifierError) as caught:
        PartitaIva("O575438I001")
    assert "would be valid" not in str(caught.value)


def test_the_checkers_load_on_first_use_only() -> None:
    probe = (
        "import sys; from gse_billing.core.identifiers import *; OfficeCode('UF4NU9'); InvoiceNumber('7'); "
        "heavy = lambda: {name.split('.')[0] for name in sys.modules} & {'stdnum', 'schwifty'}; "
        "first = heavy(); PartitaIva('05754381001'); print(first, heavy())"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set() {'stdnum'}"
