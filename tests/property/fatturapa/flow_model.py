"""The fate of a file as the specification tells it, told a second time for the tests; it shares no code with the flow.

SDI is an automaton that sends a message with every step (SdI specification 1.8.4, 4.5 a to g; between private parties
circ. AdE 13/E of 2018, 1.6). Messages get lost, come late, twice and in any order, so what is known is a bag of them.
A bag is possible when some run of the automaton sends all of it; the document stands where the run ends that needs the
fewest messages nobody has seen. A bag that no run sends contradicts itself.
"""

from __future__ import annotations

import datetime as dt
import functools
import heapq
from collections.abc import Iterable, Iterator
from itertools import count
from typing import NamedTuple

Place = tuple[str, int]
"""Where the document stands, and how many answers of the buyer SDI has not dealt with."""

START: Place = ("sent", 0)
MOST_ANSWERS = 6


def public_steps(place: Place) -> Iterator[tuple[str, Place]]:
    """What SDI may send next about an invoice to a public body, and where the document stands then."""
    name, waiting = place
    if name == "sent":
        yield "MC", ("undelivered", 0)  # e
    if name == "undelivered":
        yield "AT", ("attested", 0)  # e, after ten days
    if name in ("sent", "undelivered", "delivered"):
        yield "MT", ("delivered", waiting)  # c
        yield "RC", ("delivered", waiting)  # d
    if name == "delivered":
        yield "DT", ("expired", waiting)  # g, after fifteen days
    if name == "sent":
        yield "NS", ("discarded", 0)  # b
    if name in ("delivered", "accepted", "refused", "expired"):
        yield from answer_steps(name, waiting)


def answer_steps(name: str, waiting: int) -> Iterator[tuple[str, Place]]:
    """The same about the answers of the buyer, who has the invoice: f, and g for those after the end."""
    if waiting < MOST_ANSWERS:
        yield "EC", (name, waiting + 1)
    if waiting:
        yield "SE", (name, waiting - 1)
    if waiting and name == "delivered":
        yield "EC01", ("accepted", waiting - 1)  # as NE
        yield "EC02", ("refused", waiting - 1)
    repeated = {"accepted": "EC01", "refused": "EC02", "expired": "DT"}.get(name)  # for the file, and for the document
    if repeated:
        yield repeated, (name, waiting)


def private_steps(place: Place) -> Iterator[tuple[str, Place]]:
    """The same between private parties, where the buyer answers nothing."""
    name, _ = place
    if name == "sent":
        yield "MC", ("undelivered", 0)
    if name in ("sent", "undelivered", "delivered"):
        yield "MT", ("delivered", 0)
        yield "RC", ("delivered", 0)
    if name == "sent":
        yield "NS", ("discarded", 0)


STEPS = {"pa": public_steps, "private": private_steps}


@functools.cache
def ending(flow: str, bag: tuple[str, ...]) -> Place | None:
    """Where the run ends that sends a sorted bag of messages with the fewest others; ``None`` when no run does."""
    order = count()
    queue: list[tuple[int, int, Place, tuple[str, ...]]] = [(0, next(order), START, bag)]
    seen: set[tuple[Place, tuple[str, ...]]] = set()
    while queue:
        lost, _, place, left = heapq.heappop(queue)
        if not left:
            return place
        if (place, left) in seen:
            continue
        seen.add((place, left))
        for message, following in STEPS[flow](place):
            if message in left:
                at = left.index(message)
                heapq.heappush(queue, (lost, next(order), following, left[:at] + left[at + 1 :]))
            heapq.heappush(queue, (lost + 1, next(order), following, left))
    return None


class Told(NamedTuple):
    """One message as the model knows it."""

    what: str
    """Its kind; of a forwarded outcome (NE) the outcome, EC01 or EC02."""
    ident: str
    """Its id, empty where it has none."""
    content: tuple[object, ...]
    """Whatever else it says: the same id with another content is a conflict."""
    about: int | None
    """Number of the document in the file, ``None`` for all of them."""
    sdi: str
    """SDI's number of the file, ``0`` where the message does not know it."""
    delivered: dt.date | None
    """The date that an RC states."""

    @property
    def key(self) -> tuple[str, object]:
        kind = "NE" if self.what in ("EC01", "EC02") else self.what
        return kind, self.ident or self


