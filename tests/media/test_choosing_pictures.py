"""Looking for a picture by a word, by a tag, and by both at once."""

import pytest
from django.core.files.base import ContentFile

from accounts.roles import sync_roles
from media.models import Image
from tests.media.conftest import picture_bytes

RESULTS = "/cms/images/chooser/results/"


@pytest.fixture
def pictures(site_pages, noor):
    sync_roles()
    found = {}
    for title, tags in {"De trap": ["huis"], "De trap buiten": ["straat"], "De stoel": ["huis"]}.items():
        file = ContentFile(picture_bytes(), name="keuken.jpg")
        found[title] = Image.objects.create(title=title, alt=title, file=file, uploaded_by_user=noor)
        found[title].tags.add(*tags)
    return found


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"q": "trap"}, ["De trap", "De trap buiten"]),
        ({"tag": "huis"}, ["De stoel", "De trap"]),
        ({"q": "trap", "tag": "huis"}, ["De trap"]),
        ({"q": "trap", "tag": "er is er geen"}, []),
        ({"q": '"trap', "tag": "huis"}, ["De trap"]),
    ],
)
def test_words_and_a_tag_narrow_it_together(browser_of, noor, pictures, asked, expected):
    answer = browser_of(noor).get(RESULTS, asked, follow=True)

    assert answer.status_code == 200
    assert sorted(one.title for one in answer.context["results"]) == expected
