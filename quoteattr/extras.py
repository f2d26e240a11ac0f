"""Optional packages: imported when they are needed, or an error that says how to install them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from quoteattr.errors import DependencyMissingError

__all__ = ["require"]


def require(module: str, extra: str, use: str) -> Any:
    """The module of an optional package.

    Args:
        module: its name, such as 'matplotlib.pyplot'.
        extra: the extra of quoteattr that installs it.
        use: what it is needed for, at the head of the message.

    Raises:
        DependencyMissingError: it cannot be imported.

    >>> require("json", "frame", "to_frame").__name__
    'json'
    >>> require("no_such_package", "frame", "to_frame")
    Traceback (most recent call last):
    quoteattr.errors.DependencyMissingError: to_frame needs no_such_package:
    run  pip install "quoteattr[frame]"
    """
    try:
        return import_module(module)
    except ImportError as error:
        package = module.partition(".")[0]
        message = f'{use} needs {package}: run  pip install "quoteattr[{extra}]"'
        raise DependencyMissingError(message) from error
