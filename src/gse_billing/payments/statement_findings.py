"""What can be wrong with a file of a bank, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from attrs import frozen

from gse_billing.core.explain import figure
from gse_billing.core.findings import Finding, Severity, Skipped
from gse_billing.core.money import exact
from gse_billing.payments.statements import Statement

__all__ = ["FlawedError", "Place", "balance_findings", "balance_skips", "finding"]

_BALANCE = "statement:balance"
_WORDS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "unreadable": ("il file non si legge: {0}", "the file cannot be read: {1}", "get the file again from the bank"),
        "not-camt": (
            "non è un estratto conto camt.053 di una versione nota: {0}",
            "not a camt.053 statement of a version that is read: {0}",
            "ask the bank for camt.053.001.08",
        ),
        "missing": ("manca {0}", "{0} is missing", "ask the bank for the complete statement"),
        "twice": ("{0} compare più di una volta", "{0} stands more than once", "give each column a name of its own"),
        "cells": (
            "la riga ha {0} celle, l'intestazione {1}",
            "the row has {0} cells, the header has {1}",
            "put text that holds the delimiter between quotation marks",
        ),
        "value": ("{0} non può essere {1}", "{0} cannot be {1}", "ask the bank what it means"),
        "currency": (
            "un movimento in {0} su un conto in {1}",
            "a movement in {0} on an account in {1}",
            "ask the bank for the amount in the currency of the account",
        ),
        "details": (
            "i pagamenti di un movimento sommano {0}, non {1}: resta un movimento solo",
            "the payments inside of a movement add up to {0}, not {1}: it is kept as one",
            "match it by hand",
        ),
    }
)


@frozen
class Place:
    """Where in the file: an XPath-like path or a row, and the line."""

    path: str = ""
    line: int | None = None


def finding(kind: str, *words: str, at: Place, severity: Severity = Severity.ERROR) -> Finding:
    """The finding of that kind, with the words that fill its message."""
    italian, english, hint = _WORDS[kind]
    return Finding(
        code=f"statement:{kind}",
        severity=severity,
        path=at.path,
        line=at.line,
        message_it=italian.format(*words),
        message_en=english.format(*words),
        hint=hint,
    )


class FlawedError(Exception):
    """One movement cannot be read; caught by the reader of the file, which goes on with the next."""

    def __init__(self, kind: str, *words: str) -> None:
        super().__init__(kind, *words)
        self.kind = kind
        self.words = words

    def finding(self, at: Place) -> Finding:
        """The same as a finding."""
        return finding(self.kind, *self.words, at=at)


def balance_findings(statement: Statement, *, at: Place) -> Iterator[Finding]:
    """Opening balance and bookings give the closing balance, or there is a finding."""
    if statement.opening is None or statement.closing is None:
        return
    with exact():
        reached = statement.opening + statement.moved
    if reached != statement.closing:
        begun, moved, ended = (figure(one) for one in (statement.opening, statement.moved, statement.closing))
        yield Finding(
            code=_BALANCE,
            path=at.path,
            line=at.line,
            message_it=f"saldo iniziale {begun} e movimenti {moved} danno {figure(reached)}, non il finale {ended}",
            message_en=f"opening {begun} and bookings {moved} give {figure(reached)}, not the closing balance {ended}",
            hint="ask the bank for the complete statement",
            parameters={"expected": str(statement.closing), "actual": str(reached)},
        )


def balance_skips(statements: Iterable[Statement]) -> tuple[Skipped, ...]:
    """The statements that do not say both balances, so that their sum was not checked."""
    return tuple(
        Skipped(_BALANCE, f"{one.account} {one.identification}".rstrip() + ": opening or closing balance not given")
        for one in statements
        if one.opening is None or one.closing is None
    )
