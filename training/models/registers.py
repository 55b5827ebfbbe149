"""Registers of professions: somebody's number in one, what a training counts for there, and what was passed on."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.events import Event, EventQuerySet
from training.models.content import TrainingPage
from training.models.groups import TrainingGroup
from training.planning_choices import Register, RegisterAct

LONGEST_NUMBER = 40
# Which words people say yes to now (`domain.register_numbers.LEAVE`): with others it rises and they are asked again.
WORDS_OF_LEAVE = 1


class RegisterNumber(models.Model):
    """Somebody's number in one register. Nobody but that person reads it unless they said yes (`allowed_at`) to the
    words of now (`allowed_words`).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="register_numbers")
    register = models.CharField(_("register"), max_length=14, choices=Register)
    number = models.CharField(_("number"), max_length=LONGEST_NUMBER)
    changed_at = models.DateTimeField(_("filled in"), default=timezone.now)
    allowed_at = models.DateTimeField(_("may be passed on since"), null=True, blank=True)
    allowed_words = models.PositiveSmallIntegerField(_("version of the words of that"), null=True, blank=True)

    class Meta:
        verbose_name = _("register number")
        verbose_name_plural = _("register numbers")
        ordering = ["register", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["register", "number"], name="register_number_is_one_persons"),
            models.UniqueConstraint(fields=["user", "register"], name="one_number_per_register"),
            models.CheckConstraint(condition=~Q(number=""), name="register_number_is_filled_in"),
            models.CheckConstraint(condition=Q(register__in=Register.values), name="register_of_number_is_known"),
        ]

    def __str__(self):
        return f"{self.get_register_display()} {self.number}"

    @property
    def is_allowed(self):
        return self.allowed_at is not None and self.allowed_words == WORDS_OF_LEAVE

    @property
    def is_asked_again(self):
        """True for who said yes to other words than those of now."""
        return self.allowed_at is not None and not self.is_allowed

    @property
    def open_from(self):
        """The moment before which nobody can have read this number with leave; None without leave."""
        return max(self.allowed_at, self.changed_at) if self.is_allowed else None


class AccreditationQuerySet(models.QuerySet):
    def valid_on(self, day):
        return self.filter(valid_from__lte=day, valid_until__gte=day)


class Accreditation(models.Model):
    """What a register counts a training for, and under which number, during a time."""

    training = models.ForeignKey(
        TrainingPage, verbose_name=_("training"), on_delete=models.CASCADE, related_name="accreditations"
    )
    register = models.CharField(_("register"), max_length=14, choices=Register)
    activity_id = models.CharField(
        _("number of the activity"), max_length=40, help_text=_("The ID number that the register gave this training.")
    )
    points = models.DecimalField(
        _("points"), max_digits=5, decimal_places=2, validators=[MinValueValidator(0)], help_text=_("For example 10.5.")
    )
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("last valid day"), help_text=_("The last day counts."))
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    objects = AccreditationQuerySet.as_manager()

    class Meta:
        verbose_name = _("accreditation")
        verbose_name_plural = _("accreditations")
        ordering = ["training", "register", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["training", "register", "valid_from"], name="one_accreditation_at_a_time"),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")), name="accreditation_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(points__gte=0), name="accreditation_has_no_less_than_no_points"),
            models.CheckConstraint(condition=~Q(activity_id=""), name="accreditation_has_its_number"),
            models.CheckConstraint(condition=Q(register__in=Register.values), name="register_that_accredits_is_known"),
        ]

    def __str__(self):
        return f"{self.get_register_display()} {self.activity_id}"


class RegisterDelivery(models.Model):
    """What a coordinator notes of passing one group on to one register."""

    group = models.ForeignKey(TrainingGroup, on_delete=models.PROTECT, related_name="register_deliveries")
    register = models.CharField(_("register"), max_length=14, choices=Register)
    execution_number = models.CharField(_("number of this run"), max_length=40, blank=True)
    delivered_on = models.DateField(_("passed on"), null=True, blank=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    marked_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("passing on to a register")
        verbose_name_plural = _("passing on to registers")
        constraints = [
            models.UniqueConstraint(fields=["group", "register"], name="one_delivery_per_register"),
            models.CheckConstraint(condition=Q(register__in=Register.values), name="register_of_delivery_is_known"),
        ]

    def __str__(self):
        return f"{self.group} – {self.get_register_display()}"


class RegisterEventQuerySet(EventQuerySet):
    def of_person(self, person):
        return self.filter(person_key=person.uuid)


class RegisterEvent(Event):
    """What happened with somebody's number: never the number itself, and people by their public numbers alone."""

    person_key = models.UUIDField()
    register = models.CharField(_("register"), max_length=14, choices=Register)
    act = models.CharField(_("what was done"), max_length=10, choices=RegisterAct)
    group_key = models.UUIDField(_("group"), null=True)
    day = models.DateField(_("passed on"), null=True)
    words = models.PositiveSmallIntegerField(_("version of the words"), null=True)

    objects = RegisterEventQuerySet.as_manager()

    class Meta(Event.Meta):
        verbose_name = _("event of a register number")
        verbose_name_plural = _("events of register numbers")
        indexes = [
            models.Index(fields=["person_key", "at"], name="register_events_by_person"),
            models.Index(fields=["group_key", "register"], name="register_events_by_group"),
        ]

    def __str__(self):
        return self.get_act_display()
