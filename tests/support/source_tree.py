"""The source of the package as the repository tests read it: files, syntax trees, public names."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

import attrs

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "gse_billing"


def source_files() -> list[Path]:
    """Every Python file of the package."""
    return sorted(SOURCE.rglob("*.py"))


@functools.cache
def tree_of(path: Path) -> ast.Module:
    """The syntax tree of one file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def module_name(path: Path) -> str:
    """``gse_billing.core.money`` for its file."""
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def literal_all(tree: ast.Module) -> list[str] | None:
    """The names of ``__all__``, when it is a literal list of texts at the top of the module."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["__all__"]:
            value = ast.literal_eval(node.value)
            return list(value) if isinstance(node.value, ast.List) else None
    return None


def _statements(tree: ast.Module) -> Iterator[ast.stmt]:
    """Top-level statements, with those under ``if TYPE_CHECKING`` (a lazy room names its exports there)."""
    for node in tree.body:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            yield from node.body
        else:
            yield node


def bound(tree: ast.Module, package: str) -> set[str]:
    """Every name of the package that an ``__init__`` binds: what it defines, and what it takes from that package."""
    names: set[str] = set()
    for node in _statements(tree):
        if isinstance(node, ast.ImportFrom) and f"{node.module}.".startswith(f"{package}."):
            names.update(alias.asname or alias.name for alias in node.names)
        elif isinstance(node, ast.ClassDef | ast.FunctionDef):
            names.add(node.name)
        else:
            names.update(_assigned(node))
    return {name for name in names if not name.startswith("_") or name == "__version__"}


@attrs.frozen
class Module:
    """A module or a package, by its full name."""

    name: str

    @property
    def path(self) -> Path:
        stem = SOURCE.parent.joinpath(*self.name.split("."))
        return stem / "__init__.py" if stem.is_dir() else stem.with_suffix(".py")

    @property
    def tree(self) -> ast.Module:
        return tree_of(self.path)

    @property
    def public(self) -> list[str] | None:
        return literal_all(self.tree)

    def __str__(self) -> str:
        return self.name


def packages() -> list[Module]:
    """Every package of the source, the front door first."""
    return [Module(module_name(init)) for init in sorted(SOURCE.rglob("__init__.py"))]


def rooms() -> list[Module]:
    """The packages directly under the front door."""
    return [package for package in packages() if package.name.count(".") == 1]


def documented_modules() -> list[Module]:
    """What the reference shows: rooms, their public packages and modules, and ``core``, which has no front door."""
    named = [module for package in packages() for module in _exported_modules(package)]
    core = [Module(module_name(path)) for path in sorted((SOURCE / "core").glob("[a-z]*.py"))]
    return sorted({module for module in [*packages()[1:], *core, *named] if module.public}, key=str)


def _exported_modules(package: Module) -> Iterator[Module]:
    """The modules that a package takes from itself and exports as they are."""
    for node in _statements(package.tree):
        if isinstance(node, ast.ImportFrom) and node.module == package.name:
            yield from (
                Module(f"{package.name}.{alias.name}") for alias in node.names if alias.name in (package.public or ())
            )


@attrs.frozen
class Origin:
    """Where a public name is written down."""

    module: str
    name: str


def origin_of(module: Module, name: str) -> Origin:
    """Follow the imports of a public name to the file that binds it."""
    for node in _statements(module.tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("gse_billing"):
            for alias in node.names:
                # a room imports its own submodules from itself: there is nothing to follow
                if (alias.asname or alias.name) == name and node.module != module.name:
                    return origin_of(Module(node.module or ""), alias.name)
    return Origin(module.name, name)


@functools.cache
def homes() -> dict[Origin, Module]:
    """Where the reference shows a name that several front doors export: in the innermost of them."""
    found: dict[Origin, Module] = {}
    for module in sorted(documented_modules(), key=lambda module: module.name.count(".")):
        found.update({origin_of(module, name): module for name in module.public or ()})
    return found


def constant_docstring(module: Module, name: str) -> str | None:
    """The text right under the assignment of a constant, empty when there is none; ``None`` for what is no constant."""
    origin = origin_of(module, name)
    body = Module(origin.module).tree.body
    for node, following in zip(body, [*body[1:], None], strict=True):
        if origin.name in _assigned(node):
            value = following.value if isinstance(following, ast.Expr) else None
            return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else ""
    return None


def _assigned(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.Assign):
        return [ast.unparse(target) for target in node.targets]
    return [ast.unparse(node.target)] if isinstance(node, ast.AnnAssign) else []
