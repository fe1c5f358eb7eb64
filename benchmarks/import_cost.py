"""What it costs to import the package, in fresh processes."""

from __future__ import annotations

import functools
import subprocess
import sys
from collections.abc import Iterator

from benchmarks.paired import Measurement, paired, report

PEER = "import attrs, decimal, datetime"
ROOMS = ("billing", "calendars", "fees", "netting", "numbering", "parties", "schemes", "tax")


def seconds(statement: str) -> float:
    """How long the statement takes in a process of its own, the start of the interpreter left out."""
    code = f"from time import perf_counter as now; start = now(); {statement}; print(now() - start)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout)


def measure() -> Iterator[Measurement]:
    """The front door has a bar; what the rooms cost is told beside it, without one."""
    seconds("import gse_billing")  # compiled files and disk caches are warm from here on
    peer = functools.partial(seconds, PEER)
    front = functools.partial(seconds, "import gse_billing")
    yield paired("import gse_billing / import attrs, decimal, datetime", front, peer, bar=1.5, pairs=41)
    for room in ROOMS:
        statement = f"from gse_billing import {room}"
        yield paired(f"{statement} / the same", functools.partial(seconds, statement), peer, bar=float("inf"), pairs=7)


if __name__ == "__main__":
    sys.exit(report(measure()))
