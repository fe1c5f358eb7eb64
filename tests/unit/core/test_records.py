from __future__ import annotations

import pickle

import attrs
import pytest

from gse_billing.core.records import draft_of


@attrs.frozen(weakref_slot=False)
class Part:
    name: str
    cents: int


def test_a_draft_becomes_an_ordinary_frozen_value() -> None:
    part = draft_of(Part)("a", 7)
    part.__class__ = Part
    assert part == Part("a", 7)
    assert hash(part) == hash(Part("a", 7))
    assert pickle.loads(pickle.dumps(part)) == part
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        part.cents = 8  # type: ignore[misc]
