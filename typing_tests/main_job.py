"""What type checkers see along the main job: from a portfolio to transfers."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import assert_type

from gse_billing import Report, billing, fatturapa, netting, payments

portfolio = billing.load_portfolio(Path("portfolio.toml"))
assert_type(portfolio, billing.Portfolio)

issuance = billing.issue(portfolio, on=dt.date(2020, 12, 14))
assert_type(issuance.documents, tuple[billing.IssuedDocument, ...])
assert_type(issuance.documents[0].xml, bytes)
assert_type(issuance.books, billing.Books)

answers, unread = billing.read_answers("answers")
assert_type(answers, tuple[billing.Answer, ...])
assert_type(unread, Report)

settlement = billing.settle(portfolio, on=dt.date(2021, 1, 20), books=issuance.books, answers=answers)
assert_type(settlement, billing.Settlement)
assert_type(settlement.transfers, tuple[payments.Transfer, ...])
assert_type(settlement.runs, tuple[netting.NettingResult, ...])
assert_type(settlement.accounts[0].held, Decimal)
assert_type(settlement.report, Report)

document = fatturapa.read(Path("invoice.xml"))
assert_type(document, fatturapa.FatturaElettronica | fatturapa.FatturaElettronicaSemplificata)
assert_type(fatturapa.write(document), bytes)
assert_type(fatturapa.inspect(b"<a/>").report, Report)
assert_type(fatturapa.inspect(b"<a/>").document, fatturapa.Document | None)
assert_type(fatturapa.xsd("semplificata"), bytes)

if isinstance(document, fatturapa.FatturaElettronica):
    first = document.fattura_elettronica_body[0].dati_generali.dati_generali_documento
    assert_type(first.numero, str)
    assert_type(first.data, dt.date)
    assert_type(first.importo_totale_documento, Decimal | None)

billing.settle(portfolio)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]  the day is an argument, never a clock
