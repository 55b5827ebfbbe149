import uuid

import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import common.fields


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0005_gone_addresses_without_words"),
        ("stories", "0014_professionals"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Bookmark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("note", common.fields.EncryptedWordsField(blank=True, default=dict, verbose_name="your note")),
                ("labels", common.fields.EncryptedWordsField(blank=True, default=dict, verbose_name="your labels")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="kept on")),
                (
                    "page",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="bookmarks",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="what",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bookmarks",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="whose",
                    ),
                ),
            ],
            options={
                "verbose_name": "bookmark",
                "verbose_name_plural": "what you keep",
            },
        ),
        migrations.CreateModel(
            name="HouseRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "version",
                    models.PositiveIntegerField(
                        default=1,
                        help_text="Make it one higher when the rules changed: then everybody is asked to agree once more.",
                        verbose_name="version",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        blank=True,
                        help_text="Every form for a reaction links to it as long as it is online.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="home.contentpage",
                        verbose_name="the page with the rules",
                    ),
                ),
            ],
            options={
                "verbose_name": "rules for reactions",
            },
        ),
        migrations.CreateModel(
            name="PageChoices",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "talk",
                    models.CharField(
                        choices=[
                            ("off", "no reactions"),
                            ("on", "reactions"),
                            ("read_first", "reactions, and somebody reads each one along first"),
                        ],
                        default="off",
                        max_length=10,
                        verbose_name="reactions",
                    ),
                ),
                ("closes_at", models.DateTimeField(blank=True, null=True, verbose_name="no reactions from")),
                (
                    "closed_reason",
                    common.fields.EncryptedWordsField(blank=True, default=dict, verbose_name="why they are closed"),
                ),
                ("summary", common.fields.EncryptedWordsField(blank=True, default=dict, verbose_name="summary")),
                ("summary_name", models.CharField(blank=True, max_length=80, verbose_name="name with the summary")),
                ("summary_at", models.DateTimeField(blank=True, null=True, verbose_name="summary written on")),
                ("shows_views", models.BooleanField(default=False, verbose_name="readers see how often it was read")),
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="choices_beside",
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "summary_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="summaries",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "choices for a page",
                "verbose_name_plural": "choices for pages",
            },
        ),
        migrations.CreateModel(
            name="PageViews",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("number", models.PositiveIntegerField(default=0, verbose_name="how often")),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="views_a_day",
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "views of a day",
                "verbose_name_plural": "views of days",
            },
        ),
        migrations.CreateModel(
            name="Reaction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "from_name",
                    models.CharField(blank=True, max_length=80, verbose_name="name of the storyteller with it"),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("participant", "participant"),
                            ("co-trainer", "co-trainer"),
                            ("trainer", "trainer"),
                            ("coordinator", "coordinator"),
                            ("administrator", "administrator"),
                        ],
                        max_length=20,
                        verbose_name="role when it was written",
                    ),
                ),
                (
                    "quote",
                    common.fields.EncryptedWordsField(blank=True, default=dict, verbose_name="words that it quotes"),
                ),
                ("words", common.fields.EncryptedWordsField(blank=True, default=dict, verbose_name="what it says")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "somebody reads it along"),
                            ("shown", "shown"),
                            ("held_back", "held back"),
                            ("taken_away", "taken away"),
                        ],
                        default="shown",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "held_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("names", "There is a name or a place in it. Somebody might be recognised."),
                            ("harsh", "It may come across harder than you mean it."),
                            ("shuts_out", "Some words in it shut people out. Can you say it in everyday words?"),
                            ("talk", "We want to talk about it with you first. Call us, or we call you."),
                        ],
                        max_length=10,
                        verbose_name="why it is held back",
                    ),
                ),
                ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="read along")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="written")),
                ("edited_at", models.DateTimeField(blank=True, null=True, verbose_name="changed")),
                (
                    "as_storyteller",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reactions",
                        to="stories.storyteller",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reactions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who wrote it",
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reactions_checked",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reactions",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="under which page",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="stories.reaction",
                    ),
                ),
                (
                    "quoted",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="quoted_in",
                        to="stories.reaction",
                    ),
                ),
            ],
            options={
                "verbose_name": "reaction",
                "verbose_name_plural": "reactions",
            },
        ),
        migrations.CreateModel(
            name="RuleAcceptance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rules_accepted",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
            ],
            options={
                "verbose_name": "agreement to the rules",
                "verbose_name_plural": "agreements to the rules",
            },
        ),
        migrations.CreateModel(
            name="TalkEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("changed", "chose about the reactions"),
                            ("closed", "closed the reactions"),
                            ("opened", "opened the reactions"),
                            ("summarised", "wrote the summary"),
                            ("held_back", "held a reaction back"),
                            ("shown", "let a reaction show"),
                        ],
                        max_length=10,
                        verbose_name="what",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="talk_events",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="talk_events",
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "reaction",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="stories.reaction",
                    ),
                ),
            ],
            options={
                "verbose_name": "act with reactions",
                "verbose_name_plural": "acts with reactions",
            },
        ),
        migrations.AddIndex(
            model_name="bookmark",
            index=models.Index(fields=["user", "-created_at"], name="bookmarks_of_a_person"),
        ),
        migrations.AddConstraint(
            model_name="bookmark",
            constraint=models.UniqueConstraint(
                condition=models.Q(("page__isnull", False)), fields=("user", "page"), name="one_bookmark_a_page"
            ),
        ),
        migrations.AddConstraint(
            model_name="pagechoices",
            constraint=models.CheckConstraint(
                condition=models.Q(("talk__in", ["off", "on", "read_first"])), name="talk_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="pageviews",
            constraint=models.UniqueConstraint(fields=("page", "day"), name="one_count_a_page_and_day"),
        ),
        migrations.AddIndex(
            model_name="reaction",
            index=models.Index(fields=["page", "created_at"], name="reactions_of_a_page"),
        ),
        migrations.AddIndex(
            model_name="reaction",
            index=models.Index(fields=["author", "-created_at"], name="reactions_of_a_person"),
        ),
        migrations.AddIndex(
            model_name="reaction",
            index=models.Index(fields=["state", "created_at"], name="reactions_to_check"),
        ),
        migrations.AddConstraint(
            model_name="reaction",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "shown", "held_back", "taken_away"])),
                name="reaction_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("held_reason__in", ["names", "harsh", "shuts_out", "talk"]), ("state", "held_back")),
                    models.Q(models.Q(("state", "held_back"), _negated=True), ("held_reason", "")),
                    _connector="OR",
                ),
                name="reaction_held_back_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="reaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "taken_away"), _negated=True),
                    models.Q(("quote", ""), ("words", "")),
                    _connector="OR",
                ),
                name="reaction_away_is_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="ruleacceptance",
            constraint=models.UniqueConstraint(fields=("user", "version"), name="one_agreement_a_version"),
        ),
        migrations.AddIndex(
            model_name="talkevent",
            index=models.Index(fields=["page", "-at"], name="talk_events_of_a_page"),
        ),
        migrations.AddConstraint(
            model_name="talkevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", ["changed", "closed", "opened", "summarised", "held_back", "shown"])),
                name="talk_act_is_known",
            ),
        ),
    ]
