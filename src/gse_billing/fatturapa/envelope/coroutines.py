"""Waiting for the coroutines of pyhanko."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

__all__ = ["completed"]

_Result = TypeVar("_Result")


def completed(work: Coroutine[Any, Any, _Result]) -> _Result:
    """The result of a coroutine; in a thread of its own, for the caller may be inside a loop, as in a notebook."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, work).result()
