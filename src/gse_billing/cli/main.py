"""The entry point ``gse-billing``: it says which extra is missing before anything else."""

from __future__ import annotations

import io
import sys

from gse_billing.core.errors import MissingExtraError

__all__ = ["run"]


def run() -> None:
    """Run the command line; what a narrow terminal cannot show becomes a question mark, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        from gse_billing.cli.app import app  # noqa: PLC0415 - the extra may be missing, and that is said in words
    except ModuleNotFoundError as error:
        sys.stderr.write(f"{MissingExtraError('cli', needed_for='the command line')} ({error.name})\n")
        raise SystemExit(2) from None
    app()
