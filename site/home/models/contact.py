"""Who to call, and the links at the bottom of every page."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from common.fields import StreamField
from common.prepared import Prepared

starts_here_or_secure = RegexValidator(
    r"^(/(?!/)|https://)", _("Begin with / for a page of this site, or with https:// for another site.")
)


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
        return stored_contact.first() or cls()

    @property
    def link_list(self):
        """`(words, address)` of the links in the footer, as they are stored: making blocks of them costs every page."""
        return [(link["value"]["label"], link["value"]["address"]) for link in self.footer_links.get_prep_value()]

    @property
    def first_name(self):
        return self.name.split(" ")[0]

    @property
    def phone_link(self):
        """The number as a `tel:` link wants it: digits and a leading plus only."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")


@Prepared
def stored_contact():
    return ContactSettings.objects.order_by("pk")[:1]
