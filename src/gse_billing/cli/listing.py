"""``gse-billing numbers list`` and ``report``: what a register holds, and what an accountant wants to be told of it."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterable

import typer
from attrs import frozen

from gse_billing.cli.printing import findings_table, look_of_the_terminal, table
from gse_billing.cli.registering import opened, series_of
from gse_billing.cli.texts import counted, shown
from gse_billing.core.findings import Report
from gse_billing.core.spreadsheets import csv_text
from gse_billing.numbering import Entry, Step, entries_to_csv, open_reservations
from gse_billing.numbering import report as report_on

__all__ = ["Choice", "list_numbers", "list_steps", "print_findings", "report_numbers"]

_COLUMNS = ("issuer", "series", "number", "day", "state", "key", "reason", "owner", "reserved at")
_STEPS = ("step", "issuer", "number", "state", "key", "reason", "by", "at")


@frozen(kw_only=True)
class Choice:
    """Which numbers are meant; ``None`` stands for all."""

    issuer: str | None = None
    year: int | None = None
    series: str | None = None
    state: str | None = None

    def of(self, entries: Iterable[Entry]) -> tuple[Entry, ...]:
        """The entries that are meant."""
        return tuple(
            entry
            for entry in entries
            if self.issuer in (None, entry.issuer)
            and self.year in (None, entry.year)
            and self.series in (None, entry.series)
            and self.state in (None, entry.state.value)
        )


def list_numbers(place: str, chosen: Choice, *, shape: str = "table") -> None:
    """Print the numbers that are meant, as a table, as CSV or as JSON lines.

    Raises:
        StorageError: the store cannot be read.
    """
    with opened(place) as register:
        entries = chosen.of(register.entries())
    if shape == "csv":
        _print_exactly(entries_to_csv(entries))
    elif shape == "json":
        for entry in entries:
            typer.echo(json.dumps(entry.to_dict()))
    else:
        typer.echo(table(_COLUMNS, map(_row, entries), look_of_the_terminal()), nl=False)
        typer.echo(counted(len(entries), "number"))


def _row(entry: Entry) -> tuple[str, ...]:
    return (
        entry.issuer,
        entry.series,
        entry.number,
        entry.day.isoformat(),
        entry.state.value,
        entry.key,
        entry.reason,
        entry.owner,
        _moment(entry.reserved_at),
    )


def _moment(moment: dt.datetime | None) -> str:
    return "" if moment is None else moment.isoformat(timespec="seconds")


def _print_exactly(text: str) -> None:
    """Print text whose line ends and letters no terminal may change."""
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()


def list_steps(place: str, chosen: Choice, *, shape: str = "table") -> None:
    """Print what happened to the numbers that are meant, in the order in which it happened.

    Raises:
        StorageError: the store cannot be read.
    """
    with opened(place) as register:
        keys = {(entry.issuer, entry.key) for entry in chosen.of(register.entries())}
        steps = [_step(step) for step in register.steps() if (step.issuer, step.key) in keys]
    if shape == "csv":
        _print_exactly(csv_text(_STEPS, steps))
    elif shape == "json":
        for step in steps:
            typer.echo(json.dumps(dict(zip(_STEPS, step, strict=True))))
    else:
        typer.echo(table(_STEPS, steps, look_of_the_terminal()), nl=False)
        typer.echo(counted(len(steps), "step"))


def _step(step: Step) -> tuple[str, ...]:
    at = "" if step.at is None else step.at.isoformat()
    return str(step.sequence), step.issuer, step.number, step.state.value, step.key, step.reason, step.by, at


def report_numbers(place: str, chosen: Choice, *, series: Iterable[str] = (), as_json: bool = False) -> int:
    """Print what an accountant wants to be told about the numbers that are meant.

    Args:
        place: the store.
        chosen: which numbers.
        series: the series, as ``NAME=FORMAT``; with it numbers missing before the first one are a gap, too.
        as_json: print JSON.

    Returns:
        The exit status: 0 fine, 1 errors were found.

    Raises:
        StorageError: the store cannot be read.
    """
    known = [series_of(text) for text in series]
    with opened(place) as register:
        entries = chosen.of(register.entries())
    found = report_on(entries, series=known)
    waiting = open_reservations(entries)
    if as_json:
        fields = {**found.to_dict(), "numbers": len(entries), "open": [entry.to_dict() for entry in waiting]}
        typer.echo(json.dumps(fields))
    else:
        print_findings(found)
        typer.echo(f"{counted(len(entries), 'number')}, {counted(len(found), 'finding')}")
        for entry in waiting:
            typer.echo(
                f"open: {entry.number} of {entry.day}, key {shown(entry.key)}: accept it, or void it with a reason"
            )
    return 0 if found.ok else 1


def print_findings(found: Report) -> None:
    """Print findings as a table, nothing where there are none."""
    if len(found):
        typer.echo(findings_table(found.findings, look_of_the_terminal()), nl=False)
