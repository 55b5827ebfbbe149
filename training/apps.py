from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    name = "training"
    verbose_name = _("Training")

    def ready(self):
        from home.front import add_to_front
        from training import receivers
        from training.views.front import training_on_front

        add_to_front(training_on_front)
        receivers.connect()
