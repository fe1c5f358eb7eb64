"""Elements of camt.053 with the few questions that its reader asks them."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from attrs import frozen

from gse_billing.core.errors import InvalidAmountError
from gse_billing.core.money import EXACT, ZERO, decimal_from
from gse_billing.payments.statement_findings import FlawedError

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["Node"]

# libxml2 keeps line numbers in 16 bits.
_LAST_LINE = 65535
_SIGNS = {"CRDT": 1, "DBIT": -1}
# A day of XML Schema, with the time or the zone that may follow it.
_DAY = re.compile("^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T.*|Z|[+-][0-9]{2}:[0-9]{2})$")


@lru_cache(maxsize=512)
def _full(namespace: str, path: str) -> str:
    return "/".join(f"{{{namespace}}}{step}" for step in path.split("/"))


@frozen
class Node:
    """An element; paths are local names joined by slashes, in the namespace of the document."""

    element: etree._Element
    namespace: str

    @property
    def line(self) -> int | None:
        """The line on which it begins, as far as the parser can count."""
        line = cast("int | None", self.element.sourceline)
        return line if line is not None and line < _LAST_LINE else None

    @property
    def content(self) -> str:
        """Its own text, without blanks around it."""
        return (self.element.text or "").strip()

    def all(self, path: str) -> list[Node]:
        """The elements at that path."""
        return [Node(found, self.namespace) for found in self.element.findall(_full(self.namespace, path))]

    def text(self, *paths: str) -> str:
        """The first text that is not blank at one of the paths, without blanks around it; or nothing."""
        for path in paths:
            found = self.element.findtext(_full(self.namespace, path))
            if found and found.strip():
                return found.strip()
        return ""

    def required(self, *paths: str) -> str:
        """The same, or a flaw."""
        found = self.text(*paths)
        if not found:
            raise FlawedError("missing", " / ".join(paths))
        return found

    def amount(self, path: str) -> tuple[Decimal, str]:
        """An amount, not negative, and its currency."""
        text = self.required(path)
        element = self.element.find(_full(self.namespace, path))
        currency = "" if element is None else str(element.get("Ccy", ""))
        try:
            amount = decimal_from(text)
        except InvalidAmountError:
            raise FlawedError("value", repr(text), "an amount") from None
        if amount < 0 or not currency:
            raise FlawedError("value", f"{currency} {text}".strip(), "an amount with its currency")
        return EXACT.add(amount, ZERO), currency

    def signed(self, amount: Decimal) -> Decimal:
        """The amount as a credit or a debit of the account."""
        side = self.required("CdtDbtInd")
        if side not in _SIGNS:
            raise FlawedError("value", repr(side), "CRDT or DBIT")
        return EXACT.multiply(amount, Decimal(_SIGNS[side]))

    def day(self, path: str) -> dt.date | None:
        """The day at that path, or of the moment there, as the bank wrote it."""
        text = self.text(f"{path}/Dt", f"{path}/DtTm")
        if not text:
            return None
        try:
            return dt.date.fromisoformat(_DAY.sub(r"\1", text))
        except ValueError:
            raise FlawedError("value", repr(text), "a day") from None
