"""Addresses of the coordinator's desk, below /planning/."""

from django.urls import path

from training.views import (
    attendance,
    calling_off,
    corrections,
    finishing,
    personal_cards,
    planned_group,
    planned_meeting,
    planning_post,
)
from training.views.all_meetings import confirm_all, put_team
from training.views.desk import desk
from training.views.importing import add_people, check_people, example_list, wrong_people
from training.views.nudge import nudge
from training.views.registers import keep_register, open_register, register_file, register_page, report, report_file
from training.views.reminders import reminders
from training.views.series import plan_series

LIST = "groepen/<uuid:uuid>/mensen-toevoegen/"

GROUP = "groepen/<uuid:uuid>/"
REGISTER = f"{GROUP}registers/<slug:register>/"
MEETING = "bijeenkomsten/<uuid:uuid>/"

urlpatterns = [
    path("", desk, name="desk"),
    path(GROUP, planned_group.planned_group, name="planned_group"),
    path(f"{GROUP}bijeenkomsten/", plan_series, name="plan_series"),
    path(f"{GROUP}bijeenkomsten/begeleiders/", put_team, name="put_team_on_meetings"),
    path(f"{GROUP}bijeenkomsten/bevestig/", confirm_all, name="confirm_meetings"),
    path(f"{GROUP}overzicht.<slug:kind>", planned_group.overview_file, name="overview_file"),
    path(f"{GROUP}afronden/", finishing.finish_group, name="finish_group"),
    path(f"{GROUP}afronden/bewijzen/", finishing.issue, name="issue_certificates"),
    path(f"{GROUP}afronden/kaarten/", finishing.give_all, name="give_cards"),
    path(f"{GROUP}afronden/klaar/", finishing.put_finished, name="put_finished"),
    path(f"{GROUP}kaarten/", personal_cards.cards_to_write, name="cards_to_write"),
    path("plaatsen/<uuid:uuid>/kaart/", personal_cards.write_card, name="write_card"),
    path("plaatsen/<uuid:uuid>/kaart/geef/", finishing.give, name="give_card"),
    path("plaatsen/<uuid:uuid>/bewijs/", finishing.replace, name="replace_certificate"),
    path("plaatsen/<uuid:uuid>/bewijs/geef/", finishing.issue_one, name="issue_one_certificate"),
    path("plaatsen/<uuid:uuid>/bewijs/intrekken/", finishing.revoke, name="revoke_certificate"),
    path(f"{GROUP}verslag/", report, name="group_report"),
    path(f"{GROUP}verslag.<slug:kind>", report_file, name="report_file"),
    path(REGISTER, register_page, name="register_page"),
    path(f"{REGISTER}nummers/", open_register, name="open_register"),
    path(f"{REGISTER}aangeleverd/", keep_register, name="keep_register"),
    path(f"{REGISTER}lijst.<slug:kind>", register_file, name="register_file"),
    path(f"{GROUP}uitnodigen/", planned_group.invite, name="invite_group"),
    path(f"{GROUP}stand/", planned_group.put_state, name="put_group_state"),
    path(f"{GROUP}afgelasten/", calling_off.cancel_group, name="cancel_group"),
    path(f"{GROUP}kopie/", planned_group.copy, name="copy_group"),
    path(f"{GROUP}overdragen/", planned_group.hand_group_over, name="hand_group_over"),
    path("plaatsen/<uuid:uuid>/", planned_group.change_place, name="change_place"),
    path("plaatsen/<uuid:uuid>/verplaats/", planned_group.move, name="move_place"),
    path(MEETING, planned_meeting.planned_meeting, name="meeting"),
    path(f"{MEETING}bevestig/", planned_meeting.confirm, name="confirm_meeting"),
    path(f"{MEETING}afgelasten/", calling_off.cancel_meeting, name="cancel_meeting"),
    path(f"{GROUP}herinneringen/", reminders, name="reminders"),
    path(f"{GROUP}herinner/", nudge, name="nudge"),
    path("post/<uuid:uuid>/", planning_post.mail_not_arrived, name="mail_not_arrived"),
    path("post/<uuid:uuid>/terughalen/", planning_post.take_back, name="take_mail_back"),
    path(f"{MEETING}terughalen/", calling_off.take_meeting_back, name="take_meeting_back"),
    path(f"{MEETING}wie/", planned_meeting.add_staff, name="add_staff"),
    path(f"{MEETING}wie/<uuid:person_uuid>/weg/", planned_meeting.drop_staff, name="drop_staff"),
    path(f"{MEETING}aanwezig/", attendance.attendance, name="attendance"),
    path(f"{MEETING}aanwezig/allen/", attendance.mark_all, name="mark_all"),
    path(f"{MEETING}aanwezig/<uuid:place_uuid>/", attendance.mark_one, name="mark_one"),
    path(f"{MEETING}niet-op-de-lijst/", corrections.walk_in, name="walk_in"),
    path(f"{MEETING}niet-op-de-lijst/<uuid:walk_in_uuid>/", corrections.seat, name="seat_walk_in"),
    path(f"{MEETING}niet-op-de-lijst/<uuid:walk_in_uuid>/weg/", corrections.drop, name="drop_walk_in"),
    path(f"{MEETING}klopt-niet/<uuid:correction_uuid>/", corrections.settle, name="settle_correction"),
    path("plaatsen/<uuid:uuid>/bewijs/klopt/", corrections.certificate_holds, name="certificate_holds"),
    path(f"{MEETING}tekenlijst/", attendance.sign_in_sheet, name="sign_in_sheet"),
    path(LIST, add_people, name="add_people"),
    path(f"{LIST}voorbeeld.<slug:kind>", example_list, name="example_list"),
    path(f"{LIST}<uuid:batch>/", check_people, name="check_people"),
    path(f"{LIST}<uuid:batch>/niet-goed.<slug:kind>", wrong_people, name="wrong_people"),
]
