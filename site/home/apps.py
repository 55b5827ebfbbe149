from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("The site itself")

    def ready(self):
        from home import emails, personal_data, sitemaps
        from home.domain.problem_mail import is_still_to_read, is_still_to_tell

        emails.register_kinds(is_still_to_read, is_still_to_tell)
        personal_data.declare()
        sitemaps.add_to_sitemap("site", sitemaps.site_places)
