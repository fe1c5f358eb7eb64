"""Users and operators, PINs, the three steps of an activation, leaving and being removed."""

from __future__ import annotations

import pytest

from gse_billing import evolve
from gse_billing.core.errors import IllegalTransitionError, InvalidIdentifierError, InvalidValueError
from gse_billing.core.identifiers import CodiceFiscale, PartitaIva
from gse_billing.parties import (
    Access,
    Activation,
    ActivationStep,
    Address,
    Contacts,
    Operator,
    OperatorKind,
    User,
    ask_for_pin,
)

SEAT = Address(indirizzo="Piazza del Popolo", cap="63062", comune="Montefiore", provincia="AP")
BODY = Operator(
    key="comune",
    name="Comune di Montefiore",
    kind=OperatorKind.PUBLIC_BODY,
    codice_fiscale=CodiceFiscale("80012340446"),
    address=SEAT,
)
COMPANY = evolve(
    BODY,
    key="gse",
    kind=OperatorKind.COMPANY,
    codice_fiscale=CodiceFiscale("05754381001"),
    partita_iva=PartitaIva("05754381001"),
)
CONTACTS = Contacts("rossi@ente.it", "+393391234497")


def user(name: str, tax_code: str) -> User:
    return User(id=name, name=name.title(), codice_fiscale=CodiceFiscale(tax_code), contacts=CONTACTS)


ROSSI = user("rossi", "RSSMRA85T10A562S")
BIANCHI = user("bianchi", "CGNNMO51A01H501H")
USERS = Access().with_user(ROSSI).with_user(BIANCHI)
ACCESS = USERS.with_operator(BODY, by="rossi", legal_representative="rossi")


@pytest.mark.requirement("ACC-3")
def test_registering_makes_a_user_who_is_a_person() -> None:
    assert USERS.user("rossi") == ROSSI
    assert USERS.operators_of("rossi") == ()
    with pytest.raises(InvalidValueError, match="a user is the person who registers"):
        evolve(ROSSI, codice_fiscale=BODY.codice_fiscale)


@pytest.mark.parametrize("again", [ROSSI, evolve(ROSSI, id="rossi2"), evolve(BIANCHI, id="rossi")])
def test_a_person_registers_once(again: User) -> None:
    with pytest.raises(InvalidValueError, match="recover the user id instead"):
        USERS.with_user(again)


@pytest.mark.requirement("ACC-4", "ACC-5")
def test_a_registered_user_registers_operators_with_or_without_a_vat_number() -> None:
    access = USERS.with_operator(BODY, by="rossi").with_operator(COMPANY, by="rossi")
    assert access.operators_of("rossi") == (BODY, COMPANY)
    assert [operator.partita_iva for operator in access.operators_of("rossi")] == [None, "05754381001"]
    with pytest.raises(InvalidValueError, match="there is no user 'nobody'"):
        USERS.with_operator(BODY, by="nobody")


@pytest.mark.requirement("ACC-6", "PAY-3", "BLK-4")
@pytest.mark.parametrize(
    ("tax_code", "vat_number", "reason"),
    [
        ("80012340447", None, "its check digit is 7"),
        ("8001234044", None, "it has 16 capital letters and digits for a person, 11 digits for a body"),
        ("80012340446", "05754381002", "its check digit is 2"),
        ("80012340446", "IT05754381001", "without blanks, dots or the prefix IT"),
    ],
)
def test_wrong_tax_data_never_reach_an_operator(tax_code: str, vat_number: str | None, reason: str) -> None:
    with pytest.raises(InvalidIdentifierError, match=reason):
        evolve(
            BODY,
            codice_fiscale=CodiceFiscale(tax_code),
            partita_iva=None if vat_number is None else PartitaIva(vat_number),
        )


def test_users_and_operators_are_found_by_what_their_names_say() -> None:
    """Names come from forms and files: equal text, not the same object; and in no order."""

    def read(name: str) -> str:
        return "".join(name)

    access = Access()
    for known in (evolve(ROSSI, id=read("mm")), evolve(BIANCHI, id="zz"), user("aa", "RSSMRA80A01H501U")):
        access = access.with_user(known)
    access = access.with_operator(BODY, by="mm", legal_representative=read("mm")).with_operator(COMPANY, by="zz")
    assert access.account(read("comune")).operator == BODY
    assert access.operators_of(read("zz")) == (COMPANY,)
    with pytest.raises(InvalidValueError, match="registered already"):
        access.with_operator(evolve(BODY, key=read("comune"), codice_fiscale=CodiceFiscale("80008000442")), by="zz")
    changed = access.with_pin(read("comune"), "1", by=read("mm")).joined(read("aa"), read("comune"), read("1"))
    assert [one.id for one in changed.users_of(read("comune"))] == ["mm", "aa"]
    assert [one.id for one in changed.dissociated("aa", read("comune"), by=read("mm")).users_of("comune")] == ["mm"]


def test_an_operator_is_registered_once() -> None:
    for again in (BODY, evolve(BODY, key="other"), evolve(COMPANY, key="comune")):
        with pytest.raises(InvalidValueError, match="join it with its PIN"):
            ACCESS.with_operator(again, by="bianchi")
    with pytest.raises(InvalidValueError, match="there is no operator 'other'"):
        ACCESS.account("other")


