"""The addresses of the CMS: each of its routes filled in with what is private, and what is posted there."""

from django.urls import reverse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from accounts.models import User
from tests.matrix.routes import cms_routes
from tests.matrix.words import COMMON

BULK = "wagtail_bulk_action"
RECORDINGS = "cms/media/delete/<int:media_id>/"  # ours, before wagtailmedia's own, has no name
OTHER_ADDRESSES = {
    RECORDINGS: lambda world: f"/cms/media/delete/{world.recording.pk}/",
    # the same of pictures and documents
    "cms/images/<int:image_id>/delete/": lambda world: f"/cms/images/{world.image.pk}/delete/",
    "cms/images/multiple/<int:image_id>/delete/": lambda world: f"/cms/images/multiple/{world.image.pk}/delete/",
    "cms/images/multiple/add/": lambda world: "/cms/images/multiple/add/",
    "cms/documents/delete/<int:document_id>/": lambda world: f"/cms/documents/delete/{world.document.pk}/",
    "cms/documents/multiple/<int:doc_id>/delete/": lambda world: f"/cms/documents/multiple/{world.document.pk}/delete/",
    "cms/login/": lambda world: "/cms/login/",
    "cms/password_reset/": lambda world: "/cms/password_reset/",
    "cms/test404/": lambda world: "/cms/test404/",
    "cms/^.*/$": lambda world: "/cms/nooit/geweest/",
    "cms/workflows/remove/<int:page_pk>/<int:workflow_pk>/": lambda world: (
        f"/cms/workflows/remove/{world.draft.pk}/{world.workflow.pk}/"
    ),
    "cms/settings/<slug:app_name>/<slug:model_name>/<int:pk>/": lambda world: (
        f"/cms/settings/home/contactsettings/{world.contact.pk}/"
    ),
}


def visits(world, pages):
    """Yield `(route, address)`: every route of the CMS, those that take a page with each of `pages`."""
    for route in cms_routes():
        for address in dict.fromkeys(address for page in pages for address in addresses_of(world, route, page)):
            yield route.key, address


def addresses_of(world, route, page):
    if route.key == BULK:
        return bulk_addresses(world, page)
    if route.key in OTHER_ADDRESSES:
        return [OTHER_ADDRESSES[route.key](world)]
    values = page_values(page) | things(world) | names(route) | {"pk": thing_of(world, route, page).pk}
    if unknown := route.parts - values.keys() or (route.key == route.pattern):
        raise LookupError(f"{route.key}: say in {__name__} what to fill in ({unknown})")
    return [reverse(route.key, kwargs={part: values[part] for part in route.parts})]


# ── What stands in an address ──────────────────────────────────────────────────
def page_values(page):
    numbers = ("page_id", "parent_page_id", "page_to_move_id", "page_pk", "object_id")
    return dict.fromkeys(numbers, page.pk) | {"revision_id": page.get_latest_revision().pk}


def things(world):
    """The private things by the names that Wagtail's addresses give them."""
    document, picture, film = world.document.pk, world.image.pk, world.recording.pk
    return {
        **{"document_id": document, "doc_id": document, "image_id": picture, "media_id": film, "media_type": "video"},
        **{"destination_id": world.site.stories.pk, "collection_id": world.collection.pk},
        **{"redirect_id": world.redirect.pk, "uploaded_file_id": world.uploaded.pk, "session_id": world.editing.pk},
        **{"task_id": world.task.pk, "task_state_id": world.task_state.pk, "workflow_state_id": world.review.pk},
        **{"workflow_pk": world.workflow.pk, "instance_pk": world.group.pk, "filter_spec": "original"},
        **{"revision_id_a": "earliest", "revision_id_b": "latest", "action_name": "approve"},
        **{"uidb64": "MQ", "token": "a-b"},
    }


# By the beginning of a route's name: the model that it asks for.
MODELS = {
    "wagtailsettings": ("home", "contactsettings"),
    "wagtailadmin_workflows": ("wagtailcore", "groupapprovaltask"),
    "wagtailadmin_tag": ("taggit", "tag"),
    "": ("stories", "storypage"),
}


def names(route):
    app, model = first_fitting(MODELS, route)
    return {
        **dict.fromkeys(("app_label", "app_name", "content_type_app_name"), app),
        **dict.fromkeys(("model_name", "content_type_model_name"), model),
    }


# The same for its `pk`.
THINGS = {
    "wagtailadmin_api:images": lambda world: world.image,
    "wagtailadmin_api:documents": lambda world: world.document,
    "wagtailimages": lambda world: world.image,
    "wagtaildocs": lambda world: world.document,
    "wagtailusers_users": lambda world: world.samira,
    "wagtailusers_groups": lambda world: world.marieke.groups.get(),
    "wagtailsites": lambda world: Site.objects.get(),
    "wagtailsettings": lambda world: world.contact,
    "terms": lambda world: world.term,
    "themes": lambda world: world.theme,
    "wagtailadmin_collections": lambda world: world.collection,
    "wagtailadmin_workflows:edit_task": lambda world: world.task,
    "wagtailadmin_workflows:disable_task": lambda world: world.task,
    "wagtailadmin_workflows:enable_task": lambda world: world.task,
    "wagtailadmin_workflows": lambda world: world.workflow,
}


