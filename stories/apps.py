from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StoriesConfig(AppConfig):
    name = "stories"
    verbose_name = _("Stories")

    def ready(self):
        from home.front import add_to_front
        from stories import personal_data, receivers
        from stories.views.front import stories_on_front

        add_to_front(stories_on_front)
        receivers.connect()
        personal_data.declare()
