"""Addresses of the site itself that are no Wagtail pages."""

from django.urls import path
from django.views.generic import TemplateView

from home.views.errors import nothing_here
from home.views.outbox import outbox, send_mail_again
from home.views.problem_inbox import inbox, problem
from home.views.problems import my_reports, receipt, report
from home.views.sitemap import sitemap

urlpatterns = [
    path("robots.txt", TemplateView.as_view(template_name="robots.txt", content_type="text/plain"), name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("post/", outbox, name="outbox"),
    path("post/<uuid:uuid>/opnieuw/", send_mail_again, name="send_mail_again"),
    path("probleem/", report, name="report_problem"),
    path("probleem/mijn/", my_reports, name="my_reports"),
    path("probleem/post/", inbox, name="problem_inbox"),
    path("probleem/post/<uuid:uuid>/", problem, name="problem"),
    path("probleem/<uuid:uuid>/", receipt, name="problem_receipt"),
    # No page of ours has a password of its own; Wagtail would ask for one all the same.
    path("_util/authenticate_with_password/<int:restriction>/<int:page>/", nothing_here, name="no_page_password"),
]
