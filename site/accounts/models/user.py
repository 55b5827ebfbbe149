"""The people of the site. One kind of account for everybody: a role gives rights, never another kind of person."""

import uuid

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role, Theme, Work
from common.text import kept_address


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        """Create and return a person who signs in with `email`; without a password they can't sign in yet."""
        user = self.model(email=kept_address(email or ""), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        """Create and return the one account that may do everything; only the server's command line calls this."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email=kept_address(email))


class User(AbstractUser):
    username = None
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), blank=True, help_text=_("You sign in with this address."))
    display_name = models.CharField(
        _("name"), max_length=80, help_text=_("The name that others see. A first name is enough.")
    )
    work = models.CharField(
        _("what you do"),
        max_length=20,
        choices=Work,
        default=Work.CARE,
        help_text=_("Some questions are different for other work."),
    )
    language = models.CharField(
        _("language"), max_length=5, choices=[("nl", "Nederlands"), ("en", "English")], default="nl"
    )
    theme = models.CharField(_("light or dark"), max_length=10, choices=Theme, default=Theme.DEVICE)
    about_me = models.CharField(
        _("one line about you"),
        max_length=160,
        blank=True,
        help_text=_("Who you are in your group, in your own words. You may leave it empty."),
    )
    larger_text = models.BooleanField(_("larger reading text"), default=False)
    welcomed_at = models.DateTimeField(_("first visit"), null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            # Empty only after erasing: then several rows have no address, and none of them can sign in.
            models.UniqueConstraint(Lower("email"), name="one_account_per_email", condition=~Q(email="")),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="email_in_lower_case"),
        ]

    def __str__(self):
        return self.display_name

    def clean(self):
        super().clean()
        self.email = self.email.strip().lower()

    def get_full_name(self):
        return self.display_name

    def get_short_name(self):
        return self.display_name.split(" ")[0] if self.display_name else ""

    @cached_property
    def roles(self):
        """The set of Role values this person has, read once per request (for who is signed in: with the person)."""
        if hasattr(self, "role_names"):
            names = (self.role_names or "").split(",")
        else:
            names = self.groups.values_list("name", flat=True)
        return set(names) & set(Role.values)

    @property
    def may_open_cms(self):
        return self.is_superuser or bool(
            self.roles & {Role.CO_TRAINER, Role.TRAINER, Role.COORDINATOR, Role.ADMINISTRATOR}
        )
