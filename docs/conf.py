"""How the documentation is built: pages in MyST Markdown, the reference generated from the docstrings."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

DOCS = Path(__file__).resolve().parent
GENERATED = DOCS / "reference" / "_generated"
sys.path[:0] = [str(DOCS.parent), str(DOCS.parent / "src")]

from gse_billing import __version__  # noqa: E402  both are found through the paths set above
from tests.support.sdi_codes_page import page as sdi_codes_page  # noqa: E402
from tests.support.source_tree import Module, constant_docstring, documented_modules, homes, origin_of  # noqa: E402

project = "gse_billing"
author = "The gse_billing maintainers"
copyright = f"2026, {author}"
version = release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"gse_billing {__version__}"

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_default_options = {"members": True, "undoc-members": True}
maximum_signature_line_length = 100
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
autodoc_typehints = "signature"
# a class that several front doors export has several names: a link to the bare name is no fault
suppress_warnings = ["ref.python"]
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True


def reference_page(module: Module) -> str:
    """The page of one module; what its front door takes from another one is shown there, and linked here."""
    names = module.public or []
    elsewhere = {name: home for name in names if (home := homes()[origin_of(module, name)]) != module}
    constants = [name for name in names if name not in elsewhere and constant_docstring(module, name) is not None]
    page = [module.name, "=" * len(module.name), "", f".. automodule:: {module.name}"]
    page += [f"   :exclude-members: {', '.join([*elsewhere, *constants])}", ""]
    if elsewhere:
        page += [f"Also from here: {', '.join(f':py:obj:`~{home}.{name}`' for name, home in elsewhere.items())}.", ""]
    for name in constants:  # by name: autodoc passes over those of other files, and would print whole tables
        page += [f".. autodata:: {module.name}.{name}", "   :no-value:", ""]
    return "\n".join(page)


def write_reference(_app: Sphinx) -> None:
    """One page for each public module; a page is rewritten only when it changed."""
    GENERATED.mkdir(parents=True, exist_ok=True)
    pages = {f"{module.name}.rst": reference_page(module) for module in documented_modules()}
    for page in GENERATED.glob("*.rst"):
        if page.name not in pages:
            page.unlink()
    for name, text in pages.items():
        page = GENERATED / name
        if not page.exists() or page.read_text(encoding="utf-8") != text:
            page.write_text(text, encoding="utf-8")


def write_sdi_codes(_app: Sphinx) -> None:
    """The page on SDI's codes, from the catalogue."""
    page, text = GENERATED / "sdi-codes.md", sdi_codes_page()
    if not page.exists() or page.read_text(encoding="utf-8") != text:
        page.write_text(text, encoding="utf-8")


def document_constant(_app: Sphinx, what: str, name: str, *rest: object) -> None:
    """Give a constant the text under its assignment in place of that of its class."""
    lines = rest[-1]
    if what == "data" and isinstance(lines, list):
        module, _, constant = name.rpartition(".")
        lines[:] = [*(constant_docstring(Module(module), constant) or "").splitlines(), ""]


def skip_field(_app: Sphinx, _what: str, _name: str, value: object, *_rest: object) -> bool | None:
    """The fields of a value stand in its signature and its docstring; once more below them would be noise."""
    return True if "SLOTS" in repr(value) else None  # the sentinel that autodoc gives in place of a slot


def setup(app: Sphinx) -> None:
    """Called by Sphinx: hook the functions above."""
    app.connect("autodoc-skip-member", skip_field)
    app.connect("builder-inited", write_reference)
    app.connect("builder-inited", write_sdi_codes)
    app.connect("autodoc-process-docstring", document_constant)
