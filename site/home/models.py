"""The front page, the pages about the site itself, who to call, and the addresses of what was taken away."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.blocks import CharBlock, StructBlock
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField

from common.blocks import BodyBlock
from common.pages import BasePage
from home.front import front_panels

starts_here_or_secure = RegexValidator(
    r"^(/(?!/)|https://)", _("Begin with / for a page of this site, or with https:// for another site.")
)


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


class FooterLinkBlock(StructBlock):
    """A link in the footer: words and an address, so that the footer of every page asks no page of the database."""

    label = CharBlock(label=_("Words"), max_length=60)
    address = CharBlock(
        label=_("Address"), max_length=200, help_text=_("As: /spelregels/"), validators=[starts_here_or_secure]
    )

    class Meta:
        icon = "link"
        label = _("Link")


@register_setting(icon="mail")
class ContactSettings(BaseGenericSetting):
    """The person whom every page names, so that nobody meets a dead end."""

    name = models.CharField(
        _("name"), max_length=80, default="", blank=True, help_text=_("First and last name of the person who picks up.")
    )
    role = models.CharField(_("what they do"), max_length=80, default="", blank=True)
    phone = models.CharField(_("phone number"), max_length=30, default="", blank=True)
    email = models.EmailField(_("e-mail address"), default="", blank=True)
    hours = models.CharField(
        _("when"), max_length=120, default="", blank=True, help_text=_("As: Monday to Friday, 9.00 to 17.00.")
    )

    footer_links = StreamField(
        [("link", FooterLinkBlock())], verbose_name=_("links at the bottom of every page"), blank=True
    )

    class Meta:
        verbose_name = _("contact and footer")

    @classmethod
    def current(cls):
        """Return what was filled in, or an empty one; unlike Wagtail's `load`, reading a page writes no row."""
        return cls.objects.first() or cls()

    @property
    def first_name(self):
        return self.name.split(" ")[0]

    @property
    def phone_link(self):
        """The number as a `tel:` link wants it: digits and a leading plus only."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")


class GoneAddress(models.Model):
    """An address where something stood that was taken away: it answers 410 with kind words and not 404.

    Wagtail forgets an unpublished page's visitors (404), so the address needs a row of its own, asked on 404 only.
    """

    path = models.CharField(_("address"), max_length=500, unique=True)
    since = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("address of something taken away")
        verbose_name_plural = _("addresses of what was taken away")

    def __str__(self):
        return self.path
