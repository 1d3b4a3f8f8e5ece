from django.db import migrations, models

import annualcycle.rules.kinds


class Migration(migrations.Migration):
    dependencies = [
        ("annualcycle", "0002_reminder_run"),
        ("organisation", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="activity",
            name="activity_scope_is_known",
        ),
        migrations.AlterField(
            model_name="activity",
            name="responsible",
            field=models.CharField(blank=True, max_length=30, verbose_name="ansvarlig"),
        ),
        migrations.AlterField(
            model_name="activity",
            name="scope",
            field=models.CharField(
                choices=[
                    (annualcycle.rules.kinds.Scope["DISTRICT"], "Bydelen, én oppgave"),
                    (annualcycle.rules.kinds.Scope["UNITS"], "Alle resultatenheter, én oppgave hver"),
                    (annualcycle.rules.kinds.Scope["CHOSEN"], "Noen enheter, én oppgave hver"),
                    (annualcycle.rules.kinds.Scope["NONE"], "Ingen, den bare skjer"),
                ],
                default=annualcycle.rules.kinds.Scope["DISTRICT"],
                max_length=10,
                verbose_name="hvem får oppgaven",
            ),
        ),
        migrations.AlterField(
            model_name="historicalactivity",
            name="responsible",
            field=models.CharField(blank=True, max_length=30, verbose_name="ansvarlig"),
        ),
        migrations.AlterField(
            model_name="historicalactivity",
            name="scope",
            field=models.CharField(
                choices=[
                    (annualcycle.rules.kinds.Scope["DISTRICT"], "Bydelen, én oppgave"),
                    (annualcycle.rules.kinds.Scope["UNITS"], "Alle resultatenheter, én oppgave hver"),
                    (annualcycle.rules.kinds.Scope["CHOSEN"], "Noen enheter, én oppgave hver"),
                    (annualcycle.rules.kinds.Scope["NONE"], "Ingen, den bare skjer"),
                ],
                default=annualcycle.rules.kinds.Scope["DISTRICT"],
                max_length=10,
                verbose_name="hvem får oppgaven",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(("scope__in", ["district", "units", "chosen", "none"])), name="activity_scope_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("responsible", ""), ("scope", annualcycle.rules.kinds.Scope["NONE"])),
                    models.Q(
                        models.Q(("scope", annualcycle.rules.kinds.Scope["NONE"]), _negated=True),
                        models.Q(("responsible", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="activity_is_done_by_somebody",
            ),
        ),
    ]
