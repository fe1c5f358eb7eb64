"""What ``gse-billing check`` prints, to the letter; the findings are made here, so that no rule changes it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from gse_billing.cli.judging import CheckOptions, judge
from gse_billing.cli.printing import Look
from gse_billing.cli.verdicts import Tally, block
from gse_billing.cli.walking import Source
from gse_billing.core.findings import Finding, Report, Severity, Skipped

KEPT = Path(__file__).parent

ERROR = Finding(
    code="sdi:00421",
    message_it="l'imposta non è l'aliquota per l'imponibile",
    message_en="the tax is not the rate times the taxable amount",
    path="/FatturaElettronica/FatturaElettronicaBody[1]/DatiBeniServizi/DatiRiepilogo[1]/Imposta",
    element="2.2.2.6",
    line=57,
    hint="write 22.00 for 22.20",
    parameters={"expected": "22.00", "actual": "22.20"},
)
WARNING = Finding(
    code="advice:iban",
    severity=Severity.WARNING,
    message_it="l'IBAN \x1b[2J è sbagliato",
    message_en="the IBAN \x1b[2J is wrong",
    path="/Iban",
)
NOTE = Finding(code="advice:note", severity=Severity.INFO, message_it="una nota", message_en="a note")
UNREADABLE = Finding(code="file:unreadable", message_it="no", message_en="the file cannot be read: Is a directory")
REPORT = Report([ERROR, WARNING, NOTE])
COUNTS = Counter({"error": 1, "warning": 1, "info": 1})
ALIKE = (Skipped("sdi:00001", "needs the name of the file (filename=)"), Skipped("sdi:00403", "needs the day (on=)"))


def people(look: Look) -> str:
    tally = Tally()
    tally.add(True, Counter(), ALIKE)
    tally.add(True, Counter(), ALIKE)
    tally.add(True, Counter({"info": 1}), ALIKE[:1])
    tally.add(False, COUNTS, (*ALIKE[1:], Skipped("sdi:00404", "needs the day (on=)")))
    tally.add(None, Counter(), ())
    blocks = [
        block(Source(file="a.xml"), Report(), Counter(), "", look),
        block(Source(file="b.zip", member="c.xml"), REPORT, COUNTS, "", look),
        block(Source(file="d\n.pdf"), Report(), Counter(), "it is neither XML nor a signed file nor an archive", look),
    ]
    return f"{''.join(blocks)}{tally}\n"


@pytest.mark.parametrize(
    ("name", "look"), [("people.txt", Look()), ("narrow-italian.txt", Look(width=60, language="it"))]
)
def test_what_people_read(name: str, look: Look) -> None:
    assert people(look) == (KEPT / name).read_text(encoding="utf-8")


def test_what_programs_read() -> None:
    sources = [
        Source(file="b\u00e0.zip", member="c.xml", finding=ERROR),
        Source(file="folder", finding=UNREADABLE),
        Source(file="pipe", reason="it is a named pipe, not a file"),
    ]
    lines = [verdict.text for verdict in judge(CheckOptions(), sources)]
    assert "".join(lines) == (KEPT / "programs.jsonl").read_text(encoding="utf-8")


def test_a_sum_of_nothing() -> None:
    assert str(Tally()) == "no documents"
