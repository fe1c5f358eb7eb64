"""Which requirements the tests name, read from their syntax: no test has to be imported or run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path


def marked_in(text: str) -> Iterator[str]:
    """The ids of every ``pytest.mark.requirement(...)`` in a test file.

    Raises:
        TypeError: an id is not written out as a text, so nobody could find it.
    """
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("mark.requirement"):
            for argument in node.args:
                if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
                    raise TypeError(f"line {node.lineno}: a requirement id is a literal text")
                yield argument.value


def marked(folder: Path) -> dict[str, set[str]]:
    """Requirement id to the test files that name it."""
    found: dict[str, set[str]] = {}
    for path in sorted(folder.rglob("test_*.py")):
        for requirement in marked_in(path.read_text(encoding="utf-8")):
            found.setdefault(requirement, set()).add(str(path.relative_to(folder)))
    return found
