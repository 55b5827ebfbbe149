#!/bin/sh
# Pins every dependency with its hashes, for every platform, without the address of any index.
set -eu
cd "$(dirname "$0")/.."

[ -x var/lock/bin/uv ] || {
    sh scripts/python.sh -m venv --clear var/lock
    var/lock/bin/python -m pip install --quiet --disable-pip-version-check uv
}
var/lock/bin/uv pip compile pyproject.toml --group dev --quiet ${UPGRADE:+--upgrade} \
    --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
    --custom-compile-command "make lock" -o requirements.lock
