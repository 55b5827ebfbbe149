"""Addresses of "Your data", below /mijn/gegevens/."""

from django.urls import path

from accounts.views import own_data

urlpatterns = [
    path("", own_data.overview, name="own_data"),
    path("kopie/", own_data.ask_for_copy, name="own_data_copy"),
    path("kopie/<uuid:uuid>/", own_data.download, name="own_data_download"),
    path("wissen/", own_data.delete, name="own_data_delete"),
    path("terug/<str:token>/", own_data.undo, name="own_data_undo"),
]
