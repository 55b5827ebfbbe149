"""The site's worker, that goes round once for each line it reads: to start a process for each round takes longer than
the round. Run as `python -m tests.e2e.rounds` with the clock's settings; says "done" after each.
"""

import sys
import time

import django


def main():
    django.setup()
    from mail.worker import Worker
    from tests.e2e import clock

    time.monotonic = time.time  # some chores come once a minute: a minute of this clock
    for _line in sys.stdin:
        clock.TRAVEL.move_to(clock.read())
        Worker().round()
        sys.stdout.write("done\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
