"""What an accountant wants to be told about the numbers of a register or of a user's books."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from gse_billing.core.findings import Finding, Report, Severity
from gse_billing.core.guards import guarded
from gse_billing.numbering.entries import Entry, EntryState
from gse_billing.numbering.series import Series

__all__ = ["disorders", "duplicates", "gaps", "near_duplicates", "open_reservations", "report"]

_LEADING_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")


@guarded
def report(entries: Iterable[Entry], *, series: Iterable[Series] = ()) -> Report:
    """Everything there is to say about the numbers: duplicates, disorder, gaps and near-duplicates.

    Args:
        entries: the numbers, of any issuers; they may contradict one another.
        series: the series they come from, where the first number of each is to be asked for as well.
    """
    given = tuple(entries)
    return Report((*duplicates(given), *disorders(given), *gaps(given, series=series), *near_duplicates(given)))


@guarded
def open_reservations(
    entries: Iterable[Entry], *, owner: str | None = None, before: dt.datetime | None = None
) -> tuple[Entry, ...]:
    """The numbers that are reserved and neither accepted nor voided: what a crash leaves behind.

    Each is resumed by asking again with its key, or voided with a reason.

    Args:
        entries: the numbers.
        owner: only those of this owner.
        before: only those reserved before this moment; one without a time counts as older than any.
    """
    return tuple(
        entry
        for entry in entries
        if entry.state is EntryState.RESERVED
        and owner in (None, entry.owner)
        and (before is None or entry.reserved_at is None or entry.reserved_at < before)
    )


@guarded
def duplicates(entries: Iterable[Entry]) -> Iterator[Finding]:
    """An error for each number that an issuer used before in the same year (SDI 00404)."""
    first: dict[tuple[str, int, str], Entry] = {}
    for entry in entries:
        earlier = first.setdefault((entry.issuer, entry.year, entry.number), entry)
        if earlier is not entry:
            yield _finding(
                "duplicate",
                entry,
                italian=f"il numero {entry.number} del {entry.year} c'è già",
                english=f"number {entry.number} of {entry.year} is there already",
                hint="SDI discards a second document with the same issuer, year and number",
                earlier=earlier.key,
            )


@guarded
def disorders(entries: Iterable[Entry]) -> Iterator[Finding]:
    """An error for each number dated before its predecessor in the series."""
    for line in _lines(entries).values():
        for before, entry in pairwise(line):
            if entry.day < before.day:
                yield _finding(
                    "disorder",
                    entry,
                    italian=f"il numero {entry.number} del {entry.day} precede {before.number} del {before.day}",
                    english=f"number {entry.number} is dated {entry.day}, before {before.number} of {before.day}",
                    hint="numbers of one series follow their dates",
                    earlier=before.key,
                )


@guarded
def near_duplicates(entries: Iterable[Entry]) -> Iterator[Finding]:
    """A warning for each number that differs from an earlier one only by case, blanks or leading zeros.

    SDI compares the text as it stands, so both are legal; a person would take them for the same number.
    """
    first: dict[tuple[str, int, str], Entry] = {}
    for entry in sorted(entries, key=lambda item: (item.issuer, item.year, item.day, item.number)):
        earlier = first.setdefault((entry.issuer, entry.year, _folded(entry.number)), entry)
        if earlier.number != entry.number:
            yield _finding(
                "near-duplicate",
                entry,
                italian=f"il numero {entry.number} si confonde con {earlier.number} dello stesso anno",
                english=f"number {entry.number} is easily taken for {earlier.number} of the same year",
                hint="write numbers of one series in one way",
                severity=Severity.WARNING,
                earlier=earlier.number,
            )


def _folded(number: str) -> str:
    return _LEADING_ZEROS.sub("", re.sub(r"\s", "", number).casefold())


@guarded
def gaps(entries: Iterable[Entry], *, series: Iterable[Series] = ()) -> Iterator[Finding]:
    """A warning for each run of positions that a series skips without a voided number to explain it.

    Args:
        entries: the numbers.
        series: where a series is given, numbers missing before the first one that was used are a gap too.
    """
    first = {item.name: item.first for item in series}
    for (_, period, name), line in sorted(_lines(entries).items()):
        positions = [entry.position or 0 for entry in line]
        start = first.get(name, positions[0]) - 1
        for before, after in pairwise((start, *positions)):
            if after > before + 1:
                yield _gap(name, period, before + 1, after - 1)


def _lines(entries: Iterable[Entry]) -> dict[tuple[str, int, str], list[Entry]]:
    """The numbers of each issuer, period and series by position, each position once."""
    lines: dict[tuple[str, int, str], dict[int, Entry]] = defaultdict(dict)
    for entry in entries:
        if entry.position is not None:
            lines[entry.issuer, entry.period, entry.series].setdefault(entry.position, entry)
    return {line: [taken[position] for position in sorted(taken)] for line, taken in lines.items()}


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


def _finding(  # noqa: PLR0913  one keyword for each field that differs
    code: str,
    entry: Entry,
    *,
    italian: str,
    english: str,
    hint: str,
    earlier: str,
    severity: Severity = Severity.ERROR,
) -> Finding:
    return Finding(
        code=f"numbering:{code}",
        severity=severity,
        path=f"numbers.{entry.key}",
        message_it=italian,
        message_en=english,
        hint=hint,
        parameters={"number": entry.number, "earlier": earlier},
    )
