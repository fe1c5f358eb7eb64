"""Work for the workers of the tests; a module that costs nothing to import."""

from __future__ import annotations

import os
import time

__all__ = ["double", "linger", "perish"]


def double(number: int) -> int:
    """The work that goes well."""
    return 2 * number


def perish(number: int) -> int:
    """The work that ends its worker."""
    if number == 3:
        os._exit(7)
    return number


def linger(number: int) -> int:
    """The work that takes longer than any test."""
    time.sleep(60)
    return number