def thing_of(world, route, page):
    return first_fitting(THINGS | {"": lambda world: page}, route)(world)


def first_fitting(by_beginning, route):
    return next(found for beginning, found in by_beginning.items() if route.key.startswith(beginning))


def bulk_addresses(world, page):
    """Every bulk action of every model, asked for one private thing."""
    bulk_action_registry._scan_for_bulk_actions()
    asked = {"page": page, "user": world.samira, "image": world.image, "document": world.document}
    for app, models in bulk_action_registry.actions.items():
        for model, actions in models.items():
            for action in actions:
                yield f"{reverse(BULK, args=[app, model, action])}?id={asked[model].pk}"


# ── Lists that search, filter, nest and export ─────────────────────────────────
def more_addresses(world):
    """Addresses to read: what a route without its question doesn't show, and every private page in the editor."""
    site, word = world.site, COMMON
    yield from (f"/cms/pages/{page.pk}/{part}/" for page in world.private_pages for part in ("edit", "history"))
    for parent in (site.stories, site.home, world.training, site.exercises):
        yield from (f"/cms/choose-page/{parent.pk}/", f"/cms/pages/{parent.pk}/", f"/cms/pages/{parent.pk}/results/")
        yield f"/cms/api/main/pages/?fields=*&for_explorer=1&child_of={parent.pk}"
        yield f"/cms/bulk/wagtailcore/page/publish/?id=all&childOf={parent.pk}"
    ids = "&".join(f"id={page.pk}" for page in world.private_pages)
    yield from (f"/cms/choose-page/chosen-multiple/?{ids}", f"/cms/bulk/wagtailcore/page/publish/?{ids}")
    yield from (f"/cms/choose-page/chosen-multiple/?id={page.pk}" for page in world.private_pages)
    yield from ("/cms/choose-page/?page_type=stories.storypage", "/cms/bulk/wagtailcore/page/move/?id=all")
    for words in ("pages/search/", "pages/search/results/", "choose-page/search/", "images/", "documents/", "media/"):
        yield f"/cms/{words}?q={word}"
    yield from (f"/cms/{kind}/chooser/results/?q={word}" for kind in ("images", "documents"))
    yield from (f"/cms/media/chooser/?q={word}", "/cms/tag-autocomplete/?term=k", "/cms/redirects/?q=oud")
    yield from ("/cms/users/?q=samira", "/cms/planning/groepen/?q=Groep", "/cms/planning/groepen/?export=csv")
    for asked in (f"search={word}", "type=stories.StoryPage", "limit=20"):
        yield f"/cms/api/main/pages/?{asked}&fields=*,parent,descendants,ancestors"
    yield from (f"/cms/api/main/{kind}/?search={word}&fields=*" for kind in ("images", "documents"))
    for report in ("site-history", "aging-pages", "locked", "workflow", "workflow_tasks"):
        yield f"/cms/reports/{report}/?export=csv"


# ── What is posted ─────────────────────────────────────────────────────────────
def story_form():
    """A whole story as the editor sends it."""
    texts = dict.fromkeys(("strapline", "storyteller_short", "storyteller_line", "content_note", "question"), "")
    choices = dict.fromkeys(("drawing", "recording", "tags", "seo_title", "search_description"), "")
    words = {"title": "Gekaapt", "slug": "gekaapt", "storyteller": "Niemand"}
    body = streamfield([("paragraph", rich_text("<p>Gekaapt.</p>"))])
    return nested_form_data({**words, **texts, **choices, "body": body, "comments": inline_formset([])})


def group_form():
    """A whole group as the menu Planning sends it."""
    numbers = {"capacity": 20, "minimum": 0, "cancel_until_hours": 48, "remind_days": 2, "attendance_percent": 80}
    leads = User.objects.filter(display_name="Ilse").values_list("pk", flat=True)
    words = {"name": "Gekaapt", "code": "GEKAAPT", "waiting": "automatic", "seen": 1}
    return words | {"coordinators": list(leads)} | numbers


def body_for(route):
    return BODIES.get(route, lambda: {"title": "Gekaapt", "name": "Gekaapt", "slug": "gekaapt"})()


BODIES = {
    **dict.fromkeys(
        [
            f"wagtailadmin_pages:{name}"
            for name in ("add", "edit", "preview_on_add", "preview_on_edit", "revisions_revert")
        ],
        story_form,
    ),
    "planning_groepen_modeladmin_edit": group_form,
    "wagtailadmin_pages:copy": lambda: {"new_title": "Gekaapt", "new_slug": "gekaapt", "new_parent_page": 3},
    "wagtailadmin_choose_page_external_link": lambda: {"external-link-chooser-url": "https://example.test/"},
    "wagtailadmin_pages:set_privacy": lambda: {"restriction_type": "none"},
}
