"""What the tagger may run on: the processor or a graphics card, and what each needs."""

from __future__ import annotations

import re
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from quoteattr.errors import DependencyMissingError, OptionError

__all__ = ["card", "check", "missing"]

_NAME = re.compile(r"cpu|cuda(?::(\d+))?")
_NEEDED = {"cpu": ("onnxruntime", "tokenizers"), "cuda": ("cupy", "onnx", "tokenizers")}
_HINTS = {
    "cpu": 'run  pip install "quoteattr[tagger]"',
    "cuda": 'run  pip install "quoteattr[cuda12x]"  or, where nvidia-smi says CUDA 13,  "quoteattr[cuda13x]"',
}


def missing(device: str) -> str | None:
    """What to install for the tagger to run on ``device``, in words; ``None`` where all is there."""
    kind = device.partition(":")[0]
    if all(find_spec(name) is not None for name in _NEEDED[kind]):
        return None
    return _HINTS[kind]


def check(device: str) -> None:
    """See that the tagger can run on ``device``: 'cpu', 'cuda' or 'cuda:1' (the second card).

    Raises:
        OptionError: there is no such device, by its name or in this machine.
        DependencyMissingError: something that it needs is not installed.

    >>> check("gpu")
    Traceback (most recent call last):
    quoteattr.errors.OptionError: device must be 'cpu', 'cuda' or 'cuda:' with the number of a card,
    not 'gpu'.
    """
    found = _NAME.fullmatch(device) if isinstance(device, str) else None
    if found is None:
        raise OptionError(
            f"device must be 'cpu', 'cuda' or 'cuda:' with the number of a card, not {device!r}."
        )
    hint = missing(device)
    if hint is not None:
        *others, last = _NEEDED[device.partition(":")[0]]
        what = "The tagger" if device == "cpu" else f"device={device!r}"
        raise DependencyMissingError(f"{what} needs {', '.join(others)} and {last}: {hint}")
    if device != "cpu" and _cards() <= _number(device):
        raise OptionError(f"device={device!r} is no card that CUDA finds in this machine: use device='cpu'.")


def card(device: str) -> Any:
    """The `thinc.api.Ops` of a graphics card.

    Args:
        device: 'cuda', or 'cuda:' with the number of the card.
    """
    from thinc.api import get_ops

    return get_ops("cupy", device_id=_number(device))


def _number(device: str) -> int:
    """The number of a card; the first one where none is named."""
    return int(device.partition(":")[2] or 0)


def _cards() -> int:
    """How many graphics cards CUDA finds."""
    cupy = import_module("cupy")
    try:
        return int(cupy.cuda.runtime.getDeviceCount())
    except cupy.cuda.runtime.CUDARuntimeError:  # no card, or no driver
        return 0
