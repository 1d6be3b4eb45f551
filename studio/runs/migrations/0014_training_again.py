from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("runs", "0013_list_by_owner"),
    ]

    operations = [
        migrations.AlterField(
            model_name="run",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("experiment", "Experiment"),
                    ("service job", "Job"),
                    ("headless", "Headless"),
                    ("training", "Training"),
                ],
                db_default="experiment",
                default="experiment",
                max_length=12,
            ),
        ),
    ]
