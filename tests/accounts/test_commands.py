"""What is done on the server: the first administrator."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import RoleChange, User


def test_the_first_administrator_is_made_on_the_server(db, capsys):
    call_command("give_role", "Petra@Example.test", "administrator", name="Petra Smit")
    call_command("give_role", "petra@example.test", "administrator")

    petra = User.objects.get()
    assert (petra.email, petra.display_name, petra.roles, petra.is_superuser) == (
        "petra@example.test", "Petra Smit", {"administrator"}, False,
    )  # fmt: skip
    assert RoleChange.objects.get().by is None
    assert capsys.readouterr().out == "Petra Smit is now administrator.\nPetra Smit was already administrator.\n"


def test_without_a_name_no_account_is_made(db):
    with pytest.raises(CommandError, match="Nobody has an account"):
        call_command("give_role", "petra@example.test", "administrator")
    assert not User.objects.exists()
