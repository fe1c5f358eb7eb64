"""Functions out of sources that this package makes of its declarations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["function_of"]


def function_of(source: str, name: str, tools: Mapping[str, Any], *, about: str) -> Any:  # noqa: ANN401 - any function
    """The function of that name in a source.

    Args:
        source: Python that defines it.
        name: of the function.
        tools: what it calls, by name.
        about: what stands for a file in a traceback.
    """
    space = dict(tools)
    code = compile(source, f"<{about}>", "exec")
    exec(code, space)  # noqa: S102 - the source has only names out of declarations, which are checked there
    return space[name]
