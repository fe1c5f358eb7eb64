"""One movement of camt.053 as bookings: itself, or each payment inside of it."""

from __future__ import annotations

from decimal import Decimal

from gse_billing.core.explain import figure
from gse_billing.core.findings import Finding, Severity
from gse_billing.core.money import EXACT, ZERO, exact
from gse_billing.payments.camt_nodes import Node
from gse_billing.payments.statement_findings import FlawedError, Place, finding
from gse_billing.payments.statements import Booking

__all__ = ["bookings_of"]

_NO_REFERENCE = "NOTPROVIDED"
_SIDES = ("Dbtr", "Cdtr")


def bookings_of(
    entry: Node, number: int, *, account: str, currency: str, at: Place
) -> tuple[list[Booking], list[Finding]]:
    """The bookings of a movement, and what is odd about it.

    A movement of several payments is one booking each, when their amounts add up to it; else it stays one.

    Raises:
        FlawedError: something that has to be there is not, or cannot be read.
    """
    amount = _amount(entry, currency)
    entry.required("Sts/Cd", "Sts")
    details = entry.all("NtryDtls/TxDtls")
    if len(details) <= 1:
        return [_booking(entry, details[0] if details else entry, amount, number, account)], []
    amounts = [_detail_amount(detail, entry, currency) for detail in details]
    with exact():
        together = sum(amounts, ZERO)
    if together != amount:
        odd = finding("details", figure(together), figure(amount), at=at, severity=Severity.WARNING)
        return [_booking(entry, entry, amount, number, account)], [odd]
    parts = zip(details, amounts, strict=True)
    return [_booking(entry, detail, part, number, account, shared=True) for detail, part in parts], []


def _amount(node: Node, currency: str) -> Decimal:
    amount, own = node.amount("Amt")
    return node.signed(_same_currency(amount, own, currency))


def _same_currency(amount: Decimal, own: str, currency: str) -> Decimal:
    if own != currency:
        raise FlawedError("currency", own, currency)
    return amount


def _detail_amount(detail: Node, entry: Node, currency: str) -> Decimal:
    amount, own = detail.amount("Amt" if detail.text("Amt") else "AmtDtls/TxAmt/Amt")
    side = detail if detail.text("CdtDbtInd") else entry
    return side.signed(_same_currency(amount, own, currency))


def _booking(entry: Node, detail: Node, amount: Decimal, number: int, account: str, *, shared: bool = False) -> Booking:
    name, iban = _counterparty(detail, paid_to_us=amount > 0, account=account)
    identification = detail.text("Refs/EndToEndId")
    return Booking(
        amount=amount,
        booked=entry.day("BookgDt"),
        value_date=entry.day("ValDt"),
        reference=detail.text("Refs/AcctSvcrRef") or entry.text("AcctSvcrRef", "NtryRef"),
        end_to_end_id="" if identification == _NO_REFERENCE else identification,
        counterparty=name,
        counterparty_iban=iban,
        remittance=_remittance(detail) or detail.text("AddtlTxInf") or entry.text("AddtlNtryInf"),
        reversal=entry.text("RvslInd") in {"true", "1"} or bool(detail.all("RtrInf")),
        charges=_charges(detail) or (ZERO if shared else _charges(entry)),
        entry=number,
        line=detail.line,
    )


def _counterparty(detail: Node, *, paid_to_us: bool, account: str) -> tuple[str, str]:
    """Name and account of the other side; in a return some banks keep the sides of the payment that came back."""
    for side in _SIDES if paid_to_us else _SIDES[::-1]:
        name = detail.text(f"RltdPties/{side}/Nm", f"RltdPties/{side}/Pty/Nm")
        iban = detail.text(f"RltdPties/{side}Acct/Id/IBAN", f"RltdPties/{side}Acct/Id/Othr/Id")
        if (name or iban) and iban != account:
            return name, iban
    return "", ""


def _remittance(detail: Node) -> str:
    """Free lines first, then the references that stand in elements of their own."""
    lines = [line.content for line in detail.all("RmtInf/Ustrd")]
    for block in detail.all("RmtInf/Strd"):
        for document in block.all("RfrdDocInf"):
            number, day = document.text("Nb"), document.text("RltdDt/Dt", "RltdDt")
            lines.append(f"{number} DEL {day}" if number and day else number)
        lines += [block.text("CdtrRefInf/Ref"), *(more.content for more in block.all("AddtlRmtInf"))]
    return " ".join(filter(None, lines))


def _charges(detail: Node) -> Decimal:
    records = detail.all("Chrgs/Rcrd") or detail.all("Chrgs")
    total = ZERO
    for record in records:
        if record.text("Amt"):
            total = EXACT.add(total, record.amount("Amt")[0])
    return total
