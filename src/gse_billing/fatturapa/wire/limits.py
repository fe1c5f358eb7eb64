"""How much is read; apart from the parser, so that asking does not load it."""

from __future__ import annotations

__all__ = ["LARGEST"]

LARGEST = 10_000_000
"""Bytes of one document: twice the 5 MB that SDI takes for an invoice (SdI 1.8.4, 3.1).

The tree of a document takes many times its bytes in memory.
"""
