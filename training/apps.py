from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    name = "training"
    verbose_name = _("Training")

    def ready(self):
        from home import inboxes
        from home.front import add_to_front
        from stories.domain.room import add_places
        from stories.domain.themes import add_beside_theme
        from stories.domain.withdrawal import add_consequences
        from stories.neighbours import Neighbours, add_neighbours
        from stories.policies import add_readers, add_team
        from training import personal_data, planning_data, policies, receivers, register_data, sitemaps
        from training.domain.story_places import instead_of
        from training.domain.story_steps import places_of_stories
        from training.domain.theme_modules import modules_beside
        from training.policies import people_coordinated_by, takes_part, teammates_of
        from training.views.front import training_on_front

        add_to_front(training_on_front)
        add_readers(takes_part)
        add_team(teammates_of)
        add_places(places_of_stories)
        add_beside_theme(modules_beside)
        sitemaps.declare()
        add_consequences(instead_of)
        add_neighbours(
            Neighbours(
                around=policies.people_met_by,
                read_along_by=policies.people_whose_cards_reads,
                read_along=policies.people_whose_cards_are_read,
            )
        )
        inboxes.register(people_coordinated_by)
        receivers.connect()
        personal_data.declare()
        planning_data.declare()
        register_data.declare()
        self.ready_planning()

    def ready_planning(self):
        from accounts.personal_data.erasing import erase_also
        from accounts.personal_data.retention import retain
        from common import chores
        from training.domain import calendar_told, finishing_mails, finishing_retention, place_retention
        from training.domain.calendars import settle_invites
        from training.domain.finishing import forget_certificates
        from training.domain.importing import forget_old_lists
        from training.domain.personal_cards import forget_personal_cards
        from training.domain.place_mails import STILL_TRUE, still_true
        from training.domain.places import leave_all_places
        from training.domain.reminders import is_reminded, remind_now_and_then, still_wanted
        from training.emails import CALENDAR_CANCEL, CALENDAR_REQUEST, MEETING_REMINDER, register_kinds

        ends = dict.fromkeys(finishing_mails.KINDS, finishing_mails.still_true)
        calendars = dict.fromkeys([CALENDAR_REQUEST, CALENDAR_CANCEL], calendar_told.still_wanted)
        wanted = dict.fromkeys(STILL_TRUE, still_true) | {MEETING_REMINDER: still_wanted} | calendars | ends
        register_kinds(wanted, is_reminded=is_reminded)
        chores.register("calendars", settle_invites)
        chores.register("reminders", remind_now_and_then)
        chores.register("erase old lists of people", forget_old_lists)
        self.ready_after_meetings()
        erase_also("places", leave_all_places)
        erase_also("certificates", forget_certificates)
        erase_also("personal cards", forget_personal_cards)
        retain("attendance", finishing_retention.attendance)
        retain("certificates", finishing_retention.certificates)
        retain("never_came", place_retention.never_came)
        retain("wishes", place_retention.wishes)

    def ready_after_meetings(self):
        from accounts.personal_data.erasing import erase_also
        from accounts.personal_data.retention import retain
        from common import chores
        from training import emails
        from training.domain import aftercare, corrections, walk_ins
        from training.policies import co_trains

        wanted = {emails.AFTERCARE_QUESTION: aftercare.still_wanted, emails.AFTERCARE_TOLD: aftercare.still_told}
        emails.register_after_kinds(wanted, co_trains=co_trains)
        chores.register("aftercare", aftercare.ask_now_and_then)
        erase_also("aftercare mails", aftercare.forget_aftercare_mails)
        retain("aftercare", aftercare.old_aftercare)
        retain("attendance_corrections", corrections.old_corrections)
        retain("walk_ins", walk_ins.old_walk_ins)
