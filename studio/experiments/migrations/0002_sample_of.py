"""Which sample an experiment was made from, rather than that it was one."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

NAMES = {
    "Feature importance": "feature-importance",
    "Scatter matrix": "scatter-matrix",
    "Hello bundle": "hello-bundle",
    "Join and compare": "join-and-compare",
}


def tell_which(apps: Any, schema_editor: Any) -> None:
    """By the name; one that was renamed is no sample any more, but its owner's own."""
    experiments = apps.get_model("experiments", "Experiment").objects
    for name, slug in NAMES.items():
        experiments.filter(sample=True, name=name).update(sample_of=slug)


class Migration(migrations.Migration):
    dependencies = [("experiments", "0001_initial")]

    operations = [
        migrations.AddField("Experiment", "sample_of", models.CharField(blank=True, default="", max_length=40)),
        migrations.RunPython(tell_which, migrations.RunPython.noop),
        migrations.RemoveField("Experiment", "sample"),
    ]
