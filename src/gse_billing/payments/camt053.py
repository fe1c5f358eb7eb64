"""The account statement of ISO 20022, camt.053, in the versions 001.02 to 001.14.

The versions differ, for what is read here, in where they put the state of a movement, the name of a party and the
amount of a single payment; each place is tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gse_billing.core.arguments import require
from gse_billing.core.collector import collector_paused
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.findings import Finding, Report
from gse_billing.payments.camt_entries import bookings_of
from gse_billing.payments.camt_nodes import Node
from gse_billing.payments.statement_findings import FlawedError, Place, balance_findings, balance_skips, finding
from gse_billing.payments.statements import Booking, Statement, StatementFile
from gse_billing.payments.xml_input import LARGEST, Unreadable, root_of

__all__ = ["read_camt053"]

_ROOT = re.compile(r"\{(urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.(?:0[2-9]|1[0-4]))\}Document")
_OPENING = ("OPBD", "PRCD")
_CLOSING = ("CLBD",)


def read_camt053(data: bytes, *, limit: int = LARGEST) -> StatementFile:
    """The statements of a camt.053 file, and what is wrong with it; content never raises.

    What can be read is there beside the findings: a movement with a defect is left out and the rest is kept. Opening
    balance and bookings give the closing balance, or there is a finding; without both balances the check is skipped.

    Args:
        data: the file.
        limit: the greatest number of bytes.

    Raises:
        InvalidValueError: not bytes.
    """
    if not isinstance(data, bytes):
        raise InvalidValueError(f"a file is bytes, not {type(data).__name__}", value=data, remedy="open it with 'rb'")
    require(limit, int, meant="a number of bytes")
    root = root_of(data, limit=limit)
    if isinstance(root, Unreadable):
        flaw = finding("unreadable", root.message_it, root.message_en, at=Place(line=root.line))
        return StatementFile((), Report((flaw,)))
    matched = _ROOT.fullmatch(str(root.tag))
    if matched is None:
        return StatementFile((), Report((finding("not-camt", str(root.tag), at=Place(line=Node(root, "").line)),)))
    with collector_paused():
        return _file(Node(root, matched[1]))


def _file(document: Node) -> StatementFile:
    findings: list[Finding] = []
    statements = []
    for number, node in enumerate(document.all("BkToCstmrStmt/Stmt"), start=1):
        at = Place(f"/Stmt[{number}]", node.line)
        try:
            statement = _statement(node, at, findings)
        except FlawedError as error:
            findings.append(error.finding(at))
        else:
            findings.extend(balance_findings(statement, at=at))
            statements.append(statement)
    if not statements and not findings:
        findings.append(finding("missing", "Stmt", at=Place(line=document.line)))
    return StatementFile(tuple(statements), Report(findings, balance_skips(statements)))


def _statement(node: Node, at: Place, findings: list[Finding]) -> Statement:
    account = node.required("Acct/Id/IBAN", "Acct/Id/Othr/Id")
    balances = {kind: (amount, currency) for kind, amount, currency in _balances(node)}
    currencies = [currency for _, currency in balances.values()]
    currency = node.text("Acct/Ccy") or next(iter(currencies), "EUR")
    booked: list[Booking] = []
    pending: list[Booking] = []
    for number, entry in enumerate(node.all("Ntry"), start=1):
        place = Place(f"{at.path}/Ntry[{number}]", entry.line)
        try:
            made, flaws = bookings_of(entry, number, account=account, currency=currency, at=place)
        except FlawedError as error:
            findings.append(error.finding(place))
        else:
            findings.extend(flaws)
            (booked if entry.text("Sts/Cd", "Sts") == "BOOK" else pending).extend(made)
    return Statement(
        account=account,
        currency=currency,
        opening=_first(balances, _OPENING),
        closing=_first(balances, _CLOSING),
        bookings=tuple(booked),
        pending=tuple(pending),
        identification=node.text("Id"),
    )


def _balances(node: Node) -> Iterator[tuple[str, Decimal, str]]:
    for balance in node.all("Bal"):
        amount, currency = balance.amount("Amt")
        yield balance.text("Tp/CdOrPrtry/Cd"), balance.signed(amount), currency


def _first(balances: dict[str, tuple[Decimal, str]], kinds: tuple[str, ...]) -> Decimal | None:
    return next((balances[kind][0] for kind in kinds if kind in balances), None)
