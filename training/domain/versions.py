"""What two people change at once: each form carries the version that it showed, and the second to save sees both."""

from django.utils.translation import gettext as _

from common.refusals import Refused


class ChangedMeanwhile(Refused):
    """Somebody else changed the row since this person opened it; `row` is how it is now."""

    def __init__(self, row):
        self.row = row
        super().__init__(
            _("{name} changed this meanwhile. Look at both, then save again.").format(name=who_changed(row))
        )


def refuse_other_version(row, version):
    """Raise ChangedMeanwhile when `row` is no longer the `version` that somebody saw."""
    if version != row.version:
        raise ChangedMeanwhile(row)


def who_changed(row):
    """Return the name of who changed `row` last, as a sentence begins with it."""
    return row.changed_by.display_name if row.changed_by else _("Somebody")


def note_change(row, *, by):
    """Count a change of `row`, unsaved; return the names of the fields for `update_fields`."""
    row.version += 1
    row.changed_by = by
    return ["version", "changed_by"]
