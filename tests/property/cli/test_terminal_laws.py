"""Laws of what reaches a terminal, whatever a document or a name of a file holds."""

from __future__ import annotations

import json
import os
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from gse_billing.cli.judging import CheckOptions, judge
from gse_billing.cli.printing import Look
from gse_billing.cli.texts import shown
from gse_billing.cli.verdicts import Tally, block
from gse_billing.cli.walking import Source
from gse_billing.core.findings import Finding, Report, Skipped

ANY = st.text(st.characters(exclude_categories=()), max_size=30)
NAMES = st.binary(max_size=30).map(os.fsdecode)
TEXTS = st.text(max_size=30)
FINDINGS = st.builds(Finding, code=st.just("x:y"), message_it=TEXTS, message_en=TEXTS, path=TEXTS, hint=TEXTS)


@given(ANY)
def test_what_is_shown_is_printable_and_printable_text_stays_as_it_is(text: str) -> None:
    assert shown(text).isprintable()
    assert shown(shown(text)) == shown(text)
    if text.isprintable():
        assert shown(text) == text


@given(ANY, ANY, st.lists(FINDINGS, min_size=1, max_size=3))
def test_a_verdict_obeys_nothing_that_a_document_says(name: str, member: str, findings: list[Finding]) -> None:
    """The lines of a table break where the table breaks them, and nowhere else."""
    counts = Counter({"error": len(findings)})
    text = block(Source(file=name, member=member), Report(findings), counts, "", Look())
    assert all(line.isprintable() for line in text.split("\n"))
    assert text.split("\n")[0].endswith(f": {len(findings)} error{'s' if len(findings) > 1 else ''}")


@given(NAMES, st.none() | NAMES, FINDINGS)
def test_a_line_of_json_gives_back_every_name_as_it_is(name: str, member: str | None, finding: Finding) -> None:
    """Bytes of names that are no UTF-8 included."""
    (verdict,) = judge(CheckOptions(), [Source(file=name, member=member, finding=finding)])
    assert verdict.text.isascii()
    assert verdict.text.count("\n") == 1
    fields = json.loads(verdict.text)
    assert (fields["file"], fields["member"]) == (name, member)
    assert fields["findings"] == [finding.to_dict()]


SKIPS = st.lists(st.builds(Skipped, st.sampled_from(["a", "b", "c"]), st.sampled_from(["x", "y"])), max_size=4)


@given(st.lists(st.tuples(st.sampled_from([True, False, None]), SKIPS), max_size=12))
def test_the_sum_counts_each_document_once(documents: list[tuple[bool | None, list[Skipped]]]) -> None:
    tally = Tally()
    expected: Counter[Skipped] = Counter()
    for ok, skipped in documents:
        tally.add(ok, Counter(), tuple(skipped))
        expected.update(skipped)
    once = str(tally)
    assert str(tally) == once
    assert tally.skipped == expected
    assert tally.checked + tally.not_checked == len(documents)
    assert tally.with_errors == sum(ok is False for ok, _ in documents)
