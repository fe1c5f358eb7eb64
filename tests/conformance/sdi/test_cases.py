"""Every decidable code has documents that have it and documents that do not; the answer to each is exact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from gse_billing.fatturapa.catalogue import ReportedBy, sdi_codes
from gse_billing.fatturapa.checking import check
from gse_billing.fatturapa.model import FatturaElettronica
from tests.conformance.sdi.makers.case import Case, told
from tests.conformance.sdi.write import CASES, FOLDER

STORED = [case for case in CASES if case.stored]
BUILT = [case for case in STORED if case.built]
HERE = (ReportedBy.RULE, ReportedBy.READER)
DECIDABLE = [each.code for each in sdi_codes().values() if each.reported_by in HERE]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_answer_to_a_file_is_exact(case: Case) -> None:
    data = (FOLDER / case.path).read_bytes() if case.stored else case.data
    report = check(data, **case.arguments)
    assert told(report) == case.codes
    assert report.ok is all(code.endswith("?") or code.startswith("advice:") for code in case.codes)


@pytest.mark.parametrize("case", BUILT, ids=str)
def test_every_finding_of_a_file_that_has_a_place_has_a_line(case: Case) -> None:
    in_memory, from_file = check(case.document, **case.arguments), check(case.data, **case.arguments)
    assert [each.path for each in in_memory] == [each.path for each in from_file]
    assert all(each.line is not None for each in from_file if each.path)


def test_the_files_are_those_of_the_cases() -> None:
    files = {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in FOLDER.glob("00*/*/*.xml")}
    assert files == {case.path: case.data for case in STORED}
    assert len({case.path for case in CASES}) == len(CASES)


@pytest.mark.parametrize("code", DECIDABLE)
def test_every_decidable_code_has_both(code: str) -> None:
    verdicts = Counter(case.verdict for case in CASES if case.code == code)
    assert verdicts["fail"] >= 1
    assert verdicts["pass"] >= 1


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_case_keeps_its_verdict(case: Case) -> None:
    assert ({case.code, f"{case.code}?"}.isdisjoint(case.codes)) is (case.verdict == "pass")


def test_the_official_schemas_take_every_document(
    official_ordinary: Callable[[bytes], list[str]], official_simplified: Callable[[bytes], list[str]]
) -> None:
    for case in BUILT:
        judge = official_ordinary if isinstance(case.document, FatturaElettronica) else official_simplified
        assert judge(case.data) == [], case.path
