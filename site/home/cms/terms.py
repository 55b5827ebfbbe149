"""The list of words for people in the settings of the CMS: every editor who may open it may see every row."""

from wagtail.admin.viewsets.model import ModelViewSet

from home.models import Term


class TermViewSet(ModelViewSet):
    """No snippet: that would come with a chooser, whose door for making a row answers a POST with an error."""

    model = Term
    name = "terms"
    url_prefix = "woorden"
    icon = "openquote"
    add_to_settings_menu = True
    list_display = ["singular", "plural", "article", "possessive"]
    copy_view_enabled = False
