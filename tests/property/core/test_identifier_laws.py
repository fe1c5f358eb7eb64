"""Laws of the checked texts."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.it import iva

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
from tests.property.core.strategies import BODY_CODES, DIGITS, IBANS, PERSON_CODES

KINDS = [PartitaIva, CodiceFiscale, Iban, OfficeCode, RecipientCode, ContractCode, InvoiceNumber]
BLANKS = st.sampled_from(["", " ", "  ", "-", "\u00a0"])
PRINTABLE = [chr(number) for number in range(0x20, 0x7F)]


@given(PERSON_CODES)
def test_every_code_built_by_the_rules_of_a_person_passes(text: str) -> None:
    """DM 23/12/1976: name, date of birth, place, control character; omocodia replaces digits by letters."""
    assert not CodiceFiscale(text).is_body


@given(BODY_CODES)
def test_every_code_built_by_the_rules_of_a_body_passes(text: str) -> None:
    """The 11 digits of a body follow the rule of the partita IVA."""
    assert CodiceFiscale(text).is_body
    assert PartitaIva(text) == text


@given(IBANS)
def test_every_italian_account_with_its_two_checks_passes(text: str) -> None:
    """ISO 13616 and the Italian CIN."""
    assert Iban(text).country == "IT"


@given(BODY_CODES, st.integers(0, 10), st.sampled_from(DIGITS))
def test_a_wrong_digit_is_always_noticed(text: str, place: int, digit: str) -> None:
    """Luhn: one changed digit changes the sum."""
    changed = text[:place] + digit + text[place + 1 :]
    if changed != text:
        with pytest.raises(InvalidIdentifierError):
            PartitaIva(changed)


@given(IBANS, st.integers(2, 26), st.sampled_from(DIGITS + "ABCXYZ"))
def test_a_wrong_sign_of_an_iban_is_always_noticed(text: str, place: int, sign: str) -> None:
    """ISO 7064 mod 97-10: one changed sign changes the remainder."""
    changed = text[:place] + sign + text[place + 1 :]
    if changed != text:
        with pytest.raises(InvalidIdentifierError):
            Iban(changed)


@given(st.data(), BLANKS, st.booleans())
def test_normalising_undoes_how_people_print_codes(data: st.DataObject, blank: str, small: bool) -> None:
    """Blanks, hyphens and small letters do not count; and what is normal already does not change."""
    for codes, normalise in (
        (PERSON_CODES, normalise_codice_fiscale),
        (BODY_CODES, normalise_partita_iva),
        (IBANS, normalise_iban),
    ):
        text = data.draw(codes)
        printed = blank.join(text[place : place + 4] for place in range(0, len(text), 4))
        assert normalise(printed.lower() if small else printed) == text
        assert normalise(text) == text


@given(st.sampled_from(KINDS), st.text() | st.text(DIGITS + "ABCIT /", max_size=30))
def test_a_text_passes_as_it_stands_or_is_refused(kind: type[CheckedText], text: str) -> None:
    """Nothing is repaired, nothing but our own exception escapes, and the exception keeps what was given."""
    refused: InvalidIdentifierError | None = None
    try:
        assert str(kind(text)) == text
    except InvalidIdentifierError as error:
        refused = error
    if refused is None:
        assert text.isascii()
    else:
        assert (refused.value, refused.kind) == (text, kind.kind)
        assert str(pickle.loads(pickle.dumps(refused))) == str(refused)


@given(st.text(PRINTABLE, max_size=22))
def test_invoice_numbers_are_those_of_the_standard(text: str) -> None:
    """FatturaPA 2.1.1.4 and SDI 00425: 1 to 20 characters, a digit; and no blank at the ends."""
    legal = 1 <= len(text) <= 20 and any(sign in DIGITS for sign in text) and text == text.strip(" ")
    try:
        InvoiceNumber(text)
    except InvalidIdentifierError:
        assert not legal
    else:
        assert legal


@given(st.from_regex("[0-9]{7}(0[0-9]{2}|100|120|[0-9]{3})[0-9]", fullmatch=True))
def test_eleven_digits_pass_where_the_library_says_so(text: str) -> None:
    """DPR 633/72 art. 35: seven digits of the holder, three of the tax office, one check digit (Luhn)."""
    try:
        accepted = bool(PartitaIva(text))
    except InvalidIdentifierError:
        accepted = False
    assert accepted is iva.is_valid(text)
