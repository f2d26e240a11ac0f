"""Settings of the documentation: ``sphinx-build -W docs docs/_build/html`` (see CONTRIBUTING.md)."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS))

from figures import substitutions  # noqa: E402

import quoteattr  # noqa: E402

project = "quoteattr"
author = "The quoteattr developers"
project_copyright = "The quoteattr developers"
version = release = quoteattr.__version__

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
    "sphinx_copybutton",
]
exclude_patterns = ["_build", "conftest.py"]
language = "en"

# Markdown
myst_enable_extensions = ["colon_fence", "substitution", "attrs_inline", "deflist"]
myst_heading_anchors = 3
myst_substitutions = substitutions()
# Quotation marks are our subject: they stay as they are written.
smartquotes = False

# Notebooks are executed anew for each build; one that fails stops it.
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 300
nb_merge_streams = True

# Docstrings
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
python_maximum_signature_line_length = 80
toc_object_entries_show_parents = "hide"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True
default_role = "py:obj"

# Prompts are shown, not copied.
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True

html_theme = "furo"
html_title = "quoteattr"
html_static_path = ["_static"]
html_css_files = ["quoteattr.css"]
html_copy_source = False
html_show_sphinx = False
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#0b5d8f", "color-brand-content": "#0b5d8f"},
    "dark_css_variables": {"color-brand-primary": "#7cc4ef", "color-brand-content": "#7cc4ef"},
}


def _fetch_examples() -> None:
    """Copies the notebooks to where Sphinx looks for pages; git does not see the copies."""
    target = DOCS / "examples"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for notebook in (DOCS.parent / "examples").glob("*.ipynb"):
        shutil.copy(notebook, target)


_fetch_examples()


def _list_other_pages(app: Any, docname: str, source: list[str]) -> None:
    """Pages that index.md does not name come into its lists of contents where it says so, by their folder."""
    if docname != "index":
        return
    named = set(re.findall(r"^[\w/-]+$", source[0], re.MULTILINE))
    other = [page for page in sorted(app.env.found_docs) if page not in {*named, "index"}]
    for folder in ("howto/", ""):
        pages = [page for page in other if page.rpartition("/")[0] == folder.rstrip("/")]
        source[0] = source[0].replace(f"(other {folder}".rstrip() + ")", "\n".join(pages))


def setup(app: Any) -> None:
    """Called by Sphinx."""
    app.connect("source-read", _list_other_pages)
