from django.db import migrations

from exchange.ledger.seal import seal, unseal


def forwards(apps, schema_editor):
    seal(schema_editor.connection)


def backwards(apps, schema_editor):
    unseal(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
