"""The addresses of steps: given once, kept ever after, and always one that works."""

import pytest

from tests.training.cms.forms import PUBLISH, as_it_stands, slugs, step
from training.models import ModulePage


@pytest.mark.parametrize("buttons", [{}, PUBLISH], ids=["draft", "online"])
def test_the_first_save_gives_each_step_its_address(create, story, buttons):
    create("Doorvragen", [step("Aankomen"), step("Het verhaal", story=story), step("Aankomen")], **buttons)

    assert slugs("Doorvragen") == ["aankomen", "het-verhaal", "aankomen-2"]


def test_renaming_and_reordering_leave_the_addresses(edit, module):
    steps = as_it_stands(module)
    renamed = [each | {"value": each["value"] | {"title": f"Nieuw {number}"}} for number, each in enumerate(steps)]

    edit(module, renamed[::-1], **PUBLISH)

    again = ModulePage.objects.get(pk=module.pk)
    assert [(each.key, each.slug) for each in again.step_list] == [(each.key, each.slug) for each in module.step_list][
        ::-1
    ]
    assert [each.title for each in again.step_list] == [f"Nieuw {number}" for number in (4, 3, 2, 1, 0)]


def test_an_address_can_not_be_changed_by_hand(edit, module):
    steps = as_it_stands(module)
    steps[0]["value"]["slug"] = "iets-anders"

    edit(module, steps, **PUBLISH)

    assert ModulePage.objects.get(pk=module.pk).step_list[0].slug == "aankomen"


@pytest.mark.parametrize("forged", ["../../cms", "a b/c", "klaar", "papier", "é", "\x00x", "-", "aankomen", "%2e%2e"])
def test_a_forged_address_becomes_one_that_works(edit, editor, samira, module, forged):
    edit(module, [*as_it_stands(module), step("Napraten", slug=forged)], **PUBLISH)
    module = ModulePage.objects.get(pk=module.pk)
    editor.force_login(samira)

    assert len({each.slug for each in module.step_list}) == len(module.step_list)
    assert [editor.get(each.address(module)).status_code for each in module.step_list] == [200] * len(module.step_list)
    assert [editor.get(module.module_address + page).status_code for page in ("", "klaar/", "papier/")] == [200] * 3


@pytest.mark.parametrize("title", ["Klaar", "Papier", "!!!", "日本", "x" * 60, "Aankomen"])
def test_any_title_makes_an_address_that_works(edit, editor, samira, module, title):
    edit(module, [*as_it_stands(module), step(title)], **PUBLISH)
    module = ModulePage.objects.get(pk=module.pk)
    editor.force_login(samira)

    assert [editor.get(each.address(module)).status_code for each in module.step_list] == [200] * 6
