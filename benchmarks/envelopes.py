"""How fast signed files are opened, against the same documents bare; and what memory a large archive takes.

Run ``python -m benchmarks.envelopes``. Ten thousand invoices of one line, in an archive as p7m and in another as they
are, are read to documents (signatures not verified); the bar is 0.5 times the rate of the bare ones, that is a ratio of
times of at most 2. Memory is the peak of a pass over the archive; it must not grow with the number of files. What
verifying costs is told without a bar.
"""

from __future__ import annotations

import io
import sys
import time
import tracemalloc
from collections.abc import Iterator

from benchmarks.paired import Measurement, paired, report
from gse_billing import fatturapa
from tests.support.authority import NOON, issued, root
from tests.unit.fatturapa import samples

FILES = 10_000
PAIRS = 5


def archive(document: bytes, files: int, ending: str) -> bytes:
    """That many copies of a document in an archive, under names of SDI."""
    target = io.BytesIO()
    names = fatturapa.filenames.file_names("IT", "05754381001")
    fatturapa.pack(((f"{next(names).stem}{ending}", document) for _ in range(files)), target)
    return target.getvalue()


def read_all(data: bytes) -> int:
    """How many documents the archive gives."""
    count = 0
    for member in fatturapa.unpack(data):
        assert member.data is not None
        count += fatturapa.inspect(member.data).document is not None
    return count


def seconds(data: bytes, files: int) -> float:
    """How long reading the archive takes."""
    start = time.perf_counter()
    assert read_all(data) == files
    return time.perf_counter() - start


def peak(data: bytes) -> int:
    """The most bytes that were held while the archive was read."""
    tracemalloc.start()
    read_all(data)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def verifying(signed: bytes) -> float:
    """Seconds of one verification with a trusted root."""
    start = time.perf_counter()
    for _ in range(20):
        assert fatturapa.verify(signed, at=NOON, roots=[root()]).report.ok
    return (time.perf_counter() - start) / 20


def measure() -> Iterator[Measurement]:
    """Signed files against bare ones, the memory of many files against that of few, verifying against reading."""
    bare = fatturapa.write(samples.ordinary())
    key = fatturapa.SigningKey.from_pem(issued().key, issued().certificate)
    signed = fatturapa.sign(bare, key, at=NOON)
    many, plain = archive(signed, FILES, ".xml.p7m"), archive(bare, FILES, ".xml")
    seconds(archive(signed, 100, ".xml.p7m"), 100)  # decoders are compiled from here on
    yield paired(
        f"{FILES:,} p7m in a zip / the same bare",
        lambda: seconds(many, FILES),
        lambda: seconds(plain, FILES),
        bar=2.0,
        pairs=PAIRS,
    )
    few = archive(signed, FILES // 10, ".xml.p7m")
    # the directory of the archive is held, some 600 bytes a file; the documents are not
    directory = 600 * FILES
    yield paired(
        "memory for ten times the files / the same",
        lambda: float(max(peak(many) - directory, 1)),
        lambda: float(peak(few)),
        bar=1.5,
        pairs=3,
    )
    yield paired(
        "verifying one p7m / reading its document",
        lambda: verifying(signed),
        lambda: seconds(few, FILES // 10) / (FILES // 10),
        bar=float("inf"),
        pairs=5,
    )


if __name__ == "__main__":
    sys.exit(report(measure()))
