"""Files and functions stay small; no file tells of the machine it was written on."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
from pathlib import Path

import pytest

from tests.support.source_tree import ROOT, source_files, tree_of

LONGEST_FILE = 400
MEDIAN_FILE = 150
LONGEST_FUNCTION = 40

# written with brackets so that this file does not find itself
WORKPLACE = re.compile(
    r"/[w]ork\b|/[t]mp/|/[r]oot/|\b[s]hared/|facts/(?:gse|fatturapa|performance)\.[m]d"
    r"|\b[f]arm-|\b[i]ssues? [#\d]|[b]efore-stop"
)


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from ``def`` to the end, the docstring left out: a long explanation is no fault."""
    first = function.body[0]
    explained = ast.get_docstring(function) is not None
    docstring = (first.end_lineno or 0) - first.lineno + 1 if explained else 0
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


def functions() -> list[tuple[str, int]]:
    return [
        (f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", code_lines(node))
        for path in source_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def tracked_files() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).exists()]


def test_no_file_is_long() -> None:
    assert {str(path): lines_of(path) for path in source_files() if lines_of(path) >= LONGEST_FILE} == {}


def test_the_median_file_is_short() -> None:
    assert statistics.median(map(lines_of, source_files())) < MEDIAN_FILE


def test_no_function_is_long() -> None:
    assert [(where, count) for where, count in functions() if count >= LONGEST_FUNCTION] == []


def test_most_functions_are_shorter_than_twenty_lines() -> None:
    lengths = [count for _, count in functions()]
    assert statistics.median(lengths) < 12
    assert sum(count < 20 for count in lengths) >= 0.9 * len(lengths)


def test_no_file_names_the_place_where_it_was_written() -> None:
    found = {}
    for path in tracked_files():
        text = path.read_text(encoding="utf-8", errors="replace")
        if hits := WORKPLACE.findall(text):
            found[str(path.relative_to(ROOT))] = hits
    assert found == {}


@pytest.mark.parametrize(
    "text", ["see /wo" + "rk/main", "../sha" + "red/xsd", "facts/gse." + "md", "as iss" + "ue 4 says"]
)
def test_such_a_name_would_be_found(text: str) -> None:
    assert WORKPLACE.search(text)
