from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "media"
    verbose_name = _("Pictures, sound and film")

    def ready(self):
        from media import personal_data, receivers

        receivers.connect()
        personal_data.declare()
