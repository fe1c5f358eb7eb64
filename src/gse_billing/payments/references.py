"""The invoices that a free text names, among those that are known.

People and banks write the text of a transfer in many ways. The grammar of :mod:`remittance` is tried first; in any
other text a number counts when it stands as a word of its own, with the date that follows it or, failing that, the
last one before it.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from gse_billing.core.errors import InvalidValueError
from gse_billing.payments.remittance import InvoiceReference, read_remittance

__all__ = ["KnownInvoices", "days_in", "strict_references"]

_DAY = re.compile(
    r"(?<![0-9])(?:([0-9]{4})-([0-9]{2})-([0-9]{2})|([0-9]{1,2})([/.\-])([0-9]{1,2})\5([0-9]{4}))(?![0-9])", re.ASCII
)
# Words end at blanks and at signs that no number of an invoice usually begins or ends with.
_WORD = re.compile(r"[^\s,;:()°#\"]+")
_PREFIX = re.compile(r"(?:FATT?|FATTURA|FT|FTR|INV|N|NO|NR|NUM)\.(?=.)", re.IGNORECASE)

_Key = tuple[str, dt.date]


def strict_references(text: str) -> tuple[InvoiceReference, ...]:
    """The invoices of a text that follows the grammar; none of any other text."""
    try:
        return read_remittance(text)
    except InvalidValueError:
        return ()


def days_in(text: str) -> Iterator[tuple[int, dt.date]]:
    """The days that a text names, as ``18/03/2016`` (or with dots or hyphens) or ``2016-03-18``, with their places.

    >>> [str(day) for _, day in days_in("FATT. 76256 DEL 18.3.2016, SALDO 2016-04-01, 31/02/2016")]
    ['2016-03-18', '2016-04-01']
    """
    for found in _DAY.finditer(text):
        year, month, day = found.group(1, 2, 3) if found[1] else found.group(7, 6, 4)
        try:
            yield found.start(), dt.date(int(year), int(month), int(day))
        except ValueError:
            continue  # it looks like a day and is none


def _words(text: str) -> list[tuple[int, int]]:
    spans = []
    for found in _WORD.finditer(text):
        prefix = _PREFIX.match(text, found.start(), found.end())
        start = prefix.end() if prefix else found.start()
        end = found.end() - 1 if text[found.end() - 1] == "." else found.end()
        if start < end:
            spans.append((start, end))
    return spans


def _phrases(text: str, most: int) -> Iterator[tuple[int, int]]:
    """Every run of at most so many words, longer ones of the same start first."""
    spans = _words(text)
    for first, (start, _) in enumerate(spans):
        for _, end in reversed(spans[first : first + most]):
            yield start, end


class KnownInvoices:
    """Invoices that may be named, prepared for many texts; the case of a number does not count.

    >>> known = KnownInvoices([InvoiceReference("PA/7", dt.date(2020, 12, 11))])
    >>> known.named_in("saldo vs. fatt.pa/7 dell' 11.12.2020")
    (('pa/7', datetime.date(2020, 12, 11)),)
    """

    def __init__(self, references: Iterable[InvoiceReference]) -> None:
        self._keys = {self.key(reference) for reference in references}
        self._most = max((len(_words(number)) for number, _ in self._keys), default=0)

    @staticmethod
    def key(reference: InvoiceReference) -> _Key:
        """What identifies an invoice in a text."""
        return reference.number.casefold(), reference.issued

    def named_in(self, text: str) -> tuple[_Key, ...]:
        """The keys of the known invoices that a text names by number and date, in its order."""
        strict = strict_references(text)
        if strict:
            return tuple(dict.fromkeys(key for key in map(self.key, strict) if key in self._keys))
        days = list(days_in(text))
        return tuple(dict.fromkeys(self._loose(text, days))) if days else ()

    def _loose(self, text: str, days: list[tuple[int, dt.date]]) -> Iterator[_Key]:
        covered, places = 0, [place for place, _ in days]
        for start, end in _phrases(text, self._most):
            if start < covered:
                continue  # a part of a longer number
            behind = bisect_left(places, end)
            day = days[min(behind, len(days) - 1)][1]
            key = (text[start:end].casefold(), day)
            if key in self._keys:
                covered = end
                yield key
