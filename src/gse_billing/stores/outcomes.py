"""What became of a document that was sent to SDI, as far as the rules on duplicates ask."""

from __future__ import annotations

from enum import Enum

__all__ = ["SentOutcome"]


class SentOutcome(Enum):
    """The outcome of a document; after a discard or a refusal its number is free again (SDI 00404)."""

    PENDING = "pending"
    DELIVERED = "delivered"
    DISCARDED = "discarded"
    REFUSED = "refused"

    @property
    def frees_the_number(self) -> bool:
        """Whether the same number may be sent again, under a new file name."""
        return self in (SentOutcome.DISCARDED, SentOutcome.REFUSED)

    @property
    def may_become(self) -> frozenset[SentOutcome]:
        """The outcomes that can follow: a discard excludes all others, a refusal comes after the delivery."""
        return _NEXT[self]


_NEXT = {
    SentOutcome.PENDING: frozenset({SentOutcome.DELIVERED, SentOutcome.DISCARDED, SentOutcome.REFUSED}),
    SentOutcome.DELIVERED: frozenset({SentOutcome.REFUSED}),
    SentOutcome.DISCARDED: frozenset(),
    SentOutcome.REFUSED: frozenset(),
}
