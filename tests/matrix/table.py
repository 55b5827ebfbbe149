"""The matrix: what every route outside the CMS answers to everybody, for each kind of object it can be asked for.

Under the name of a route (its pattern when it has none) stands a line for each kind of object, as `objects.py` fills it
in; "-" where there is nothing to fill in. A cell is GET/POST:

    200, 404 ...   the status; inside what is one's own, with what the page's own form would send
    in             a redirect to the sign-in page; a visitor who posts there gets 403, with what they sent
    ->             a redirect to somewhere else on this site
    +              behind any of them: something was written

So "405/404" for `withdraw_invitation` says: there is nothing to read there, and to withdraw somebody else's invitation
is to withdraw one that does not exist. Samira's link ("samira's", "open", "vera's") is a key: who holds it comes in.
"""

from dataclasses import dataclass

from tests.matrix.after import ROWS as AFTER
from tests.matrix.importing import ROWS as IMPORTING
from tests.matrix.planning import LINKS as TO_GROUPS
from tests.matrix.planning import ROWS as PLANNING
from tests.matrix.professionals import ROWS as PROFESSIONALS
from tests.matrix.registers import ROWS as REGISTERS
from tests.matrix.world import ROLES

TABLE = """
                   visitor  stranger samira   daan     noor     marieke  ilse     roel     petra

# The door
_util/login/
    -              in/in    in/in    in/in    in/in    in/in    in/in    in/in    in/in    in/in
account_login
    -              200/->+  ->/->    ->/->    ->/->    ->/->    ->/->    ->/->    ->/->    ->/->
account_confirm_login_code
    -              ->/->    ->/->    ->/->    ->/->    ->/->    ->/->    ->/->    ->/->    ->/->
account_request_login_code
    -              in/in    in/in    in/in    in/in    in/in    in/in    in/in    in/in    in/in
mfa_login_webauthn
    -              in/in    ->/->    ->/->    ->/->    ->/->    ->/->    ->/->    ->/->    ->/->
mfa_authenticate
    -              in/in    ->/->    ->/->    ->/->    ->/->    ->/->    ->/->    ->/->    ->/->
account_logout
    -              ->/->    200/->   200/->   200/->   200/->   200/->   200/->   200/->   200/->
account_reset_password
    -              200/->+  200/->+  200/->+  200/->+  200/->+  200/->+  200/->+  200/->+  200/->+
account_reset_password_done
    -              200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405
account_reset_password_from_key
    samira's       ->/->    ->/->    ->/->    ->/->    ->/->    ->/->    ->/->    ->/->    ->/->
    forged         410/410  410/410  410/410  410/410  410/410  410/410  410/410  410/410  410/410
account_reset_password_from_key_done
    -              200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405
account_email_verification_sent
    -              200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405
account_confirm_email
    samira's       200/in+  200/in+  200/->+  200/in+  200/in+  200/in+  200/in+  200/in+  200/in+
    forged         410/410  410/410  410/410  410/410  410/410  410/410  410/410  410/410  410/410
account_inactive
    -              200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405
account_signup
    -              200/200  ->/->    ->/->    ->/->    ->/->    ->/->    ->/->    ->/->    ->/->
switch_language
    -              405/->   405/->+  405/->+  405/->+  405/->+  405/->+  405/->+  405/->+  405/->+
wagtailcore_login
    -              in/in    in/in    in/in    in/in    in/in    in/in    in/in    in/in    in/in

# Somebody's own account
account
    -              in/403   200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405
profile
    -              in/403   200/->+  200/->+  200/->+  200/->+  200/->+  200/->+  200/->+  200/->+
mail_wishes
    -              in/403   200/->+  200/->+  200/->+  200/->+  200/->+  200/->+  200/->+  200/->+
stop_mail
    samira's       200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 200/200+
    forged         404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
account_reauthenticate
    -              in/403   ->/->    200/->   200/->   200/->   200/->   200/->   200/->   200/->
account_reauthenticate_by_code
    -              in/403   200/->+  ->/->    ->/->    ->/->    ->/->    ->/->    ->/->    ->/->
mfa_reauthenticate
    -              in/403   ->/->    ->/->    ->/->    ->/->    ->/->    ->/->    ->/->    ->/->
mfa_reauthenticate_webauthn
    -              in/403   ->/->    200/400  ->/->    ->/->    ->/->    ->/->    ->/->    ->/->
account_change_password
    -              in/403   ->/->    200/->+  200/->+  200/->+  200/->+  200/->+  200/->+  200/->+
account_set_password
    -              in/403   200/->+  ->/->    ->/->    ->/->    ->/->    ->/->    ->/->    ->/->
mfa_index
    -              in/403   200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405
mfa_activate_totp
    -              in/403   200/400  200/400  200/400  200/400  200/400  200/400  200/400  200/400
mfa_deactivate_totp
    -              in/403   404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
mfa_view_recovery_codes
    -              in/403   404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405
mfa_generate_recovery_codes
    -              in/403   200/400  200/->+  200/400  200/400  200/400  200/400  200/400  200/400
mfa_download_recovery_codes
    -              in/403   404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
mfa_list_webauthn
    -              in/403   200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405
mfa_add_webauthn
    -              in/403   200/400  200/400  200/400  200/400  200/400  200/400  200/400  200/400
mfa_edit_webauthn
    samira's       in/403   404/404  200/->+  404/404  404/404  404/404  404/404  404/404  404/404
    none           in/403   404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
mfa_remove_webauthn
    samira's       in/403   404/404  200/->+  404/404  404/404  404/404  404/404  404/404  404/404
    none           in/403   404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
account_email
    -              in/403   200/->+  200/400  200/->+  200/->+  200/->+  200/->+  200/->+  200/->+
usersessions_list
    -              in/403   200/->   200/->+  200/->   200/->   200/->   200/->   200/->   200/->

# Own data
own_data
    -              in/403   200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405
own_data_copy
    -              in/403   405/->+  405/->+  405/->+  405/->+  405/->+  405/->+  405/->+  405/->+
own_data_download
    samira's       in/403   404/405  200/405  404/405  404/405  404/405  404/405  404/405  404/405
    none           in/403   404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405
own_data_delete
    -              in/403   200/->+  200/->+  200/->+  200/->+  200/->+  200/->+  200/->+  200/409
own_data_undo
    vera's         200/->+  200/->+  200/->+  200/->+  200/->+  200/->+  200/->+  200/->+  200/->+
    forged         404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404

# Invitations, people, mail
invitation
    open           200/->+  200/->+  200/->+  200/->+  200/->+  200/->+  200/->+  200/->+  200/->+
    forged         404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
invitations
    -              in/403   404/404  404/404  404/404  404/404  404/404  200/->+  200/->+  200/->+
withdraw_invitation
    ilse's         in/403   405/404  405/404  405/404  405/404  405/404  405/->+  405/404  405/->+
    roel's         in/403   405/404  405/404  405/404  405/404  405/404  405/404  405/->+  405/->+
    none           in/403   405/404  405/404  405/404  405/404  405/404  405/404  405/404  405/404
resend_invitation
    ilse's         in/403   405/404  405/404  405/404  405/404  405/404  405/->+  405/404  405/->+
    roel's         in/403   405/404  405/404  405/404  405/404  405/404  405/404  405/->+  405/->+
    none           in/403   405/404  405/404  405/404  405/404  405/404  405/404  405/404  405/404
people
    -              in/403   404/405  404/405  404/405  404/405  404/405  404/405  404/405  200/405
person
    samira         in/403   404/404  404/404  404/404  404/404  404/404  404/404  404/404  200/->+
    none           in/403   404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
outbox
    -              in/405   404/405  404/405  404/405  404/405  404/405  200/405  200/405  200/405
send_mail_again
    samira's       405/403  405/404  405/404  405/404  405/404  405/404  405/->+  405/404  405/->+
    roel's         405/403  405/404  405/404  405/404  405/404  405/404  405/404  405/->+  405/->+
    none           405/403  405/404  405/404  405/404  405/404  405/404  405/404  405/404  405/404

# Problems
report_problem
    -              200/->+  200/->+  200/->+  200/->+  200/->+  200/->+  200/->+  200/->+  200/->+
my_reports
    -              in/405   200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405
problem_inbox
    -              in/405   404/405  404/405  404/405  404/405  404/405  200/405  200/405  200/405
problem
    samira's       in/403   404/404  404/404  404/404  404/404  404/404  200/->   404/404  200/->
    daan's         in/403   404/404  404/404  404/404  404/404  404/404  200/->+  404/404  200/->+
    visitor's      in/403   404/404  404/404  404/404  404/404  404/404  404/404  404/404  200/->+
    none           in/403   404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
problem_receipt
    samira's       404/405  404/405  200/405  404/405  404/405  404/405  404/405  404/405  404/405
    daan's         404/405  404/405  404/405  200/405  404/405  404/405  404/405  404/405  404/405
    visitor's      404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405
    none           404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405

# The training
training:home
    -              in/405   200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405
training:exercises
    -              in/405   200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405
training:exercise
    live           in/405   404/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405
    hidden         in/405   404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405
training:module
    live           in/405   404/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405
    hidden         in/405   404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405
training:module_end
    live           in/405   404/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405
    hidden         in/405   404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405
training:module_on_paper
    live           in/405   404/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405
    hidden         in/405   404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405
training:step
    live           in/403   404/404  200/->+  200/->+  200/200  200/200  200/200  200/200  200/200
    hidden         in/403   404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
training:autosave
    live           405/401  405/404  405/200+ 405/200+ 405/404  405/404  405/404  405/404  405/404
    hidden         405/401  405/404  405/404  405/404  405/404  405/404  405/404  405/404  405/404

# Pages and uploads
media:serve
    open           200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405
    private        404/405  404/405  404/405  404/405  404/405  200/405  404/405  404/405  404/405
    private film   404/405  404/405  404/405  404/405  404/405  200/405  404/405  404/405  404/405
    none           404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405
robots
    -              200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405
sitemap
    -              200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405
no_page_password
    trainers'      404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
wagtailcore_authenticate_with_password
    trainers'      404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
wagtail_serve
    front          200/200  200/200  200/200  200/200  200/200  200/200  200/200  200/200  200/200
    members'       in/in    200/200  200/200  200/200  200/200  200/200  200/200  200/200  200/200
    trainers'      in/in    404/404  404/404  404/404  404/404  200/200  404/404  404/404  404/404
    hidden         404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
    none           404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
"""
TABLE += PROFESSIONALS + IMPORTING + PLANNING + AFTER + REGISTERS

