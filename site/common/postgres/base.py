"""Django's PostgreSQL, with a health check of kept connections that costs no question to the server."""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def is_usable(self):
        """True unless the server hung up: its farewell, or the end of the line, then waits to be read.

        From a healthy connection between two requests nothing can be read; where something can, Django's own question
        tells what it is.
        """
        if self.connection is None:
            return False
        line = select.poll()
        line.register(self.connection.fileno(), select.POLLIN)
        return super().is_usable() if line.poll(0) else True
