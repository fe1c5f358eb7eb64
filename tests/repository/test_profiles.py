"""How tests are chosen: hypothesis profiles by a variable, long tests only when asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.source_tree import ROOT


def test_ci_tries_the_same_examples_at_every_run() -> None:
    profile = settings.get_profile("ci")
    assert profile.derandomize
    assert profile.deadline is None


def test_deep_tries_many_and_random_ones() -> None:
    deep, ci = settings.get_profile("deep"), settings.get_profile("ci")
    assert not deep.derandomize
    assert deep.max_examples >= 10 * ci.max_examples


@pytest.mark.parametrize(("variable", "profile"), [({}, "ci"), ({"HYPOTHESIS_PROFILE": "deep"}, "deep")])
def test_the_variable_chooses_the_profile(variable: dict[str, str], profile: str) -> None:
    code = "import tests.conftest, hypothesis; print(hypothesis.settings().max_examples)"
    env = {name: value for name, value in os.environ.items() if name != "HYPOTHESIS_PROFILE"} | variable
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert int(done.stdout) == settings.get_profile(profile).max_examples


def chosen(folder: Path, *options: str) -> list[str]:
    """The tests that pytest would run in that folder with our configuration."""
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(folder)]
    command += ["--collect-only", "-q", "-p", "no:cacheprovider", *options, str(folder)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return [line.partition("::")[2] for line in done.stdout.splitlines() if "::" in line]


def test_deep_tests_run_only_when_asked_for(tmp_path: Path) -> None:
    text = "import pytest\n\ndef test_quick(): pass\n\n@pytest.mark.deep\ndef test_long(): pass\n"
    (tmp_path / "test_some.py").write_text(text, encoding="utf-8")
    assert chosen(tmp_path) == ["test_quick"]
    assert chosen(tmp_path, "-m", "deep or not deep") == ["test_quick", "test_long"]
