"""Roles get their rights whenever the database has been migrated."""

from django.apps import apps
from django.db.models.signals import post_migrate

from accounts.roles import sync_roles


def connect():
    post_migrate.connect(after_migrate, dispatch_uid="accounts.roles")


def after_migrate(app_config, **kwargs):
    # Once, after the last app with models: only then are the permissions of all of them there.
    if app_config is [config for config in apps.get_app_configs() if config.models_module][-1]:
        sync_roles()
