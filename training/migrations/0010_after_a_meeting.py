import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import common.fields
from common.events import events_stay


class Migration(migrations.Migration):
    dependencies = [
        ("training", "0008_registers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="certificate",
            name="check_reason",
            field=models.CharField(blank=True, editable=False, max_length=500, verbose_name="what changed"),
        ),
        migrations.AddField(
            model_name="certificate",
            name="check_since",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="to be looked at since"),
        ),
        migrations.AddField(
            model_name="groupplace",
            name="counts_along",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.CreateModel(
            name="AttendanceEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by_key", models.UUIDField(null=True)),
                ("about_key", models.UUIDField()),
                ("meeting_key", models.UUIDField(null=True)),
                ("place_key", models.UUIDField(null=True)),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("asked", "correction asked"),
                            ("taken_back", "correction taken back"),
                            ("changed", "correction made"),
                            ("left", "left as it was"),
                            ("check", "certificate to be looked at again"),
                            ("holds", "certificate still holds"),
                            ("replaced", "certificate replaced after a look"),
                        ],
                        max_length=10,
                    ),
                ),
            ],
            options={
                "verbose_name": "event of attendance",
                "verbose_name_plural": "events of attendance",
                "ordering": ["at", "pk"],
                "abstract": False,
                "indexes": [models.Index(fields=["about_key", "at"], name="attendance_events_by_thing")],
            },
        ),
        migrations.CreateModel(
            name="WalkIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", common.fields.EncryptedWordsField(blank=True, default=dict, verbose_name="name")),
                ("noted_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="written down")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="walk_ins", to="training.meeting"
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "somebody who was not on the list",
                "verbose_name_plural": "people who were not on the list",
                "ordering": ["noted_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Aftercare",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("words", common.fields.EncryptedWordsField(blank=True, default=dict, verbose_name="words")),
                ("wants_call", models.BooleanField(default=False, verbose_name="wants to be called")),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="written")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="read")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="aftercare", to="training.meeting"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aftercare",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="aftercare_read",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "aftercare",
                "verbose_name_plural": "aftercare",
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "person"), name="one_aftercare_per_meeting")
                ],
            },
        ),
        migrations.CreateModel(
            name="AttendanceCorrection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "not answered yet"), ("changed", "changed"), ("left", "stays as it was")],
                        default="open",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "words",
                    common.fields.EncryptedWordsField(blank=True, default=dict, verbose_name="what is not right"),
                ),
                ("answer", common.fields.EncryptedWordsField(blank=True, default=dict, verbose_name="answer")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="training.meeting"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="training.groupplace",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "correction of attendance",
                "verbose_name_plural": "corrections of attendance",
                "ordering": ["asked_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")), fields=("meeting", "place"), name="one_open_correction"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "changed", "left"])), name="correction_state_is_known"
                    ),
                ],
            },
        ),
        events_stay("training", "training_attendanceevent", first=False),
    ]
