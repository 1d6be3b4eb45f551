from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("runs", "0012_fill_owner"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="run", name="runs_run_created_e635e1_idx"),
        migrations.AddIndex(
            model_name="run",
            index=models.Index(fields=["owner", "-created", "id"], name="runs_run_owner_i_a9dbc8_idx"),
        ),
    ]
