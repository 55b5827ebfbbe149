#!/bin/sh
# Runs the first Python of 3.11 or newer with the arguments given; one clear line where there is none.
set -eu

for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if command -v "$name" >/dev/null 2>&1 &&
        "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        exec "$name" "$@"
    fi
done

if version=$("${PYTHON:-python3}" --version 2>/dev/null); then
    echo "$version is too old: this site needs Python 3.11 or newer (PYTHON=/path/to/python3 names another)." >&2
else
    echo "${PYTHON:-python3} is missing: apt install python3 python3-venv (Python 3.11 or newer)." >&2
fi
exit 1
