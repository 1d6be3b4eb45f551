import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("runs", "0012_fill_owner"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="run",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="runs",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RemoveIndex(model_name="run", name="runs_run_created_e635e1_idx"),
        migrations.AddIndex(
            model_name="run",
            index=models.Index(fields=["owner", "-created", "id"], name="runs_run_owner_i_a9dbc8_idx"),
        ),
    ]
