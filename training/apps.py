from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    name = "training"
    verbose_name = _("Training")

    def ready(self):
        from home import inboxes
        from home.front import add_to_front
        from stories.policies import add_readers
        from training import personal_data, receivers
        from training.policies import people_coordinated_by, takes_part
        from training.views.front import training_on_front

        add_to_front(training_on_front)
        add_readers(takes_part)
        inboxes.register(people_coordinated_by)
        receivers.connect()
        personal_data.declare()
