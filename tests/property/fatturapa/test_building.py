"""Laws of the documents that are built: what SDI would find, what the schema says, what adds up."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gse_billing import fatturapa
from gse_billing.core.errors import NoValueInForceError
from gse_billing.fatturapa.building import Contribution, Draft, Heading, Line, Payment, build, discount, surcharge
from gse_billing.fatturapa.checking import check
from gse_billing.fatturapa.codelists import EsigibilitaIVA, TipoCassa, TipoDocumento, TipoScontoMaggiorazione
from gse_billing.fatturapa.model import FatturaElettronicaBody
from gse_billing.tax import TREATMENTS, VatTreatment
from tests.support.official_schema import Judge
from tests.unit.fatturapa.building.samples import BUYER, IBAN, PERSON, SELLER, contribution, withholding

DAYS = st.dates(dt.date(2016, 1, 1), dt.date(2026, 12, 31))
TEXTS = st.text(
    st.characters(min_codepoint=0x21, max_codepoint=0xFF, exclude_categories=["Cc"]), min_size=1, max_size=40
)
KINDS = st.sampled_from([TipoDocumento.TD01, TipoDocumento.TD02, TipoDocumento.TD04, TipoDocumento.TD05])


def figures(least: str, most: str, places: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(Decimal(least), Decimal(most), places=places)


PERCENTAGES = figures("0", "30", 2)
CHANGES = st.lists(
    st.builds(lambda each: discount(percent=each), PERCENTAGES)
    | st.builds(lambda each: surcharge(percent=each), PERCENTAGES)
    | st.builds(lambda each: discount(amount=each), figures("0", "1", 8)),
    max_size=3,
)


def in_force(day: dt.date) -> list[VatTreatment]:
    def holds(vat: VatTreatment) -> bool:
        try:
            vat.on(day)
        except NoValueInForceError:
            return False
        return True

    return [vat for vat in TREATMENTS.values() if holds(vat)]


def lines(day: dt.date, *, withheld: bool, contributory: bool) -> st.SearchStrategy[Line]:
    places = st.integers(0, 8)
    return st.builds(
        Line,
        description=TEXTS,
        price=places.flatmap(lambda each: figures("-10", "10000", each)),
        quantity=st.none() | places.flatmap(lambda each: figures("0", "1000", each)),
        vat=st.sampled_from(in_force(day)),
        changes=CHANGES,
        withheld=st.just(withheld),
        contributory=st.just(contributory),
    )


def contributions(day: dt.date, *, withheld: bool) -> st.SearchStrategy[Contribution]:
    return st.builds(
        contribution,
        figures("0.01", "30", 2).map(str),
        fund=st.sampled_from(TipoCassa),
        vat=st.sampled_from(in_force(day)),
        withheld=st.booleans() if withheld else st.just(False),
    )


@st.composite
def drafts(draw: st.DrawFn, number: int) -> Draft:
    day = draw(DAYS)
    kept, funded = (draw(st.booleans()) and day >= dt.date(2020, 1, 1) for _ in range(2))
    return Draft(
        number=f"{number}/A",
        date=day,
        kind=draw(KINDS),
        lines=draw(st.lists(lines(day, withheld=kept, contributory=funded), min_size=1, max_size=6)),
        contributions=draw(st.tuples(contributions(day, withheld=kept))) if funded else (),
        changes=tuple(draw(CHANGES)),
        withholding=(withholding(),) if kept else (),
        payments=draw(st.sampled_from([[], [Payment(iban=IBAN, due=day)]])),
        subject=draw(TEXTS | st.just("")),
    )


HEADINGS = st.builds(
    Heading,
    seller=st.just(SELLER),
    buyer=st.sampled_from([BUYER, PERSON]),
    recipient=st.sampled_from(["0000000", "A4707H7", "UFABCD"]),
    progressive=st.integers(1, 99_999).map(str),
    issuer=st.sampled_from([None, BUYER]),
)
FILES = st.integers(1, 3).flatmap(lambda count: st.tuples(*(drafts(number) for number in range(1, count + 1))))
MANY = settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


@given(heading=HEADINGS, given_drafts=FILES)
@MANY
def test_what_is_built_passes_every_check(heading: Heading, given_drafts: tuple[Draft, ...]) -> None:
    """Elenco controlli 2.0: a document whose derived parts follow from its lines has no error, and earns no advice."""
    assert check(build(heading, given_drafts)).findings == ()


@given(heading=HEADINGS, given_drafts=FILES)
@MANY
def test_what_is_built_is_taken_by_the_official_schema_and_read_back(
    heading: Heading, given_drafts: tuple[Draft, ...], official_ordinary: Judge
) -> None:
    """Schema 1.2.3; and writing loses nothing."""
    document = build(heading, given_drafts)
    data = fatturapa.write(document)
    assert official_ordinary(data) == []
    assert fatturapa.write(fatturapa.read(data)) == data


def half_up(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP, context=Context(prec=60))


def net(body: FatturaElettronicaBody) -> Decimal:
    """What the buyer pays, told again from the elements alone."""
    kept = sum(each.importo_ritenuta for each in body.dati_generali.dati_generali_documento.dati_ritenuta)
    paid = (
        each.imponibile_importo + (0 if each.esigibilita_iva is EsigibilitaIVA.S else each.imposta)
        for each in body.dati_beni_servizi.dati_riepilogo
    )
    return sum(paid, Decimal(0)) + change(body) - kept


def change(body: FatturaElettronicaBody) -> Decimal:
    """What the discounts on the whole make of the total, one after the other, told again from the elements."""
    before = sum((each.imponibile_importo + each.imposta for each in body.dati_beni_servizi.dati_riepilogo), Decimal(0))
    after = before
    for each in body.dati_generali.dati_generali_documento.sconto_maggiorazione:
        sign = -1 if each.tipo is TipoScontoMaggiorazione.SC else 1
        after += sign * (after * (each.percentuale or 0) / 100 if each.importo is None else each.importo)
    return half_up(after) - before


@given(draft=drafts(1))
@MANY
def test_amounts_follow_from_the_elements(draft: Draft) -> None:
    """Tax on the sum of a group (art. 21 c. 2 DPR 633/72), total as taxable plus tax, net payable apart.

    A discount on the whole is taken from the total alone: 2.1.1.9 is net of it, and 00422 knows no such thing.
    """
    (body,) = build(
        Heading(seller=SELLER, buyer=BUYER, recipient="0000000", progressive="1"), [draft]
    ).fattura_elettronica_body
    goods, amounts = body.dati_beni_servizi, draft.amounts
    with localcontext(Context(prec=60)):
        for summary in goods.dati_riepilogo:
            assert summary.imposta == half_up(summary.imponibile_importo * summary.aliquota_iva / 100)
        assert amounts.change == change(body)
        assert amounts.total == amounts.taxable + amounts.tax + amounts.change
        funds = body.dati_generali.dati_generali_documento.dati_cassa_previdenziale
        assert amounts.contributions == sum(each.importo_contributo_cassa for each in funds)
        stated = sum(line.prezzo_totale for line in goods.dettaglio_linee) + amounts.contributions
        assert abs(amounts.taxable - stated) <= Decimal("0.005") * len(goods.dati_riepilogo)
        assert amounts.payable == net(body)
    assert body.dati_generali.dati_generali_documento.importo_totale_documento == amounts.total
    for block in body.dati_pagamento:
        assert [each.importo_pagamento for each in block.dettaglio_pagamento] == [amounts.payable]


@given(day=DAYS, code=st.sampled_from(sorted(TREATMENTS)))
@MANY
def test_a_treatment_is_usable_on_its_days_and_on_no_other(day: dt.date, code: str) -> None:
    """A treatment refuses a document date outside of its validity."""
    vat = TREATMENTS[code]
    draft = Draft(number="1", date=day, lines=[Line(description="x", price=1, vat=vat)])
    covered = any(row.covers(day) for row in vat.terms.rows)
    try:
        assert draft.amounts.taxable == 1
    except NoValueInForceError:
        assert not covered
    else:
        assert covered
