"""Operators, contracts, recipients and standing."""

from __future__ import annotations

import datetime as dt
import pickle
from decimal import Decimal

import pytest

from gse_billing import evolve
from gse_billing.core.errors import FloatRefusedError, InvalidAmountError, InvalidValueError
from gse_billing.core.findings import Finding
from gse_billing.core.identifiers import CodiceFiscale, ContractCode, Iban, OfficeCode, PartitaIva, RecipientCode
from gse_billing.parties import (
    FOREIGN_CODE,
    NO_CODE,
    Address,
    Contract,
    Operator,
    OperatorKind,
    Recipient,
    Restriction,
    RestrictionKind,
    Standing,
    choose_recipient,
)

SEAT = Address(indirizzo="Piazza del Popolo", cap="63062", comune="Montefiore", provincia="AP")
CONTRACT = Contract(code=ContractCode("SSP00030614"), service="SSP", power_kw=Decimal("50.0"))
BODY = Operator(
    key="comune",
    name="Comune di Montefiore",
    kind=OperatorKind.PUBLIC_BODY,
    codice_fiscale=CodiceFiscale("80012340446"),
    address=SEAT,
    contracts=(CONTRACT,),
)
COMPANY = evolve(BODY, kind=OperatorKind.COMPANY)


@pytest.mark.requirement("ACC-5")
def test_an_operator_needs_a_tax_code_and_may_have_no_vat_number() -> None:
    assert BODY.partita_iva is None
    assert evolve(BODY, partita_iva=PartitaIva("05754381001")).partita_iva == "05754381001"
    with pytest.raises(TypeError):
        Operator(key="x", name="x", kind=OperatorKind.COMPANY, address=SEAT)  # type: ignore[call-arg]


def test_an_operator_lists_each_contract_once() -> None:
    with pytest.raises(InvalidValueError, match="has a contract twice"):
        evolve(BODY, contracts=(CONTRACT, CONTRACT))


@pytest.mark.parametrize(
    ("key", "reason"),
    [("", "nothing"), (".x", "starts with a sign"), ("a/b", "a folder"), ("à", "not Basic Latin"), ("a" * 65, "long")],
)
def test_a_key_of_an_operator_can_name_a_file(key: str, reason: str) -> None:
    with pytest.raises(InvalidValueError, match="it names files too"):
        evolve(BODY, key=key)


def test_contracts_may_come_as_any_iterable_and_operators_pickle() -> None:
    operator = evolve(BODY, contracts=iter([CONTRACT]))
    assert operator == pickle.loads(pickle.dumps(operator)) == BODY
    assert (BODY.is_public_body, COMPANY.is_public_body) == (True, False)


@pytest.mark.parametrize(("power", "reason"), [("0", "no power"), ("-3", "negative"), ("NaN", "not a figure")])
def test_a_power_is_above_zero(power: str, reason: str) -> None:
    with pytest.raises(InvalidAmountError):
        evolve(CONTRACT, power_kw=power)


def test_a_power_is_no_float() -> None:
    with pytest.raises(FloatRefusedError, match="a power in kW"):
        evolve(CONTRACT, power_kw=50.0)


@pytest.mark.requirement("PAY-1")
def test_the_iban_belongs_to_the_single_contract() -> None:
    one = evolve(CONTRACT, iban=Iban("IT09A0103003200000000123456"))
    other = evolve(CONTRACT, code=ContractCode("SSP00030615"), iban=Iban("IT61U0306905000100000012345"))
    operator = evolve(BODY, contracts=(one, other))
    assert [contract.iban for contract in operator.contracts] == [one.iban, other.iban]
    assert not hasattr(operator, "iban")


@pytest.mark.requirement("CUU-2", "CUU-3")
def test_the_contracts_office_beats_the_star_which_beats_the_only_usable_one() -> None:
    star, own, only = OfficeCode("AAAAAA"), OfficeCode("BBBBBB"), OfficeCode("CCCCCC")
    starred = evolve(BODY, preferred_office=star)
    chosen = [
        choose_recipient(starred, evolve(CONTRACT, office=own), usable=[only]),
        choose_recipient(starred, CONTRACT, usable=[only]),
        choose_recipient(starred, usable=[only]),
        choose_recipient(BODY, CONTRACT, usable=[only]),
    ]
    assert [(found.code, getattr(found, "format", "")) for found in chosen] == [
        (own, "FPA12"),
        (star, "FPA12"),
        (star, "FPA12"),
        (only, "FPA12"),
    ]
    assert isinstance(chosen[0], Recipient)
    assert chosen[0].reason == "chosen for contract SSP00030614"


@pytest.mark.parametrize("usable", [(), (OfficeCode("AAAAAA"), OfficeCode("BBBBBB"))])
def test_an_office_is_never_guessed(usable: tuple[OfficeCode, ...]) -> None:
    found = choose_recipient(BODY, CONTRACT, usable=usable)
    assert isinstance(found, Finding)
    assert found.code == "parties:no-office-code"
    assert ("AAAAAA, BBBBBB" if usable else "none") in found.message_en


@pytest.mark.parametrize(
    ("changes", "code", "pec"),
    [
        ({"recipient_code": RecipientCode("M5UXCR1"), "pec": "a@pec.it"}, "M5UXCR1", None),
        ({"pec": "a@pec.it"}, NO_CODE, "a@pec.it"),
        ({}, NO_CODE, None),
        ({"address": evolve(SEAT, nazione="AT")}, FOREIGN_CODE, None),
    ],
)
def test_a_private_party_has_a_code_a_pec_or_the_reserved_area(
    changes: dict[str, object], code: str, pec: str | None
) -> None:
    found = choose_recipient(evolve(COMPANY, **changes))
    assert isinstance(found, Recipient)
    assert (found.code, found.format, found.pec) == (code, "FPR12", pec)


DAY = dt.date(2021, 1, 10)


@pytest.mark.requirement("BLK-1")
def test_a_suspension_lasts_until_the_correction_is_obtained() -> None:
    opened = Restriction(kind=RestrictionKind.SUSPENSION, reason="SDI 00306 on invoice 90003", since=DAY)
    standing = Standing().opened([opened])
    assert standing.on(DAY - dt.timedelta(days=1)) == ()
    assert standing.on(dt.date(2099, 1, 1)) == (opened,)
    ended = Standing((evolve(opened, until=dt.date(2021, 3, 1)),))
    assert ended.on(dt.date(2021, 2, 28)) != ()
    assert ended.on(dt.date(2021, 3, 1)) == ()
    assert "correction of the operator's registered tax data" in str(opened)


def test_restrictions_are_kept_in_order_of_time_and_a_block_says_what_ends_it() -> None:
    later = Restriction(kind=RestrictionKind.BLOCK, reason="two refusals", since=DAY)
    earlier = Restriction(kind=RestrictionKind.SUSPENSION, reason="x", since=DAY - dt.timedelta(days=3))
    assert Standing((later, earlier)).restrictions == (earlier, later)
    assert "re-issue" in str(later)


def test_a_restriction_cannot_end_before_it_starts() -> None:
    with pytest.raises(InvalidValueError, match="cannot end on"):
        Restriction(kind=RestrictionKind.BLOCK, reason="x", since=DAY, until=DAY)
