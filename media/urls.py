"""`/bestanden/`: the only way to an uploaded file."""

from django.urls import path

from media.views.serve import serve_upload

app_name = "media"
urlpatterns = [path("<path:name>", serve_upload, name="serve")]
