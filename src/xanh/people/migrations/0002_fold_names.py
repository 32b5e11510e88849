from django.db import migrations, models

from xanh.core import text


def fold_names(apps, schema_editor):
    """Fill the new column for people who are already there."""
    for user in apps.get_model("people", "User").objects.iterator():
        user.name_folded = text.fold(user.full_name)[:200]
        user.save(update_fields=["name_folded"])


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="name_folded",
            field=models.CharField(db_index=True, default="", editable=False, max_length=200),
        ),
        migrations.RunPython(fold_names, migrations.RunPython.noop),
    ]
