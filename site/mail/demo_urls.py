"""The demo's post box; `config.urls` leaves it out elsewhere."""

from django.urls import path

from mail.views import demo_mail, demo_post

urlpatterns = [
    path("", demo_post, name="demo_post"),
    path("<uuid:number>/", demo_mail, name="demo_mail"),
]
