#!/usr/bin/env bash
# Writes the lock files of this folder anew from pyproject.toml; needs uv. See CONTRIBUTING.md.
set -euo pipefail
cd "$(dirname "$0")/.."
lock() {
    UV_CUSTOM_COMPILE_COMMAND="requirements/lock.sh" uv pip compile --quiet --universal --python-version 3.10 \
        --generate-hashes --upgrade --output-file "requirements/$1.txt" pyproject.toml --group build "${@:2}"
}
lock en --extra en --extra tagger
lock test --extra en --extra tagger --extra frame --extra plot --group test
lock dev --extra en --extra tagger --extra frame --extra plot --group test --group lint --group train
lock docs --extra en --extra tagger --extra frame --extra plot --group test --group docs
