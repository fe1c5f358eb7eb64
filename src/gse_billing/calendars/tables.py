"""The calendars of this subject as dated rows, each with its act.

The lists begin where their present acts do: Italy in 1987 (for 1986 alone a law moved the 2 June), T2 in 2002.
"""

from __future__ import annotations

import datetime as dt

from gse_billing.calendars.calendar import Calendar
from gse_billing.calendars.holidays import EasterOffset, FixedDay, Holiday, Rule, Weekly
from gse_billing.core.dated import Basis, Certainty, Row

__all__ = ["BANKS", "ITALY", "ROME", "T2"]

_SATURDAY, _SUNDAY = Weekly(5), Weekly(6)

_L_260_1949 = Basis(
    act="L. 27/05/1949 n. 260, art. 2",
    source="normattiva.it (in force from 1/6/1949), sistema-bdi.it/getdoc.exe?docnr=77909",
    certainty=Certainty.LAW,
)
_DPR_792_1985 = Basis(
    act="DPR 28/12/1985 n. 792, art. 1",
    source="presidenza.governo.it/USRI/confessioni/norme/85DPR792.html; GU 306 of 31/12/1985",
    certainty=Certainty.LAW,
)
_L_336_2000 = Basis(
    act="L. 20/11/2000 n. 336, art. 1",
    source="gazzettaufficiale.it 000G0390; GU 273 of 22/11/2000",
    certainty=Certainty.LAW,
)
_L_151_2025 = Basis(
    act="L. 08/10/2025 n. 151, art. 1",
    source="normattiva.it urn:nir:stato:legge:2025-10-08;151; GU 236 of 10/10/2025",
    certainty=Certainty.LAW,
)
# The law extends terms that end on a weekday on which bank counters are closed; which day that is, the bank
# workers' agreement says (ordinary work from Monday to Friday).
_BANK_SATURDAY = Basis(
    act="L. 24/01/1962 n. 13, art. 1; CCNL ABI",
    source="normattiva.it 062U0013; fisac-cgil.it/155414 (work from Monday to Friday)",
    certainty=Certainty.SECONDARY,
)
_ECB_2000 = Basis(
    act="ECB Governing Council, 14/12/2000",
    source="ecb.europa.eu/press/pr/date/2000/html/pr001214_4.en.html (long-term calendar for TARGET closing days)",
    certainty=Certainty.SPECIFICATION,
)

_REPUBLIC_IN_1949 = dt.date(1949, 6, 1)
_CONCORDAT = dt.date(1986, 1, 1)


def _row(calendar: str, names: tuple[str, str], rule: Rule, basis: Basis, valid_from: dt.date) -> Row[Holiday]:
    holiday = Holiday(calendar=calendar, name_it=names[0], name_en=names[1], rule=rule)
    return Row(value=holiday, valid_from=valid_from, basis=basis)


def _italy(names: tuple[str, str], rule: Rule, basis: Basis, valid_from: dt.date) -> Row[Holiday]:
    return _row("Italy", names, rule, basis, valid_from)


def _t2(names: tuple[str, str], rule: Rule) -> Row[Holiday]:
    return _row("T2", names, rule, _ECB_2000, dt.date(2002, 1, 1))


ITALY = Calendar(
    name="Italy",
    first_year=1987,
    holidays=(
        _italy(("sabato", "Saturday"), _SATURDAY, _BANK_SATURDAY, dt.date(1962, 2, 11)),
        _italy(("domenica", "Sunday"), _SUNDAY, _L_260_1949, _REPUBLIC_IN_1949),
        _italy(("Capodanno", "New Year's Day"), FixedDay(1, 1), _L_260_1949, _REPUBLIC_IN_1949),
        _italy(("Epifania", "Epiphany"), FixedDay(1, 6), _DPR_792_1985, _CONCORDAT),
        _italy(("Pasqua", "Easter Sunday"), EasterOffset(0), _L_260_1949, _REPUBLIC_IN_1949),
        _italy(("Lunedì dell'Angelo", "Easter Monday"), EasterOffset(1), _L_260_1949, _REPUBLIC_IN_1949),
        _italy(("Festa della Liberazione", "Liberation Day"), FixedDay(4, 25), _L_260_1949, _REPUBLIC_IN_1949),
        _italy(("Festa del Lavoro", "Labour Day"), FixedDay(5, 1), _L_260_1949, _REPUBLIC_IN_1949),
        _italy(("Festa della Repubblica", "Republic Day"), FixedDay(6, 2), _L_336_2000, dt.date(2001, 1, 1)),
        _italy(("Assunzione", "Assumption Day"), FixedDay(8, 15), _L_260_1949, _REPUBLIC_IN_1949),
        _italy(("San Francesco d'Assisi", "Saint Francis"), FixedDay(10, 4), _L_151_2025, dt.date(2026, 1, 1)),
        _italy(("Ognissanti", "All Saints' Day"), FixedDay(11, 1), _L_260_1949, _REPUBLIC_IN_1949),
        _italy(("Immacolata Concezione", "Immaculate Conception"), FixedDay(12, 8), _L_260_1949, _REPUBLIC_IN_1949),
        _italy(("Natale", "Christmas Day"), FixedDay(12, 25), _L_260_1949, _REPUBLIC_IN_1949),
        _italy(("Santo Stefano", "26 December"), FixedDay(12, 26), _L_260_1949, _REPUBLIC_IN_1949),
    ),
)
"""The days on which banks are closed all over Italy."""

ROME = ITALY.with_holidays(
    "Rome",
    [_row("Rome", ("Santi Pietro e Paolo", "Saints Peter and Paul"), FixedDay(6, 29), _DPR_792_1985, _CONCORDAT)],
)
"""The days on which banks are closed in Rome ("piazza di Roma"): Italy and the patron saints."""

T2 = Calendar(
    name="T2",
    first_year=2002,
    holidays=(
        _t2(("sabato", "Saturday"), _SATURDAY),
        _t2(("domenica", "Sunday"), _SUNDAY),
        _t2(("Capodanno", "New Year's Day"), FixedDay(1, 1)),
        _t2(("Venerdì Santo", "Good Friday"), EasterOffset(-2)),
        _t2(("Lunedì dell'Angelo", "Easter Monday"), EasterOffset(1)),
        _t2(("Festa del Lavoro", "Labour Day"), FixedDay(5, 1)),
        _t2(("Natale", "Christmas Day"), FixedDay(12, 25)),
        _t2(("Santo Stefano", "26 December"), FixedDay(12, 26)),
    ),
)
"""The closing days of the Eurosystem's payment system: TARGET, then TARGET2, then T2."""

BANKS = ROME | T2
"""The days on which money can move at a bank in Rome: open there and in T2."""
