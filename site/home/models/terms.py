"""The word for the people whom the work is about: which one the site uses, and in which forms.

Nothing inflects a word: all that stands in a sentence was written as a form (docs/decisions/words-for-people.md).
"""

from dataclasses import dataclass, fields, replace

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, PageChooserPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import ReferenceIndex

from common.prepared import Prepared
from common.text import without_controls
from home.choices import Article
from home.models.pages import ContentPage

FORMS = ("article", "singular", "plural", "possessive")
plain_word = RegexValidator(
    r"[<>{}\x00-\x1f\x7f]", _("Use letters, spaces and hyphens, and none of < > { }."), inverse_match=True
)


@dataclass(frozen=True)
class Forms:
    """A word as templates print it: every form ready, so that nobody inflects. Printed by itself it is the singular."""

    article: str
    singular: str
    plural: str
    possessive: str
    with_article: str

    @classmethod
    def of(cls, article, singular, plural, possessive):
        """Return the Forms of a word; the only thing put together is the article and the singular."""
        return cls(article, singular, plural, possessive, with_article=f"{article} {singular}")

    def __str__(self):
        return self.singular

    @property
    def capital(self):
        """The same forms for the beginning of a sentence."""
        return replace(self, **{field.name: capitalised(getattr(self, field.name)) for field in fields(self)})


def capitalised(words):
    """Return `words` with a capital in front; the Dutch ij is one letter."""
    letters = 2 if words.startswith("ij") else 1
    return words[:letters].upper() + words[letters:]


DEFAULT_FORMS = Forms.of("de", "cliënt", "cliënten", "van de cliënt")  # until the site has chosen a word


class Term(models.Model):
    """A word for the people whom the work is about, with its forms as they stand in the middle of a sentence."""

    article = models.CharField(_("article"), max_length=3, choices=Article)
    singular = models.CharField(
        _("one person"), max_length=40, validators=[plain_word], help_text=_("Without a capital, as: neighbour.")
    )
    plural = models.CharField(_("more people"), max_length=40, validators=[plain_word], help_text=_("As: neighbours."))
    possessive = models.CharField(
        _("whose it is"),
        max_length=60,
        validators=[plain_word],
        help_text=_("What stands behind “the story”, as: of the neighbour."),
    )

    panels = [FieldPanel("article"), FieldPanel("singular"), FieldPanel("plural"), FieldPanel("possessive")]

    class Meta:
        verbose_name = _("word for people")
        verbose_name_plural = _("words for people")
        ordering = ["singular"]
        constraints = [
            models.CheckConstraint(condition=Q(article__in=Article.values), name="term_article_is_dutch"),
            models.CheckConstraint(
                condition=~Q(singular="") & ~Q(plural="") & ~Q(possessive=""), name="term_has_all_its_forms"
            ),
            models.UniqueConstraint(Lower("singular"), name="term_stands_there_once"),
        ]

    def __str__(self):
        return self.singular

    def clean(self):
        """Raises ValidationError for a word that is there already, and for another word in place of a chosen one."""
        word = without_controls(self.singular)  # PostgreSQL can't even be asked for a NUL
        if Term.objects.exclude(pk=self.pk).filter(singular__iexact=word).exists():
            raise ValidationError({"singular": _("This word is in the list already.")})
        stored = Term.objects.filter(pk=self.pk).first()
        if stored and stored.forms != self.forms and self.is_somebodys_own:
            # Whoever chose it would get other words in their story without having been asked.
            raise ValidationError(_("Somebody chose this word for their story. Make a new word, and leave this one."))

    @property
    def forms(self):
        """The Forms that templates print."""
        return Forms.of(*(getattr(self, name) for name in FORMS))

    @property
    def is_somebodys_own(self):
        """True when something else than the site itself chose this word: a story, by its storyteller."""
        chosen_by = ReferenceIndex.get_references_to(self)
        return chosen_by.exclude(content_type__app_label="home", content_type__model="termsettings").exists()


@register_setting(icon="openquote")
class TermSettings(BaseGenericSetting):
    """Which word the site uses, and the page that says why."""

    word = models.ForeignKey(
        Term,
        verbose_name=_("the word that this site uses"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("A storyteller may choose another word; that word then stands at their story."),
    )
    page = models.ForeignKey(
        ContentPage,
        verbose_name=_("the page that says why"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,  # a page that rows protect can't be deleted in the CMS without an error
        related_name="+",
        help_text=_("The front page links to it as long as everybody may read it."),
    )

    panels = [
        FieldPanel("word", widget=forms.Select),
        PageChooserPanel("page"),
        HelpPanel(template="home/cms/places_of_words.html", heading=_("The word in your own texts")),
    ]

    class Meta:
        verbose_name = _("what we call people")


@Prepared
def stored_choice():
    reading = ContentPage.objects.open().filter(pk=OuterRef("page")).values("url_path")[:1]
    settings = TermSettings.objects.select_related("word").annotate(page_path=Subquery(reading))
    return settings.order_by("pk")[:1]
