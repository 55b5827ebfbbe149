"""What each role may do in the CMS: the one place that says it, and the act that makes Django's groups say the same.

Rights on people are not here: no role may change users, groups or permissions, as who may can make themselves superuser
(docs/roles.md). People get and lose roles in our own screens (domain/roles.py).
"""

from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from accounts.choices import Role

OPEN_CMS = "wagtailadmin.access_admin"
ROOT = "root"  # the root of the page tree, in place of a page model


@dataclass(frozen=True)
class Rights:
    """`pages` are `(page model or ROOT, what they may do there)`; `files` are permissions on the root collection,
    `rows` on all rows of a model: for lists that hold nothing about a person.
    """

    cms: bool = False
    pages: tuple = ()
    files: tuple = ()
    rows: tuple = ()


THEMES = ("stories.add_theme", "stories.change_theme")  # a list about no person, which everybody who writes may extend

# Wagtail asks for files by its own models' names, whatever model a site puts in their place; there is no choose_media.
RIGHTS = {
    Role.PARTICIPANT: Rights(),
    # Adding is all it takes: what they add is theirs, and of the stories of others they meet none.
    Role.CO_TRAINER: Rights(
        cms=True,
        pages=(("stories.StoryIndexPage", ("add",)), ("training.ExerciseIndexPage", ("add",))),
        files=("wagtailimages.add_image", "wagtailmedia.add_media"),
        rows=THEMES,
    ),
    Role.TRAINER: Rights(
        cms=True,
        pages=(
            ("training.TrainingIndexPage", ("add", "change", "publish")),
            ("training.ExerciseIndexPage", ("add", "change", "publish")),
            ("stories.ProfessionalIndexPage", ("add", "change", "publish")),
        ),
        files=(
            *(f"wagtailimages.{act}_image" for act in ("add", "choose")),
            *(f"wagtaildocs.{act}_document" for act in ("add", "choose")),
            "wagtailmedia.add_media",
        ),
        rows=THEMES,
    ),
    # The planning menu, and no page: what they may do there is asked of the policy of each group.
    Role.COORDINATOR: Rights(cms=True),
    # Works on every page but stories, which go online by their storyteller alone (stories/models/story.py).
    Role.ADMINISTRATOR: Rights(
        cms=True,
        pages=((ROOT, ("add", "change", "publish", "bulk_delete")),),
        files=(
            *(f"wagtailimages.{act}_image" for act in ("add", "change", "choose")),
            *(f"wagtaildocs.{act}_document" for act in ("add", "change", "choose")),
            *(f"wagtailmedia.{act}_media" for act in ("add", "change")),
        ),
        rows=(
            *("home.add_term", "home.change_term", "home.change_termsettings", "home.change_contactsettings"),
            *("stories.change_houserules", *THEMES),
        ),
    ),
}


@transaction.atomic
def sync_roles():
    """Make the group of every role and give it exactly its rights; what was added or taken by hand is put back.

    Pages that are not there yet are passed over: call it again when they are (load_demo does, and every migrate).
    """
    permissions = _permissions()
    uploads = Collection.get_first_root_node()
    for role, rights in RIGHTS.items():
        group, _created = Group.objects.get_or_create(name=role.value)
        held = [*([OPEN_CMS] if rights.cms else []), *rights.rows]
        group.permissions.set(permissions[name] for name in held)
        _sync(
            GroupPagePermission,
            group,
            ("page_id", "permission_id"),
            {
                (page.pk, permissions[f"wagtailcore.{act}_page"].pk)
                for model, acts in rights.pages
                if (page := _page_of(model))
                for act in acts
            },
        )
        _sync(
            GroupCollectionPermission,
            group,
            ("collection_id", "permission_id"),
            {(uploads.pk, permissions[name].pk) for name in rights.files} if uploads else set(),
        )


def _sync(model, group, names, wanted):
    """Make the rows of `group` in `model` hold exactly the `wanted` pairs of `names`."""
    there = {tuple(getattr(row, name) for name in names): row for row in model.objects.filter(group=group)}
    for pair, row in there.items():
        if pair not in wanted:
            row.delete()
    model.objects.bulk_create(
        model(group=group, **dict(zip(names, pair, strict=True))) for pair in wanted - there.keys()
    )


def _page_of(model):
    return Page.get_first_root_node() if model == ROOT else apps.get_model(model).objects.order_by("path").first()


def _permissions():
    """Return `{"app.codename": Permission}` of every permission that a role has."""
    names = {OPEN_CMS} | {
        f"wagtailcore.{act}_page" for rights in RIGHTS.values() for _page, acts in rights.pages for act in acts
    }
    names |= {name for rights in RIGHTS.values() for name in (*rights.files, *rights.rows)}
    rows = Permission.objects.filter(codename__in={name.partition(".")[2] for name in names}).select_related(
        "content_type"
    )
    return {f"{row.content_type.app_label}.{row.codename}": row for row in rows}
