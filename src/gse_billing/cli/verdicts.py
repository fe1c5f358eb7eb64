"""What a person reads about checked documents: a table for each that has findings, and the sum of all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from attrs import Factory, define

from gse_billing.cli.printing import Look, findings_table
from gse_billing.cli.texts import counted, in_options, shown
from gse_billing.cli.walking import Source
from gse_billing.core.findings import Report, Severity, Skipped

__all__ = ["Tally", "block"]


def block(source: Source, report: Report, counts: Counter[str], reason: str, look: Look) -> str:
    """What is printed of one document; nothing when nothing is to be said."""
    name = shown(source.file if source.member is None else f"{source.file}: {source.member}")
    if reason:
        return f"{name}: not checked: {reason}\n"
    if not len(report):
        return ""
    said = ", ".join(counted(counts[each.value], _noun(each)) for each in Severity if counts[each.value])
    return f"{name}: {said}\n{findings_table(report.findings, look)}"


def _noun(severity: Severity) -> str:
    return "note" if severity is Severity.INFO else severity.value


@define
class Tally:
    """The sum over all documents, in a space that does not grow with them."""

    clean: int = 0
    with_warnings: int = 0
    with_errors: int = 0
    not_checked: int = 0
    skipped: Counter[Skipped] = Factory(Counter)
    _alike: tuple[Skipped, ...] = ()
    _times: int = 0

    @property
    def checked(self) -> int:
        """Documents that were checked."""
        return self.clean + self.with_warnings + self.with_errors

    def add(self, ok: bool | None, counts: Mapping[str, int], skipped: tuple[Skipped, ...]) -> None:  # noqa: FBT001
        """Count one document."""
        if skipped is not self._alike:  # that of most documents is the same as before: it is counted once, in the end
            self._count_skipped()
            self._alike = skipped
        self._times += 1
        if ok is None:
            self.not_checked += 1
        elif not ok:
            self.with_errors += 1
        elif any(counts.values()):
            self.with_warnings += 1
        else:
            self.clean += 1

    def _count_skipped(self) -> None:
        for each in self._alike:
            self.skipped[each] += self._times
        self._times = 0

    def __str__(self) -> str:
        self._count_skipped()
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        said = {
            "without findings": self.clean,
            "with warnings or notes only": self.with_warnings,
            "with errors": self.with_errors,
        }
        parts = ", ".join(f"{count:,} {what}" for what, count in said.items() if count)
        yield f"{counted(self.checked, 'document')}: {parts}" if parts else "no documents"
        if self.not_checked:
            yield f"{counted(self.not_checked, 'file')} not checked"
        if self.skipped:
            yield "Not judged, and never counted as passed:"
            yield from self._reasons()

    def _reasons(self) -> Iterator[str]:
        """The codes that share a reason, and in how many documents, on one line."""
        grouped: dict[tuple[str, int], list[str]] = {}
        for skip, count in sorted(self.skipped.items(), key=lambda item: item[0].code):
            grouped.setdefault((skip.reason, count), []).append(skip.code)
        for (reason, count), codes in grouped.items():
            yield f"  {in_options(reason)} ({counted(count, 'document')}): {' '.join(codes)}"
