"""Where the subjects meet: from a portfolio to documents, to what SDI answers, to money with a date.

The rooms before this one know nothing of one another; here they are put together into the main job.
"""

from gse_billing.billing.answers import Answer, Outcome, outcomes, read_answer
from gse_billing.billing.biocar import biocar_rows
from gse_billing.billing.books import Books, SentDocument, SettledPart
from gse_billing.billing.derivations import derivations
from gse_billing.billing.dossier import MANIFEST, Dossier, dossier_from_zip, dossier_of, verify_dossier
from gse_billing.billing.drafting import Amounts, Direction, Draft, Gap, Party, Payable
from gse_billing.billing.issuing import Issuance, IssuedDocument, issue
from gse_billing.billing.letters import letter_html, letter_text
from gse_billing.billing.listing import fee_rows
from gse_billing.billing.open_items import OpenItem, open_items
from gse_billing.billing.paying import transfers_of
from gse_billing.billing.portfolio import (
    BiofuelRelease,
    Charge,
    DeclaredRestriction,
    GseProfile,
    Numbering,
    Portfolio,
    Proposal,
    Thresholds,
    load_portfolio,
    portfolio_from,
)
from gse_billing.billing.recipes import compose
from gse_billing.billing.release import Release, release
from gse_billing.billing.settlement import Account, Settlement, policy_of, settle
from gse_billing.billing.standings import standings
from gse_billing.billing.summary import summary
from gse_billing.billing.workspace import load_books, load_dossier, locked, read_answers, save, save_dossier

__all__ = [
    "MANIFEST",
    "Account",
    "Amounts",
    "Answer",
    "BiofuelRelease",
    "Books",
    "Charge",
    "DeclaredRestriction",
    "Direction",
    "Dossier",
    "Draft",
    "Gap",
    "GseProfile",
    "Issuance",
    "IssuedDocument",
    "Numbering",
    "OpenItem",
    "Outcome",
    "Party",
    "Payable",
    "Portfolio",
    "Proposal",
    "Release",
    "SentDocument",
    "SettledPart",
    "Settlement",
    "Thresholds",
    "biocar_rows",
    "compose",
    "derivations",
    "dossier_from_zip",
    "dossier_of",
    "fee_rows",
    "issue",
    "letter_html",
    "letter_text",
    "load_books",
    "load_dossier",
    "load_portfolio",
    "locked",
    "open_items",
    "outcomes",
    "policy_of",
    "portfolio_from",
    "read_answer",
    "read_answers",
    "release",
    "save",
    "save_dossier",
    "settle",
    "standings",
    "summary",
    "transfers_of",
    "verify_dossier",
]
