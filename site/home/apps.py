from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("The site itself")

    def ready(self):
        from home import personal_data

        personal_data.declare()
