"""How long a reader takes for hostile files and how much memory, told by a program of its own.

A module that has such files, by family, ends with ``if __name__ == "__main__": tell(FAMILIES)``.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from gse_billing.core.errors import GseBillingError
from tests.support.memory import peak

__all__ = ["Family", "assert_bounded", "tell"]

Family = tuple[Callable[[], bytes], Callable[[bytes], object]]
"""What makes the file, and what reads it."""

_ROOT = Path(__file__).resolve().parents[2]
_SECONDS = 5
_MEBIBYTES = 512


def tell(families: Mapping[str, Family]) -> None:
    """Print seconds and the peak of memory in MiB so far, family by family; an exception that is not ours ends it."""
    found = {}
    for name, (make, read) in families.items():
        data = make()
        start = time.process_time()  # other work on the machine is none of the reader's
        with contextlib.suppress(GseBillingError):  # our own, and that is what is hoped for
            read(data)
        found[name] = {"seconds": time.process_time() - start, "memory": peak()}
    sys.stdout.write(json.dumps(found))


def assert_bounded(module: str, families: Collection[str]) -> None:
    """No family takes five seconds or half a gigabyte; read apart, so that nobody else's memory counts."""
    command = [sys.executable, "-m", module]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=_ROOT, timeout=400)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told.keys() == set(families)
    assert {
        name: each for name, each in told.items() if each["seconds"] > _SECONDS or each["memory"] > _MEBIBYTES
    } == {}
