"""The page of the reference on SDI's codes, made from the catalogue when the documentation is built."""

from __future__ import annotations

from collections.abc import Iterable

from gse_billing.fatturapa.catalogue import (
    AdviceCode,
    Decided,
    Regime,
    ReportedBy,
    SdiCode,
    advice_codes,
    sdi_codes,
)

__all__ = ["page"]

INTRODUCTION = """\
# Codes of SDI

Made from the catalogue of `gse_billing.fatturapa.catalogue`.
The texts are ours; SDI's own wording comes with its messages.
`fatturapa.check` reports a code as `sdi:00421`, and advice beyond SDI as `advice:iban`.
A start that no official text gives is said as not known; such a rule is applied on any day.
"""

REGIMES = {Regime.PA: "PA", Regime.PRIVATE: "private", Regime.SIMPLIFIED: "simplified"}
ARGUMENTS = {"size": "the bytes"}


def page() -> str:
    """The page in MyST Markdown."""
    codes = [each for each in sdi_codes().values() if each.decided is not Decided.NEVER]
    others = [each for each in sdi_codes().values() if each.decided is Decided.NEVER]
    return "\n".join(
        [
            INTRODUCTION,
            "## Checks of invoices\n",
            _table(("code", "stage", "what is wrong", "elements", "rules of", "decided", "in force", "source"), codes),
            "\n## How the texts are read\n",
            *(f"- **{each.code}**: {each.note}." for each in codes if each.note),
            "\n## Codes that no invoice gets\n",
            "They were withdrawn, or belong to other files, and are never reported.\n",
            *(f"- {each.code}: {_plain(each.english)} ({each.stage})" for each in others),
            "\n## Advice beyond SDI\n",
            "| advice | what is odd | elements | weight | rests on |\n| --- | --- | --- | --- | --- |",
            *map(_advice, advice_codes().values()),
            "",
        ]
    )


def _table(header: tuple[str, ...], codes: Iterable[SdiCode]) -> str:
    rows = [header, ("---",) * len(header), *map(_cells, codes)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in rows)


def _cells(each: SdiCode) -> tuple[str, ...]:
    elements = ", ".join(each.elements)
    simple = ", ".join(each.elements_simplified)
    return (
        each.code,
        each.stage,
        f"{_plain(each.italian)}<br>*{_plain(each.english)}*",
        f"{elements}<br>simplified: {simple}" if simple and simple != elements else elements,
        ", ".join(name for regime, name in REGIMES.items() if regime in each.regimes),
        _decided(each),
        each.validity.validity,
        each.official,
    )


def _decided(each: SdiCode) -> str:
    if each.reported_by is ReportedBy.ENVELOPE:
        return "from the signed file or the archive"
    if each.decided is Decided.SDI:
        return f"by SDI: {each.left}"
    needs = " and ".join(ARGUMENTS.get(need, f"`{need}=`") for need in each.needs)
    source = "by the reader" if each.reported_by is ReportedBy.READER else "from the document"
    told = f"{source} and {needs}" if needs else source
    return f"{told}; {each.left}" if each.left else told


def _advice(each: AdviceCode) -> str:
    cells = (f"`{each.code}`", _plain(each.english), ", ".join(each.elements), each.severity.value, each.act)
    return "| " + " | ".join(cells) + " |"


def _plain(text: str) -> str:
    """A template with its blanks named."""
    return text.replace(" {actual}", " …").replace(" ({actual})", "").replace("{actual}", "…")
