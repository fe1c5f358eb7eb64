"""Pausing the garbage collector while many values that cannot form cycles are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["collector_paused"]


@contextmanager
def collector_paused() -> Iterator[None]:
    """No cyclic collection inside; afterwards the collector is as it was, with everything of that time among the old.

    Frozen values refer only to older ones, so a search for cycles among a million of them finds nothing and costs more
    than making them. Memory is freed all the same when nothing refers to a value any more. What was made meanwhile is
    put where a full collection looks, because the first quick one would go through all of it.

    >>> with collector_paused():
    ...     gc.isenabled()
    False
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            if not gc.get_freeze_count():  # what the caller froze stays so
                gc.freeze()
                gc.unfreeze()
            gc.enable()
