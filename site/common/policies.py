"""Who may do what with the rows of one model: each app says it in its own `policies.py`, by this base or by functions.

One policy answers for every screen of its model. A list takes its rows from `visible_to`, a page asks the predicate for
its one row, and the two agree: what a list leaves out can't be opened by its number either.
"""


def has_role(user, *roles):
    """True when `user` is signed in and has one of `roles`. Nobody signed in, and an account that was closed: False."""
    return bool(user.is_active and user.roles & set(roles))


class Policy:
    """What people may do with the rows of `model`. It refuses everything; a subclass opens what it names.

    A question is about the roles and rows of this moment, so what was taken away works on the next request. Lists ask
    the questions about an object for every row of a page: answer them from what the list has fetched, or it costs a
    query for each. No Django or Wagtail permission is asked anywhere.
    """

    model = None

    def visible_to(self, user):
        """Return the queryset of the rows that `user` may know of; every list, search, filter and export starts here.

        It names each row once: a join over people has to be `distinct()` or a subquery.
        """
        return self.model._default_manager.none()

    def may_list(self, user):
        """True when `user` may open the list at all, be it empty; the menu shows it to nobody else."""
        return False

    def may_add(self, user):
        return False

    def may_view(self, user, obj):
        """True when `user` may know of `obj`: by default, when a list of theirs would have it (a query)."""
        return self.visible_to(user).filter(pk=obj.pk).exists()

    def may_change(self, user, obj):
        return False

    def may_delete(self, user, obj):
        return False
