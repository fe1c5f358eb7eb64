"""Files as a bank makes them: camt.053 in an old and in a new version, from bookings given as values."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from xml.sax.saxutils import escape

from gse_billing.payments import Booking


def _leaf(tag: str, text: object) -> str:
    return f"<{tag}>{escape(str(text))}</{tag}>" if text not in ("", None) else ""


def _amount(amount: Decimal, tag: str = "Amt") -> str:
    side = "CRDT" if amount >= 0 else "DBIT"
    return f'<{tag} Ccy="EUR">{abs(amount)}</{tag}><CdtDbtInd>{side}</CdtDbtInd>'


def _balance(kind: str, amount: Decimal) -> str:
    return f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>{_amount(amount)}<Dt><Dt>2021-02-01</Dt></Dt></Bal>"


def _party(booking: Booking, version: str) -> str:
    side = "Dbtr" if booking.amount > 0 else "Cdtr"
    name = _leaf("Nm", booking.counterparty)
    if name and version != "02":
        name = f"<Pty>{name}</Pty>"
    account = f"<Id>{_leaf('IBAN', booking.counterparty_iban)}</Id>" if booking.counterparty_iban else ""
    parties = _leaf_of(side, name) + _leaf_of(f"{side}Acct", account)
    return _leaf_of("RltdPties", parties)


def _leaf_of(tag: str, inside: str) -> str:
    return f"<{tag}>{inside}</{tag}>" if inside else ""


def movement(booking: Booking, version: str = "08", *, status: str = "BOOK") -> str:
    """One ``Ntry`` with one payment inside."""
    state = _leaf("Sts", status) if version == "02" else f"<Sts>{_leaf('Cd', status)}</Sts>"
    dates = _leaf_of("BookgDt", _leaf("Dt", booking.booked)) + _leaf_of("ValDt", _leaf("Dt", booking.value_date))
    details = (
        _leaf_of("Refs", _leaf("EndToEndId", booking.end_to_end_id))
        + _party(booking, version)
        + _leaf_of("RmtInf", _leaf("Ustrd", booking.remittance))
    )
    reversal = "<RvslInd>true</RvslInd>" if booking.reversal else ""
    return (
        f"<Ntry>{_amount(booking.amount)}{reversal}{state}{dates}{_leaf('AcctSvcrRef', booking.reference)}"
        f"<NtryDtls><TxDtls>{details}</TxDtls></NtryDtls></Ntry>"
    )


def document(inside: str, version: str = "08") -> bytes:
    """A file with these statements, or whatever stands for them."""
    namespace = f"urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"
    return f'<Document xmlns="{namespace}"><BkToCstmrStmt>{inside}</BkToCstmrStmt></Document>'.encode()


def statement(movements: str, *, account: str, opening: Decimal, closing: Decimal) -> str:
    """One ``Stmt``."""
    balances = _balance("OPBD", opening) + _balance("CLBD", closing)
    return f"<Stmt><Id>S-1</Id><Acct><Id><IBAN>{account}</IBAN></Id></Acct>{balances}{movements}</Stmt>"


def camt053(bookings: Iterable[Booking], *, account: str, opening: str = "1000.00", version: str = "08") -> bytes:
    """A file with one statement, whose closing balance follows from the bookings."""
    booked = tuple(bookings)
    start = Decimal(opening)
    closing = sum((one.amount for one in booked), start)
    movements = "".join(movement(one, version) for one in booked)
    return document(statement(movements, account=account, opening=start, closing=closing), version)
