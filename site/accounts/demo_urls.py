"""Addresses of the demo only; `config.urls` leaves them out elsewhere."""

from django.urls import path

from accounts.views.demo import look_around_as

urlpatterns = [path("kijk-rond/", look_around_as, name="demo_look_around")]
