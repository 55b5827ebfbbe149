"""Pictures, documents, films and sound, each with the words that stand in for it."""

import re
import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition, get_upload_to
from wagtail.search import index
from wagtailmedia.models import AbstractMedia

from media.fields import PhotoField
from media.kinds import CONTENT_TYPES, ending
from media.ranges import WHOLE
from media.validators import check_captions, check_document, check_recording

NO_WORDS = _("Say what is to be seen. Or mark below that the picture adds nothing to the words.")
WORDS_AND_DECORATION = _("You also wrote what is to be seen. Take away those words, or this mark.")


def maker(related_name):
    """Who uploaded it. Wagtail's own models have this field too, so its way back needs a name of our own."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name=related_name,
    )


def poster_path(recording, filename):
    return f"media_thumbnails/{random_name(filename)}"


def random_name(filename):
    """A name that says nothing of whom or what is in the photo; only how it ends stays."""
    return secrets.token_hex(12) + ending(filename)


class Image(AbstractImage):
    file = PhotoField(_("file"), upload_to=get_upload_to, width_field="width", height_field="height")
    alt = models.CharField(
        _("what is to be seen"),
        max_length=250,
        blank=True,
        help_text=_(
            "For somebody who can't see the picture. One sentence is enough: who or what is there, and what matters."
        ),
    )
    is_decoration = models.BooleanField(
        _("adds nothing to the words"),
        default=False,
        help_text=_("Only for a picture that nobody misses who can't see it, such as a pattern."),
    )
    credit = models.CharField(_("made by"), max_length=120, blank=True)
    uploaded_by_user = maker("uploaded_images")
    tags = TaggableManager(_("tags"), blank=True, help_text=None, related_name="tagged_images")

    admin_form_fields = (
        "title",
        "file",
        "alt",
        "is_decoration",
        "credit",
        "collection",
        "tags",
        *(f"focal_point_{part}" for part in ("x", "y", "width", "height")),
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_image", "Can choose image")]
        indexes = [models.Index(fields=["file"], name="image_by_file")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(alt="", is_decoration=True) | ~models.Q(alt="") & models.Q(is_decoration=False),
                name="words_or_decoration",
                violation_error_message=NO_WORDS,
            )
        ]

    def clean(self):
        super().clean()
        self.alt = self.alt.strip()
        if not self.alt and not self.is_decoration:
            raise ValidationError({"alt": ValidationError(NO_WORDS, "no_words")})
        if self.alt and self.is_decoration:
            raise ValidationError({"is_decoration": ValidationError(WORDS_AND_DECORATION, "words_and_decoration")})

    def get_upload_to(self, filename):
        return f"original_images/{random_name(filename)}"

    def _set_image_file_metadata(self):
        """As Wagtail does, and close the file that it opens to look; one that is still to be stored stays open."""
        super()._set_image_file_metadata()
        if self.file._committed:
            self.file.close()

    def generate_rendition_file(self, filter, *, source=None):
        """Close the temporary file that Wagtail leaves open."""
        with super().generate_rendition_file(filter, source=source) as file:
            file.seek(0)
            return ContentFile(file.read(), name=file.name)

    @property
    def default_alt_text(self):
        return self.alt


class Rendition(AbstractRendition):
    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("image", "filter_spec", "focal_point_key"), name="one_rendition_per_filter")
        ]
        indexes = [models.Index(fields=["file"], name="rendition_by_file")]


class Document(AbstractDocument):
    uploaded_by_user = maker("uploaded_documents")
    tags = TaggableManager(_("tags"), blank=True, help_text=None, related_name="tagged_documents")

    admin_form_fields = ("title", "file", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]
        indexes = [models.Index(fields=["file"], name="document_by_file")]

    def clean(self):
        super().clean()
        if self.file:
            clean_file(self.file, check_document)

    @property
    def url(self):
        """Where every upload is read: Wagtail's own address for documents does not exist here."""
        return self.file.url


def clean_file(file, check, **options):
    """Run `check` on `file` and hang what it says at the field of that name."""
    try:
        check(file, **options)
    except ValidationError as error:
        raise ValidationError({"file": error}) from error


class Recording(AbstractMedia):
    """A film or a sound. Before a page with it goes online it needs a transcript, and a film needs captions as well."""

    thumbnail = PhotoField(
        _("still"),
        upload_to=poster_path,
        blank=True,
        help_text=_("The picture that stands there until the film plays."),
    )
    captions = models.FileField(
        _("captions"),
        upload_to="captions",
        blank=True,
        validators=[check_captions],
        help_text=_("A file that ends in .vtt. For a film only; for sound the words below are enough."),
    )
    transcript = models.TextField(
        _("the words, written out"),
        blank=True,
        help_text=_(
            "Everything that is said, and what is seen or heard besides. "
            "For who can't hear or see it, or is on a train."
        ),
    )
    note = models.CharField(_("a line below the player"), max_length=200, blank=True)

    admin_form_fields = (
        "title",
        "file",
        "captions",
        "transcript",
        "note",
        "thumbnail",
        "duration",
        "width",
        "height",
        "collection",
        "tags",
    )

    # Who meets which is asked with its number (common/rights.py), and a search may only ask what stands here.
    search_fields = [*AbstractMedia.search_fields, index.FilterField("id")]

    class Meta:
        verbose_name = _("film or sound")
        verbose_name_plural = _("films and sound")
        indexes = [
            models.Index(fields=["file"], name="recording_by_file"),
            models.Index(fields=["thumbnail"], name="recording_by_thumbnail"),
            models.Index(fields=["captions"], name="recording_by_captions"),
        ]

    def clean(self):
        """In place of wagtailmedia's, which looks at names alone and says what is wrong above the form."""
        self.duration = self.duration or 0
        if self.file:
            clean_file(self.file, check_recording, is_film=self.is_film)

    @property
    def is_film(self):
        return self.type == "video"

    @property
    def mime_type(self):
        return CONTENT_TYPES.get(ending(self.file.name), "application/octet-stream")

    @property
    def sources(self):
        """What wagtailmedia shows in the CMS; its own guess of the type depends on the machine."""
        return [{"src": self.url, "type": self.mime_type}]

    @property
    def poster_url(self):
        return self.thumbnail.url if self.thumbnail else ""

    @property
    def download_url(self):
        """The address for who wants the file itself, or nothing when it is too big to go out at once (media.ranges)."""
        try:
            return self.url if self.file.size <= WHOLE else ""
        except FileNotFoundError:
            return ""

    @property
    def paragraphs(self):
        """The transcript as a list of paragraphs, parted by empty lines; a line break inside one stays."""
        return [part for part in re.split(r"\s*\n\s*\n\s*", self.transcript.replace("\r", "").strip()) if part]

    @property
    def minutes(self):
        """The length in whole minutes, 1 or more, as a person would say it; 0 when it is not known."""
        return max(1, round(self.duration / 60)) if self.duration else 0

    @property
    def missing_words(self):
        """The sentence that says which words still miss, or an empty string."""
        if not self.transcript.strip():
            return _("“%(title)s” has no transcript yet. Write out what is said, seen and heard.") % {
                "title": self.title
            }
        if self.is_film and not self.captions:
            return _("“%(title)s” has no captions yet. Add a .vtt file.") % {"title": self.title}
        return ""
