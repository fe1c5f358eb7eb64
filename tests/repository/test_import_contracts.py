"""The import contracts hold, and they can fail: a planted violation is named."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.source_tree import ROOT

ROOMS = "Rooms import downward only"

PLANTED = [
    # where, what, the contract that has to break
    ("core/planted.py", "import gse_billing.tax", ROOMS),
    ("core/planted.py", "import gse_billing", ROOMS),
    ("tax/planted.py", "from gse_billing import calendars", ROOMS),
    ("netting/planted.py", "from gse_billing import fees", ROOMS),
    ("schemes/planted.py", "def late():\n    from gse_billing.parties import operators", ROOMS),
    ("rogue/__init__.py", "", ROOMS),
    (
        "fatturapa/codelists/planted.py",
        "import gse_billing.fatturapa.model",
        "Inside fatturapa imports run downward only",
    ),
    ("fatturapa/planted.py", "", "Inside fatturapa imports run downward only"),
    ("netting/planted.py", "from lxml import etree", "lxml stays in the wire, the view and the payments"),
    ("fatturapa/model/planted.py", "import xmlschema", "xmlschema stays in the wire"),
    ("parties/planted.py", "from stdnum.it import iva", "stdnum and schwifty stay in the identifiers"),
    ("numbering/planted.py", "import sqlalchemy", "SQLAlchemy stays in the stores"),
    ("fees/planted.py", "import narwhals", "narwhals and pyarrow stay in the frames"),
    ("billing/planted.py", "import rich", "typer and rich stay in the command line"),
    (
        "calendars/planted.py",
        "import holidays",
        "Libraries of the tests stay in the testing room, judges outside the package",
    ),
]


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the contracts over the source under ``folder``, which comes before any installed copy."""
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--config", ROOT / ".importlinter"],
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def broken(output: str) -> list[str]:
    return re.findall(r"^(.+) BROKEN\b", output, flags=re.MULTILINE)


def test_the_contracts_hold() -> None:
    done = lint_imports(ROOT / "src")
    assert broken(done.stdout) == [], done.stdout
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("place", "line", "contract"), PLANTED)
def test_a_planted_violation_fails(place: str, line: str, contract: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src", tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    planted = tmp_path / "gse_billing" / place
    planted.parent.mkdir(parents=True, exist_ok=True)
    planted.write_text(line + "\n", encoding="utf-8")
    done = lint_imports(tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert broken(done.stdout) == [contract]
    assert f"gse_billing.{Path(place).parts[0]}" in done.stdout
