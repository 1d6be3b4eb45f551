"""Logs know what is left out, cached ones their streams; a running node says how far it is."""

from django.db import migrations, models


def keep_printed(apps, editor):
    results = apps.get_model("runs", "CachedResult").objects
    for result in results.exclude(log="").iterator():
        results.filter(pk=result.pk).update(printed=[["stdout", result.log, 0]])


class Migration(migrations.Migration):
    dependencies = [("runs", "0002_deaths")]

    operations = [
        migrations.AddField("logchunk", "skipped", models.PositiveBigIntegerField(default=0)),
        migrations.AddField("noderun", "progress", models.FloatField(null=True)),
        migrations.AddField("cachedresult", "printed", models.JSONField(default=list)),
        migrations.RunPython(keep_printed, migrations.RunPython.noop),
        migrations.RemoveField("cachedresult", "log"),
    ]
