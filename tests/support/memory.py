"""How much memory a program held at most.

``python -m tests.support.memory settle …`` runs the command line and ends standard error with that figure.
"""

from __future__ import annotations

import re
import resource
import sys
from pathlib import Path

__all__ = ["peak"]


def peak() -> float:
    """The peak of memory of this program in MiB; ``ru_maxrss`` would count that of the program that started it."""
    status = Path("/proc/self/status")
    if status.exists():
        return float(re.search(r"VmHWM:\s+(\d+) kB", status.read_text())[1]) / 1024  # type: ignore[index]
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    from gse_billing.cli.main import run

    try:
        run()
    finally:
        print(peak(), file=sys.stderr)