def bag_of(known: Iterable[Told]) -> tuple[str, ...]:
    """The messages alone; one that came with different contents is still one."""
    return tuple(sorted({each.key: each.what for each in known}.values()))


class Answer(NamedTuple):
    """What the flow has to answer."""

    stage: str
    closed: bool
    issued: bool | None
    number_free: bool
    expected: dict[str, tuple[dt.date | None, dt.date | None]]
    duties: tuple[dt.date | None, ...]
    codes: set[str]


class File:
    """A file that was sent, and the first day of each message about it."""

    def __init__(self, flow: str, sent_on: dt.date) -> None:
        self.flow = flow
        self.sent_on = sent_on
        self.first: dict[Told, dt.date] = {}

    def hear(self, told: Told, on: dt.date) -> None:
        self.first[told] = min(on, self.first.get(told, on))

    def known(self, on: dt.date, about: int | None) -> list[Told]:
        return [
            each for each, day in self.first.items() if day <= on and about in (None, each.about, each.about or about)
        ]

    def is_of_several(self, on: dt.date) -> bool:
        return len({each.about for each in self.known(on, None)} - {None}) > 1

    def answer(self, on: dt.date, about: int | None) -> Answer:
        known = self.known(on, about)
        codes = set(self._complaints(known))
        place = ending(self.flow, bag_of(known))
        if place is None:
            codes.add("flow:contradiction")
        if codes or place is None:
            return Answer("contradicted", False, None, False, {}, (None,), codes)
        return self._at(place, known)

    def _complaints(self, known: list[Told]) -> Iterator[str]:
        if len({each.key for each in known}) < len(known):
            yield "flow:conflict"
        if len({each.sdi for each in known} - {"0"}) > 1:
            yield "flow:contradiction"

    def _at(self, place: Place, known: list[Told]) -> Answer:
        name, waiting = place
        stage = "answered" if name == "delivered" and waiting else name
        private = self.flow == "private"
        ended = {"discarded", "accepted", "refused", "expired", "attested"}
        return Answer(
            stage=stage,
            closed=stage in (ended | {"delivered", "undelivered"} if private else ended),
            issued=None if stage == "sent" else stage != "discarded",
            number_free=stage in ("discarded", "refused"),
            expected=dict(self._next(stage, known)),
            duties=tuple(self._duties(stage, known)),
            codes=set(),
        )

    def _day(self, what: str, known: list[Told]) -> dt.date | None:
        return min((self.first[each] for each in known if each.what == what), default=None)

    def _next(self, stage: str, known: list[Told]) -> Iterator[tuple[str, tuple[dt.date | None, dt.date | None]]]:
        private = self.flow == "private"
        if stage == "sent":
            yield "NS", (None, after(self.sent_on, 5) if private else None)
            yield "RC", (None, None)
            yield "MC", (None, None)
        elif private:
            return
        elif stage == "undelivered":
            yield "RC", (None, None)
            yield "AT", (after(self._day("MC", known), 10), None)
        elif stage == "answered":
            yield "NE", (None, None)
            yield "SE", (None, None)
        elif stage == "delivered":
            start = self._first_communication(known)
            yield "NE", (None, after(start, 15))
            yield "DT", (after(start, 16), None)

    def _first_communication(self, known: list[Told]) -> dt.date | None:
        """F: the date stated in the RC, or the day the MC was sent: whichever was first."""
        days = [each.delivered for each in known if each.what == "RC"] + [self._day("MC", known)]
        return min((day for day in days if day is not None), default=None)

    def _duties(self, stage: str, known: list[Told]) -> Iterator[dt.date | None]:
        if stage == "discarded":
            yield after(self._day("NS", known), 5)
        elif stage in ("refused", "attested") or (stage == "undelivered" and self.flow == "private"):
            yield None


def after(day: dt.date | None, days: int) -> dt.date | None:
    """So many days later, where the day is known."""
    return None if day is None else day + dt.timedelta(days=days)
