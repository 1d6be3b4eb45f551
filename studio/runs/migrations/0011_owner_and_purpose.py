import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """A run has an owner and a purpose of its own; 0012 fills the owners in. None is asked for: web
    processes of the release before begin runs without one while they are updated."""

    dependencies = [
        ("artifacts", "0003_outlines"),
        ("experiments", "0006_count_runs"),
        ("runs", "0010_release"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="run",
            name="owner",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="runs",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="run",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("experiment", "Experiment"),
                    ("service job", "Job"),
                    ("headless", "Headless"),
                ],
                db_default="experiment",
                default="experiment",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="run",
            name="title",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="run",
            name="given",
            field=models.ManyToManyField(related_name="given_to", to="artifacts.artifact"),
        ),
        migrations.AlterField(
            model_name="run",
            name="experiment",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="runs",
                to="experiments.experiment",
            ),
        ),
        migrations.AlterField(
            model_name="run",
            name="number",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