@pytest.mark.requirement("ACC-7", "ACC-10")
def test_joining_needs_a_pin_that_the_operator_sent_out_and_uses_it_up() -> None:
    with pytest.raises(IllegalTransitionError, match="not one of those that the operator sent out"):
        ACCESS.joined("bianchi", "comune", "4711")
    sent = ACCESS.with_pin("comune", "4711", by="rossi")
    assert "4711" not in repr(sent)
    joined = sent.joined("bianchi", "comune", "4711")
    assert joined.users_of("comune") == (ROSSI, BIANCHI)
    with pytest.raises(IllegalTransitionError):
        joined.joined("bianchi", "comune", "4711")


def test_a_pin_is_sent_by_who_follows_the_operator_and_is_not_empty() -> None:
    with pytest.raises(IllegalTransitionError, match="'bianchi' cannot send out a PIN"):
        ACCESS.with_pin("comune", "4711", by="bianchi")
    with pytest.raises(InvalidValueError, match="a PIN cannot be empty"):
        ACCESS.with_pin("comune", "", by="rossi")


@pytest.mark.requirement("ACC-11")
def test_users_and_operators_are_many_to_many() -> None:
    access = (
        ACCESS.with_operator(COMPANY, by="rossi").with_pin("comune", "1", by="rossi").joined("bianchi", "comune", "1")
    )
    assert access.operators_of("rossi") == (BODY, COMPANY)
    assert access.operators_of("bianchi") == (BODY,)
    assert access.users_of("comune") == (ROSSI, BIANCHI)


JOINED = ACCESS.with_pin("comune", "1", by="rossi").joined("bianchi", "comune", "1")


@pytest.mark.requirement("ACC-12")
def test_a_user_leaves_by_himself() -> None:
    assert JOINED.left("bianchi", "comune").users_of("comune") == (ROSSI,)
    with pytest.raises(IllegalTransitionError, match="he does not follow it"):
        ACCESS.left("bianchi", "comune")
    with pytest.raises(IllegalTransitionError, match="he represents it"):
        JOINED.left("rossi", "comune")


@pytest.mark.requirement("ACC-13")
def test_only_the_legal_representative_removes_another_user() -> None:
    assert JOINED.dissociated("bianchi", "comune", by="rossi").users_of("comune") == (ROSSI,)
    for access, by in ((JOINED, "bianchi"), (USERS.with_operator(BODY, by="bianchi"), "bianchi")):
        with pytest.raises(IllegalTransitionError, match="only the legal representative"):
            access.dissociated("bianchi", "comune", by=by)


@pytest.mark.requirement("ACC-9")
def test_a_pin_that_nobody_knows_is_asked_for_with_a_signed_form() -> None:
    ticket = ask_for_pin(BIANCHI, BODY, signed_form="modulo.pdf")
    assert (ticket.category, ticket.subject, ticket.word) == ("Area Clienti", "Accesso", "PIN")
    assert (ticket.user, ticket.operator) == ("bianchi", "80012340446")
    with pytest.raises(TypeError):
        ask_for_pin(BIANCHI, BODY, "modulo.pdf")  # type: ignore[call-arg]
    with pytest.raises(InvalidValueError, match="attach the form, signed"):
        ask_for_pin(BIANCHI, BODY, signed_form="")


ACTIVATION = Activation(access=ACCESS.with_pin("comune", "4711", by="rossi"), user="bianchi", operator="comune")


@pytest.mark.requirement("ACC-8")
def test_an_activation_takes_pin_service_and_summary() -> None:
    assert ACTIVATION.fields == (("CODICE FISCALE", "80012340446"), ("PARTITA IVA", "-"))
    assert ACTIVATION.step.value == "Inserisci PIN"
    second = ACTIVATION.with_pin("4711")
    assert (second.step.value, "4711" in repr(second)) == ("Sottoscrivi servizio", False)
    third = second.with_service("SSP")
    assert (third.step.value, third.service) == ("Riepilogo attivazione servizi", "SSP")
    assert BIANCHI not in third.access.users_of("comune")
    done = third.confirmed()
    assert done.step is ActivationStep.DONE
    assert done.access.users_of("comune") == (ROSSI, BIANCHI)


@pytest.mark.requirement("ACC-7", "ACC-8")
def test_without_the_right_pin_or_a_service_there_is_no_next_step() -> None:
    with pytest.raises(IllegalTransitionError, match="the PIN is not one of those"):
        ACTIVATION.with_pin("0815")
    second = ACTIVATION.with_pin("4711")
    with pytest.raises(IllegalTransitionError, match="no service was chosen"):
        second.with_service("")
    for refused in (ACTIVATION.confirmed, second.confirmed, lambda: ACTIVATION.with_service("SSP")):
        with pytest.raises(IllegalTransitionError, match="take the steps in their order"):
            refused()
    with pytest.raises(IllegalTransitionError, match="belongs to the step 'Inserisci PIN'"):
        second.with_pin("4711")


def test_an_activation_can_be_cancelled_until_it_has_ended() -> None:
    second = ACTIVATION.with_pin("4711")
    for open_one in (ACTIVATION, second, second.with_service("SSP")):
        cancelled = open_one.cancelled()
        assert (cancelled.step, cancelled.pin) == (ActivationStep.CANCELLED, "")
        assert cancelled.access == ACTIVATION.access
        with pytest.raises(IllegalTransitionError, match="it has ended already"):
            cancelled.cancelled()


def test_a_pin_used_by_somebody_else_meanwhile_no_longer_serves() -> None:
    third = ACTIVATION.with_pin("4711").with_service("SSP")
    late = evolve(third, access=third.access.joined("rossi", "comune", "4711"))
    with pytest.raises(IllegalTransitionError):
        late.confirmed()
