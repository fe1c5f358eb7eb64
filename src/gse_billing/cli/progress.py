"""How far a command is, on one line of the terminal that goes away again."""

from __future__ import annotations

import sys
import time

__all__ = ["Progress"]

_SECONDS = 0.1
_WIPE = "\r\x1b[K"


class Progress:
    """A line on standard error, where that is a terminal; nothing otherwise."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._shown_at = 0.0
        self._visible = False

    def show(self, text: str) -> None:
        """Show the text, a few times a second at most."""
        if self._live and (now := time.monotonic()) - self._shown_at >= _SECONDS:
            sys.stderr.write(f"{_WIPE}{text}")
            sys.stderr.flush()
            self._shown_at, self._visible = now, True

    def clear(self) -> None:
        """Take the line away, before something else is printed."""
        if self._visible:
            sys.stderr.write(_WIPE)
            sys.stderr.flush()
            self._visible = False
