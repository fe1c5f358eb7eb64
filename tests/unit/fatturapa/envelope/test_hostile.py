"""Hostile signed files, archives and messages end in findings or our own exceptions, in time, within memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.unit.fatturapa.envelope import hostile


def test_no_family_takes_five_seconds_or_half_a_gigabyte() -> None:
    """Read in a program of their own, so that nobody else's memory counts; a foreign exception would end it."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.unit.fatturapa.envelope.hostile"],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).resolve().parents[4],
        timeout=400,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told.keys() == hostile.FAMILIES.keys()
    assert {name: each for name, each in told.items() if each["seconds"] > 5 or each["memory"] > 512} == {}
