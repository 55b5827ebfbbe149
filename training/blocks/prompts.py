"""The forms a question can take. A new form is one block here, one template, one form class, one test."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

WORK_VARIANTS = [("manager", _("Who leads a team")), ("host", _("A host: kitchen, reception, household"))]


class VariantBlock(blocks.StructBlock):
    """The same question for somebody with other work."""

    work = blocks.ChoiceBlock(WORK_VARIANTS, label=_("For"))
    question = blocks.TextBlock(label=_("The question for them"), max_length=400, rows=2)

    class Meta:
        icon = "group"
        label = _("For other work")


class PromptValue(blocks.StructValue):
    def question_for(self, work):
        """Return the question in the variant for `work` (accounts.choices.Work), or the general one."""
        return next(
            (variant["question"] for variant in self.get("variants") or [] if variant["work"] == work), self["question"]
        )


class PromptBlock(blocks.StructBlock):
    """What every question has: its words, who asks it, and the variants for other work."""

    question = blocks.TextBlock(
        label=_("The question"),
        max_length=400,
        rows=2,
        help_text=_("One question. There is no right or wrong answer to it."),
    )
    maker = blocks.CharBlock(
        label=_("Who asks"), max_length=80, required=False, help_text=_("The first name of who made this question.")
    )
    help = blocks.CharBlock(label=_("One line of help"), max_length=200, required=False)
    variants = blocks.ListBlock(VariantBlock(), label=_("The question for other work"), default=[])

    # Who asks, as it stands above the question; `%(maker)s` is the name.
    asked_by = _("A question from %(maker)s")

    class Meta:
        value_class = PromptValue


class OpenPromptBlock(PromptBlock):
    hints = blocks.ListBlock(
        blocks.CharBlock(max_length=200, label=_("Hint")), label=_("If you get stuck"), default=[], max_num=3
    )

    class Meta:
        icon = "edit"
        label = _("Open question")
        template = "training/prompts/open.html"


class StatementPromptBlock(PromptBlock):
    pole_low = blocks.CharBlock(label=_("Left end"), default=_("Does not fit me"), max_length=60)
    pole_high = blocks.CharBlock(label=_("Right end"), default=_("Fits me"), max_length=60)

    asked_by = _("A statement by %(maker)s")

    class Meta:
        icon = "arrows-up-down"
        label = _("Statement with seven positions")
        template = "training/prompts/statement.html"


class BoxBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Above the box"), max_length=120)

    class Meta:
        icon = "placeholder"
        label = _("Box")


class BoxesPromptBlock(PromptBlock):
    boxes = blocks.StreamBlock(
        [("box", BoxBlock())], label=_("Boxes"), min_num=1, max_num=6, help_text=_("Every box may stay empty.")
    )

    class Meta:
        icon = "grip"
        label = _("Boxes")
        template = "training/prompts/boxes.html"


class IntentionPromptBlock(PromptBlock):
    opening = blocks.CharBlock(label=_("How “If …” can begin"), max_length=150, required=False)

    class Meta:
        icon = "date"
        label = _("Intention: if … then …")
        template = "training/prompts/intention.html"


class RoundBlock(blocks.StructBlock):
    minutes = blocks.IntegerBlock(label=_("Minutes"), min_value=1, max_value=60, default=5)
    text = blocks.TextBlock(label=_("What you do"), max_length=600, rows=3)

    class Meta:
        icon = "comment"
        label = _("Round")


class TalkPromptBlock(PromptBlock):
    rule = blocks.CharBlock(label=_("How to listen"), max_length=200, required=False)
    rounds = blocks.StreamBlock([("round", RoundBlock())], label=_("Rounds"), min_num=1, max_num=6)
    alone = blocks.TextBlock(label=_("For who is alone"), max_length=600, rows=3, required=False)

    class Meta:
        icon = "group"
        label = _("Talk together")
        template = "training/prompts/talk.html"


class PromptsBlock(blocks.StreamBlock):
    """The questions of an exercise, in their order."""

    open = OpenPromptBlock()
    statement = StatementPromptBlock()
    boxes = BoxesPromptBlock()
    intention = IntentionPromptBlock()
    talk = TalkPromptBlock()


STORED_KINDS = ["open", "statement", "boxes", "intention"]  # talk is for reading aloud: nothing of it is kept
