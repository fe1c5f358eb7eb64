"""Processes that take numbers and are killed while they do: a program of its own, so that forking is safe.

``python -m tests.support.crashing boundaries PLACE`` kills one process before and after every statement of every call.
``python -m tests.support.crashing storm PLACE PROCESSES NUMBERS SEED`` lets many processes take numbers at once and
kills a third of them at random points.
``python -m tests.support.crashing opening PLACE PROCESSES`` lets many processes open a store that is not there yet.
Each prints what it saw as JSON; the tests judge it.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import os
import random
import signal
import sys
import traceback
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from sqlalchemy import event

from gse_billing.core.errors import FrozenNumberError
from gse_billing.core.identifiers import InvoiceNumber
from gse_billing.numbering import Request, Series
from gse_billing.stores import RecordedDocument, SentOutcome, Store, open_store

ISSUER = "01234560440"
DAY = dt.date(2026, 12, 31)
SERIES = Series(name="pa", format="PA/{n}")
CHUNK = 10

Fate = Callable[[Store], object]
Act = Callable[[Store, str], object]
Look = Callable[[Store, str], list[str]]


def ask(key: str) -> Request:
    return Request(issuer=ISSUER, series=SERIES, day=DAY, key=key, content=key, owner=str(os.getpid()))


def die_in(seconds: float, _: Store) -> None:
    signal.setitimer(signal.ITIMER_REAL, seconds)  # nobody handles its signal, so it ends the process


def die_at(point: int, store: Store) -> None:
    """Kill this process at a boundary: before or after a statement, or before a commit, counted from 0."""
    boundaries = itertools.count()

    def pass_boundary(*_: object) -> None:
        if next(boundaries) == point:
            os.kill(os.getpid(), signal.SIGKILL)

    for moment in ("begin", "before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(store._database.engine, moment, pass_boundary)


def live(_: Store) -> None:
    pass


def in_child(work: Callable[[], None]) -> bool:
    """Do something in a process of its own; whether it was killed."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            if code:
                traceback.print_exc()
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError(f"a child failed with {os.WEXITSTATUS(status)}")
    return os.WIFSIGNALED(status)


def reserve(store: Store, key: str) -> object:
    return str(store.register.reserve(ask(key)).number)


def accept(store: Store, key: str) -> object:
    return str(store.register.accept(ISSUER, key).number)


def void(store: Store, key: str) -> object:
    return str(store.register.void(ISSUER, key, "withdrawn").number)


def append(store: Store, key: str) -> object:
    return store.events.append("proposal", "accepted", {"number": key}, key=key).version


def record(store: Store, key: str) -> object:
    day = dt.date(2026, 12, 31)
    numbers = (InvoiceNumber(f"{key}/{count}") for count in (1, 2))
    lot = [RecordedDocument(issuer=ISSUER, number=number, day=day) for number in numbers]
    store.history.record(key, lot, digest=key)
    return key


def conclude(store: Store, key: str) -> object:
    store.history.conclude(key, SentOutcome.DISCARDED)
    return key


def of_register(store: Store, key: str) -> list[str]:
    states = [entry.state.value for entry in store.register.entries() if entry.key == key]
    return [*(step.state.value for step in store.register.steps() if step.key == key), *states]


def of_log(store: Store, key: str) -> list[str]:
    return [event.kind for event in store.events.events("proposal") if event.key == key]


def of_history(store: Store, key: str) -> list[str]:
    return [document.outcome.value for document in store.history.documents_of(key)]


# What comes before each call, and how to look at what it left.
CALLS: Mapping[Act, tuple[Act | None, Look]] = {
    reserve: (None, of_register),
    accept: (reserve, of_register),
    void: (reserve, of_register),
    append: (None, of_log),
    record: (None, of_history),
    conclude: (record, of_history),
}


def boundaries(place: str) -> list[dict[str, Any]]:
    """For each call, a kill at every boundary until none is left, each followed by the same call once more."""
    seen = []
    for act in CALLS:
        killed, point = True, 0
        while killed:
            key = f"{act.__name__}-{point}"
            killed = in_child(partial(one, place, act, key, point))
            seen.append({"call": act.__name__, "point": point, "killed": killed, **after(place, act, key)})
            point += 1
    return seen


