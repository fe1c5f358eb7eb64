"""How much is read; apart from the parser, so that asking does not load it."""

from __future__ import annotations

__all__ = ["LARGEST"]

LARGEST = 20_000_000
"""Bytes of one document: four times the 5 MB that SDI takes for an invoice (SdI 1.8.4, 3.1)."""
