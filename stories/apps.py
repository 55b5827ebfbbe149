"""What stories tell the apps below them when the site starts: one function for each part of the house."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StoriesConfig(AppConfig):
    name = "stories"
    verbose_name = _("Stories")

    def ready(self):
        from stories import card_data, personal_data, receivers, talk_data

        receivers.connect()
        personal_data.declare()
        card_data.declare()
        talk_data.declare()
        start_reading()
        start_working()
        start_cards()
        start_talk()
        start_counting()
        start_taking_back()


def start_reading():
    from home.front import add_to_front
    from media.policies import add_keeper
    from stories import sitemaps
    from stories.domain.shelves import may_read_shelf
    from stories.views.front import stories_on_front

    add_to_front(stories_on_front)
    add_keeper(may_read_shelf)
    sitemaps.declare()


def start_working():
    from accounts import ways
    from common.rights import keep_collections, keep_files, keep_to_its_own
    from stories.domain.cowriter_mail import register_kinds
    from stories.domain.room import way_to_room
    from stories.models import StoryPage
    from stories.policies import files_fixed_for, files_for, files_of_storytellers, shelves

    keep_to_its_own(StoryPage, lambda user: StoryPage.objects.worked_on_by(user), StoryPage.objects.for_members)
    keep_files(files_of_storytellers, files_for, files_fixed_for)
    keep_collections(shelves)
    register_kinds()
    ways.register(way_to_room)


def start_cards():
    from common import chores
    from stories import card_emails
    from stories.domain import card_post
    from stories.domain.card_room import room_post
    from stories.domain.room import add_to_room

    add_to_room(room_post)
    card_emails.register_kinds(unread=card_post.is_unread, there=card_post.is_there, to_check=card_post.is_to_check)
    chores.register("tell of cards", card_post.tell_receivers)
    chores.register("tell who reads cards along", card_post.tell_who_reads_along)


def start_talk():
    from stories import talk_emails
    from stories.domain import talk_post
    from stories.talk_policies import looks_after_reactions

    talk_emails.register_kinds(
        still_wanted=talk_post.STILL_WANTED, tells=talk_post.tells_stories, looks_after=looks_after_reactions
    )


def start_counting():
    from stories.domain.counting import reads_in_room
    from stories.domain.room import add_to_room

    add_to_room(reads_in_room)


def start_taking_back():
    from accounts.personal_data.closing import close_also
    from accounts.personal_data.erasing import erase_also
    from common import chores, erasures
    from stories import emails
    from stories.domain import cowriter_mail, erasing, publishing, staying

    emails.register_kinds(staying.still_asked)
    chores.register("ask whether a story may stay", staying.ask_about_endings)
    chores.register("end stories", publishing.end_expired_stories)
    chores.register("erase stories", erasing.erase_due_stories)
    erasures.register(erasing.ERASED, erasing.erase_again)
    close_also(publishing.pause_stories_of)
    erase_also("stories", erasing.erase_stories_of)
    erase_also("storytellers supported", erasing.forget_person_of)
    erase_also("mails about who wrote along", cowriter_mail.forget_mails_naming)
