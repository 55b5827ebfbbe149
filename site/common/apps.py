from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "common"

    def ready(self):
        from wagtail.models import Page
        from wagtail.permissions import register_permission_policy

        from common.rights import OwnPagesPolicy

        register_permission_policy(Page, OwnPagesPolicy(Page))
