"""Reading and writing against a38 0.1.8, the best-known Python library for these documents, in paired ratios.

It is fetched for this alone, proven by hash, and imported from its wheel. Both sides get the same documents and
give the same: what a38 writes of an invoice is read here as that invoice. A ratio is our time by its time.
"""

from __future__ import annotations

import gc
import importlib
import io
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from benchmarks.fatturapa import renewed
from benchmarks.paired import Measurement, Timer, paired, report
from gse_billing import fatturapa
from tests.support.fetched import Wheel, fetched_wheel
from tests.unit.fatturapa import samples

# pairs, and how many documents one after the other make one of a pair
SIZES = {1: (15, 40), 100: (9, 4), 5_000: (5, 1)}
READ_AT_LEAST = {1: 60, 100: 25, 5_000: 18}
WRITE_AT_LEAST = 120
CHECK_AND_WRITE_AT_LEAST = 60

# a38 and what it needs; what is installed anyway comes first
WHEELS = (
    Wheel("a38==0.1.8", "df333c0b2e8211d43dc3e93b7b6a4cab2f747141e97e03374a84a93d8fe8af6c"),
    Wheel("defusedxml==0.7.1", "a352e7e428770286cc899e2542b6cdaedb2b4953ff269a210103ec58f6198a61"),
    Wheel("python-dateutil==2.9.0.post0", "a8b2bc7bffae282281c8140a97d3aa9c14da0b136dfe83f850eea9a5f7470427"),
    Wheel("pytz==2025.2", "5ddf76296dd8c44c26eb8f4b6f35488f3ccbf6fbbd7adee0b7262d43f0ec2f00"),
    Wheel("six==1.17.0", "4721f391ed90541fddacab5acf947aa0d3dc7d27b2e1e8eda2be8970586c3274"),
)


class Peer:
    """How a38 reads, writes and checks."""

    def __init__(self) -> None:
        sys.path += [str(fetched_wheel(wheel)) for wheel in WHEELS]
        self._parse = importlib.import_module("defusedxml.ElementTree").fromstring
        self._invoice = importlib.import_module("a38.fattura").auto_from_etree
        self._validation = importlib.import_module("a38.validation").Validation

    def read(self, data: bytes) -> Any:
        """Bytes to objects; nothing is checked."""
        return self._invoice(self._parse(data))

    def write(self, invoice: Any) -> bytes:
        """Objects to bytes."""
        stream = io.BytesIO()
        invoice.build_etree().write(stream, encoding="utf-8", xml_declaration=True)
        return stream.getvalue()

    def check_and_write(self, invoice: Any) -> bytes:
        """Objects to bytes, after its checks."""
        invoice.validate(self._validation())
        return self.write(invoice)


def working(work: Callable[[Any], object], subject: Callable[[], object], count: int) -> Timer:
    """A clock around some work on subjects made outside of it; it stands still while another program has the CPU."""

    def run() -> float:
        subjects = [subject() for _ in range(count)]
        start = time.process_time()
        for each in subjects:
            work(each)
        return time.process_time() - start

    return run


def against(what: str, ours: Timer, theirs: Timer, *, least: int, pairs: int) -> Measurement:
    """One figure; the documents that are kept are none of what the garbage collector has to walk."""
    gc.collect()
    gc.freeze()
    return paired(f"{what} / a38, at least {least} times faster", ours, theirs, bar=1 / least, pairs=pairs)


def measure() -> Iterator[Measurement]:
    """Every bar, for one line, a hundred and five thousand."""
    a38 = Peer()
    for lines in SIZES:
        document = samples.ordinary(lines)
        data = fatturapa.write(document)
        assert fatturapa.read(a38.write(a38.read(data))) == document
        yield of_reading(data, a38, lines)
        yield from of_writing(data, a38, lines)


def of_reading(data: bytes, a38: Peer, lines: int) -> Measurement:
    """Bytes to objects; ours are checked against the schema on the way."""
    pairs, count = SIZES[lines]
    ours, theirs = working(fatturapa.read, lambda: data, count), working(a38.read, lambda: data, count)
    return against(f"read {lines} lines", ours, theirs, least=READ_AT_LEAST[lines], pairs=pairs)


def of_writing(data: bytes, a38: Peer, lines: int) -> Iterator[Measurement]:
    """Objects to bytes: of a document that was read, of one made anew and checked before, of one just made anew."""
    pairs, count = SIZES[lines]
    document, theirs = fatturapa.read(data), a38.read(data)
    evolved: Any = renewed(document)
    fatturapa.write(evolved)  # checked by this, and nothing is known of it from reading
    bare = working(a38.write, lambda: theirs, count)
    for kind, known in (("read", document), ("evolved and checked", evolved)):
        ours = working(fatturapa.write, partial(identity, known), count)
        yield against(f"write {lines} lines, {kind}", ours, bare, least=WRITE_AT_LEAST, pairs=pairs)
    ours = working(fatturapa.write, lambda: renewed(document), count)
    checked = working(a38.check_and_write, lambda: theirs, count)
    least = CHECK_AND_WRITE_AT_LEAST
    yield against(f"check and write {lines} lines, evolved", ours, checked, least=least, pairs=pairs)


def identity(value: object) -> object:
    """The value as it is."""
    return value


if __name__ == "__main__":
    sys.exit(report(measure()))
