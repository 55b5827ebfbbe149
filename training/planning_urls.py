"""Addresses of the coordinator's desk, below /planning/."""

from django.urls import path

from training.views import attendance, finishing, planned_group, planned_meeting
from training.views.desk import desk
from training.views.importing import add_people, check_people, example_list, wrong_people
from training.views.series import plan_series

LIST = "groepen/<uuid:uuid>/mensen-toevoegen/"

GROUP = "groepen/<uuid:uuid>/"
MEETING = "bijeenkomsten/<uuid:uuid>/"

urlpatterns = [
    path("", desk, name="desk"),
    path(GROUP, planned_group.planned_group, name="planned_group"),
    path(f"{GROUP}bijeenkomsten/", plan_series, name="plan_series"),
    path(f"{GROUP}overzicht.<slug:kind>", planned_group.overview_file, name="overview_file"),
    path(f"{GROUP}afronden/", finishing.finish_group, name="finish_group"),
    path(f"{GROUP}afronden/bewijzen/", finishing.issue, name="issue_certificates"),
    path("plaatsen/<uuid:uuid>/kaart/", finishing.write_card, name="write_card"),
    path("plaatsen/<uuid:uuid>/kaart/geef/", finishing.give, name="give_card"),
    path("plaatsen/<uuid:uuid>/bewijs/", finishing.replace, name="replace_certificate"),
    path(f"{GROUP}uitnodigen/", planned_group.invite, name="invite_group"),
    path(f"{GROUP}stand/", planned_group.put_state, name="put_group_state"),
    path(f"{GROUP}afgelasten/", planned_group.cancel, name="cancel_group"),
    path(f"{GROUP}kopie/", planned_group.copy, name="copy_group"),
    path(f"{GROUP}overdragen/", planned_group.hand_group_over, name="hand_group_over"),
    path("plaatsen/<uuid:uuid>/", planned_group.change_place, name="change_place"),
    path("plaatsen/<uuid:uuid>/verplaats/", planned_group.move, name="move_place"),
    path(MEETING, planned_meeting.planned_meeting, name="meeting"),
    path(f"{MEETING}bevestig/", planned_meeting.confirm, name="confirm_meeting"),
    path(f"{MEETING}afgelasten/", planned_meeting.cancel, name="cancel_meeting"),
    path(f"{MEETING}wie/", planned_meeting.add_staff, name="add_staff"),
    path(f"{MEETING}wie/<uuid:person_uuid>/weg/", planned_meeting.drop_staff, name="drop_staff"),
    path(f"{MEETING}aanwezig/", attendance.attendance, name="attendance"),
    path(f"{MEETING}aanwezig/allen/", attendance.mark_all, name="mark_all"),
    path(f"{MEETING}aanwezig/<uuid:place_uuid>/", attendance.mark_one, name="mark_one"),
    path(f"{MEETING}tekenlijst/", attendance.sign_in_sheet, name="sign_in_sheet"),
    path(LIST, add_people, name="add_people"),
    path(f"{LIST}voorbeeld.<slug:kind>", example_list, name="example_list"),
    path(f"{LIST}<uuid:batch>/", check_people, name="check_people"),
    path(f"{LIST}<uuid:batch>/niet-goed.<slug:kind>", wrong_people, name="wrong_people"),
]
