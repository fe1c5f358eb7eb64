"""What an accountant wants to be told about numbers that are legal: near-duplicates and gaps."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from gse_billing.core.findings import Finding, Severity
from gse_billing.numbering.register import Entry

__all__ = ["gaps", "near_duplicates"]

_LEADING_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")


def near_duplicates(entries: Iterable[Entry]) -> Iterator[Finding]:
    """A warning for each number that differs from an earlier one only by case, blanks or leading zeros.

    SDI compares the text as it stands, so both are legal; a person would take them for the same number.
    """
    first: dict[tuple[str, int, str], Entry] = {}
    for entry in sorted(entries, key=lambda item: (item.issuer, item.year, item.day, item.number)):
        earlier = first.setdefault((entry.issuer, entry.year, _folded(entry.number)), entry)
        if earlier.number != entry.number:
            yield _near(earlier, entry)


def _folded(number: str) -> str:
    return _LEADING_ZEROS.sub("", re.sub(r"\s", "", number).casefold())


def _near(earlier: Entry, entry: Entry) -> Finding:
    return Finding(
        code="numbering:near-duplicate",
        severity=Severity.WARNING,
        path=f"numbers.{entry.key}",
        message_it=f"il numero {entry.number} si confonde con {earlier.number} dello stesso anno",
        message_en=f"number {entry.number} is easily taken for {earlier.number} of the same year",
        hint="write numbers of one series in one way",
        parameters={"number": entry.number, "earlier": earlier.number},
    )


def gaps(entries: Iterable[Entry]) -> Iterator[Finding]:
    """A warning for each run of positions that a series skips without a voided number to explain it."""
    positions: dict[tuple[str, int, str], list[int]] = defaultdict(list)
    for entry in entries:
        if entry.position is not None:
            positions[entry.issuer, entry.period, entry.series].append(entry.position)
    for (_, period, series), taken in sorted(positions.items()):
        ordered = sorted(taken)
        for before, after in pairwise(ordered):
            if after > before + 1:
                yield _gap(series, period, before + 1, after - 1)


def _gap(series: str, period: int, first: int, last: int) -> Finding:
    span = str(first) if first == last else f"{first}-{last}"
    line = f"{series} ({period})" if period else series
    return Finding(
        code="numbering:gap",
        severity=Severity.WARNING,
        path=f"numbers.{series}",
        message_it=f"la serie {line} salta {span}",
        message_en=f"series {line} skips {span}",
        hint="a number that is not used is voided with its reason",
        parameters={"first": str(first), "last": str(last)},
    )
