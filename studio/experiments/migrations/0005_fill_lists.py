"""What lists show of each document, and the datasets that it names, beside it."""

from django.db import migrations

AT_ONCE = 200


def fill(apps, schema_editor):
    Experiment = apps.get_model('experiments', 'Experiment')
    DatasetUse = apps.get_model('experiments', 'DatasetUse')
    ids = list(Experiment.objects.order_by('pk').values_list('pk', flat=True))
    for start in range(0, len(ids), AT_ONCE):
        some = list(Experiment.objects.filter(pk__in=ids[start : start + AT_ONCE]))
        uses = []
        for each in some:
            nodes = each.document.get('nodes') or []
            each.description, each.node_count = str(each.document.get('description') or ''), len(nodes)
            names = {
                str((node.get('params') or {}).get('dataset') or '')
                for node in nodes
                if isinstance(node, dict) and node.get('module') == 'dataset'
            }
            uses += [
                DatasetUse(owner_id=each.owner_id, experiment_id=each.pk, name=name)
                for name in names
                if 0 < len(name) <= 250
            ]
        Experiment.objects.bulk_update(some, ['description', 'node_count'])
        DatasetUse.objects.bulk_create(uses, ignore_conflicts=True)


class Migration(migrations.Migration):

    dependencies = [
        ('experiments', '0004_lists'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
