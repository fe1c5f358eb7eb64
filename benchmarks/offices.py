"""The offices of IPA: 60,000 rows read with every check digit, against ``csv.reader`` alone; look-ups at two sizes."""

from __future__ import annotations

import csv
import datetime as dt
import random
import sys
from collections.abc import Iterator, Sequence
from time import perf_counter

from stdnum import luhn

from benchmarks.paired import Measurement, paired, report
from gse_billing.parties import OfficeSnapshot, read_ipa_offices

OFFICES = 60_000
BODIES = 22_000
DAY = dt.date(2026, 3, 10)
HEADER = (
    "Codice_IPA,Denominazione_ente,Codice_fiscale_ente,Codice_uni_uo,Codice_uni_aoo,Descrizione_uo,Regione,Provincia,"
    "Codice_comune_ISTAT,Indirizzo,CAP,Codice_fiscale_sfe,Data_verifica_cf,Data_avvio_sfe"
)
SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def tax_code(number: int) -> str:
    """An 11-digit codice fiscale with its check digit."""
    digits = f"{8_000_000 + number}044"
    return digits + luhn.calc_check_digit(digits)


def office_code(number: int) -> str:
    letters = []
    for _ in range(5):
        number, place = divmod(number, 36)
        letters.append(SIGNS[place])
    return "U" + "".join(letters)


def row_of(number: int, body: int) -> str:
    code = tax_code(body)
    office = f"{office_code(number)},A{number:06},Ufficio {number}"
    place = f'Marche,AP,044001,"Via Roma, {number}",63062'
    return f"c_{body:05},Comune {body},{code},{office},{place},{code},2014-{1 + body % 12:02}-01,2015-03-31\n"


def file_of(offices: int) -> list[str]:
    """The lines of a file as large as the real one, in the order of chance."""
    dice = random.Random(20161)
    rows = [row_of(number, number % BODIES) for number in range(offices)]
    dice.shuffle(rows)
    return [f"{HEADER}\n", *rows]


def read(lines: Sequence[str]) -> float:
    start = perf_counter()
    snapshot = read_ipa_offices(lines, day=DAY)
    seconds = perf_counter() - start
    if len(snapshot) != len(lines) - 1:
        raise SystemExit(str(snapshot.report.findings[0]))
    return seconds


def split(lines: Sequence[str]) -> float:
    start = perf_counter()
    for _ in csv.reader(lines):
        pass
    return perf_counter() - start


def look_up(snapshot: OfficeSnapshot) -> float:
    """Seconds for 10,000 questions by code and by tax code."""
    wanted = [(snapshot.offices[place].code, tax_code(place)) for place in range(100)] * 100
    start = perf_counter()
    for code, body in wanted:
        snapshot.office(code)
        snapshot.offices_of(body)
    return perf_counter() - start


def measure() -> Iterator[Measurement]:
    lines = file_of(OFFICES)
    name = f"{OFFICES:,} offices read and checked / csv.reader alone"
    yield paired(name, lambda: read(lines), lambda: split(lines), bar=10, pairs=11)
    large, small = (read_ipa_offices(lines[:rows], day=DAY) for rows in (OFFICES + 1, OFFICES // 100 + 1))
    name = f"a look-up among {OFFICES:,} offices / among {OFFICES // 100:,}"
    yield paired(name, lambda: look_up(large), lambda: look_up(small), bar=2.5, pairs=41)


if __name__ == "__main__":
    sys.exit(report(measure()))