def one(place: str, act: Act, key: str, point: int) -> None:
    with open_store(place) as store:
        before, _ = CALLS[act]
        if before is not None:
            before(store, key)
        die_at(point, store)
        act(store, key)


def after(place: str, act: Act, key: str) -> dict[str, Any]:
    """What stands after the kill, what the same call answers once more, and what stands then."""
    _, look = CALLS[act]
    with open_store(place) as store:
        return {"then": look(store, key), "answer": act(store, key), "again": look(store, key)}


def storm(place: str, processes: int, numbers: int, seed: int) -> dict[str, Any]:
    """Many processes take numbers at once; a third of the tries is killed, and what they left is taken up by others."""
    open_store(place).close()
    dice = random.Random(seed)
    waiting = [range(first, min(first + CHUNK, numbers)) for first in range(0, numbers, CHUNK)]
    running: dict[int, tuple[range, int]] = {}
    told: dict[str, str] = {}
    tries = kills = 0
    while waiting or running:
        while waiting and len(running) < processes:
            chunk = waiting.pop(0)
            child, pipe = started(partial(take, place, chunk, fate(dice)))
            running[child] = chunk, pipe
            tries += 1
        child, status = os.wait()
        chunk, pipe = running.pop(child)
        told |= told_by(pipe)
        if os.WIFSIGNALED(status):
            kills += 1
            waiting.append(chunk)
        elif status:
            raise RuntimeError(f"a child failed with {os.WEXITSTATUS(status)}")
    return {"tries": tries, "kills": kills, "told": told}


def fate(dice: random.Random) -> Fate:
    """Two in three tries live; of the others half die between two statements, half at any moment."""
    match dice.randrange(6):
        case 0:
            return partial(die_at, dice.randrange(20 * CHUNK))
        case 1:
            return partial(die_in, dice.uniform(0.001, 0.1))
        case _:
            return live


def started(work: Callable[[int], None]) -> tuple[int, int]:
    """A process that works, and the pipe through which it tells what it is sure of."""
    readable, writable = os.pipe()
    child = os.fork()
    if child:
        os.close(writable)
        return child, readable
    code = 1
    try:
        os.close(readable)
        work(writable)
        code = 0
    finally:
        if code:
            traceback.print_exc()
        os._exit(code)


def take(place: str, chunk: range, doom: Fate, told: int) -> None:
    """Take the numbers of a chunk, one in seven of them in vain; what an earlier try voided stays so."""
    with open_store(place) as store:
        doom(store)
        for key in map(str, chunk):
            try:
                entry = store.register.reserve(ask(key))
            except FrozenNumberError:
                continue
            if int(key) % 7 == 0:
                store.register.void(ISSUER, key, "withdrawn")
            else:
                store.register.accept(ISSUER, key)
            os.write(told, f"{key} {entry.number}\n".encode())


def told_by(pipe: int) -> dict[str, str]:
    """What a process told before it ended; a few lines always fit into a pipe."""
    with os.fdopen(pipe) as lines:
        pairs = (line.split() for line in lines)
        return {key: number for key, number in pairs}  # noqa: C416  a pair of texts, for the type checker


def opening(place: str, processes: int) -> int:
    """How many of the processes that made one store at the same time recorded their event in it."""
    gate, latch = os.pipe()
    for _ in range(processes):
        if os.fork() == 0:
            try:
                os.close(latch)
                os.read(gate, 1)  # ends when the parent closes the other side
                with open_store(place) as store:
                    store.events.append("openings", "opened", {}, key=str(os.getpid()))
            finally:
                os._exit(0)
    os.close(latch)
    for _ in range(processes):
        os.wait()
    with open_store(place) as store:
        return len(store.events.events("openings"))


def main(arguments: list[str]) -> object:
    match arguments:
        case ["boundaries", place]:
            return boundaries(place)
        case ["storm", place, processes, numbers, seed]:
            return storm(place, int(processes), int(numbers), int(seed))
        case ["opening", place, processes]:
            return opening(place, int(processes))
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
