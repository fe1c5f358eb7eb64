"""What editors and type checkers see of the checks of SDI."""

import datetime as dt
from typing import assert_type

from gse_billing import Report, fatturapa
from gse_billing.core.findings import Finding
from gse_billing.fatturapa.catalogue import SdiCode, sdi_code
from gse_billing.fatturapa.codelists import Channel, Flow
from gse_billing.fatturapa.context import (
    DocumentHistory,
    OfficeDirectory,
    OfficeEntry,
    OfficeList,
    SentDocuments,
    SignatureFacts,
    SignatureState,
)

history: DocumentHistory = SentDocuments()
offices: OfficeDirectory = OfficeList([OfficeEntry(code="UFABCD", tax_code="80012000826", start=None)])
state: SignatureState = SignatureFacts(intact=True)

report = fatturapa.check(
    b"",
    on=dt.date(2026, 3, 2),
    flow=Flow.PA,
    channel=Channel.WEB,
    filename="IT01234567890_00001.xml",
    history=history,
    offices=offices,
)
assert_type(report, Report)
assert_type(report.findings, tuple[Finding, ...])
assert_type(fatturapa.check("a.xml", flow="private", channel="pec").codes, tuple[str, ...])
assert_type(sdi_code("00421"), SdiCode)
