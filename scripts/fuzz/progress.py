"""How far the requests came, in a file: so that 5,000 to each can be sent in an hour today and an hour tomorrow."""

import json
from collections import Counter
from pathlib import Path


class Progress:
    """What was sent to each target so far, over all runs with the same file; without a `name` nothing is kept."""

    def __init__(self, name=""):
        self.file = Path(name) if name else None
        there = self.file and self.file.exists()
        kept = json.loads(self.file.read_text()) if there else {}
        self.sent, self.statuses = kept.get("sent", {}), Counter(kept.get("statuses", {}))
        self.runs, self.errors = kept.get("runs", 0), kept.get("errors", 0)  # before this one

    def give(self, targets):
        """Tell each of `targets` how much it had."""
        for key, target in keyed(targets):
            target.sent = self.sent.get(key, 0)

    def keep(self, run):
        """Write down how far `run` came. A target that answered with an error begins anew the next time."""
        if not self.file:
            return
        in_error = {title for title, _status in run.found}
        sent = {key: 0 if target.title in in_error else target.sent for key, target in keyed(run.targets)}
        kept = {
            "sent": self.sent | sent,
            "statuses": self.statuses + Counter({str(status): number for status, number in run.statuses.items()}),
            "runs": self.runs + 1,
            "errors": self.errors + sum(map(len, run.found.values())),
        }
        beside = self.file.with_suffix(".new")
        beside.write_text(json.dumps(kept))
        beside.replace(self.file)


def keyed(targets):
    """Yield `(key, target)`: the route and which of its addresses, as those are other ones in each world."""
    seen = Counter()
    for target in targets:
        seen[target.title] += 1
        yield f"{target.title} {seen[target.title]}", target
