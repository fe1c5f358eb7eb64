"""What type checkers see of building, signing, opening and verifying documents."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import assert_type

from gse_billing import fatturapa
from gse_billing.core.findings import Report
from gse_billing.fatturapa import building, context, envelope, model
from gse_billing.tax import treatment


def builds(heading: building.Heading, day: dt.date) -> bytes:
    line = building.Line(description="Energia", price="0.0865", quantity=1250, vat=treatment("ordinary"))
    assert_type(line.price, Decimal)
    draft = building.Draft(number="1", date=day, lines=[line], payments=[building.Payment(due=day)])
    assert_type(draft.lines, tuple[building.Line, ...])
    assert_type(draft.amounts, building.DocumentAmounts)
    assert_type(draft.contributions, tuple[building.Contribution, ...])
    assert_type(draft.changes, tuple[model.ScontoMaggiorazione, ...])
    assert_type(draft.amounts.contributions, Decimal)
    document = fatturapa.build(heading, [draft])
    assert_type(document, model.FatturaElettronica)
    return fatturapa.write(document)


def opens(data: bytes, key: fatturapa.SigningKey, at: dt.datetime) -> context.SignatureState:
    signed = fatturapa.sign(data, key, at=at)
    assert_type(signed, bytes)
    assert_type(fatturapa.unwrap(signed), envelope.Envelope)
    assert_type(fatturapa.inspect(signed).envelope.payload, bytes | None)
    verification = fatturapa.verify(signed, at=at, roots=[b""])
    assert_type(verification, envelope.Verification)
    assert_type(verification.verdict, envelope.Verdict)
    assert_type(verification.report, Report)
    assert_type(fatturapa.unpack("invoices.zip"), Iterator[envelope.Member])
    return verification.signatures[0]
