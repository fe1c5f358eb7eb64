"""Cells that no spreadsheet takes for a formula, and the way back."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gse_billing.core.spreadsheets import csv_text, harmless_cell, original_cell


@pytest.mark.parametrize(
    "text", ["=1+1", "+39", "-5", "@SUM(A1)", " =1", "\t=1", "\tx", "\rx", "\nx", "＝1", "'=1", "' -"]
)
def test_what_looks_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert harmless_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "PA/7", "l'ora", "'90", "1-2", " x", "x=1"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert harmless_cell(text) == original_cell(text) == text


@given(st.text(alphabet="'=+-@ \t\n\rax1＝\0"))
def test_the_way_back_is_exact(text: str) -> None:
    """CWE-1236: the cell is neutralised, and nothing of it is lost."""
    assert original_cell(harmless_cell(text)) == text


def test_a_table_is_quoted_throughout() -> None:
    written = csv_text(("a", "b"), [("1", 'say "=x"'), ("=1", "")])
    assert written == '"a","b"\r\n"1","say ""=x"""\r\n"\'=1",""\r\n'
    assert list(csv.reader(io.StringIO(written)))[2] == ["'=1", ""]
