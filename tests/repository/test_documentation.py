"""The documentation builds without a warning and shows every public name; the README tells the truth."""

from __future__ import annotations

import re
import subprocess
import sys
import zlib
from pathlib import Path

from tests.support.source_tree import ROOT, homes, rooms

BUILD = [sys.executable, "-m", "sphinx", "--fail-on-warning", "--keep-going", "--quiet", "--builder", "html"]


def inventory(html: Path) -> set[str]:
    """The full names that the built reference documents."""
    data = (html / "objects.inv").read_bytes().split(b"\n", 4)[4]
    return {line.split(" ", 1)[0] for line in zlib.decompress(data).decode("utf-8").splitlines()}


def expected() -> set[str]:
    """Every public name, at the front door where the reference shows it."""
    return {f"{module.name}.{origin.name}" for origin, module in homes().items()}


def test_the_documentation_builds_and_holds_every_public_name(tmp_path: Path) -> None:
    command = [*BUILD, "--doctree-dir", str(tmp_path / "trees"), str(ROOT / "docs"), str(tmp_path / "html")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert expected() - inventory(tmp_path / "html") == set()


def test_the_readme_lists_the_rooms_that_work() -> None:
    listed = re.findall(r"^\| `(\w+)` \|", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    working = [room.name.removeprefix("gse_billing.") for room in rooms() if len(list(room.path.parent.iterdir())) > 1]
    assert sorted(listed) == sorted(working)


def test_the_explanation_of_the_rooms_names_each() -> None:
    page = (ROOT / "docs/explanation/rooms.md").read_text(encoding="utf-8")
    assert [room.name for room in rooms() if room.name.removeprefix("gse_billing.") not in page] == []


def test_links_between_the_pages_at_the_top_lead_somewhere() -> None:
    broken = [
        f"{page.name}: {target}"
        for page in ROOT.glob("*.md")
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_every_target_that_a_page_names_exists() -> None:
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    named = {
        name for page in pages for name in re.findall(r"(?:`|\$ )make ([a-z-]+)", page.read_text(encoding="utf-8"))
    }
    assert {"demo", "test"} <= named
    assert named - set(targets) == set()
