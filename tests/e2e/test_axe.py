"""Every screen: nothing for axe-core to find, no scrolling sideways, and nothing that the browser complains about."""

import pytest

from tests.e2e.screens import SCREENS
from tests.e2e.visits import looks_at

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", SCREENS)
def test_axe_finds_nothing(visit, name):
    seen = visit(name)

    assert seen.status == SCREENS[name].status
    assert seen.violations == {look: [] for look in looks_at(name)}


@pytest.mark.parametrize("name", SCREENS)
def test_nothing_scrolls_sideways(visit, name):
    assert visit(name).too_wide == {"1280": [], "320": [], "200 % text": []}


@pytest.mark.parametrize("name", SCREENS)
def test_the_browser_has_nothing_to_complain_about(visit, name):
    seen = visit(name)

    assert (seen.complaints, seen.styled) == ([], [])
