"""The options of the commands, and which of them go together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from gse_billing.cli.ordering import BankOrder

__all__ = ["AsJson", "Before", "Created", "Day", "Folder", "bank_order", "require_fitting"]

Folder = Annotated[Path, typer.Option("--out", help="The folder that the run writes into.", file_okay=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]
Day = Annotated[
    dt.datetime | None,
    typer.Option("--on", formats=["%Y-%m-%d"], help="The day of the run; that of the portfolio if left out."),
]
Before = Annotated[
    list[Path] | None,
    typer.Option(help="Folder of an earlier run over entries; no identification is used again.", file_okay=False),
]
Created = Annotated[
    dt.datetime | None,
    typer.Option(formats=["%Y-%m-%dT%H:%M:%S%z"], help="When the pain.001 files are made; now if left out."),
]


def bank_order(account: str | None, *, message_id: str | None, created: dt.datetime | None) -> BankOrder | None:
    """What the files for the bank need, or ``None`` where none are asked for."""
    if account is None and message_id is None and created is None:
        return None
    if account is None or message_id is None:
        raise typer.BadParameter("pain.001 files need both --debit-account and --message-id")
    from gse_billing.cli.ordering import BankOrder  # noqa: PLC0415

    return BankOrder(account=account, message_id=message_id, created=created)


def require_fitting(entries: Path | None, *, answers: Path | None, before: Sequence[Path] | None) -> None:
    """Refuse options that say nothing together."""
    if entries is not None and answers is not None:
        raise typer.BadParameter("--entries say in their column state what SDI answered: leave out --answers")
    if entries is None and before:
        raise typer.BadParameter("--before is of a run over --entries")
