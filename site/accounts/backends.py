"""Who is signed in, with their roles, from one query: a role that was taken is gone on the next request."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import F, Func, TextField

from accounts.models import User
from common.prepared import Prepared


class RoleNames(Func):
    """The names of a person's groups, with commas between; built as plain SQL because every request asks it."""

    output_field = TextField()
    template = (
        "(SELECT %(joined)s FROM auth_group role JOIN accounts_user_groups has ON has.group_id = role.id"
        " WHERE has.user_id = %(expressions)s)"
    )

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, joined="GROUP_CONCAT(role.name, ',')", **context)

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, joined="STRING_AGG(role.name, ',')", **context)


@Prepared
def person_with_roles(number):
    return User.objects.annotate(role_names=RoleNames(F("pk"))).filter(pk=number)


class Door(AuthenticationBackend):
    def get_user(self, user_id):
        user = person_with_roles.first(number=user_id)
        return user if user and self.user_can_authenticate(user) else None
