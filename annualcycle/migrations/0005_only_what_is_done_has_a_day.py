"""A task has a day on which it was done if it is done, and else none: everybody who counts goes by the day.

Where a row said both, what people see on its page stands: it is not done.
"""

from typing import Any

from django.db import migrations, models
from django.db.models import Q
from django.utils import timezone

import annualcycle.rules.kinds


def mend(apps: Any, schema_editor: Any) -> None:
    tasks, history = apps.get_model("annualcycle", "Task").objects, apps.get_model("annualcycle", "HistoricalTask").objects
    for row in tasks.exclude(state="done").filter(done_on__isnull=False):
        row.done_on, row.done_at, row.done_by = None, None, None
        row.version += 1
        row.save()
        kept = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        history.create(**kept, history_date=timezone.now(), history_type="~", history_user=None)


class Migration(migrations.Migration):
    dependencies = [
        ("annualcycle", "0004_old_rows_of_the_usual_year"),
    ]

    operations = [
        migrations.RunPython(mend, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name="task",
            name="done_task_has_a_day",
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=Q(state=annualcycle.rules.kinds.TaskState["DONE"], done_on__isnull=False)
                | (~Q(state=annualcycle.rules.kinds.TaskState["DONE"]) & Q(done_on__isnull=True)),
                name="only_what_is_done_has_a_day",
            ),
        ),
    ]
