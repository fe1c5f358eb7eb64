"""The page on SDI's codes shows the whole catalogue."""

from __future__ import annotations

import re

from gse_billing.fatturapa.catalogue import Decided, advice_codes, sdi_codes
from tests.support.sdi_codes_page import page


def test_the_page_has_every_code_once_and_every_piece_of_advice() -> None:
    text = page()
    checks = re.findall(r"^\| (00\d{3}) \|", text, flags=re.MULTILINE)
    others = re.findall(r"^- (00\d{3}):", text, flags=re.MULTILINE)
    assert checks == [each.code for each in sdi_codes().values() if each.decided is not Decided.NEVER]
    assert others == [each.code for each in sdi_codes().values() if each.decided is Decided.NEVER]
    assert re.findall(r"^\| `([\w-]+)` \|", text, flags=re.MULTILINE) == list(advice_codes())


def test_the_rows_of_a_table_have_the_cells_of_its_header() -> None:
    widths = {line.count(" | ") for line in page().splitlines() if line.startswith("| 0")}
    assert widths == {7}


def test_no_blank_of_a_template_is_left() -> None:
    assert "{" not in page()
