"""Which collections wagtailmedia's chooser names: those that somebody may put files in or change files of.

Its own view takes all there are and has no setting or hook for it, so it gets another `Collection` to ask. Whose they
are it learns from the one hook that runs right before: asked without, there are none.
"""

from contextvars import ContextVar

from wagtail.models import Collection
from wagtail.permissions import policy_registry
from wagtailmedia.views import chooser

from media.models import Recording

_chooses = ContextVar("who chooses a recording", default=None)


def collections_to_choose(user):
    """Return the collections of recordings that `user` works with, as a queryset."""
    policy = policy_registry.get_by_type(Recording)
    return policy.collections_user_has_any_permission_for(user, ["add", "change"])


def note_who_chooses(recordings, request):
    """For Wagtail's hook on the recordings to choose from, which it leaves as they are."""
    _chooses.set(request.user)
    return recordings


class TheirCollections:
    """Stands where wagtailmedia's chooser asks for `Collection.objects.all()`."""

    class objects:
        @staticmethod
        def all():
            user = _chooses.get()
            _chooses.set(None)  # the next request in this thread is somebody else's
            return collections_to_choose(user) if user else Collection.objects.none()


def limit_the_chooser():
    chooser.Collection = TheirCollections
