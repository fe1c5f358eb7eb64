"""The text of a transfer (causale): it names each invoice by number and date, or it is an error.

The grammar, to write and to read::

    text      = ("FATTURA" | "FATTURE") reference *("," reference)
    reference = number "DEL" date

Writing gives ``FATTURA 76256 DEL 18/03/2016``; reading takes any case of the words, any run of blanks, and dates as
``18/03/2016``, ``18.03.2016`` or ``2016-03-18``. The number is kept exactly as it stands.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from attrs import field, frozen

from gse_billing.core.arguments import kind_of, require, require_each
from gse_billing.core.errors import InvalidIdentifierError, InvalidValueError, LimitExceededError
from gse_billing.core.identifiers import InvoiceNumber
from gse_billing.payments.sepa import REMITTANCE_LIMIT, foreign_characters

__all__ = ["InvoiceReference", "read_remittance", "write_remittance"]

_FORM = "write it as FATTURA 76256 DEL 18/03/2016"
_HEAD = re.compile(r"\s*FATTUR[AE]\s+", re.IGNORECASE)
_REFERENCE = re.compile(
    r"""(?P<number>\S(?:.{0,18}?\S)??)\s+DEL\s+
    (?:(?P<d>[0-9]{2})(?P<sign>[/.])(?P<m>[0-9]{2})(?P=sign)(?P<y>[0-9]{4}) | (?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2}))
    \s*(?:,\s*(?=\S)|$)""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)


@frozen
class InvoiceReference:
    """An invoice as a payment names it.

    Args:
        number: its number, as it stands on the invoice.
        issued: its date.
    """

    number: InvoiceNumber = field(converter=InvoiceNumber)
    issued: dt.date = field(validator=kind_of(dt.date))

    def __str__(self) -> str:
        return f"{self.number} DEL {self.issued:%d/%m}/{self.issued.year:04d}"


def write_remittance(references: Iterable[InvoiceReference]) -> str:
    """The text that names the invoices, in the order given.

    Raises:
        InvalidValueError: no invoice, or a number that the text cannot carry so that it is read back the same.
        LimitExceededError: more than 140 characters. How to spread invoices over transfers is the caller's decision.

    >>> write_remittance([InvoiceReference("76256", dt.date(2016, 3, 18))])
    'FATTURA 76256 DEL 18/03/2016'
    """
    named = require_each(references, InvoiceReference, meant="an invoice that a payment names")
    if not named:
        raise InvalidValueError("a payment names at least one invoice", value=named, remedy="give an InvoiceReference")
    for reference in named:
        _require_sepa(reference.number)
    text = f"{'FATTURA' if len(named) == 1 else 'FATTURE'} {', '.join(map(str, named))}"
    if len(text) > REMITTANCE_LIMIT:
        raise LimitExceededError(
            f"{len(named)} invoices need {len(text)} characters of text",
            limit=REMITTANCE_LIMIT,
            found=len(text),
            remedy="pay them with more than one transfer",
        )
    if _read(text) != named:
        raise InvalidValueError(
            f"{text!r} would not be read back as the same invoices",
            value=named,
            why="a number reads like a part of the text around it",
            remedy="pay that invoice with a transfer and a text of its own",
        )
    return text


def read_remittance(text: str) -> tuple[InvoiceReference, ...]:
    """The invoices that a text names, in its order.

    Raises:
        InvalidValueError: the text is not of the grammar, or a date is not one of the calendar.

    >>> read_remittance("fattura 76256 del 2016-03-18")
    (InvoiceReference(number='76256', issued=datetime.date(2016, 3, 18)),)
    """
    found = _read(require(text, str, meant="the text of a payment"))
    if found is None:
        raise InvalidValueError(
            f"{text!r} does not name invoices by number and date",
            value=text,
            why="the text of a payment states both for each invoice (BIO-12)",
            remedy=_FORM,
        )
    return found


def _require_sepa(number: str) -> None:
    foreign = foreign_characters(number)
    if foreign:
        raise InvalidValueError(
            f"the number {number!r} has characters that a SEPA text cannot carry: {foreign}",
            value=number,
            why="a bank would change them, and the payment could no longer be matched to the invoice",
            remedy="ask the issuer which text to use",
        )


def _read(text: str) -> tuple[InvoiceReference, ...] | None:
    head = _HEAD.match(text)
    if head is None:
        return None
    found: list[InvoiceReference] = []
    position = head.end()
    while position < len(text):
        match = _REFERENCE.match(text, position)
        if match is None:
            return None
        found.append(_reference(match))
        position = match.end()
    return tuple(found) or None


def _reference(match: re.Match[str]) -> InvoiceReference:
    iso = match["iso"] or f"{match['y']}-{match['m']}-{match['d']}"
    try:
        return InvoiceReference(InvoiceNumber(match["number"]), dt.date.fromisoformat(iso))
    except (InvalidIdentifierError, ValueError) as error:
        raise InvalidValueError(
            f"{match[0]!r} holds no invoice", value=match[0], why=str(error), remedy=_FORM
        ) from error
