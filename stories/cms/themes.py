"""The list of themes: every editor who may open it may see every row, so Wagtail's own screens will do.

No snippet: that comes with a chooser, whose door for making a row answers a POST with an error.
"""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet

from stories.forms.theme import ThemeForm
from stories.models import Theme


class ThemeViewSet(ModelViewSet):
    model = Theme
    name = "themes"
    url_prefix = "themas"
    icon = "tag"
    menu_label = _("Themes")
    list_display = ["name", "question"]
    search_fields = ["name"]
    search_backend_name = None
    copy_view_enabled = False
    inspect_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("name", heading=_("Name"), help_text=_("A word or two that readers look for. As: Waiting.")),
            FieldPanel(
                "intro", help_text=_("One or two sentences that readers see above the stories. It may stay empty.")
            ),
            FieldPanel("question", help_text=_("As: Who waited with you? It may stay empty.")),
        ],
        base_form_class=ThemeForm,
    )
