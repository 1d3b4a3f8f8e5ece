from django.db import migrations, models


class Migration(migrations.Migration):
    """A narrower index and two checks fewer: a third of what the server did to store a line."""

    dependencies = [
        ("organisation", "0001_initial"),
        ("reporting", "0003_times_of_a_report"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="ledgerline", name="ledger_line_by_unit"),
        migrations.AlterField(model_name="ledgerline", name="number", field=models.SmallIntegerField()),
        migrations.AlterField(model_name="ledgerline", name="row", field=models.IntegerField()),
        migrations.AddIndex(model_name="ledgerline", index=models.Index(fields=["delivery", "unit"], name="ledger_line_by_unit")),
    ]
