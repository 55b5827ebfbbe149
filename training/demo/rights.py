"""What each role may do in the CMS. The people issue moves this mapping to accounts, so that every new site has it."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from accounts.choices import Role

OPEN_CMS = "wagtailadmin.access_admin"

# Role -> (Pages attribute, what they may do there). No role may change accounts: who may, can make themselves
# superuser. The administrator publishes stories until the stories issue gives that to the storyteller's own release.
PAGE_RIGHTS = {
    Role.CO_TRAINER: [("story_index", ("add",))],
    Role.TRAINER: [("training_index", ("add", "change", "publish")), ("exercise_index", ("add", "change", "publish"))],
    Role.ADMINISTRATOR: [("root", ("add", "change", "publish", "bulk_delete"))],
}
# Wagtail asks for these by its own models' names, whatever model a site puts in their place; there is no choose_media.
FILE_RIGHTS = {
    Role.TRAINER: ["wagtailimages.add_image", "wagtailimages.choose_image", "wagtailmedia.add_media"],
    Role.ADMINISTRATOR: [
        *(f"wagtailimages.{act}_image" for act in ("add", "change", "choose")),
        *(f"wagtaildocs.{act}_document" for act in ("add", "change", "choose")),
        *(f"wagtailmedia.{act}_media" for act in ("add", "change")),
    ],
}


def load_rights(pages):
    """Make the group of each role and give it its rights on `pages` (a Pages); takes nothing away that is there."""
    trees = {"root": Page.get_first_root_node()}
    uploads = Collection.get_first_root_node()
    for role in Role:
        group, _created = Group.objects.get_or_create(name=role.value)
        if role in PAGE_RIGHTS:
            group.permissions.add(_permission(OPEN_CMS))
        for tree, acts in PAGE_RIGHTS.get(role, []):
            page = trees.get(tree) or getattr(pages, tree)
            for act in acts:
                permission = _permission(f"wagtailcore.{act}_page")
                GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=permission)
        for name in FILE_RIGHTS.get(role, []):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=uploads, permission=_permission(name)
            )


def _permission(name):
    app, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)
