"""Pictures, sound and film as pieces of a page; how a piece looks is its template."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtailmedia.blocks import AbstractMediaChooserBlock

PICTURES_AND_SOUND = _("Pictures, sound and film")


class RecordingBlock(AbstractMediaChooserBlock):
    """Choose a film or a sound file; how it plays is `components/player.html`."""

    def render_basic(self, value, context=None):
        return str(value or "")


class SoundBlock(RecordingBlock):
    def __init__(self, **kwargs):
        super().__init__(**(kwargs | {"media_type": "audio"}))

    @cached_property
    def widget(self):
        from wagtailmedia.widgets import AdminAudioChooser

        return AdminAudioChooser()

    class Meta:
        icon = "wagtailmedia-audio"
        label = _("Sound")
        help_text = _("It never plays by itself. The words stand below it, so write them out with the sound.")
        template = "media/blocks/recording.html"
        group = PICTURES_AND_SOUND


class FilmBlock(RecordingBlock):
    def __init__(self, **kwargs):
        super().__init__(**(kwargs | {"media_type": "video"}))

    @cached_property
    def widget(self):
        from wagtailmedia.widgets import AdminVideoChooser

        return AdminVideoChooser()

    class Meta:
        icon = "wagtailmedia-video"
        label = _("Film")
        help_text = _("It never plays by itself. It needs captions and its words, written out, before it goes online.")
        template = "media/blocks/recording.html"
        group = PICTURES_AND_SOUND


class PictureBlock(blocks.StructBlock):
    picture = ImageChooserBlock(
        label=_("Picture"), help_text=_("Say with the picture what is to be seen on it, and who made it.")
    )
    caption = blocks.CharBlock(
        label=_("Line below it"),
        max_length=250,
        required=False,
        help_text=_("For who can see it: what is this, or what should I look at? May stay empty."),
    )

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "media/blocks/picture.html"
        group = PICTURES_AND_SOUND
        label_format = "{caption}"


class PhotoSeriesBlock(blocks.StructBlock):
    title = blocks.CharBlock(
        label=_("What the series shows"), max_length=120, required=False, help_text=_("As: One kitchen, four hours.")
    )
    photos = blocks.ListBlock(
        PictureBlock(label=_("Photo")),
        label=_("Photos"),
        min_num=2,
        max_num=12,
        help_text=_(
            "In the order in which to look at them. All get the same size; set what matters in the photo itself."
        ),
    )

    class Meta:
        icon = "copy"
        label = _("Series of photos")
        template = "media/blocks/photo_series.html"
        group = PICTURES_AND_SOUND
        label_format = "{title}"


def recordings_in(body):
    """Yield the Recording of every sound and film in the StreamValue `body`, in order; a deleted one is left out."""
    for block in body:
        if isinstance(block.block, RecordingBlock) and block.value:
            yield block.value
