"""Exceptions of the library as messages of the command line: what, why, what to do; exit status 2."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from gse_billing.core.errors import GseBillingError, InvalidInputError

__all__ = ["taught"]


@contextmanager
def taught() -> Iterator[None]:
    """A block whose exceptions of this package end the command with status 2 and a message on standard error."""
    try:
        yield
    except InvalidInputError as error:
        count = len(error.report.errors)
        typer.echo(f"error: the portfolio has {count} error{'s' if count > 1 else ''}; nothing was written", err=True)
        for finding in error.report:
            typer.echo(f"  {finding.path or '(top)'}: {finding.message_en}", err=True)
            typer.echo(f"      {finding.hint}", err=True)
        raise typer.Exit(2) from None
    except GseBillingError as error:
        typer.echo(f"error: {error.what}", err=True)
        for line in (error.why, error.remedy):
            if line:
                typer.echo(f"      {line}", err=True)
        raise typer.Exit(2) from None
