"""Who meets which file in the CMS: Wagtail's rights on collections, and none that are kept for somebody's own."""

import wagtailmedia
import wagtailmedia.permissions
from wagtail.permissions import register_permission_policy

from common.rights import OwnFilesPolicy
from media.models import Document, Image, Recording

NAMED = ((Image, "wagtailimages.Image"), (Document, "wagtaildocs.Document"), (Recording, "wagtailmedia.Media"))


def keep_files_of_people():
    """Register by exact class, as Wagtail's apps are ready later and register their own for the class."""
    for model, named in NAMED:
        policy = OwnFilesPolicy(model, auth_model=named, owner_field_name="uploaded_by_user")
        register_permission_policy(model, policy, exact_class=True)
    # wagtailmedia asks this function and not the registry; its modules that are read later take it from the package.
    wagtailmedia.get_permission_policy = wagtailmedia.permissions.get_permission_policy = lambda: policy
