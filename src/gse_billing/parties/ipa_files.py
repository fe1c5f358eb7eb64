"""Reading the offices of IPA: the open data (CSV or TSV, by the names of the columns) and the answer of WS01.

The columns have had two families of names, both are known. A row that cannot be read is a finding with its line; the
others are read all the same.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from gse_billing.core.collector import collector_paused
from gse_billing.core.errors import InvalidIdentifierError, InvalidInputError
from gse_billing.core.findings import Finding, Report
from gse_billing.core.guards import guarded
from gse_billing.core.identifiers import CodiceFiscale, OfficeCode
from gse_billing.core.records import draft_of
from gse_billing.core.spreadsheets import require_delimiter
from gse_billing.parties.offices import ChannelState, Office, OfficeSnapshot

__all__ = ["read_ipa_answer", "read_ipa_offices"]

# The names of each column, today's first.
_COLUMNS = {
    "code": ("codice_uni_uo", "cod_uni_ou"),
    "name": ("descrizione_uo", "des_ou"),
    "tax_code": ("codice_fiscale_sfe", "cf"),
    "body": ("codice_ipa", "cod_amm"),
    "verified": ("data_verifica_cf", "dt_verifica_cf"),
    "start": ("data_avvio_sfe",),
}
_STATE_COLUMN = "stato_canale"
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ T].*)?|([0-9]{2})/([0-9]{2})/([0-9]{4})")
_STATES = {state.value: state for state in ChannelState}
_NONE = ("", "null", "0000-00-00")
_DRAFT = draft_of(Office)

_Row = list[str]


@guarded
def read_ipa_offices(lines: Iterable[str], *, day: dt.date, delimiter: str = ",") -> OfficeSnapshot:
    """Read the open data with the offices that receive invoices.

    Args:
        lines: the lines of the file, the first one with the names of the columns.
        day: the day of the data.
        delimiter: what stands between the cells: a comma, or a tab for ``serv_fatt.txt``.

    Returns:
        The offices; ``report`` has ``parties:ipa-row`` with the line for each row that could not be read.

    Raises:
        InvalidInputError: a column is missing, so that nothing could be read.
    """
    # The old file has no quotation marks, and names with marks of their own.
    quoting = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
    findings: list[Finding] = []
    rows = _rows(lines, findings, delimiter=require_delimiter(delimiter), quoting=quoting, strict=True)
    with collector_paused():
        places = _places(next(rows, (1, []))[1])
        offices = list(_read_rows(rows, places, findings))
    return OfficeSnapshot(day, offices, Report(findings))


def _rows(lines: Iterable[str], findings: list[Finding], **form: Any) -> Iterator[tuple[int, _Row]]:  # noqa: ANN401
    """Each row with its line; one that is no CSV is a finding, and the next line starts anew."""
    reader = csv.reader(lines, **form)
    while True:
        try:
            for row in reader:
                if row:
                    yield reader.line_num, row
        except csv.Error as error:
            findings.append(_finding(str(error), reader.line_num))
        else:
            return


@guarded
def read_ipa_answer(answer: str | bytes, *, tax_code: CodiceFiscale, day: dt.date) -> OfficeSnapshot:
    """Read the answer of the web service WS01: the offices of one tax code.

    The service answers for verified tax codes only, and names no start: an active channel is in service.

    Args:
        answer: its JSON text.
        tax_code: the one that was asked for.
        day: the day of the answer.

    Returns:
        The offices; ``report`` has ``parties:ipa-row`` for each one that could not be read.

    Raises:
        InvalidInputError: it is no such answer, or the service answered with an error.
    """
    findings: list[Finding] = []
    offices: list[Office] = []
    for body, unit in _units(answer):
        try:
            offices.append(_answered_office(body, unit, tax_code, day))
        except (InvalidIdentifierError, ValueError, LookupError, TypeError, AttributeError) as error:
            findings.append(_finding(f"{unit!r} is no office ({error})", None))
    return OfficeSnapshot(day, offices, Report(findings))


def _units(answer: str | bytes) -> Iterator[tuple[Mapping[str, Any], Any]]:
    for body in _bodies(answer):
        units = body.get("OU") or []
        yield from ((body, unit) for unit in (units if isinstance(units, list) else [units]))


def _answered_office(body: Mapping[str, Any], unit: Any, tax_code: CodiceFiscale, day: dt.date) -> Office:  # noqa: ANN401
    return Office(
        OfficeCode(unit["cod_uni_ou"]),
        str(unit["des_ou"]),
        tax_code,
        str(body["cod_amm"]),
        day,
        None,
        _state(unit["stato_canale"]),
    )


def _bodies(answer: str | bytes) -> list[Mapping[str, Any]]:
    try:
        content = json.loads(answer)
        error, bodies = int(content["result"]["cod_err"]), content.get("data") or []
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as defect:
        raise _no_answer(str(defect)) from None
    if error:
        raise _no_answer(f"the service says {content['result'].get('desc_err', error)}")
    if not isinstance(bodies, list) or not all(isinstance(body, dict) for body in bodies):
        raise _no_answer("its data are no list of bodies")
    return bodies


def _no_answer(why: str) -> InvalidInputError:
    return InvalidInputError(Report([_finding(f"it is no answer of WS01: {why}", None)]), subject="the answer of IPA")


def _places(header: _Row) -> Mapping[str, int]:
    """Where each column stands."""
    names = {name.strip().lstrip("\ufeff").casefold(): place for place, name in enumerate(header)}
    found = {field: next((names[name] for name in known if name in names), None) for field, known in _COLUMNS.items()}
    missing = [_COLUMNS[field][0] for field, place in found.items() if place is None]
    if missing:
        raise InvalidInputError(
            Report([_finding(f"these columns are missing: {', '.join(missing)}", 1)]), subject="the file of IPA"
        )
    places = {field: place for field, place in found.items() if place is not None}
    return places | ({"state": names[_STATE_COLUMN]} if _STATE_COLUMN in names else {})


def _read_rows(
    rows: Iterable[tuple[int, _Row]], places: Mapping[str, int], findings: list[Finding]
) -> Iterator[Office]:
    code, name, tax_code = places["code"], places["name"], places["tax_code"]
    body, verified, start = places["body"], places["verified"], places["start"]
    state = places.get("state")
    tax_code_of, day_of = cache(_tax_code), cache(_day)  # a body has many offices, and days repeat
    for line, row in rows:
        try:
            office = _DRAFT(
                OfficeCode(row[code]),
                row[name],
                tax_code_of(row[tax_code]),
                row[body],
                day_of(row[verified]),
                day_of(row[start]),
                ChannelState.UNSAID if state is None else _state(row[state]),
            )
            office.__class__ = Office
            yield office
        except (InvalidIdentifierError, ValueError, LookupError) as error:
            findings.append(_bad_row(row, error, line))


def _bad_row(row: _Row, error: Exception, line: int) -> Finding:
    if isinstance(error, InvalidIdentifierError):
        return _finding(f"{error.what}: {error.why}", line)
    if isinstance(error, IndexError):
        return _finding(f"it has only {len(row)} cells", line)
    return _finding(f"{error}", line)


def _finding(why: str, line: int | None) -> Finding:
    return Finding(
        code="parties:ipa-row",
        line=line,
        message_it=f"la riga di IPA non si legge: {why}",
        message_en=f"the row of IPA cannot be read: {why}",
        hint="compare it with the site of IPA, or leave the office out",
    )


def _tax_code(text: str) -> str:
    return "" if text.strip() in _NONE else CodiceFiscale(text.strip())


def _day(text: str) -> dt.date | None:
    if text.strip() in _NONE:
        return None
    found = _DAY.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is no date")
    year, month, day, other_day, other_month, other_year = found.groups()
    return dt.date(int(year or other_year), int(month or other_month), int(day or other_day))


def _state(text: str) -> ChannelState:
    state = _STATES.get(text.strip())
    if state is None:
        raise ValueError(f"{text!r} is no state of a channel")
    return state
