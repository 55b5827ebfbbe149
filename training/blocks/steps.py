"""A step of a module: one screen with an address of its own, as a block, so that its order is the
editor's to choose.
"""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from common.blocks import TextBlock
from media.blocks import RecordingBlock
from training.choices import StepKind


class AddressBlock(blocks.CharBlock):
    """The last part of a step's address: filled from the title once, carried unseen, never changed by hand."""

    def __init__(self, **kwargs):
        super().__init__(**({"required": False, "max_length": 60} | kwargs))
        self.field.widget = forms.HiddenInput()

    class Meta:
        form_classname = "step-address"
        label = ""


class StepBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(StepKind.choices, label=_("Kind of step"), default=StepKind.READ)
    title = blocks.CharBlock(
        label=_("Name of the step"), max_length=60, help_text=_("One or two words: Arrive, Watch, Story.")
    )
    slug = AddressBlock()
    minutes = blocks.IntegerBlock(
        label=_("Minutes"),
        min_value=1,
        max_value=120,
        default=5,
        help_text=_("About how long it takes. Nobody is timed."),
    )
    summary = blocks.CharBlock(label=_("What happens here, in one line"), max_length=150, required=False)
    heading = blocks.CharBlock(
        label=_("Heading on the screen"),
        max_length=120,
        required=False,
        help_text=_("Leave empty to use the story's title or the name of the step."),
    )
    text = TextBlock(label=_("Text"), required=False)
    recording = RecordingBlock(label=_("Film or sound"), required=False)
    story = blocks.PageChooserBlock("stories.StoryPage", label=_("Story"), required=False)
    reserve_story = blocks.PageChooserBlock(
        "stories.StoryPage",
        label=_("Story in reserve"),
        required=False,
        help_text=_("Shown when the storyteller takes the first one away. That is always allowed."),
    )
    exercise = blocks.PageChooserBlock("training.ExercisePage", label=_("Exercise"), required=False)

    class Meta:
        icon = "arrow-right"
        label = _("Step")
        label_format = "{title}"


class StepsBlock(blocks.StreamBlock):
    step = StepBlock()
