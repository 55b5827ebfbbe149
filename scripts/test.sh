#!/bin/sh
# What `make test` does: lint, Django's own checks, translations, tests. `lint` or `tests` as first word does that part
# alone, and what follows `tests` goes to pytest. DATABASE_URL chooses the database; else it is SQLite in var/.
set -eu
cd "$(dirname "$0")/.."
python=.venv/bin/python

settings=$($python tests/environment.py)
eval "$settings"
trap 'rm -rf "$TEST_FOLDER"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

lint() {
    echo "== lint"
    $python -m ruff check .
    $python -m ruff format --check --quiet . || {
        echo "These files are not in their form (make format):"
        $python -m ruff format --check .
    }
    $python -m djlint --lint --quiet templates
}

checks() {
    echo "== Django's checks"
    $python manage.py check --fail-level WARNING
    SITE_URL=https://leren.example.nl ALLOWED_HOSTS=leren.example.nl EMAIL_URL=smtp://mail.example.nl:25 DEBUG=off DEMO=off \
        $python manage.py check --deploy --fail-level WARNING
    $python manage.py makemigrations --check --dry-run
    echo "== translations"
    $python scripts/messages.py --check
}

tests() {
    echo "== tests"
    $python -m pytest -n 2 "$@"
}

case "${1:-all}" in
    all) lint && checks && tests ;;
    lint) lint ;;
    tests) shift && tests "$@" ;;
    *) echo "usage: sh scripts/test.sh [lint | tests [what pytest takes]]" >&2 && exit 1 ;;
esac
