"""Roles get their rights whenever the database has been migrated; pages say whose they are from the door on."""

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models.signals import post_migrate

from accounts.roles import sync_roles
from common.whose_page import begin_pages


def connect():
    post_migrate.connect(after_migrate, dispatch_uid="accounts.roles")
    user_logged_in.connect(after_coming_in, dispatch_uid="accounts.pages")
    user_logged_out.connect(after_going_out, dispatch_uid="accounts.pages")


def after_migrate(app_config, **kwargs):
    # Once, after the last app with models: only then are the permissions of all of them there.
    if app_config is [config for config in apps.get_app_configs() if config.models_module][-1]:
        sync_roles()


def after_coming_in(request, user, **kwargs):
    begin_pages(request, user)


def after_going_out(request, **kwargs):
    begin_pages(request, AnonymousUser())
