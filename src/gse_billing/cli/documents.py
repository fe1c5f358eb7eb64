"""The commands on documents: ``gse-billing check`` and ``gse-billing convert``."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from gse_billing.cli.choices import ChannelChoice, FlowChoice, Form, KeyStyle, Language
from gse_billing.cli.errors import taught

__all__ = ["check", "convert"]


def check(  # noqa: PLR0913, PLR0917 - the options of the command
    paths: Annotated[list[str], typer.Argument(help="Files, folders with all below them, - for standard input.")],
    on: Annotated[
        dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of sending, which picks the rules.")
    ] = None,
    flow: Annotated[FlowChoice, typer.Option(help="Whose rules hold; auto: the document says it.")] = FlowChoice.AUTO,
    channel: Annotated[ChannelChoice | None, typer.Option(help="How the files go to SDI.")] = None,
    file_names: Annotated[  # noqa: FBT002 - a flag of the command line
        bool, typer.Option("--file-names", help="Check the names of the files as well.")
    ] = False,
    language: Annotated[Language, typer.Option("--lang", help="The language of the messages.")] = Language.EN,
    as_json: Annotated[  # noqa: FBT002 - a flag of the command line
        bool, typer.Option("--json", help="Print JSON lines, one object a document.")
    ] = False,
    jobs: Annotated[int, typer.Option(min=1, max=256, help="Processes that do the work.")] = 1,
) -> None:
    """Tell what SDI would answer to documents: plain, signed (p7m), in base 64, in zip archives.

    Exit status: 0 fine, 1 findings of severity error, 2 wrong use or no document at all.
    """
    from gse_billing.cli.checking import check_files  # noqa: PLC0415 - when it runs
    from gse_billing.cli.judging import CheckOptions  # noqa: PLC0415
    from gse_billing.cli.printing import look_of_the_terminal  # noqa: PLC0415

    options = CheckOptions(
        on=on.date() if on else None,
        flow=None if flow is FlowChoice.AUTO else flow.value,
        channel=channel.value if channel else None,
        file_names=file_names,
        look=None if as_json else look_of_the_terminal(language.value),
    )
    with taught():
        status = check_files(paths, options, jobs=jobs)
    raise typer.Exit(status)


def convert(
    path: Annotated[str, typer.Argument(help="The document: XML, signed, in base 64, or JSON; - for standard input.")],
    to: Annotated[Form, typer.Option(help="What it is written as.")],
    out: Annotated[
        str | None, typer.Option("--out", "-o", help="The file to write; standard output if left out.")
    ] = None,
    names: Annotated[KeyStyle, typer.Option(help="How the keys of JSON are called.")] = KeyStyle.OFFICIAL,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,  # noqa: FBT002
) -> None:
    """Write a document as XML or as JSON.

    Exit status: 0 fine, 2 wrong use or no legal document; nothing is written then.
    """
    from gse_billing.cli.converting import convert_file  # noqa: PLC0415 - when it runs

    with taught():
        convert_file(path, to=to.value, names=names.value, out=out, force=force)
