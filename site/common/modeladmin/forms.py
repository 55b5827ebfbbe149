from wagtail.admin.forms import WagtailAdminModelForm


class ActForm(WagtailAdminModelForm):
    """A form that checks what somebody typed and writes nothing: a domain act does that, with its lock and its mail."""

    def save(self, commit=True):
        raise NotImplementedError("A domain act writes, never the form.")
