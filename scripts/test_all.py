"""Run the tests under each Python named on the command line, in an environment of its own, and say which are missing.

Usage: ``python scripts/test_all.py 3.11 3.12 3.13``. The exit status is 1 when the tests failed under one that is here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path


def candidates(version: str) -> Iterator[str]:
    """Where an interpreter of that version may be: on the path, or kept by pyenv."""
    if on_path := shutil.which(f"python{version}"):
        yield on_path
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    yield from map(str, sorted(kept.glob(f"{version}.*/bin/python"), reverse=True))


def works(python: str, version: str) -> bool:
    """Whether it runs (a shim may lead nowhere), is of that version, and can make environments."""
    code = "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])"
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    return done.returncode == 0 and done.stdout.strip() == version


def interpreter(version: str) -> str | None:
    """The first one that works."""
    return next((python for python in candidates(version) if works(python, version)), None)


def main(versions: list[str]) -> int:
    """Run ``make tests`` for each version found, and sum up."""
    outcome = {}
    for version in versions:
        python = interpreter(version)
        if python is None:
            outcome[version] = "missing"
            continue
        print(f"== Python {version}: {python}", flush=True)
        command = ["make", "tests", f"PYTHON={python}", f"VENV=.venv-{version}"]
        outcome[version] = "failed" if subprocess.run(command, check=False).returncode else "passed"
    print("\n".join(f"Python {version}: {result}" for version, result in outcome.items()))
    return 1 if "failed" in outcome.values() else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
