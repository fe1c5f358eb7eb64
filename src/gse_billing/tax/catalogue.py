"""The VAT treatments that documents between operators and GSE need, as dated rows with their acts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from gse_billing.core.dated import Basis, Certainty, DatedTable, Row
from gse_billing.core.errors import InvalidIdentifierError
from gse_billing.tax.treatment import VatTerms, VatTreatment

__all__ = ["ORDINARY_RATE", "TREATMENTS", "treatment"]

_SUB_CODES_FROM = dt.date(2020, 10, 1)  # Natura with sub-codes may be used
_GENERIC_UNTIL = dt.date(2021, 1, 1)  # and from here must be

_CODE_LIST = Basis(
    act="Specifiche tecniche FatturaPA, elenco Natura",
    source="Formato della FatturaPA 1.4 (list Natura, history of versions); SDI specification 1.8.4, code 00445",
    certainty=Certainty.SPECIFICATION,
)
_SUB_CODES = Basis(
    act="Provv. AdE 99922 del 28/02/2020 e 166579 del 20/04/2020 (specifiche 1.6)",
    source="ilmiostudioonline.com/rassegnastampa/fatturazione-elettronica-i-nuovi-codici-natura-operazione",
    certainty=Certainty.SECONDARY,
)
_ENERGY = Basis(
    act="DPR 633/72 art. 17 c. 6 lett. d-quater e c. 8; DL 73/2022 art. 22",
    source="inquery.it/reverse-charge-prorogato-fino-al-31-dicembre-2026; N6.8: Formato della FatturaPA 1.4",
    certainty=Certainty.SECONDARY,
)
_ENERGY_START = Basis(
    act="DPR 633/72 art. 17 c. 6 lett. d-quater (L. 190/2014 art. 1 c. 629)",
    source="ateneoweb.com/mobile/articolo.php?id=2288; N6: Formato della FatturaPA 1.4",
    certainty=Certainty.SECONDARY,
)

ORDINARY_RATE: DatedTable[Decimal] = DatedTable(
    "the ordinary VAT rate in percent",
    (
        Row(
            value=Decimal("22.00"),
            valid_from=dt.date(2013, 10, 1),
            basis=Basis(
                act="DL 98/2011 art. 40 c. 1-ter, as changed by DL 76/2013 art. 11",
                source="onb.it/2013/10/03/aumento-aliquota-iva-ordinaria-dal-21-al-22-novita-dal-1-10-2013-2",
                certainty=Certainty.SECONDARY,
            ),
        ),
    ),
)
"""The ordinary rate in percent, by validity."""

# Each authorisation of the Council, from its start to the last day it covers: (from, first day no more, act, source).
_SPLIT_AUTHORISATIONS = (
    (
        dt.date(2015, 1, 1),
        dt.date(2017, 7, 1),
        "DPR 633/72 art. 17-ter (L. 190/2014 art. 1 c. 629 lett. b); decisione UE 2015/1401",
        "cislscuolafrosinone.it/split-payment-relazione-mef; fiscoetasse.com/index.php/amp/rassegna-stampa/20253",
    ),
    (
        dt.date(2017, 7, 1),
        dt.date(2020, 7, 1),
        "DPR 633/72 art. 17-ter (DL 50/2017 art. 1); decisione UE 2017/784",
        "gliespertidellimpresa.it (circ. AdE 27/E 2017); anceverona.it (proroga al 30 giugno 2020)",
    ),
    (
        dt.date(2020, 7, 1),
        dt.date(2023, 7, 1),
        "DPR 633/72 art. 17-ter; decisione UE 2020/1105",
        "anceverona.it (rinnovo della misura di deroga)",
    ),
    (
        dt.date(2023, 7, 1),
        dt.date(2026, 7, 1),
        "DPR 633/72 art. 17-ter; decisione UE 2023/1552",
        "jointsnet.com/post/proroga-dello-split-payment-al-30-giugno-2026",
    ),
)


def _ordinary() -> VatTreatment:
    rows = [
        Row(
            value=VatTerms(rate=row.value, esigibilita="I"),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            basis=row.basis,
            note="the rate of that period",
        )
        for row in ORDINARY_RATE
    ]
    return VatTreatment(
        code="ordinary",
        name_it="IVA ordinaria, esigibilità immediata",
        name_en="ordinary VAT, due at once",
        terms=DatedTable("ordinary VAT", rows),
    )


def _split_payment() -> VatTreatment:
    rows = [
        Row(
            value=VatTerms(
                rate=ORDINARY_RATE.on(start),
                esigibilita="S",
                legal_reference="Scissione dei pagamenti - art. 17-ter DPR 633/72",
            ),
            valid_from=start,
            valid_to=end,
            basis=Basis(act=act, source=source, certainty=Certainty.SECONDARY),
            note="the authorisation of the EU Council ends there, and a later one starts a row of its own",
        )
        for start, end, act, source in _SPLIT_AUTHORISATIONS
    ]
    return VatTreatment(
        code="split-payment",
        name_it="scissione dei pagamenti",
        name_en="split payment: the public body pays the tax to the State",
        terms=DatedTable("split payment", rows),
    )


def _reverse_charge(natura: str, code: str, row: Row[VatTerms]) -> VatTreatment:
    return VatTreatment(
        code=code,
        name_it=f"inversione contabile, energia ceduta a soggetto passivo-rivenditore ({natura})",
        name_en=f"reverse charge on energy sold to a taxable dealer ({natura})",
        terms=DatedTable(f"reverse charge on energy, {natura}", (row,)),
    )


def _reverse_charge_energy() -> VatTreatment:
    row = Row(
        value=_energy_terms("N6.8"),
        valid_from=_SUB_CODES_FROM,
        valid_to=dt.date(2027, 1, 1),
        basis=_ENERGY,
        note="art. 17 c. 8 DPR 633/72 ends the reverse charge on 2026-12-31; before 2020-10-01 its code was N6",
    )
    return _reverse_charge("N6.8", "reverse-charge-energy", row)


def _reverse_charge_energy_generic() -> VatTreatment:
    row = Row(
        value=_energy_terms("N6"),
        valid_from=dt.date(2015, 1, 1),
        valid_to=_GENERIC_UNTIL,
        basis=_ENERGY_START,
        note="from 2021-01-01 SDI refuses the generic N6 (00445): use reverse-charge-energy, N6.8",
    )
    return _reverse_charge("N6", "reverse-charge-energy-generic", row)


def _energy_terms(natura: str) -> VatTerms:
    return VatTerms(
        rate=Decimal("0.00"),
        natura=natura,
        legal_reference="Inversione contabile - art. 17 c. 6 lett. d-quater DPR 633/72",
    )


def _outside(code: str, names: tuple[str, str], row: Row[VatTerms]) -> VatTreatment:
    name_it, name_en = names
    return VatTreatment(code=code, name_it=name_it, name_en=name_en, terms=DatedTable(name_en, (row,)))


def _outside_terms(natura: str, reference: str) -> VatTerms:
    return VatTerms(rate=Decimal("0.00"), natura=natura, legal_reference=reference, outside_vat=True)


def _outside_scope() -> VatTreatment:
    row = Row(
        value=_outside_terms("N2.2", "Operazione non soggetta a IVA"),
        valid_from=_SUB_CODES_FROM,
        basis=_SUB_CODES,
        note="before 2020-10-01 the code was N2: use outside-scope-generic",
    )
    return _outside("outside-scope", ("non soggetta a IVA, altri casi (N2.2)", "outside the scope of VAT (N2.2)"), row)


def _outside_scope_generic() -> VatTreatment:
    row = Row(
        value=_outside_terms("N2", "Operazione non soggetta a IVA"),
        valid_to=_GENERIC_UNTIL,
        basis=_CODE_LIST,
        note="from 2021-01-01 SDI refuses the generic N2 (00445): use outside-scope, N2.2",
    )
    return _outside("outside-scope-generic", ("non soggetta a IVA (N2)", "outside the scope of VAT (N2)"), row)


def _exempt() -> VatTreatment:
    row = Row(value=_outside_terms("N4", "Operazione esente - art. 10 DPR 633/72"), basis=_CODE_LIST)
    return _outside("exempt", ("esente (N4)", "exempt from VAT (N4)"), row)


TREATMENTS: Mapping[str, VatTreatment] = MappingProxyType(
    {
        made.code: made
        for made in (
            _ordinary(),
            _split_payment(),
            _reverse_charge_energy(),
            _reverse_charge_energy_generic(),
            _outside_scope(),
            _outside_scope_generic(),
            _exempt(),
        )
    }
)
"""The shipped treatments by code."""


def treatment(code: str) -> VatTreatment:
    """The shipped VAT treatment of that code.

    Raises:
        InvalidIdentifierError: no such code; the message lists the known ones.

    >>> treatment("reverse-charge-energy").on(dt.date(2024, 5, 31)).natura
    'N6.8'
    """
    if code not in TREATMENTS:
        raise InvalidIdentifierError(
            f"{code!r} is no VAT treatment of this library",
            value=code,
            kind="VAT treatment",
            why=f"the known codes are {', '.join(TREATMENTS)}",
            remedy="use one of them, or make your own VatTreatment with its validity and source",
        )
    return TREATMENTS[code]
