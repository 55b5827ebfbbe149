"""The server: granian, with the site loaded before it makes its workers.

`python -m config.server config.wsgi:application --workers 2 ...` takes the options of granian's own command. Workers
are copies of the process that loaded the site and share all memory that none of them changes: half of it. A worker that
died is such a copy again, so new code asks for a new start of the whole.
"""

import gc
import multiprocessing

from django.urls import get_resolver
from granian.cli import entrypoint

from config.wsgi import application  # noqa: F401 - what the workers find ready when granian asks for it


def main():
    get_resolver().url_patterns  # noqa: B018 - reading it loads every view
    gc.collect()
    gc.freeze()  # what is here stays: a worker's garbage collector need not walk through it, nor write in its pages
    multiprocessing.set_start_method("fork")  # the default on Linux until Python 3.14
    entrypoint()


if __name__ == "__main__":
    main()
