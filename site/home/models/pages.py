"""The front page, and the pages about the site itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.blocks import CharBlock, StructBlock

from common.blocks import BodyBlock
from common.fields import StreamField
from common.pages import BasePage
from home.front import front_panels


class FactBlock(StructBlock):
    """One line of the short list that says what the training is."""

    bold = CharBlock(label=_("First words, in bold"), max_length=60, required=False)
    rest = CharBlock(label=_("The rest of the line"), max_length=120)

    class Meta:
        icon = "list-ul"
        label = _("Line")


class HomePage(BasePage):
    pitch = models.TextField(
        _("what this is"), max_length=300, help_text=_("Two short sentences: for whom, and from whom they learn.")
    )
    featured_story = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("story on the front page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("One story that anybody may read without an account."),
    )
    training = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("training on the front page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("“Read more about the training” leads there."),
    )
    facts = StreamField([("fact", FactBlock())], verbose_name=_("the training in a few lines"), blank=True, max_num=6)
    meet_title = models.CharField(_("heading above the invitation to call"), max_length=80, blank=True)
    meet_text = models.TextField(_("invitation to call"), max_length=300, blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("pitch"),
        PageChooserPanel("featured_story", "stories.StoryPage"),
        PageChooserPanel("training", "training.TrainingPage"),
        FieldPanel("facts"),
        MultiFieldPanel([FieldPanel("meet_title"), FieldPanel("meet_text")], heading=_("Meet us")),
    ]
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    template = "pages/home/home_page.html"

    class Meta:
        verbose_name = _("front page")

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | front_panels(self)


class ContentPage(BasePage):
    intro = models.TextField(
        _("first lines"),
        max_length=400,
        blank=True,
        help_text=_("What this page is about, in one or two short sentences."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("intro"), FieldPanel("body")]
    parent_page_types = ["home.HomePage", "home.ContentPage"]
    subpage_types = ["home.ContentPage"]
    template = "pages/home/content_page.html"

    class Meta:
        verbose_name = _("page about the site")
        verbose_name_plural = _("pages about the site")
