from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    name = "training"
    verbose_name = _("Training")

    def ready(self):
        from home import inboxes
        from home.front import add_to_front
        from stories.domain.room import add_places
        from stories.domain.withdrawal import add_consequences
        from stories.neighbours import Neighbours, add_neighbours
        from stories.policies import add_readers, add_team
        from training import personal_data, policies, receivers
        from training.domain.story_places import instead_of
        from training.domain.story_steps import places_of_stories
        from training.policies import people_coordinated_by, takes_part, teammates_of
        from training.views.front import training_on_front

        add_to_front(training_on_front)
        add_readers(takes_part)
        add_team(teammates_of)
        add_places(places_of_stories)
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
