"""To which code GSE's invoices to an operator go, and in which format (CUU-2, CUU-3).

A pure choice: what the contract says, then the star, then the only usable office; never a guess.
The other direction, operators' invoices to GSE, goes to GSE's own office and is not chosen here (CUU-4).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Literal

from attrs import frozen

from gse_billing.core.errors import InvalidValueError
from gse_billing.core.findings import Finding
from gse_billing.core.guards import guarded, require_fields
from gse_billing.core.identifiers import OfficeCode
from gse_billing.parties.contracts import Contract
from gse_billing.parties.offices import Office, OfficeSnapshot
from gse_billing.parties.operators import Operator

__all__ = ["ABSENT_FROM_IPA", "FOREIGN_CODE", "NO_CODE", "Recipient", "choose_recipient"]

NO_CODE = "0000000"
"""The code for a private party that has none: SDI uses the PEC or the reserved area."""
FOREIGN_CODE = "XXXXXXX"
"""The code for a buyer abroad."""
ABSENT_FROM_IPA = OfficeCode("999999")
"""The code of older texts for a public body that IPA does not list."""

Format = Literal["FPA12", "FPR12"]


@frozen(kw_only=True)
class Recipient:
    """Where an invoice goes: the code, the format that follows from it, the PEC if any, and why."""

    code: str
    format: Format
    pec: str | None = None
    reason: str

    def __attrs_post_init__(self) -> None:
        require_fields(self)


@guarded
def choose_recipient(
    operator: Operator,
    contract: Contract | None = None,
    *,
    usable: Sequence[OfficeCode] = (),
    offices: OfficeSnapshot | None = None,
    on: dt.date | None = None,
    absent_from_ipa: bool = False,
) -> Recipient | Finding:
    """The recipient of an invoice that GSE sends to an operator, or the finding that says what is missing.

    Args:
        operator: the buyer.
        contract: the contract that the invoice concerns, if it concerns one.
        usable: the offices of the body that can receive e-invoices on that day, where there is no snapshot.
        offices: a snapshot of IPA; then the code that was chosen is held against it.
        on: the date of the invoice, needed with a snapshot.
        absent_from_ipa: ask for the code 999999, for a body that IPA does not list.

    Returns:
        The recipient, or a finding: ``parties:no-office-code`` with the candidates, ``parties:office-not-usable``,
        ``parties:central-office`` (SDI 00398), ``parties:body-in-ipa`` (SDI 00399).

    Raises:
        InvalidValueError: a snapshot without a day.

    >>> from gse_billing.core.identifiers import CodiceFiscale
    >>> from gse_billing.parties import Address, OperatorKind
    >>> seat = Address(indirizzo="Via Roma 1", cap="63062", comune="Montefiore", provincia="AP")
    >>> body = Operator(
    ...     key="comune", name="Comune", kind=OperatorKind.PUBLIC_BODY,
    ...     codice_fiscale=CodiceFiscale("80012340446"), address=seat, preferred_office=OfficeCode("UFMS01"),
    ... )
    >>> choose_recipient(body)
    Recipient(code='UFMS01', format='FPA12', pec=None, reason="the operator's preferred office")
    """
    if offices is not None and on is None:
        raise InvalidValueError("a snapshot of IPA needs a day", value=on, remedy="give the date of the invoice")
    listed = offices.usable(operator.codice_fiscale, on) if offices is not None and on is not None else ()
    if not operator.is_public_body:
        return _in_ipa(operator, listed, "FPR12") if listed else _private(operator)
    if absent_from_ipa:
        return _in_ipa(operator, listed, "999999") if listed else _absent()
    chosen = _chosen(operator, contract)
    if chosen is None:
        return _only(operator, listed) if offices is not None else _only_code(operator, usable)
    if offices is not None and on is not None:
        defect = _defect(operator, chosen, offices, on, listed)
        if defect is not None:
            return defect
    return chosen


def _chosen(operator: Operator, contract: Contract | None) -> Recipient | None:
    if contract is not None and contract.office is not None:
        return Recipient(code=contract.office, format="FPA12", reason=f"chosen for contract {contract.code}")
    if operator.preferred_office is not None:
        return Recipient(code=operator.preferred_office, format="FPA12", reason="the operator's preferred office")
    return None


def _only(operator: Operator, listed: Sequence[Office]) -> Recipient | Finding:
    """The only usable office; the central one only where the body has no other."""
    ordinary = [office.code for office in listed if not office.central]
    if ordinary:
        return _only_code(operator, ordinary)
    if len(listed) == 1:
        return Recipient(code=listed[0].code, format="FPA12", reason="the central office: the body has no other")
    return _only_code(operator, [office.code for office in listed])


def _only_code(operator: Operator, usable: Sequence[OfficeCode]) -> Recipient | Finding:
    if len(usable) == 1:
        return Recipient(code=usable[0], format="FPA12", reason="the only usable office of the body")
    return _no_office(operator, usable)


def _absent() -> Recipient:
    return Recipient(code=ABSENT_FROM_IPA, format="FPA12", reason="asked for: IPA does not list the body")


def _private(operator: Operator) -> Recipient:
    if operator.address.nazione != "IT":
        return Recipient(code=FOREIGN_CODE, format="FPR12", reason="the buyer is abroad")
    if operator.recipient_code:
        return Recipient(code=operator.recipient_code, format="FPR12", reason="the operator's recipient code")
    if operator.pec:
        return Recipient(code=NO_CODE, format="FPR12", pec=operator.pec, reason="the operator's PEC")
    return Recipient(code=NO_CODE, format="FPR12", reason="no code and no PEC: the reserved area")


def _defect(
    operator: Operator, chosen: Recipient, offices: OfficeSnapshot, on: dt.date, listed: Sequence[Office]
) -> Finding | None:
    """What SDI would say to the office that was chosen."""
    office = offices.office(chosen.code, operator.codice_fiscale)
    why = "IPA does not list it" if office is None else office.obstacle(operator.codice_fiscale, on)
    if why:
        return _not_usable(operator, chosen, why, listed)
    ordinary = [one.code for one in listed if not one.central]
    if office is not None and office.central and len(ordinary) == 1:
        return _central(operator, chosen, ordinary[0])
    return None


def _finding(operator: Operator, code: str, *, italian: str, english: str, hint: str, **more: str) -> Finding:
    parameters: Mapping[str, str] = {"operator": operator.key, **more}
    path = f"operators.{operator.key}.office_code"
    return Finding(code=code, path=path, message_it=italian, message_en=english, hint=hint, parameters=parameters)


def _no_office(operator: Operator, usable: Sequence[OfficeCode]) -> Finding:
    candidates = ", ".join(usable) or "none"
    return _finding(
        operator,
        "parties:no-office-code",
        italian=f"per {operator.name} non è scelto il codice univoco ufficio; candidati: {candidates}",
        english=f"no office code (CUU) is chosen for {operator.name}; candidates: {candidates}",
        hint="choose the preferred office (the star) or one for the contract",
        candidates=candidates,
    )


def _not_usable(operator: Operator, chosen: Recipient, why: str, listed: Sequence[Office]) -> Finding:
    candidates = ", ".join(office.code for office in listed) or "none"
    return _finding(
        operator,
        "parties:office-not-usable",
        italian=f"l'ufficio {chosen.code} di {operator.name} non può ricevere la fattura; candidati: {candidates}",
        english=f"office {chosen.code} ({chosen.reason}) cannot receive it: {why}; candidates: {candidates}",
        hint="choose one of the candidates, or mend the data in IPA",
        candidates=candidates,
        actual=chosen.code,
    )


def _central(operator: Operator, chosen: Recipient, ordinary: OfficeCode) -> Finding:
    return _finding(
        operator,
        "parties:central-office",
        italian=f"{chosen.code} è l'ufficio centrale, ma {operator.name} ha un solo altro ufficio: {ordinary}",
        english=f"{chosen.code} is the central office, but {operator.name} has exactly one other office: {ordinary}",
        hint="send it to the other office; SDI discards it at the central one (00398)",
        expected=ordinary,
        actual=chosen.code,
    )


def _in_ipa(operator: Operator, listed: Sequence[Office], wanted: str) -> Finding:
    candidates = ", ".join(office.code for office in listed)
    return _finding(
        operator,
        "parties:body-in-ipa",
        italian=f"{operator.name} è in IPA, quindi {wanted} non è ammesso; uffici: {candidates}",
        english=f"IPA lists {operator.name}, so {wanted} is refused; offices: {candidates}",
        hint="treat it as a public body and choose one of its offices (SDI 00399)",
        candidates=candidates,
    )
