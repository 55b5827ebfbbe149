"""The demo's words for people, which of them its site uses, and the page that says why."""

from home.models import Term, TermSettings
from training.demo.tree import save_if_different


def load_words(table, pages):
    """Put the words of `table` in the list and choose one; `pages` by slug has the page that says why.

    They are rows of a demo and of no migration: which words an organisation has to choose from is its own to say.
    """
    for row in table["list"]:
        save_if_different(Term.objects.filter(singular=row["singular"]).first() or Term(), row)
    used = Term.objects.get(singular=table["used"])
    save_if_different(TermSettings.load(), {"word_id": used.pk, "page_id": pages[table["page"]].pk})
