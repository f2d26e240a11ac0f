"""The templates beside this module, filled in; what comes from a text is escaped by them."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from quoteattr.display.palette import palette

if TYPE_CHECKING:
    import jinja2

__all__ = ["fill", "style"]


def fill(name: str, **values: Any) -> str:
    """The HTML of the template ``name``."""
    return _environment().get_template(f"{name}.html").render(values)


@functools.cache
def style() -> str:
    """The rules that all pictures share, as CSS."""
    css = _environment().get_template("style.css").render(palette=palette())
    return "\n".join(line.strip() for line in css.splitlines() if line.strip())


@functools.cache
def _environment() -> jinja2.Environment:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.PackageLoader("quoteattr.display"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
