"""What publishing an edited module does to the people who are in it."""

from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext

from tests.factories.enrolments import counted, enrol, finish, summary_of
from tests.factories.modules import edited, without
from tests.factories.people import make_person
from tests.training.cms.forms import PUBLISH, as_it_stands, dutch, rows, step
from training.models import Enrolment


def effect_on_screen(editor, module):
    """What the help says; Wagtail's patterns for what an editor adds hold empty ones, which some parsers read too."""
    html = BeautifulSoup(editor.get(reverse("wagtailadmin_pages:edit", args=[module.pk])).content, "html.parser")
    blocks = [block for block in html.select(".help-block") if block.find("use", href="#icon-help")]
    return next(filter(None, (" ".join(block.get_text(" ", strip=True).split()) for block in blocks)))


def effect_in_words(busy, become_done):
    with translation.override("nl"):
        said = [
            ngettext("%(busy)s person is working on this module.", "%(busy)s people are working on this module.", busy)
            % {"busy": busy}
        ]
        if become_done:
            said.append(
                ngettext(
                    "%(number)s becomes done when you publish it as it was last saved.",
                    "%(number)s become done when you publish it as it was last saved.",
                    become_done,
                )
                % {"number": become_done}
            )
        return " ".join([*said, gettext("Nobody loses anything: not what they did, not what they wrote.")])


def test_the_editor_reads_what_publishing_does(editor, group, enrolment, daan, module):
    for each in (enrolment, daan.enrolments.get()):
        finish(each, module, "aankomen", "kijken", "verhaal", "oefening")
    third = enrol(make_person("Fatma"), group.training)
    finish(third, module, "aankomen")
    nobody_yet = effect_on_screen(editor, module)
    edited(module, without("voornemen")).save_revision()

    assert nobody_yet == effect_in_words(busy=3, become_done=0)
    assert effect_on_screen(editor, module) == effect_in_words(busy=3, become_done=2)


def test_a_module_in_which_nobody_is_busy_says_so(editor, module):
    assert effect_on_screen(editor, module) == dutch(
        "Nobody is working on this module now. You can change what you like."
    )


def test_a_new_module_has_no_effect_to_speak_of(editor, training):
    assert (
        editor.get(reverse("wagtailadmin_pages:add", args=["training", "modulepage", training.pk])).status_code == 200
    )


def test_publishing_without_a_step_completes_who_waited_for_it(edit, enrolment, daan, module):
    finish(enrolment, module, "aankomen", "kijken", "verhaal", "oefening")
    finish(daan.enrolments.get(), module, "aankomen")

    response = edit(module, as_it_stands(module)[:-1], **PUBLISH)

    assert response.status_code == 302
    assert counted(enrolment, module) == (4, 4, True)
    assert counted(daan.enrolments.get(), module) == (1, 4, False)
    assert Enrolment.objects.get(pk=enrolment.pk).completed_at is not None


def test_saving_a_draft_without_a_step_does_nothing_to_anybody(edit, enrolment, module):
    finish(enrolment, module, "aankomen", "kijken", "verhaal", "oefening")
    before = rows()

    edit(module, as_it_stands(module)[:-1])

    assert rows() == before


def test_publishing_with_a_new_step_takes_no_completion_back(edit, enrolment, module):
    finish(enrolment, module, "aankomen", "kijken", "verhaal", "oefening", "voornemen")
    completed_at = summary_of(enrolment, module).completed_at

    edit(module, [*as_it_stands(module), step("Napraten")], **PUBLISH)

    assert (counted(enrolment, module), summary_of(enrolment, module).completed_at) == ((5, 6, True), completed_at)
