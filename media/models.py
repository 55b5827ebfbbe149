"""Pictures, documents, films and sound, each with the words that stand in for it."""

from django.conf import settings
from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtailmedia.models import AbstractMedia


def maker(related_name):
    """Who uploaded it. Wagtail's own Image and Document have this field too, so its way back needs a name of our own."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("uploaded by"), null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name=related_name)


class Image(AbstractImage):
    alt = models.CharField(
        _("what is to be seen"),
        max_length=250,
        blank=True,
        help_text=_("For somebody who can't see the picture. Leave it empty only when the picture adds nothing to the words beside it."),
    )
    credit = models.CharField(_("made by"), max_length=120, blank=True)
    uploaded_by_user = maker("uploaded_images")
    tags = TaggableManager(_("tags"), blank=True, help_text=None, related_name="tagged_images")

    admin_form_fields = ("title", "file", "alt", "credit", "collection", "tags", *(f"focal_point_{part}" for part in ("x", "y", "width", "height")))

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_image", "Can choose image")]

    @property
    def default_alt_text(self):
        return self.alt


class Rendition(AbstractRendition):
    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("image", "filter_spec", "focal_point_key"), name="one_rendition_per_filter")]


class Document(AbstractDocument):
    uploaded_by_user = maker("uploaded_documents")
    tags = TaggableManager(_("tags"), blank=True, help_text=None, related_name="tagged_documents")

    admin_form_fields = ("title", "file", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]


class Recording(AbstractMedia):
    """A film or a sound file. Before a page with it goes online it needs a transcript, and a film needs captions as well."""

    captions = models.FileField(
        _("captions"),
        upload_to="captions",
        blank=True,
        validators=[FileExtensionValidator(["vtt"])],
        help_text=_("A file that ends in .vtt. For a film only; for sound the words below are enough."),
    )
    transcript = models.TextField(
        _("the words, written out"),
        blank=True,
        help_text=_("Everything that is said, and what is seen or heard besides. For who can't hear or see it, or is on a train."),
    )
    note = models.CharField(_("a line below the player"), max_length=200, blank=True)

    admin_form_fields = ("title", "file", "captions", "transcript", "note", "thumbnail", "duration", "width", "height", "collection", "tags")

    class Meta:
        verbose_name = _("film or sound")
        verbose_name_plural = _("films and sound")

    @property
    def is_film(self):
        return self.type == "video"

    @property
    def minutes(self):
        """The length in whole minutes, 1 or more, as a person would say it; 0 when it is not known."""
        return max(1, round(self.duration / 60)) if self.duration else 0

    @property
    def missing_words(self):
        """The sentence that says which words still miss, or an empty string."""
        if not self.transcript.strip():
            return _("“%(title)s” has no transcript yet. Write out what is said, seen and heard.") % {"title": self.title}
        if self.is_film and not self.captions:
            return _("“%(title)s” has no captions yet. Add a .vtt file.") % {"title": self.title}
        return ""
