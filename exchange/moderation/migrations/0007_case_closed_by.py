"""Of the cases that one decision closed, only the first knew of it."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    """The latest decision of each: of older ones nothing else is known."""
    Case, Decision = apps.get_model("moderation", "Case"), apps.get_model("moderation", "Decision")
    latest = Decision.objects.filter(case=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    Case.objects.exclude(closed_at=None).update(closed_by=Subquery(latest))


class Migration(migrations.Migration):

    dependencies = [("moderation", "0006_cases_of_waiting_pictures")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="closed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="closed",
                to="moderation.decision",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
