import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0004_bucket"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Only Python fills the column. The table itself must not be made anew: it would lose its seal.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="event",
                    name="created_at",
                    field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
                )
            ]
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["-created_at", "-id"],
                condition=models.Q(public=True),
                name="event_public_at",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["verb", "-created_at", "-id"],
                condition=models.Q(public=True),
                name="event_public_verb",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["reason", "-created_at", "-id"],
                condition=models.Q(public=True),
                name="event_public_reason",
            ),
        ),
    ]
