"""A document as the rules see it: both formats under the same names, its lines gathered by rate and natura once.

Rules read plain values here; the lines are gathered when the first rule asks for them, and places are worked out only
for what is reported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any, Generic, TypeVar

from attrs import define, frozen

from gse_billing.core.findings import Finding, Severity, Skipped
from gse_billing.fatturapa.codelists import Natura
from gse_billing.fatturapa.context import Context
from gse_billing.fatturapa.model import (
    ORDINARIA,
    SEMPLIFICATA,
    DatiAnagraficiCedente,
    DatiAnagraficiCessionario,
    DatiCassaPrevidenziale,
    DatiGeneraliDocumento,
    DatiRiepilogo,
    DettaglioLinee,
    Document,
    FatturaElettronica,
    FatturaElettronicaBody,
    FatturaElettronicaHeader,
    semplificata,
)
from gse_billing.fatturapa.rules.reporting import Step, place_of, reported
from gse_billing.fatturapa.wire.places import Place
from gse_billing.fatturapa.wire.schema import Schema

__all__ = ["AnyBody", "Block", "Body", "Head", "Outcome", "SimplifiedBody", "bodies_of", "head_of"]

Record = TypeVar("Record")
Outcome = Finding | Skipped
"""What a rule yields: a defect, or that it could not decide."""

Vat = tuple[Decimal | None, Natura | None]
"""Rate and natura."""

_LINES = ("dati_beni_servizi", "dettaglio_linee")
_SUMMARIES = ("dati_beni_servizi", "dati_riepilogo")
_FUNDS = ("dati_generali", "dati_generali_documento", "dati_cassa_previdenziale")
_HEADER = "fattura_elettronica_header"
_BODY = "fattura_elettronica_body"


@frozen
class Layout:
    """Where the two formats keep the same things, as steps."""

    schema: Schema
    seller: tuple[str, ...]
    buyer: tuple[str, ...]


_ORDINARY = Layout(ORDINARIA, ("cedente_prestatore", "dati_anagrafici"), ("cessionario_committente", "dati_anagrafici"))
_SIMPLIFIED = Layout(SEMPLIFICATA, ("cedente_prestatore",), ("cessionario_committente", "identificativi_fiscali"))


@define(eq=False)
class Head:
    """The part that all bodies of a file share.

    Attributes:
        document: the root record.
        context: what is known besides the document.
        layout: where things stand in its format.
        header: its header.
        seller: the record with the tax ids of the supplier.
        buyer: the record with the tax ids of the buyer.
    """

    document: Document
    context: Context
    layout: Layout
    header: FatturaElettronicaHeader | semplificata.FatturaElettronicaHeader
    seller: DatiAnagraficiCedente | semplificata.CedentePrestatore
    buyer: DatiAnagraficiCessionario | semplificata.IdentificativiFiscali

    def place(self, *steps: Step) -> Place:
        """A place in the header."""
        return place_of(self.layout.schema, _HEADER, *steps)

    def finding(self, code: str, *steps: Step, expected: object = "", actual: object = "", hint: str = "") -> Finding:
        """The finding that something in the header is wrong."""
        return reported(code, self.place(*steps), expected=expected, actual=actual, hint=hint)


@define(eq=False)
class Block(Generic[Record]):
    """Records of one kind that bear a VAT rate.

    Attributes:
        steps: from the body to the records.
        rate: from a record to its rate.
        records: the records in order.
        by_vat: indices of the records by rate and natura.
    """

    steps: tuple[str, ...]
    rate: tuple[str, ...]
    records: tuple[Record, ...]
    by_vat: Mapping[Vat, list[int]]


@define(eq=False)
class Part:
    """One document of a file, in either format.

    Attributes:
        head: the header.
        index: of the document in the file, from 0.
    """

    head: Head
    index: int

    def place(self, *steps: Step) -> Place:
        """A place in the document."""
        return place_of(self.head.layout.schema, _BODY, self.index, *steps)

    def finding(
        self,
        code: str,
        *steps: Step,
        expected: object = "",
        actual: object = "",
        hint: str = "",
        severity: Severity = Severity.ERROR,
    ) -> Finding:
        """The finding that something in the document is wrong."""
        place = self.place(*steps)
        return reported(code, place, expected=expected, actual=actual, hint=hint, severity=severity)


@define(eq=False)
class Body(Part):
    """One document of a file of the ordinary format.

    Attributes:
        record: all of it.
        general: its general data.
    """

    record: FatturaElettronicaBody
    general: DatiGeneraliDocumento

    @property
    def kind(self) -> str:
        """The code of the kind of document, ``TD01``."""
        return self.general.tipo_documento.value

    @cached_property
    def lines(self) -> Block[DettaglioLinee]:
        """Its lines."""
        return _block(_LINES, self.record.dati_beni_servizi.dettaglio_linee)

    @cached_property
    def funds(self) -> Block[DatiCassaPrevidenziale]:
        """Its contributions to welfare funds."""
        return _block(_FUNDS, self.general.dati_cassa_previdenziale)

    @cached_property
    def summaries(self) -> Block[DatiRiepilogo]:
        """Its VAT summary."""
        return _block(_SUMMARIES, self.record.dati_beni_servizi.dati_riepilogo)

    @property
    def blocks(self) -> tuple[Block[Any], ...]:
        """Every block with VAT rates."""
        return self.lines, self.funds, self.summaries


@define(eq=False)
class SimplifiedBody(Part):
    """One document of a file of the simplified format.

    Attributes:
        record: all of it.
        general: its general data.
    """

    record: semplificata.FatturaElettronicaBody
    general: semplificata.DatiGeneraliDocumento

    @property
    def kind(self) -> str:
        """The code of the kind of document, ``TD07``."""
        return self.general.tipo_documento.value

    @cached_property
    def lines(self) -> Block[semplificata.DatiBeniServizi]:
        """Its lines."""
        records = self.record.dati_beni_servizi
        by_vat: defaultdict[Vat, list[int]] = defaultdict(list)
        for index, line in enumerate(records):
            by_vat[line.dati_iva.aliquota, line.natura].append(index)
        return Block(("dati_beni_servizi",), ("dati_iva", "aliquota"), records, by_vat)

    @property
    def blocks(self) -> tuple[Block[Any], ...]:
        """Every block with VAT rates."""
        return (self.lines,)


AnyBody = Body | SimplifiedBody
"""One document of a file of either format."""


def head_of(document: Document, context: Context) -> Head:
    """The header of a document of either format."""
    if isinstance(document, FatturaElettronica):
        header = document.fattura_elettronica_header
        seller, buyer = header.cedente_prestatore.dati_anagrafici, header.cessionario_committente.dati_anagrafici
        return Head(document, context, _ORDINARY, header, seller, buyer)
    simple = document.fattura_elettronica_header
    ids = simple.cessionario_committente.identificativi_fiscali
    return Head(document, context, _SIMPLIFIED, simple, simple.cedente_prestatore, ids)


def bodies_of(head: Head) -> Sequence[AnyBody]:
    """The documents of a file."""
    document = head.document
    if isinstance(document, FatturaElettronica):
        return [
            Body(head, index, record, record.dati_generali.dati_generali_documento)
            for index, record in enumerate(document.fattura_elettronica_body)
        ]
    return [
        SimplifiedBody(head, index, record, record.dati_generali.dati_generali_documento)
        for index, record in enumerate(document.fattura_elettronica_body)
    ]


def _block(steps: tuple[str, ...], records: tuple[Any, ...]) -> Block[Any]:
    by_vat: dict[Vat, list[int]] = {}
    rate = natura = indices = None
    for index, record in enumerate(records):
        # neighbours mostly share the very objects, and hashing them anew would cost more than all else here
        if indices is None or record.aliquota_iva is not rate or record.natura is not natura:
            rate, natura = record.aliquota_iva, record.natura
            indices = by_vat.setdefault((rate, natura), [])
        indices.append(index)
    return Block(steps, ("aliquota_iva",), records, by_vat)
