"""``gse-billing demo``: the bundled portfolio, settled in two steps."""

from __future__ import annotations

import datetime as dt
import shutil
from importlib.resources import files
from pathlib import Path

import typer

from gse_billing.cli.settling import settle_file
from gse_billing.core.errors import StorageError

__all__ = ["SECOND_DAY", "play"]

SECOND_DAY = dt.date(2021, 1, 20)
"""The day of the second step: SDI has answered, and the payments are not due yet."""


def play(out: Path) -> int:
    """Issue, then settle what SDI answered; the portfolio and the answers are copied beside the results.

    Returns:
        The exit status of the second step.

    Raises:
        StorageError: the folder cannot be written.
    """
    portfolio, answers = _copied(out)
    typer.echo(f"1. Issue:  gse-billing settle {portfolio} --out {out}\n")
    settle_file(portfolio, out=out)
    typer.echo(f"\n2. Settle: gse-billing settle {portfolio} --answers {answers} --on {SECOND_DAY} --out {out}\n")
    status = settle_file(portfolio, answers=answers, on=SECOND_DAY, out=out)
    typer.echo(f"\nDocuments, transfers, statements and derivations stand in {out}.")
    return status


def _copied(out: Path) -> tuple[Path, Path]:
    bundled = Path(str(files("gse_billing.billing"))) / "data" / "demo"
    try:
        _refuse_other_files(bundled, out)
        shutil.copytree(bundled, out, dirs_exist_ok=True)
    except StorageError:
        raise
    except OSError as error:
        raise StorageError(
            f"{out} cannot be written",
            path=str(out),
            why=error.strerror or str(error),
            remedy="choose another folder with --out",
        ) from None
    return out / "portfolio.toml", out / "answers"


def _refuse_other_files(bundled: Path, out: Path) -> None:
    """What someone wrote under the same name is his, and is not written over."""
    for source in sorted(bundled.rglob("*")):
        target = out / source.relative_to(bundled)
        if source.is_file() and target.exists() and target.read_bytes() != source.read_bytes():
            raise StorageError(
                f"{target} is not the one of the demonstration",
                path=str(target),
                why="it would be written over",
                remedy="choose another folder with --out",
            )
