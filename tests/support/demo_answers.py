"""SDI's answers to the first step of the demonstration, as the bundled files hold them.

``python -m tests.support.demo_answers`` writes them again; a golden test compares.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from gse_billing.billing import IssuedDocument, load_portfolio, settle
from gse_billing.fatturapa.codelists import Flow
from gse_billing.fatturapa.notifications import Submission, delivered, discarded, write_notification

DEMO = Path(str(files("gse_billing.billing"))) / "data" / "demo"
RECEIVED = dt.datetime(2020, 12, 15, 9, 30)  # noqa: DTZ001 - SDI writes the moments of its messages without a zone
DISCARDED = {
    "41": ("00404", "Fattura duplicata"),
    "90003": ("00306", "1.4.1.2 <CodiceFiscale> non valido: codice fiscale non presente in Anagrafe Tributaria"),
}
"""The two discards: a number used before, and a registered tax code that the tax register does not know."""


def demo_answers() -> Mapping[str, bytes]:
    """The content of each answer by the name of its file."""
    portfolio = load_portfolio(DEMO / "portfolio.toml")
    documents = settle(portfolio, on=dt.date(2020, 12, 14)).documents
    return dict(_answer(place, document) for place, document in enumerate(documents, start=1))


def _answer(place: int, document: IssuedDocument) -> tuple[str, bytes]:
    flow = Flow.PA if document.draft.recipient.format == "FPA12" else Flow.PRIVATE
    file = Submission(
        flow=flow,
        sdi_id=4_100_000_000 + place,
        file_name=str(document.file_name),
        received=RECEIVED,
        recipient=document.draft.recipient.code,
        digest=document.sent.sha256,
        office=document.draft.buyer.name,
    )
    message_id = f"{2_700_000_000 + place}"
    stem = document.file_name.stem
    if str(document.number) in DISCARDED:
        message = discarded(file, [DISCARDED[str(document.number)]], message_id=message_id)
        return f"{stem}_NS_001.xml", write_notification(message)
    receipt = delivered(file, at=RECEIVED + dt.timedelta(minutes=20), message_id=message_id)
    return f"{stem}_RC_001.xml", write_notification(receipt)


def main() -> None:
    """Write the bundled answers again."""
    folder = DEMO / "answers"
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for name, data in demo_answers().items():
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    main()
