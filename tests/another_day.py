"""All tests at another moment, to see whether they hold on every day: a plugin that pytest loads when asked.

    TESTS_AT=2028-07-14T23:57 sh scripts/test.sh tests -p tests.another_day -m "not browser"

The clock goes on from that moment in the Netherlands in the tests' own process alone. What starts another process (a
worker that sends mail), reads when a file was written or holds a certificate that lasts a day keeps to the real clock
and fails for that: tests/mail, tests/training/planning/test_reminders_at_work.py, one of test_personal_data_copy.py.
"""

import os
from datetime import datetime

import time_machine

from common.dates import AMSTERDAM


def pytest_configure():
    moment = datetime.fromisoformat(os.environ["TESTS_AT"])
    time_machine.travel(moment.replace(tzinfo=AMSTERDAM), tick=True).start()
