#!/bin/sh
# The site as it runs for real: settings from the environment, static files gathered, database up to date, two workers.
# Its mails are sent by a second service: manage.py mail_worker (docs/host.md, "Mail").
set -eu
cd "$(dirname "$0")/.."
python=.venv/bin/python

$python manage.py check --fail-level ERROR >/dev/null
$python manage.py collectstatic --no-input --verbosity 0
$python manage.py migrate --check >/dev/null || {
    echo "The database can't be used as it is. Make a backup, then: $python manage.py migrate" >&2
    exit 1
}
PYTHONPATH=$PWD/site
export PYTHONPATH
exec $python -m config.server config.wsgi:application --interface wsgi --no-ws \
    --host "${HOST:-127.0.0.1}" --port "${PORT:-8000}" --workers "${WORKERS:-2}" --blocking-threads 1 \
    --respawn-failed-workers --workers-kill-timeout 30
