from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("imports", "0003_codes_of_one_kind")]

    operations = [
        migrations.AddField(model_name="source", name="first_month", field=models.DateField(editable=False, null=True)),
    ]
