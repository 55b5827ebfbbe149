import pytest
import tests.stories.test_room_asked as t; t.ASKED="You asked Marieke by mail."
from tests.stories.test_room_asked import *
@pytest.fixture(autouse=True)
def broken(monkeypatch):
    import stories.domain.cowriter_mail as m, stories.templatetags.room as r
    from mail.models import OutboxMail
    monkeypatch.setattr(r, "people_asked", lambda story: [x.person for x in OutboxMail.objects.filter(key__startswith=f"{m.CHECK}:{story.translation_key}:")])
    real = r.helper_of_site
    class Other: display_name = ""
    monkeypatch.setattr(r, "helper_of_site", lambda c, u: real(c, Other))
