from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "media"
    verbose_name = _("Pictures, sound and film")

    def ready(self):
        from media import personal_data, receivers
        from media.cms.collections import limit_the_chooser
        from media.cms.rights import keep_files_of_people

        keep_files_of_people()
        receivers.connect()
        personal_data.declare()
        limit_the_chooser()
