"""Loading the demo, and changing its files."""

from io import StringIO

from django.core.management import call_command


def load(**options):
    """Run the command and return what it said."""
    out = StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


def rewrite(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
