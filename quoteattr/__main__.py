"""``python -m quoteattr``: the command line."""

from __future__ import annotations

from quoteattr.cli import main

# Worker processes that are spawned import this module under another name.
if __name__ == "__main__":
    main()
