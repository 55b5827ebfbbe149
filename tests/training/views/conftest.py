"""The person whom every page names, and steps that are open in a browser."""

import pytest

pytest.register_assert_rewrite("tests.training.views.steps")


@pytest.fixture(autouse=True)
def contact(db):
    """The person whom every page names: made before the first page, as on a real site."""
    from home.models import ContactSettings

    ContactSettings.objects.update_or_create(defaults={"name": "Hanna Vos", "phone": "06 12 34 56 78"})


@pytest.fixture
def tab(client, samira, module, exercise):
    """`tab()` opens the step with the questions for Samira; two of them are two tabs, or two devices."""
    from tests.training.views.steps import Tab, step_address

    client.force_login(samira)
    return lambda name="oefening": Tab(client, step_address(module, name), exercise)


@pytest.fixture
def at_question(module, exercise):
    """`at_question("open")`: where a person is brought back to after saving there."""
    from tests.factories.exercises import prompt_of
    from tests.training.views.steps import step_address

    return lambda kind: f"{step_address(module)}#vraag-{prompt_of(exercise, kind).id}"
