"""Hostile signed files, archives and messages end in findings or our own exceptions, in time, within memory."""

from __future__ import annotations

from tests.support.hostility import assert_bounded
from tests.unit.fatturapa.envelope import hostile


def test_no_family_takes_five_seconds_or_half_a_gigabyte() -> None:
    assert_bounded(hostile.__name__, hostile.FAMILIES)
