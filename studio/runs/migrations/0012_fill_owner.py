from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    """The owner of a run is its experiment's."""
    Experiment = apps.get_model("experiments", "Experiment")
    owner = Experiment.objects.filter(pk=OuterRef("experiment_id")).values("owner_id")
    apps.get_model("runs", "Run").objects.filter(owner=None).update(owner_id=Subquery(owner))


class Migration(migrations.Migration):
    """Alone: PostgreSQL changes no table whose rows were changed in the same transaction."""

    dependencies = [("runs", "0011_owner_and_purpose")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
