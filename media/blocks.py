from wagtailmedia.blocks import AbstractMediaChooserBlock


class RecordingBlock(AbstractMediaChooserBlock):
    """Choose a film or a sound file; how it plays is `components/player.html`."""

    def render_basic(self, value, context=None):
        return str(value or "")
