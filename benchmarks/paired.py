"""Paired ratios: two things measured in turn, many times, so that a slow moment of the machine strikes both."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Iterator

import attrs

Timer = Callable[[], float]


@attrs.frozen(kw_only=True)
class Measurement:
    """One figure and its bar.

    Attributes:
        name: what was measured against what.
        ratio: median of the paired ratios.
        bar: the ratio must not be above it.
        pairs: how many pairs were run.
        spread: the middle half of the ratios, lowest and highest.
    """

    name: str
    ratio: float
    bar: float
    pairs: int
    spread: tuple[float, float]

    @property
    def ok(self) -> bool:
        return self.ratio <= self.bar

    def __str__(self) -> str:
        low, high = self.spread
        verdict = "ok" if self.ok else "OVER"
        figures = f"{verdict:4} {self.ratio:8.3g}  bar {self.bar:g}  middle half {low:.3g} to {high:.3g}"
        return f"{figures}, {self.pairs} pairs  {self.name}"


def paired(name: str, subject: Timer, peer: Timer, *, bar: float, pairs: int) -> Measurement:
    """Measure ``subject`` against ``peer``; each returns the seconds that it took."""
    ratios = sorted(_ratios(subject, peer, pairs))
    low, _, high = statistics.quantiles(ratios, n=4)
    return Measurement(name=name, ratio=statistics.median(ratios), bar=bar, pairs=pairs, spread=(low, high))


def _ratios(subject: Timer, peer: Timer, pairs: int) -> Iterator[float]:
    for turn in range(pairs):
        if turn % 2:
            ours, theirs = subject(), peer()
        else:
            theirs, ours = peer(), subject()
        yield ours / theirs


def report(measurements: Iterable[Measurement]) -> int:
    """Print each measurement as it comes; 1 when one is over its bar."""
    over = 0
    for measurement in measurements:
        print(measurement, flush=True)
        over += not measurement.ok
    return 1 if over else 0
