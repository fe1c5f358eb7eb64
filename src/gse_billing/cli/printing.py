"""Tables for people, as wide as the terminal that shows them."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Iterable, Sequence

from attrs import frozen

from gse_billing.cli.texts import shown
from gse_billing.core.findings import Finding, Severity

__all__ = ["Look", "findings_table", "look_of_the_terminal", "table"]

_WIDTH = 140
"""Columns where the output is no terminal: a table that is cut is of no use in a file."""

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
_OF_FINDINGS = ("severity", "code", "line", "where", "what")


@frozen(kw_only=True)
class Look:
    """How tables look.

    Attributes:
        width: columns of the terminal.
        colour: whether it shows colours.
        language: of the messages: ``it`` or ``en``.
    """

    width: int = _WIDTH
    colour: bool = False
    language: str = "en"


def look_of_the_terminal(language: str = "en") -> Look:
    """The width and the colours of standard output."""
    if not sys.stdout.isatty():
        return Look(language=language)
    return Look(width=shutil.get_terminal_size().columns, colour=True, language=language)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], look: Look, *, styles: Sequence[str] = ()) -> str:
    """Rows under their columns, as text with its line ends; each row in its style, where there are any."""
    from rich.console import Console  # noqa: PLC0415 - many a run prints no table
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    grid = Table(*columns, header_style="bold")
    for place, row in enumerate(rows):
        style = styles[place] if styles else None
        grid.add_row(*(Text(shown(cell), overflow="fold") for cell in row), style=style)
    page = io.StringIO()
    Console(file=page, width=look.width, force_terminal=look.colour, legacy_windows=False).print(grid)
    return page.getvalue()


def findings_table(findings: Sequence[Finding], look: Look) -> str:
    """One row a finding, in the colour of its severity."""
    styles = [_COLOURS[finding.severity] for finding in findings]
    return table(_OF_FINDINGS, [_cells(finding, look) for finding in findings], look, styles=styles)


def _cells(finding: Finding, look: Look) -> tuple[str, ...]:
    message = finding.message_it if look.language == "it" else finding.message_en
    what = f"{message} ({finding.hint})" if finding.hint else message
    line = "" if finding.line is None else str(finding.line)
    return finding.severity.value, finding.code, line, _place(finding), what


def _place(finding: Finding) -> str:
    """The number of the element and the end of its path: the beginning says nothing."""
    parts = finding.path.split("/")
    end = finding.path if len(parts) < 4 else f".../{parts[-2]}/{parts[-1]}"
    return f"{finding.element} {end}".strip()
