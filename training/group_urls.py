"""Addresses of somebody's own group, of the link that asks them in, and of their calendar."""

from django.urls import path

from training.views.aftercare import aftercare, aftercare_list, read_aftercare, take_back
from training.views.calendar import calendar_feed, meeting_file, my_calendar
from training.views.corrections import ask
from training.views.join_group import join_group
from training.views.led_meeting import led_meeting
from training.views.my_end import certificate, certificate_name, check_certificate, my_end
from training.views.my_group import answer, come, leave, my_group, wishes
from training.views.my_groups import my_groups
from training.views.place_invitation import place_invitation
from training.views.register_numbers import keep_register_number, register_numbers

urlpatterns = [
    path("groep/", my_groups, name="my_groups"),
    path("groep/uitnodiging/<str:token>/", place_invitation, name="place_invitation"),
    path("groep/<uuid:uuid>/", my_group, name="my_group"),
    path("groep/<uuid:uuid>/meedoen/", join_group, name="join_group"),
    path("groep/<uuid:uuid>/afronding/", my_end, name="my_end"),
    path("groep/<uuid:uuid>/afronding/naam/", certificate_name, name="certificate_name"),
    path("bewijs/", check_certificate, name="check_certificate"),
    path("bewijs/<uuid:uuid>/", certificate, name="certificate"),
    path("groep/<uuid:uuid>/antwoord/", answer, name="answer_place"),
    path("groep/<uuid:uuid>/wensen/", wishes, name="wishes"),
    path("groep/<uuid:uuid>/weg/", leave, name="leave_group"),
    path("groep/<uuid:uuid>/kom/<uuid:meeting_uuid>/", come, name="come"),
    path("groep/<uuid:uuid>/klopt-niet/<uuid:meeting_uuid>/", ask, name="ask_correction"),
    path("nazorg/", aftercare_list, name="aftercare_list"),
    path("nazorg/<uuid:uuid>/", aftercare, name="aftercare"),
    path("nazorg/<uuid:uuid>/weg/", take_back, name="take_aftercare_back"),
    path("nazorg/van/<uuid:uuid>/", read_aftercare, name="read_aftercare"),
    path("bijeenkomst/<uuid:uuid>/", led_meeting, name="led_meeting"),
    path("mijn/registernummers/", register_numbers, name="register_numbers"),
    path("mijn/registernummers/<slug:register>/", keep_register_number, name="keep_register_number"),
    path("agenda/", my_calendar, name="my_calendar"),
    path("agenda/<str:token>.ics", calendar_feed, name="calendar_feed"),
    path("bijeenkomst/<uuid:uuid>.ics", meeting_file, name="meeting_file"),
]
