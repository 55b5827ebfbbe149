#!/bin/sh
# What `make test` does: lint, Django's own checks, translations, tests. `lint` or `tests` as first word does that part
# alone, and what follows `tests` goes to pytest; `migrate` makes the tables in the database itself. DATABASE_URL chooses
# the database; else it is SQLite in var/.
set -eu
cd "$(dirname "$0")/.."
python=.venv/bin/python

mkdir -p var
folder=$(mktemp -d "$PWD/var/test-XXXXXX")
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# Keys of this run alone. pytest takes them too, in place of those in tests/conftest.py.
SECRET_KEY=$($python -c 'import secrets; print(secrets.token_urlsafe(50))')
ANSWER_KEYS=$($python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())')
DATABASE_URL=${DATABASE_URL:-sqlite:///$folder/site.sqlite3}
ALLOWED_HOSTS=testserver,localhost,127.0.0.1
SITE_URL=http://localhost:8000
EMAIL_URL=memorymail://
UPLOADS_DIR=$folder/uploads
DEBUG=off
DEMO=off
export SECRET_KEY ANSWER_KEYS DATABASE_URL ALLOWED_HOSTS SITE_URL EMAIL_URL UPLOADS_DIR DEBUG DEMO
unset CACHE_URL BEHIND_PROXY MAIL_FROM

migrating=

lint() {
    echo "== lint"
    $python -m ruff check .
    $python -m ruff format --check --quiet . || {
        echo "These files are not in their form (make format):"
        $python -m ruff format --check .
    }
    $python -m djlint --lint --quiet templates
}

# Each worker's tests begin with a copy of this database, where it is SQLite.
migrate() {
    case "$DATABASE_URL" in
        sqlite:*)
            DATABASE_URL=sqlite:///$folder/migrated.sqlite3 $python manage.py migrate --verbosity 0 &
            migrating=$!
            ;;
    esac
}

checks() {
    $python scripts/messages.py --check & # as long as the others together
    translations=$!
    echo "== Django's checks"
    $python manage.py check --fail-level WARNING
    SITE_URL=https://leren.example.nl ALLOWED_HOSTS=leren.example.nl EMAIL_URL=smtp://mail.example.nl:25 \
        $python manage.py check --deploy --fail-level WARNING
    $python manage.py makemigrations --check --dry-run
    echo "== translations"
    wait "$translations"
}

tests() {
    if [ -n "$migrating" ]; then
        wait "$migrating"
        export MIGRATED="$folder/migrated.sqlite3"
    fi
    echo "== tests"
    # Three for two cores: each waits now and then, for a browser, a mail worker, PostgreSQL. Each begins with a third
    # in its own order, as tests of one file share what they begin with, and takes of the others' when it is done.
    $python -m pytest -n 3 --dist worksteal "$@"
}

case "${1:-all}" in
    all)
        migrate
        lint
        checks
        tests
        ;;
    lint)
        lint
        ;;
    migrate)
        $python manage.py migrate --verbosity 0
        ;;
    tests)
        shift
        migrate
        tests "$@"
        ;;
    *)
        echo "usage: sh scripts/test.sh [lint | migrate | tests [what pytest takes]]" >&2
        exit 1
        ;;
esac
