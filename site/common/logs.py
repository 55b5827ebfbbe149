"""What stands in the log: never a link that opens something for whoever has it."""

import logging
import re


class HiddenLinks(logging.Filter):
    """Takes what stands below `paths` out of every line, whoever writes it: a line of Django's own names the whole
    address of a request that it refused.
    """

    def __init__(self, paths=()):
        super().__init__()
        below = "|".join(re.escape(path) for path in paths)
        self.link = re.compile(rf"({below})[^\s/?\"']+") if paths else None

    def filter(self, record):
        try:
            text = record.getMessage()
        except (TypeError, ValueError):  # a line that can't be written: logging itself says so
            return True
        hidden = self.link.sub(r"\1…", text) if self.link else text
        if hidden != text:
            record.msg, record.args = hidden, ()
        return True
