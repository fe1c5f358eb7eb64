"""The entry point ``gse-billing``: it says which extra is missing before anything else."""

from __future__ import annotations

import errno
import io
import os
import sys

from gse_billing.core.errors import MissingExtraError

__all__ = ["run"]

_INTERRUPTED = 130
"""What a shell says of a command that Ctrl-C has ended."""


def run() -> None:
    """Run the command line; what a narrow terminal cannot show becomes a question mark, never an error."""
    _require_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        _run()
    except KeyboardInterrupt:
        raise SystemExit(_INTERRUPTED) from None
    except OSError as error:
        _output_is_lost(error)


def _require_streams() -> None:
    """A program may be started with closed streams; Python has ``None`` for them then."""
    streams: dict[str, object] = {name: getattr(sys, name) for name in ("stdin", "stdout", "stderr")}
    if streams["stdin"] is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115 - as long as the program runs
    if streams["stderr"] is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if streams["stdout"] is None:
        sys.stderr.write("error: the output cannot be written: it is closed\n")
        raise SystemExit(2)


def _run() -> None:
    try:
        from gse_billing.cli.app import app  # noqa: PLC0415 - the extra may be missing, and that is said in words
    except ModuleNotFoundError as error:
        sys.stderr.write(f"{MissingExtraError('cli', needed_for='the command line')} ({error.name})\n")
        raise SystemExit(2) from None
    try:
        app()
    finally:
        sys.stdout.flush()


def _output_is_lost(error: OSError) -> None:
    """End where the results cannot be written: in silence when their reader has gone, with a message otherwise."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the interpreter flushes once more at its end
    if error.errno == errno.EPIPE:
        raise SystemExit(1) from None
    sys.stderr.write(f"error: the output cannot be written: {error.strerror or error}\n")
    raise SystemExit(2) from None
