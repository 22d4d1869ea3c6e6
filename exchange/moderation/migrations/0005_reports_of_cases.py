import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("moderation", "0004_fill_cases")]

    operations = [
        migrations.RemoveConstraint(
            model_name='flag',
            name='flag_one_open_each',
        ),
        migrations.RemoveConstraint(
            model_name='flag',
            name='flag_one_open_each_picture',
        ),
        migrations.RemoveIndex(
            model_name='flag',
            name='flag_open',
        ),
        migrations.AlterField(
            model_name='flag',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='flags', to='moderation.case'),
        ),
        migrations.AddConstraint(
            model_name='flag',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('case', 'reporter'), name='flag_one_open_each'),
        ),
        migrations.RemoveField(
            model_name='flag',
            name='post',
        ),
        migrations.RemoveField(
            model_name='flag',
            name='upload',
        ),
    ]
