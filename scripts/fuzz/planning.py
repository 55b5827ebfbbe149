"""The forms of planning, by route: what they take beside the fields that their own page shows."""

FORMS = {
    f"training:{route}": names
    for route, names in {
        # A group on the desk
        "copy_group": "name",
        "hand_group_over": "to seen",
        "put_group_state": "state seen",
        "cancel_group": "reason confirm seen",
        "reminders": "dagen seen",
        "nudge": "confirm",
        "invite_group": "confirm",
        "plan_series": (
            "title kind format first starts ends break_minutes number every_weeks skip place_name room street postcode "
            "city join_url act row-0-keep row-0-starts_at row-0-ends_at form-TOTAL_FORMS form-INITIAL_FORMS"
        ),
        "put_team_on_meetings": "seen",
        "confirm_meetings": "seen",
        # A meeting
        "confirm_meeting": "seen",
        "cancel_meeting": "reason confirm seen",
        "take_meeting_back": "seen",
        "add_staff": "user role reason",
        "drop_staff": "user reason",
        # Who was there
        "mark_all": "status",
        "mark_one": "status minutes reason",
        "walk_in": "name place",
        "seat_walk_in": "place email name",
        "drop_walk_in": "name",
        "ask_correction": "words back",
        "settle_correction": "status minutes answer reason",
        "certificate_holds": "reason",
        # Somebody's place
        "change_place": "act to reason counts_along",
        "move_place": "to counts_along",
        "mail_not_arrived": "email",
        "take_mail_back": "seen",
        "join_group": "answer",
        "answer_place": "answer note",
        "come": "come",
        "wishes": "wishes",
        "leave_group": "reason",
        # The end
        "write_card": "words",
        "give_card": "words",
        "give_cards": "confirm",
        "issue_certificates": "confirm",
        "issue_one_certificate": "reason",
        "revoke_certificate": "reason",
        "replace_certificate": "name reason",
        "certificate_name": "name",
        "put_finished": "confirm",
        "keep_register_number": "number may_pass_on withdraw remove",
        "open_register": "execution_number day version late",
        "keep_register": "execution_number day version late",
        # The day after
        "aftercare": "words phone call reader",
        "take_aftercare_back": "confirm",
    }.items()
}
