"""Work spread over processes: results in the order of the tasks, few tasks in flight, a clean end in every case.

Each worker is a process of its own behind a pipe. One that dies is noticed by its pipe; when the command ends, however
it ends, the pipes close and the workers with them.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

from gse_billing.core.errors import GseBillingError

__all__ = ["in_order"]

Task = TypeVar("Task")
Result = TypeVar("Result")

_AHEAD = 3
"""Tasks that are begun or waiting for each worker: enough that none waits for the reader of the results."""

_PATIENCE_SECONDS = 5


def in_order(work: Callable[[Task], Result], tasks: Iterable[Task], *, jobs: int) -> Generator[Result]:
    """Do every task, and give the results in the order of the tasks; close the iterator to end the workers.

    Args:
        work: what is done; with more than one job it can be pickled, and so can tasks and results.
        tasks: taken as they are needed, never all at once.
        jobs: processes; with one, the work is done in this process.

    Raises:
        GseBillingError: a worker died.
    """
    if jobs == 1:
        yield from map(work, tasks)
        return
    crew = _Crew(work)
    with ThreadPoolExecutor(jobs, initializer=_leave_interrupts_to_the_main_thread) as threads:
        pending: deque[Future[Result]] = deque()
        try:
            for task in tasks:
                pending.append(threads.submit(crew, task))
                if len(pending) == jobs * _AHEAD:
                    yield pending.popleft().result()
            while pending:
                yield pending.popleft().result()
        finally:
            for future in pending:
                future.cancel()
            crew.dismiss()


def _leave_interrupts_to_the_main_thread() -> None:
    """A process inherits from the thread that starts it what it does not hear: Ctrl-C is for the command alone."""
    with suppress(AttributeError):  # not on Windows
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


class _Crew(Generic[Task, Result]):
    """The workers: each thread that calls has one, started when it first calls."""

    def __init__(self, work: Callable[[Task], Result]) -> None:
        self._work = work
        self._own = threading.local()
        self._workers: list[_Worker[Task, Result]] = []
        self._lock = threading.Lock()
        self._dismissed = False

    def __call__(self, task: Task) -> Result:
        """Have the thread's worker do a task."""
        if not hasattr(self._own, "worker"):
            with self._lock:
                if self._dismissed:
                    raise GseBillingError("the command is ending")
                self._own.worker = _Worker(self._work)
                self._workers.append(self._own.worker)
        worker: _Worker[Task, Result] = self._own.worker
        return worker(task)

    def dismiss(self) -> None:
        """End every worker, whatever it is doing; none is started any more."""
        with self._lock:
            self._dismissed = True
        for worker in self._workers:
            worker.end()


class _Worker(Generic[Task, Result]):
    """A process that does one task after another."""

    def __init__(self, work: Callable[[Task], Result]) -> None:
        # spawned on every system: a process that has threads is not safely forked
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(work, theirs), daemon=True)
        self._process.start()
        theirs.close()

    def __call__(self, task: Task) -> Result:
        try:
            self._pipe.send(task)
            result: Result = self._pipe.recv()
        except (EOFError, OSError):
            self._process.join(_PATIENCE_SECONDS)
            raise GseBillingError(
                "a worker process ended before its work was done",
                why=f"its exit code is {self._process.exitcode}",
                remedy="what was said up to here holds; if memory is short, ask for fewer --jobs",
            ) from None
        return result

    def end(self) -> None:
        self._process.terminate()
        self._process.join(_PATIENCE_SECONDS)


def serve(work: Callable[[Task], Result], pipe: Connection) -> None:
    """What a worker does: tasks, until the other end of the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError):
        while True:
            pipe.send(work(pipe.recv()))
