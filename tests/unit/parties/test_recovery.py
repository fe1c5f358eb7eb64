"""Forgotten user ids and passwords, and contacts that are shown masked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gse_billing.core.errors import IllegalTransitionError, InvalidValueError
from gse_billing.core.identifiers import CodiceFiscale
from gse_billing.parties import (
    ContactChannel,
    Contacts,
    RecoveryStep,
    User,
    masked_email,
    masked_phone,
    recover_password,
    recover_user_id,
)

ROSSI = User(
    id="rossi",
    name="Rossi Mario",
    codice_fiscale=CodiceFiscale("RSSMRA85T10A562S"),
    contacts=Contacts("gjrossi2@gmail.com", "+393391234497"),
)


@pytest.mark.requirement("ACC-18")
def test_contacts_are_masked_as_the_source_shows_them() -> None:
    assert ROSSI.contacts.masked(ContactChannel.EMAIL) == "gj*****2@g****.com"
    assert ROSSI.contacts.masked(ContactChannel.SMS) == "+39339****497"


@pytest.mark.parametrize(
    ("email", "masked"),
    [("a@b.it", "*@b.it"), ("ab@b.it", "a*@b.it"), ("abc@ente.gov.it", "a**@e***.gov.it"), ("abcd@x.it", "ab*d@x.it")],
)
def test_short_addresses_keep_less(email: str, masked: str) -> None:
    assert masked_email(email) == masked


@given(st.from_regex(r"\+[0-9]{2}[0-9]{8,13}", fullmatch=True))
def test_a_masked_number_shows_six_digits_at_most(phone: str) -> None:
    """ACC-18: as long as the number, country and three digits at each end."""
    masked = masked_phone(phone)
    assert len(masked) == len(phone)
    assert masked.count("*") == len(phone) - 9


@pytest.mark.parametrize(
    ("email", "phone", "reason"),
    [
        ("rossi", "+393391234497", "no @"),
        ("rossi@ente", "+393391234497", "no domain"),
        ("a b@ente.it", "+393391234497", "a blank"),
        ("rossi@ente.it", "3391234497", "no country"),
        ("rossi@ente.it", "+39 339 1234497", "blanks"),
        ("rossi@ente.it", "+39339", "too short"),
    ],
)
def test_what_is_no_contact_is_refused(email: str, phone: str, reason: str) -> None:
    with pytest.raises(InvalidValueError, match="write it"):
        Contacts(email, phone)


@pytest.mark.requirement("ACC-16")
def test_a_user_id_is_recovered_by_codice_fiscale_over_one_channel() -> None:
    started = recover_user_id([ROSSI], ROSSI.codice_fiscale)
    assert started.choices == (
        (ContactChannel.EMAIL, "gj*****2@g****.com"),
        (ContactChannel.SMS, "+39339****497"),
    )
    done = started.sent(ContactChannel.SMS)
    assert (done.step, done.channel) == (RecoveryStep.DONE, ContactChannel.SMS)
    with pytest.raises(IllegalTransitionError, match="a message goes out once"):
        done.sent(ContactChannel.EMAIL)


@pytest.mark.requirement("ACC-17")
def test_a_password_is_recovered_with_a_code_and_a_new_password_together() -> None:
    asked = recover_password([ROSSI], "rossi", tries=3).sent(ContactChannel.EMAIL)
    assert asked.step is RecoveryStep.CODE_SENT
    assert asked.answered(code_right=True, password_set=False) == asked
    assert asked.answered(code_right=True, password_set=True).step is RecoveryStep.DONE


def test_a_code_may_be_wrong_only_so_often() -> None:
    recovery = recover_password([ROSSI], "rossi", tries=2).sent(ContactChannel.EMAIL)
    recovery = recovery.answered(code_right=False, password_set=True)
    assert (recovery.step, recovery.tries_left) == (RecoveryStep.CODE_SENT, 1)
    recovery = recovery.answered(code_right=False, password_set=True)
    assert recovery.step is RecoveryStep.FAILED
    with pytest.raises(IllegalTransitionError, match="start a new recovery"):
        recovery.answered(code_right=True, password_set=True)
    with pytest.raises(InvalidValueError, match="allow at least one"):
        recover_password([ROSSI], "rossi", tries=0)


def test_who_is_not_found_gets_no_choices_and_no_message() -> None:
    for recovery in (
        recover_user_id([ROSSI], CodiceFiscale("CGNNMO51A01H501H")),
        recover_password([], "rossi", tries=3),
    ):
        assert recovery.choices == ()
        with pytest.raises(IllegalTransitionError, match="to a user who was found"):
            recovery.sent(ContactChannel.EMAIL)
