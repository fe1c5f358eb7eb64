"""Ten thousand small documents through ``gse-billing check``: memory stays flat, and two processes are worth having.

Run ``python -m benchmarks.streaming`` with nothing else running: two processes need two cores. The command runs as
users run it, on a folder of files of one line each; the times hold everything from its start to its end. Memory is the
peak of the command and of its workers together (``VmHWM``, on Linux), when nearly all documents were judged against
when the first thousand were.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.paired import Measurement, paired, report
from gse_billing import fatturapa
from tests.unit.fatturapa import samples

FILES = 10_000
EARLY, LATE = FILES // 10, FILES - FILES // 100
PAIRS = 7


def folder(path: Path) -> Path:
    """That many invoices, each a file of its own."""
    data = fatturapa.write(samples.ordinary())
    path.mkdir()
    for number in range(FILES):
        (path / f"IT05754381001_{number:05}.xml").write_bytes(data)
    return path


def started(path: Path, jobs: int) -> subprocess.Popen[bytes]:
    """The command, its lines behind a pipe."""
    command = [sys.executable, "-m", "gse_billing.cli", "check", "--json", "--jobs", str(jobs), str(path)]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


def seconds(path: Path, jobs: int) -> float:
    """How long it takes with so many processes."""
    start = time.perf_counter()
    lines = started(path, jobs).communicate()[0].count(b"\n")
    assert lines == FILES
    return time.perf_counter() - start


def peaks(path: Path, jobs: int) -> tuple[int, int]:
    """The peak of memory early and late, in KiB."""
    found = {EARLY: 0, LATE: 0}
    with started(path, jobs) as process:
        assert process.stdout is not None
        for count, _ in enumerate(process.stdout, start=1):
            if count in found:
                found[count] = sum(map(peak_of, family(process.pid)))
    return found[EARLY], found[LATE]


def family(process: int) -> set[int]:
    """A process with those that it started."""
    found = {process}
    for task in Path(f"/proc/{process}/task").iterdir():
        for child in (task / "children").read_text().split():
            found |= family(int(child))
    return found


def peak_of(process: int) -> int:
    """The most memory that it ever held, in KiB."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0])


def growth(path: Path, jobs: int) -> Measurement:
    """Late against early."""
    runs = [peaks(path, jobs) for _ in range(3)]
    ratios = sorted(late / early for early, late in runs)
    name = f"peak memory after {LATE:,} documents / after {EARLY:,}, jobs {jobs} ({runs[-1][1] // 1024} MiB)"
    return Measurement(name=name, ratio=ratios[1], bar=1.1, pairs=3, spread=(ratios[0], ratios[2]))


def measure() -> Iterator[Measurement]:
    """Memory with one process and with two, then the times of two against one."""
    with tempfile.TemporaryDirectory() as place:
        path = folder(Path(place) / "documents")
        seconds(path, 1)  # the files are in the cache of the system from here on
        for jobs in (1, 2):
            yield growth(path, jobs)
        name = (
            f"{FILES:,} documents with --jobs 2 / with --jobs 1 (load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores)"
        )
        yield paired(name, lambda: seconds(path, 2), lambda: seconds(path, 1), bar=1 / 1.5, pairs=PAIRS)


if __name__ == "__main__":
    sys.exit(report(measure()))
