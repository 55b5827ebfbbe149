"""Every form of the site outside the CMS, and what its lists can be asked: routes by the names of tests/matrix.

A form's fields are those that its page shows, and these; so a field that no page shows any more is still sent. A route
that takes a POST and is not here makes the script fail. The forms of the CMS are Wagtail's and too many to name: they
are read from its pages.
"""

from fuzz import planning

STEP = "act prompt"  # its questions are read from the page

FORMS = {
    # The door
    "account_login": "login password with own_device next",
    "account_confirm_login_code": "code action next",
    "mfa_login_webauthn": "credential next",
    "mfa_authenticate": "code credential next",
    "account_logout": "next",
    "account_reset_password": "email",
    "account_reset_password_from_key": "password1 password2",
    "account_confirm_email": "next",
    "account_signup": "email password1 password2 next",
    "switch_language": "language next",
    # Somebody's own account
    "profile": "display_name about_me work language theme larger_text",
    "account_reauthenticate": "password next",
    "account_reauthenticate_by_code": "code next",
    "mfa_reauthenticate": "code next",
    "mfa_reauthenticate_webauthn": "credential next",
    "account_change_password": "oldpassword password1 password2",
    "account_set_password": "password1 password2",
    "mfa_activate_totp": "code",
    "mfa_deactivate_totp": "code",
    "mfa_generate_recovery_codes": "code",
    "mfa_add_webauthn": "name passwordless credential",
    "mfa_edit_webauthn": "name",
    "mfa_remove_webauthn": "name",
    "account_email": "email action_add action_remove action_primary action_send",
    "usersessions_list": "session",
    # Own data
    "own_data_copy": "code send password",
    "own_data_delete": "sure code password",
    "own_data_undo": "sure",
    # Invitations, people, mail
    "invitation": "display_name work password1 own_device",
    "invitations": "email name role",
    "withdraw_invitation": "next",
    "resend_invitation": "next",
    "person": "roles",
    "send_mail_again": "next",
    # Problems
    "report_problem": "kind soort words path van contact_name contact_way token",
    "problem": "act words answer",
    # Which mails somebody wants, and people that are written to from a list
    **dict.fromkeys(["mail_wishes", "stop_mail"], "kinds List-Unsubscribe next"),
    **dict.fromkeys(
        ["training:add_people", "training:check_people", "training:my_calendar", "training:place_invitation"],
        "people text group act answer next",
    ),
    # The training
    "training:step": STEP,
    "training:autosave": STEP,
    # The storyteller's room, and cards; their fields are on their pages
    **dict.fromkeys(
        [
            *(
                "ask_check",
                "card",
                "check_card",
                "check_story",
                "co_writers",
                "erase_words",
                "pause_story",
                "person_card",
            ),
            *("publish_story", "read_along", "read_back", "release_story", "remark_seen", "resume_story", "story_card"),
            *("story_stays", "take_back", "tell", "tell_autosave", "tell_new", "throw_away", "withdraw", "write_out"),
        ],
        "words text next",
    ),
    "my_teller": "name about support proxy turns_16_on",
    "post": "rhythm paused_until",
    # Reactions, and what somebody keeps
    **dict.fromkeys(["talk", "story_talk"], "talk closing day reason summary shows_views words"),
    "check_reaction": "act reason words",
    "react": "words reply_to quote next act token",
    "own_reaction": "words act next",
    "keep": "note act next",
    "kept": "note act next",
    # Pages of the tree and lists answer a POST as a GET
    **dict.fromkeys(
        ["library", "story", "story_feed", "professionals", "professional", "professional_feed"], "q words"
    ),
    "wagtail_serve": "words",
    **planning.FORMS,
}

# What an address takes behind its question mark; others are asked COMMON. Names in a page's links count as well.
QUERIES = {
    "people": "zoek bladzijde",
    "problem_inbox": "stand pagina",
    "my_reports": "pagina",
    "outbox": "stand pagina",
    "report_problem": "soort van",
    "training:step": "verhaal",
    "account_login": "next with",
}
COMMON = "next q p page zoek pagina bladzijde stand soort verhaal van o export lang"
CMS = (
    "q p page o ordering export export_format is_export id childOf child_of page_type search fields type limit offset "
    "for_explorer term collection_id tag locale layout root_page user_agent next _selected_facets coordinator "
    "coordinators__password__startswith training training__id__exact title__regex per_page_num_links order filter_spec"
)
