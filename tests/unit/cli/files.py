"""Documents for the tests of the command line, and the command itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from gse_billing import fatturapa
from gse_billing.cli.app import app
from tests.support.authority import NOON, issued
from tests.unit.fatturapa import samples
from tests.unit.fatturapa.notifications.samples import BARE_RECEIPT

__all__ = ["archive", "bad", "command", "good", "lines", "message", "run", "signed", "unreadable_xml"]


@cache
def good() -> bytes:
    """An invoice without a finding."""
    return fatturapa.write(samples.ordinary())


@cache
def bad() -> bytes:
    """An invoice whose tax is not the rate times the amount: 00421."""
    return good().replace(b"<Imposta>0.00<", b"<Imposta>7.00<")


def unreadable_xml() -> bytes:
    """Not well-formed."""
    return good()[:-20]


@cache
def signed() -> bytes:
    """The good one as p7m."""
    key = fatturapa.SigningKey.from_pem(issued().key, issued().certificate)
    return fatturapa.sign(good(), key, at=NOON)


def message() -> bytes:
    """A receipt of delivery by SDI."""
    return BARE_RECEIPT.encode()


def archive(path: Path, members: Iterable[tuple[str, bytes]]) -> Path:
    """A zip archive of these files."""
    with path.open("wb") as target:
        fatturapa.pack(members, target)
    return path


def run(*arguments: str | Path, given: bytes = b"") -> Result:
    """The command in this process."""
    return CliRunner().invoke(app, [str(each) for each in arguments], input=given, catch_exceptions=False)


def lines(result: Result) -> list[dict[str, Any]]:
    """The JSON lines that it printed."""
    return [json.loads(line) for line in result.stdout.splitlines()]


def command(*arguments: object, **options: Any) -> subprocess.Popen[bytes]:
    """The command in a process of its own, its streams piped."""
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(
        [sys.executable, "-m", "gse_billing.cli", *map(str, arguments)],
        **{**streams, "env": {**os.environ}, **options},
    )
