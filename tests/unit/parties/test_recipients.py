"""The choice of the recipient code against a snapshot of IPA: what SDI would discard is a finding."""

from __future__ import annotations

import datetime as dt

import pytest

from gse_billing import evolve
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.findings import Finding
from gse_billing.core.identifiers import CodiceFiscale, ContractCode, OfficeCode, RecipientCode
from gse_billing.parties import (
    Address,
    ChannelState,
    Contract,
    Office,
    OfficeSnapshot,
    Operator,
    OperatorKind,
    Recipient,
    choose_recipient,
)

DAY = dt.date(2026, 3, 10)
BODY = Operator(
    key="comune",
    name="Comune di Montefiore",
    kind=OperatorKind.PUBLIC_BODY,
    codice_fiscale=CodiceFiscale("80012340446"),
    address=Address(indirizzo="Piazza del Popolo", cap="63062", comune="Montefiore", provincia="AP"),
)
CONTRACT = Contract(code=ContractCode("SSP00030614"), service="SSP", power_kw="50")
FIRST = Office(
    OfficeCode("UFAAAA"),
    "Ragioneria",
    BODY.codice_fiscale,
    "c_f501",
    dt.date(2014, 5, 1),
    dt.date(2015, 3, 31),
    ChannelState.UNSAID,
)
SECOND = evolve(FIRST, code=OfficeCode("UFBBBB"))
LATE = evolve(FIRST, code=OfficeCode("UFLATE"), start=dt.date(2026, 3, 11))
CENTRAL = evolve(FIRST, code=OfficeCode("UFCCCC"), name="Uff_eFatturaPA")


def choose(
    *offices: Office, operator: Operator = BODY, contract: Contract | None = None, absent: bool = False
) -> Recipient | Finding:
    snapshot = OfficeSnapshot(DAY, offices)
    return choose_recipient(operator, contract, offices=snapshot, on=DAY, absent_from_ipa=absent)


@pytest.mark.requirement("CUU-1", "CUU-2", "CUU-3")
@pytest.mark.parametrize(
    ("offices", "star", "own", "code", "reason"),
    [
        ([FIRST, SECOND], "UFAAAA", "UFBBBB", "UFBBBB", "chosen for contract SSP00030614"),
        ([FIRST, SECOND], "UFAAAA", None, "UFAAAA", "the operator's preferred office"),
        ([FIRST, LATE], None, None, "UFAAAA", "the only usable office of the body"),
        ([FIRST, CENTRAL], None, None, "UFAAAA", "the only usable office of the body"),
        ([CENTRAL, LATE], None, None, "UFCCCC", "the central office: the body has no other"),
        ([FIRST, SECOND, CENTRAL], "UFCCCC", None, "UFCCCC", "the operator's preferred office"),
        ([CENTRAL], None, "UFCCCC", "UFCCCC", "chosen for contract SSP00030614"),
    ],
)
def test_contract_then_star_then_the_only_office(
    offices: list[Office], star: str | None, own: str | None, code: str, reason: str
) -> None:
    operator = evolve(BODY, preferred_office=OfficeCode(star) if star else None)
    contract = evolve(CONTRACT, office=OfficeCode(own) if own else None)
    assert choose(*offices, operator=operator, contract=contract) == Recipient(code=code, format="FPA12", reason=reason)


@pytest.mark.parametrize(
    ("offices", "star", "code", "says"),
    [
        ([FIRST, SECOND], None, "parties:no-office-code", "candidates: UFAAAA, UFBBBB"),
        ([FIRST, SECOND, CENTRAL], None, "parties:no-office-code", "candidates: UFAAAA, UFBBBB"),
        ([CENTRAL, evolve(CENTRAL, code=OfficeCode("UFDDDD"))], None, "parties:no-office-code", "UFCCCC, UFDDDD"),
        ([LATE], None, "parties:no-office-code", "candidates: none"),
        ([FIRST], "UFZZZZ", "parties:office-not-usable", "IPA does not list it; candidates: UFAAAA"),
        ([LATE], "UFLATE", "parties:office-not-usable", "it receives invoices from 2026-03-11; candidates: none"),
        ([FIRST, CENTRAL], "UFCCCC", "parties:central-office", "exactly one other office: UFAAAA"),
    ],
)
def test_what_sdi_would_discard_is_a_finding(offices: list[Office], star: str | None, code: str, says: str) -> None:
    found = choose(*offices, operator=evolve(BODY, preferred_office=OfficeCode(star) if star else None))
    assert isinstance(found, Finding)
    assert found.code == code
    assert says in found.message_en


@pytest.mark.parametrize("kind", [OperatorKind.COMPANY, OperatorKind.PERSON])
def test_a_private_format_for_a_body_in_ipa_is_refused(kind: OperatorKind) -> None:
    private = evolve(BODY, kind=kind, recipient_code=RecipientCode("M5UXCR1"))
    found = choose(FIRST, operator=private)
    assert isinstance(found, Finding)
    assert (found.code, found.parameters["candidates"]) == ("parties:body-in-ipa", "UFAAAA")
    assert "00399" in found.hint
    assert choose(LATE, operator=private) == Recipient(
        code="M5UXCR1", format="FPR12", reason="the operator's recipient code"
    )


def test_999999_is_for_bodies_that_ipa_does_not_list_and_only_on_request() -> None:
    absent = choose(absent=True)
    assert absent == Recipient(code="999999", format="FPA12", reason="asked for: IPA does not list the body")
    assert choose_recipient(BODY, absent_from_ipa=True) == absent
    assert isinstance(choose(), Finding)
    listed = choose(FIRST, absent=True)
    assert isinstance(listed, Finding)
    assert listed.message_en == "IPA lists Comune di Montefiore, so 999999 is refused; offices: UFAAAA"


def test_a_snapshot_needs_the_day_of_the_invoice() -> None:
    with pytest.raises(InvalidValueError, match="give the date of the invoice"):
        choose_recipient(BODY, offices=OfficeSnapshot(DAY))


@pytest.mark.requirement("CUU-4")
def test_the_choice_knows_nothing_of_invoices_to_gse() -> None:
    """An operator has offices for what GSE sends to him, and no field for where his own invoices go."""
    named = {attribute.name for cls in (Operator, Contract) for attribute in cls.__attrs_attrs__}
    assert {name for name in named if "office" in name} == {"preferred_office", "office"}
    found = choose(FIRST)
    assert isinstance(found, Recipient)
    assert found.code in {office.code for office in OfficeSnapshot(DAY, [FIRST]).offices_of(BODY.codice_fiscale)}
