"""Exceptions of the library as messages of the command line: what, why, what to do; exit status 2."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

from gse_billing.cli.texts import counted, in_options, shown
from gse_billing.core.errors import GseBillingError, InvalidDocumentError, InvalidInputError
from gse_billing.core.findings import Report

__all__ = ["taught"]


@contextmanager
def taught() -> Iterator[None]:
    """A block whose exceptions of this package end the command with status 2 and a message on standard error."""
    try:
        yield
    except (InvalidInputError, InvalidDocumentError) as error:
        _report(error.report, subject=error.subject)
    except GseBillingError as error:
        typer.echo(f"error: {shown(error.what)}", err=True)
        for line in (error.why, error.remedy):
            if line:
                typer.echo(f"      {shown(line)}", err=True)
        raise typer.Exit(2) from None


def _report(report: Report, *, subject: str) -> NoReturn:
    typer.echo(f"error: {subject} has {counted(len(report.errors), 'error')}; nothing was written", err=True)
    for finding in report:
        line = "" if finding.line is None else f"line {finding.line}, "
        typer.echo(f"  {line}{shown(finding.path) or '(top)'}: {shown(finding.message_en)}", err=True)
        if finding.hint:
            typer.echo(f"      {shown(in_options(finding.hint))}", err=True)
    raise typer.Exit(2)
