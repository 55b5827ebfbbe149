"""Texts of Django and allauth that people meet when they choose a password or fill in too much, in plainer Dutch than
theirs, or in Dutch at all. `make messages` keeps them because they stand here, to the letter; our catalogue wins.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

# django.contrib.auth.password_validation
ngettext_lazy(
    "This password is too short. It must contain at least %d character.",
    "This password is too short. It must contain at least %d characters.",
)
gettext_noop("This password is too common.")
gettext_noop("This password is entirely numeric.")
gettext_noop("The password is too similar to the %(verbose_name)s.")
# allauth.account.forms
gettext_noop("You must type the same password each time.")
# django.core.validators
ngettext_lazy(
    "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
    "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
)
