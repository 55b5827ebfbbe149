from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("media", "0004_pictures_without_words_are_decoration")]

    operations = [
        migrations.AddConstraint(
            model_name="image",
            constraint=models.CheckConstraint(
                condition=models.Q(("alt", ""), ("is_decoration", True))
                | models.Q(models.Q(("alt", ""), _negated=True), ("is_decoration", False)),
                name="words_or_decoration",
                violation_error_message="Say what is to be seen. Or mark below that the picture adds nothing to the words.",
            ),
        ),
    ]
