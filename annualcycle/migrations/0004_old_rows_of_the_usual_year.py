"""Rows of the usual year as they were put in before: what only happens had a task, and what politicians were to do nobody could finish.

Rows that somebody has decided something else about stay as they are, and so does every task somebody has done something with.
"""

import uuid
from typing import Any

from django.db import migrations
from django.db.models import Q
from django.utils import timezone

NAMESPACE = uuid.UUID("6f1c1c0e-5d0b-5f43-9d6b-2a7e1f4c8b90")
UNTOUCHED = Q(state="open", product="", note="")
# The short name under which it was put in, what it was, and what it is now.
NOBODYS = {"scope": "none", "responsible": ""}
CHANGES: tuple[tuple[str, dict[str, Any], dict[str, Any]], ...] = (
    ("Ingen rapport i juli", {"scope": "district", "responsible": "administrator", "link_kind": "none"}, NOBODYS),
    ("Byrådets budsjett", {"scope": "district", "responsible": "director", "link_kind": "none"}, NOBODYS),
    ("Målekart publisert", {"scope": "district", "responsible": "administrator", "link_kind": "none"}, {"link_kind": "scorecard"}),
    ("Dialogmøter", {"responsible": "politician"}, {"responsible": "unit_leader", "participants": ["politician"]}),
    ("Budsjettvedtak, BU", {"responsible": "politician"}, {"responsible": "director", "participants": ["politician"]}),
)


def mend(apps: Any, schema_editor: Any) -> None:
    units = apps.get_model("organisation", "Unit")
    activities = apps.get_model("annualcycle", "Activity").objects
    for code in units.objects.filter(activities__isnull=False).distinct().values_list("code", flat=True):
        for short, was, becomes in CHANGES:
            for row in activities.filter(series=uuid.uuid5(NAMESPACE, f"{code} {short}"), **was):
                _mend(apps, row, becomes)


def _mend(apps: Any, row: Any, becomes: dict[str, Any]) -> None:
    tasks = apps.get_model("annualcycle", "Task").objects.filter(activity=row)
    is_counted = "link_kind" in becomes
    if is_counted and tasks.exclude(UNTOUCHED).exists():
        # Somebody has said what came of it; that would be lost where the målekart is counted instead.
        return
    for name, value in becomes.items():
        setattr(row, name, value)
    if is_counted:
        row.link_period = row.due_on.replace(month=1, day=1)
    row.version += 1
    row.save()
    _remember(apps.get_model("annualcycle", "HistoricalActivity"), row, "~")
    if is_counted or row.scope == "none":
        gone = list(tasks.filter(UNTOUCHED))
        for task in gone:
            _remember(apps.get_model("annualcycle", "HistoricalTask"), task, "-")
        tasks.filter(pk__in=[task.pk for task in gone]).delete()


def _remember(history: Any, row: Any, kind: str) -> None:
    kept = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    history.objects.create(**kept, history_date=timezone.now(), history_type=kind, history_user=None)


class Migration(migrations.Migration):
    dependencies = [
        ("annualcycle", "0003_what_only_happens"),
    ]

    operations = [
        migrations.RunPython(mend, migrations.RunPython.noop),
    ]