# In the demo nobody is real: its post box is open to everybody. These routes are not there without DEMO.
DEMO_TABLE = """
                   visitor  stranger samira   daan     noor     marieke  ilse     roel     petra

demo_post
    -              200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405
demo_mail
    samira's       200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405
demo_look_around
    -              405/404  405/404  405/404  405/404  405/404  405/404  405/404  405/404  405/404
"""

# A link that only its receiver has says to whoever opens it whom it is for.
LINKS = {
    ("account_confirm_email", "samira's"): "a second address of samira",
    ("invitation", "open"): "the name in an invitation of ilse",
} | TO_GROUPS


@dataclass(frozen=True)
class Row:
    """One line of the table: `cells` is `{role: (code of GET, code of POST)}`, `kind` is empty for "-"."""

    route: str
    kind: str
    cells: dict

    def __str__(self):
        return f"{self.route} ({self.kind})" if self.kind else self.route


def rows_of(table):
    """Return the Rows of a table as it is written above."""
    head, *lines = [line for line in table.splitlines() if line.strip() and not line.startswith("#")]
    if tuple(head.split()) != ROLES:
        raise ValueError(f"The columns are {', '.join(ROLES)}.")
    rows, route = [], ""
    for line in lines:
        if line.startswith(" "):
            rows.append(row_of(route, line))
        else:
            route = line.strip()
    return rows


def row_of(route, line):
    """A kind may be two words; a cell is always one."""
    kind, *cells = line.strip().rsplit(maxsplit=len(ROLES))
    by_role = {role: tuple(cell.split("/")) for role, cell in zip(ROLES, cells, strict=True)}
    return Row(route, "" if kind == "-" else kind, by_role)
