"""Changelog fragments: one file a subject in ``changelog.d``, sentences that a user understands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.source_tree import ROOT

FRAGMENTS = sorted(path for path in (ROOT / "changelog.d").iterdir() if path.name != "README.md")


def complaints(name: str, text: str) -> list[str]:
    """What is wrong with a fragment, none when it is well-formed."""
    checks = {
        "the name is lower case with dashes and ends with .md": re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*\.md", name),
        "it holds one to twelve lines": 1 <= len(text.splitlines()) <= 12 and text.strip(),
        "it ends with a full stop and a line feed": text.endswith(".\n"),
        "it has no heading, the release makes it": not re.search(r"^#", text, flags=re.MULTILINE),
        "it has no line without text": "\n\n" not in text,
        "its lines have no blanks at the end": not re.search(r"[ \t]$", text, flags=re.MULTILINE),
    }
    return [rule for rule, holds in checks.items() if not holds]


def test_there_are_fragments() -> None:
    assert FRAGMENTS


@pytest.mark.parametrize("fragment", FRAGMENTS, ids=lambda path: path.name)
def test_a_fragment_is_well_formed(fragment: Path) -> None:

    assert complaints(fragment.name, fragment.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Core.md", "Money.\n"),
        ("core.txt", "Money.\n"),
        ("core.md", ""),
        ("core.md", "Money"),
        ("core.md", "# Core\nMoney.\n"),
        ("core.md", "Money.\n\nAnd more.\n"),
        ("core.md", "Money. \nAnd more.\n"),
    ],
)
def test_a_badly_formed_one_would_be_found(name: str, text: str) -> None:
    assert complaints(name, text)
