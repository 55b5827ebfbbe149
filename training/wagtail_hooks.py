"""Registers the training with Wagtail; the work is done in cms/."""

from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from training.cms.guards import refuse_deleting_many, refuse_deleting_page, refuse_deleting_person
from training.cms.history import register_more_seats
from training.cms.planning import PlanningMenu
from training.cms.questions import questions_item, show_questions

hooks.register("before_delete_page", refuse_deleting_page)
hooks.register("before_bulk_action", refuse_deleting_many)
hooks.register("before_delete_user", refuse_deleting_person)
hooks.register("register_admin_menu_item", questions_item)
hooks.register("construct_homepage_panels", show_questions)
hooks.register("register_log_actions", register_more_seats)
modeladmin_register(PlanningMenu)
