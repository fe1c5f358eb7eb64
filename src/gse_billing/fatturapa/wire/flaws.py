"""What is wrong with one value or one element, before it is known where it stands."""

from __future__ import annotations

from attrs import frozen

__all__ = ["Flaw"]


@frozen
class Flaw:
    """One defect without its place: the reader or the checker adds path, line and element number.

    Attributes:
        kind: a key of :data:`gse_billing.fatturapa.wire.wording.WORDINGS`.
        expected: what the schema asks for, as text.
        actual: what was found, as text, cut to a length a person can read.
        at: the character, from 1, where that matters.
    """

    kind: str
    expected: str = ""
    actual: str = ""
    at: int | None = None
