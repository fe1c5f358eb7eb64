"""``gse-billing check``: what SDI would answer to files, folders and archives."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial

import typer

from gse_billing.cli.judging import CheckOptions, judge
from gse_billing.cli.pool import in_order
from gse_billing.cli.progress import Progress
from gse_billing.cli.texts import counted
from gse_billing.cli.verdicts import Tally
from gse_billing.cli.walking import Source, require_paths, sources
from gse_billing.core.errors import InvalidValueError

__all__ = ["check_files"]

_INTERRUPTED = 130
_MOST_FILES, _MOST_BYTES = 128, 1 << 20
"""What goes to a worker at once, at most: enough that it seldom waits for the next."""

_FEW_FILES = 8
"""What goes to a worker at first, so that a few large files keep all of them busy."""


def check_files(paths: Sequence[str], options: CheckOptions, *, jobs: int = 1) -> int:
    """Check everything behind the paths and print the verdicts in their order.

    Documents come and go one at a time: memory does not grow with their number.

    Args:
        paths: files, folders, ``-`` for standard input.
        options: how they are checked and printed.
        jobs: processes that do the work.

    Returns:
        The exit status: 0 fine, 1 errors were found, 130 after Ctrl-C.

    Raises:
        StorageError: a path leads nowhere.
        InvalidValueError: there was no document.
        GseBillingError: a worker process died.
    """
    require_paths(paths)
    tally, progress = Tally(), Progress()
    batches = _batches(sources(paths), few=1 if jobs == 1 else _FEW_FILES, most=1 if jobs == 1 else _MOST_FILES)
    try:
        with closing(in_order(partial(judge, options), batches, jobs=jobs)) as judged:
            for verdict in (each for batch in judged for each in batch):
                tally.add(verdict.ok, verdict.counts, verdict.skipped)
                if verdict.text:
                    progress.clear()
                    sys.stdout.write(verdict.text)
                progress.show(f"{counted(tally.checked, 'document')}, {tally.with_errors:,} with errors")
    except KeyboardInterrupt:
        progress.clear()
        typer.echo(f"stopped after {counted(tally.checked, 'document')}", err=True)
        return _INTERRUPTED
    finally:
        progress.clear()
    return _concluded(tally, options)


def _concluded(tally: Tally, options: CheckOptions) -> int:
    if not tally.checked:
        raise InvalidValueError(
            "there was no document to check",
            value="",
            why=f"{counted(tally.not_checked, 'file')} not looked at" if tally.not_checked else "nothing was found",
            remedy="name a file, or a folder with XML files, signed files or archives",
        )
    if options.look is not None:
        typer.echo(str(tally))
    return 1 if tally.with_errors else 0


def _batches(given: Iterable[Source], *, few: int, most: int) -> Iterator[list[Source]]:
    """Sources by the handful: few at first, then more; fewer where the bytes of archives go with them."""
    batch: list[Source] = []
    size = 0
    for count, source in enumerate(given):
        batch.append(source)
        size += len(source.data or b"")
        if len(batch) >= min(most, max(few, count // few)) or size > _MOST_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
