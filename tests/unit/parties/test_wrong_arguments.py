"""Odd arguments at every door of the parties are refused in words, or fit."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from attrs import AttrsInstance, fields

from gse_billing import parties as p
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.identifiers import (
    CodiceFiscale,
    ContractCode,
    Iban,
    InvoiceNumber,
    OfficeCode,
    PartitaIva,
)
from tests.support.odd_arguments import Door, defects

DAY = dt.date(2026, 3, 10)
BODY = CodiceFiscale("80012340446")
CODE, OFFICE = ContractCode("SSP00030614"), OfficeCode("UF4NU9")
IBAN, OTHER = Iban("IT60X0542811101000000123456"), Iban("IT09A0103003200000000123456")
CONTACTS = p.Contacts("gjrossi2@gmail.com", "+393391234497")
USER = p.User(id="rossi", name="Rossi", codice_fiscale=CodiceFiscale("RSSMRA85T10A562S"), contacts=CONTACTS)
SEAT = p.Address(indirizzo="Via Roma", cap="00197", comune="Roma", provincia="RM")
CONTRACT = p.Contract(code=CODE, service="SSP", power_kw="50", iban=IBAN)
OPERATOR = p.Operator(
    key="comune",
    name="Comune",
    kind=p.OperatorKind.PUBLIC_BODY,
    codice_fiscale=BODY,
    partita_iva=PartitaIva("01234560447"),
    address=SEAT,
    contracts=(CONTRACT,),
)
ACCESS = p.Access(users=(USER,)).with_operator(OPERATOR, by="rossi").with_pin("comune", "1", by="rossi")
(ACCOUNT,) = ACCESS.accounts
ACTIVATION = p.Activation(access=ACCESS, user="rossi", operator="comune")
ANSWER = p.ContractAnswer(contract=CODE, outcome=p.ContractOutcome.ACCEPTED, on=DAY)
CHANGE = p.request_iban_change(OTHER, [CONTRACT], on=DAY)
ANSWERED = CHANGE.answered(ANSWER)
LISTED = p.Office(OFFICE, "Ufficio", BODY, "c_f572", DAY, DAY, p.ChannelState.ACTIVE)
SNAPSHOT = p.OfficeSnapshot(DAY, (LISTED,))
RESTRICTION = p.Restriction(kind=p.RestrictionKind.BLOCK, reason="two refusals", since=DAY)
STANDING = p.Standing((RESTRICTION,))
EVENT = p.StandingEvent(kind=p.StandingEventKind.INVOICE_REFUSED, on=DAY, invoice="1")
RECOVERY = p.recover_password([USER], "rossi", tries=2)
POLICY = p.BlockPolicy()


def made(value: AttrsInstance) -> Door:
    """The constructor of a value, with the fields of that value."""
    given = {one.name: getattr(value, one.name) for one in fields(type(value)) if one.init}
    return Door(type(value), given)


def door(call: Any, /, **given: Any) -> Door:
    return Door(call, given)


MADE: tuple[AttrsInstance, ...] = (
    CONTACTS,
    USER,
    SEAT,
    CONTRACT,
    OPERATOR,
    ACCESS,
    ACCOUNT,
    ACTIVATION,
    ANSWER,
    CHANGE,
    LISTED,
    SNAPSHOT,
    RESTRICTION,
    STANDING,
    EVENT,
    RECOVERY,
    POLICY,
    p.ask_for_pin(USER, OPERATOR, signed_form="f"),
    p.Notice(contract=CODE, contact="", restriction=RESTRICTION),
    p.Recipient(code="0000000", format="FPR12", pec="a@b.it", reason="r"),
)
DOORS = {type(value).__name__: made(value) for value in MADE} | {
    "masked": door(CONTACTS.masked, channel=p.ContactChannel.SMS),
    "masked_email": door(p.masked_email, email="a@b.it"),
    "masked_phone": door(p.masked_phone, phone="+393391234497"),
    "accepts": door(ACCOUNT.accepts, pin="1"),
    "user": door(ACCESS.user, user="rossi"),
    "account": door(ACCESS.account, operator="comune"),
    "operators_of": door(ACCESS.operators_of, user="rossi"),
    "users_of": door(ACCESS.users_of, operator="comune"),
    "with_user": door(ACCESS.with_user, user=USER),
    "with_operator": door(ACCESS.with_operator, operator=OPERATOR, by="rossi", legal_representative="rossi"),
    "with_pin": door(ACCESS.with_pin, operator="comune", pin="2", by="rossi"),
    "joined": door(ACCESS.joined, user="rossi", operator="comune", pin="1"),
    "left": door(ACCESS.left, user="rossi", operator="comune"),
    "dissociated": door(ACCESS.dissociated, user="rossi", operator="comune", by="rossi"),
    "ask_for_pin": door(p.ask_for_pin, user=USER, operator=OPERATOR, signed_form="f"),
    "the PIN of an activation": door(ACTIVATION.with_pin, pin="1"),
    "the service of an activation": door(ACTIVATION.with_pin("1").with_service, service="SSP"),
    "answered": door(CHANGE.answered, answer=ANSWER),
    "rejected_for": door(CHANGE.rejected_for, reason="r"),
    "first_payment_day": door(ANSWERED.first_payment_day, contract=CODE, delay=p.IBAN_CHANGE_DELAY),
    "request_iban_change": door(p.request_iban_change, iban=OTHER, contracts=[CONTRACT], on=DAY, obstacles={}),
    "iban_on": door(p.iban_on, contract=CONTRACT, changes=[ANSWERED], day=DAY, delay=p.IBAN_CHANGE_DELAY),
    "read_ipa_offices": door(p.read_ipa_offices, lines=["a,b"], day=DAY, delimiter=","),
    "read_ipa_answer": door(p.read_ipa_answer, answer="{}", tax_code=BODY, day=DAY),
    "active_on": door(LISTED.active_on, day=DAY),
    "obstacle": door(LISTED.obstacle, tax_code=BODY, day=DAY),
    "office": door(SNAPSHOT.office, code=OFFICE, tax_code=BODY),
    "offices_of": door(SNAPSHOT.offices_of, tax_code=BODY),
    "usable": door(SNAPSHOT.usable, tax_code=BODY, day=DAY),
    "choose_recipient": door(
        p.choose_recipient,
        operator=OPERATOR,
        contract=CONTRACT,
        usable=(OFFICE,),
        offices=SNAPSHOT,
        on=DAY,
        absent_from_ipa=False,
    ),
    "sent": door(RECOVERY.sent, channel=p.ContactChannel.SMS),
    "the answer of a recovery": door(
        RECOVERY.sent(p.ContactChannel.SMS).answered, code_right=False, password_set=False
    ),
    "recover_user_id": door(p.recover_user_id, users=[USER], codice_fiscale=USER.codice_fiscale),
    "recover_password": door(p.recover_password, users=[USER], user="rossi", tries=1),
    "counts": door(POLICY.counts, ground=p.RefusalGround.OTHER, day=DAY),
    "holds_on": door(RESTRICTION.holds_on, day=DAY),
    "concerns": door(RESTRICTION.concerns, contract=CODE),
    "on": door(STANDING.on, day=DAY, contract=CODE),
    "all_on": door(STANDING.all_on, day=DAY),
    "opened": door(STANDING.opened, more=(RESTRICTION,)),
    "notices": door(p.notices, restriction=RESTRICTION, contracts=[CONTRACT]),
    "standing_after": door(p.standing_after, events=[EVENT], policy=POLICY),
}


@pytest.mark.parametrize("name", DOORS)
def test_odd_arguments_are_refused_in_words(name: str) -> None:
    assert list(defects(DOORS[name])) == []


def test_a_code_is_checked_text_and_not_any_text() -> None:
    plain: Any = "IT60X0542811101000000123456"
    with pytest.raises(InvalidValueError, match="iban of Contract; it is of the class str; give an Iban or None"):
        p.Contract(code=CODE, service="SSP", power_kw=1, iban=plain)
    number: Any = InvoiceNumber("1")
    with pytest.raises(InvalidValueError, match="it is of the class InvoiceNumber; give a ContractCode"):
        p.Notice(contract=number, contact="", restriction=RESTRICTION)


@pytest.mark.parametrize("kind", [p.StandingEventKind.BIOFUEL_UNPAID])
def test_no_calendar_ends_a_restriction_of_its_last_day(kind: p.StandingEventKind) -> None:
    opened = p.StandingEvent(kind=kind, on=dt.date.max, invoice="1")
    lifted = p.StandingEvent(kind=p.StandingEventKind.INHIBITION_LIFTED, on=dt.date.max)
    with pytest.raises(InvalidValueError, match="there is no day 1 days after 9999-12-31"):
        p.standing_after([opened, lifted])
