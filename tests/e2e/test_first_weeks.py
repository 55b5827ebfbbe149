"""The first weeks of a coordinator, from an empty desk on 1 February 2027 to certificates in April. One story, so one
test: each step goes on from where the one before it left the site.
"""

import pytest

from tests.e2e import first_weeks_begin as begin
from tests.e2e import first_weeks_end as end
from tests.e2e.first_weeks import World

pytestmark = pytest.mark.browser


@pytest.fixture
def world(chromium, running_server, tmp_path):
    world = World(chromium, running_server.stage, tmp_path / "world")
    yield world
    world.close()


def test_the_first_weeks_of_a_coordinator(world):
    ilse = begin.Coordinator(world, world.page_of("ilse"))
    begin.an_empty_desk_and_a_group(ilse)
    begin.four_thursdays_without_the_holidays(ilse)
    begin.a_team_and_a_clash(ilse)
    begin.people_from_a_file(ilse)
    begin.invited_once(ilse)
    begin.one_mail_refused_and_one_later(ilse)
    begin.yes_and_no_by_button(ilse)
    begin.the_last_seat_and_the_waiting_list(ilse)
    begin.a_seat_given_back(ilse)
    end.a_meeting_moves(ilse)
    end.reminded_once(ilse)
    end.who_was_there(ilse)
    end.a_meeting_is_called_off(ilse)
    end.certificates_once(ilse)
    end.handed_over_to_the_registers(ilse)
