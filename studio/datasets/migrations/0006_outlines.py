"""Gives the tables of datasets the outlines that lists tell of them, which artifacts have had since."""

from django.db import migrations

from studio.artifacts.outlines import outline_of


def add_outlines(apps, schema_editor):
    artifacts = apps.get_model("artifacts", "Artifact").objects
    for artifact in artifacts.filter(datasets__isnull=False, outline=None).distinct().iterator(100):
        artifacts.filter(pk=artifact.pk).update(outline=outline_of(artifact.manifest))


class Migration(migrations.Migration):
    dependencies = [
        ("artifacts", "0003_outlines"),
        ("datasets", "0005_folders_and_tags"),
    ]

    operations = [migrations.RunPython(add_outlines, migrations.RunPython.noop)]
