"""Checking one document after another, in this process or in a worker: sources in, verdicts out."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePosixPath

from attrs import field, frozen

from gse_billing import fatturapa
from gse_billing.cli.printing import Look
from gse_billing.cli.texts import in_options
from gse_billing.cli.verdicts import block
from gse_billing.cli.walking import Source, content_of_file, unreadable
from gse_billing.core.errors import InvalidDocumentError
from gse_billing.core.findings import Report, Severity, Skipped
from gse_billing.fatturapa.envelope.content import Content, content_of

__all__ = ["CheckOptions", "Verdict", "judge"]

_ENDINGS = (".xml", ".p7m", ".zip")
_NOTHING: Counter[str] = Counter()
_FOREIGN = "it is neither XML nor a signed file nor an archive"


@frozen(kw_only=True)
class CheckOptions:
    """How documents are checked, and how verdicts are written.

    Attributes:
        on: the day of sending.
        flow: ``pa`` or ``private``; without it the document decides.
        channel: how the files go to SDI.
        file_names: whether they are sent under the names that they have.
        look: how a verdict looks on the terminal; ``None`` for a line of JSON.
    """

    on: dt.date | None = None
    flow: str | None = None
    channel: str | None = None
    file_names: bool = False
    look: Look | None = None


@frozen(kw_only=True)
class Verdict:
    """What is said of one document.

    Attributes:
        ok: whether it has no error; ``None`` when it was not checked.
        counts: how many findings of each severity.
        skipped: what was not checked of it, for the sum that people read.
        text: what is printed, with its line ends.
    """

    ok: bool | None
    counts: Counter[str]
    skipped: tuple[Skipped, ...] = field(repr=False)
    text: str = field(repr=False)


def judge(options: CheckOptions, batch: Iterable[Source]) -> list[Verdict]:
    """The verdicts on some documents, in their order; what they hold never raises."""
    return [_verdict(options, source) for source in batch]


def _verdict(options: CheckOptions, source: Source) -> Verdict:
    outcome = _outcome(options, source)
    report = Report() if isinstance(outcome, str) else outcome
    reason = outcome if isinstance(outcome, str) else ""
    counts = Counter(finding.severity.value for finding in report) if len(report) else _NOTHING
    if options.look is None:
        text = _line(source, report, counts, reason)
    else:
        text = block(source, report, counts, reason, options.look)
    return Verdict(
        ok=None if reason else report.ok,
        counts=counts,
        skipped=report.skipped if options.look else (),
        text=text,
    )


def _outcome(options: CheckOptions, source: Source) -> Report | str:
    """The report, or why there is none."""
    if source.finding is not None:
        return Report([source.finding])
    if source.reason:
        return source.reason
    name = source.file if source.member is None else source.member
    try:
        data = content_of_file(source.file) if source.data is None else source.data
    except OSError as error:
        return Report([unreadable(error)])
    if not (source.named or name.lower().endswith(_ENDINGS)) and content_of(data) is Content.OTHER:
        return _FOREIGN
    inspection = fatturapa.inspect(data)
    return _message(source, inspection) or fatturapa.check(
        inspection,
        on=options.on,
        flow=options.flow,
        channel=options.channel,
        filename=PurePosixPath(name).name if options.file_names else None,
    )


def _message(source: Source, inspection: fatturapa.Inspection) -> str:
    """What is said of a message of SDI that lies among the documents; empty for anything else."""
    payload = inspection.envelope.payload
    if source.named or inspection.document is not None or payload is None:
        return ""
    try:
        kind = fatturapa.read_notification(payload).kind
    except InvalidDocumentError:
        return ""
    return f"it is no document but a message of SDI ({kind})"


def _line(source: Source, report: Report, counts: Counter[str], reason: str) -> str:
    """One object of the JSON lines; ASCII alone, so that no terminal and no name of a file spoils it."""
    said = report.to_dict()
    fields = {
        "file": source.file,
        "member": source.member,
        "ok": None if reason else report.ok,
        "counts": {each.value: counts[each.value] for each in Severity},
        "findings": said["findings"],
        "skipped": {code: in_options(why) for code, why in said["skipped"].items()},
    }
    if reason:
        fields["not_checked"] = reason
    return json.dumps(fields) + "\n"
