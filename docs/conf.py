"""How the documentation is built: pages in MyST Markdown, the reference generated from the docstrings."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src"
GENERATED = ROOT / "docs" / "reference" / "_generated"
sys.path.insert(0, str(SOURCE))

from gse_billing import __version__  # noqa: E402  the package is found through the path set above

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

autodoc_default_options = {"members": True, "undoc-members": True, "show-inheritance": True, "no-value": True}
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True


def public_names(init: Path) -> list[str]:
    """The literal ``__all__`` of a module."""
    for node in ast.parse(init.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return [str(name) for name in ast.literal_eval(node.value)]
    return []


def documented_modules() -> list[str]:
    """The rooms, their public sub-packages, and the modules of ``core``, which has no front door of its own."""
    package = SOURCE / "gse_billing"
    files = [*package.glob("*/**/__init__.py"), *package.glob("core/*.py")]
    modules = []
    for path in files:
        if public_names(path):
            parts = path.relative_to(SOURCE).with_suffix("").parts
            modules.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return sorted(modules)


def write_reference(app: Sphinx) -> None:
    """One page for each public module; a page is rewritten only when it changed."""
    GENERATED.mkdir(parents=True, exist_ok=True)
    pages = {
        f"{module}.rst": f"{module}\n{'=' * len(module)}\n\n.. automodule:: {module}\n"
        for module in documented_modules()
    }
    for page in GENERATED.glob("*.rst"):
        if page.name not in pages:
            page.unlink()
    for name, text in pages.items():
        page = GENERATED / name
        if not page.exists() or page.read_text(encoding="utf-8") != text:
            page.write_text(text, encoding="utf-8")


def assignment_docstring(module: str, name: str) -> str:
    """The text under the assignment of a constant, looked for where the constant is written down."""
    path = SOURCE.joinpath(*module.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    body = ast.parse(path.read_text(encoding="utf-8")).body
    for node, following in zip(body, [*body[1:], None], strict=True):
        if isinstance(node, ast.ImportFrom) and name in [alias.name for alias in node.names] and node.module:
            return assignment_docstring(node.module, name)
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if target is not None and ast.unparse(target) == name and isinstance(following, ast.Expr):
            return str(ast.literal_eval(following.value))
    return ""


def document_constant(app: Sphinx, what: str, name: str, value: object, options: object, lines: list[str]) -> None:
    """Give a re-exported constant its own text in place of that of its class."""
    if what == "data" and name.startswith("gse_billing."):
        module, _, constant = name.rpartition(".")
        lines[:] = [*assignment_docstring(module, constant).splitlines(), ""]


def setup(app: Sphinx) -> None:
    """Called by Sphinx: hook the two functions above."""
    app.connect("builder-inited", write_reference)
    app.connect("autodoc-process-docstring", document_constant)
