from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "common"

    def ready(self):
        from wagtail.models import Page
        from wagtail.permissions import register_permission_policy

        from common import chores
        from common.rights import OwnPagesPolicy
        from common.scheduling import publish_due

        register_permission_policy(Page, OwnPagesPolicy(Page))
        chores.register("put planned pages online", publish_due)
