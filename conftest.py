"""What every run of pytest needs, wherever it starts: a page of the documentation is a test.

A page is one test, because its snippets build on one another: they must not be spread over several workers.
"""

from __future__ import annotations

from collections.abc import Iterator
from doctest import ELLIPSIS
from pathlib import Path

import pytest
from sybil import Sybil
from sybil.example import SybilFailure
from sybil.parsers.myst import PythonCodeBlockParser, SkipParser

collect_ignore = ["docs/conf.py"]

_SYBIL = Sybil(
    parsers=[PythonCodeBlockParser(doctest_optionflags=ELLIPSIS), SkipParser()],
    patterns=["README.md", "CONTRIBUTING.md", "docs/**/*.md"],
    excludes=["docs/reference/_generated/*"],
)


class Page(pytest.File):
    """A page of Markdown."""

    def collect(self) -> Iterator[pytest.Item]:
        """One test, where the page has a snippet."""
        if list(_SYBIL.parse(self.path).examples()):
            yield Snippets.from_parent(self, name="snippets")


class Snippets(pytest.Item):
    """The snippets of one page, run in order, in one namespace."""

    def runtest(self) -> None:
        """Run until the first that does not give what the page says."""
        for example in _SYBIL.parse(self.path).examples():
            try:
                example.evaluate()
            except SybilFailure as failure:
                raise pytest.fail.Exception(str(failure), pytrace=False) from None

    def reportinfo(self) -> tuple[Path, None, str]:
        """How the page is called in the report."""
        return self.path, None, self.nodeid


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> Page | None:
    """Called by pytest for each file."""
    return Page.from_parent(parent, path=file_path) if _SYBIL.should_parse(file_path) else None
