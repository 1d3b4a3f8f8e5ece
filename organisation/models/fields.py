"""Columns worked out from other columns of the same row, so that both databases search and sort alike."""

from collections.abc import Callable
from typing import Any

from django.db import models


class WorkedOutField(models.CharField):  # type: ignore[type-arg]
    """Text that follows from the rest of the row whenever the row is saved; `update()` must set it itself."""

    def __init__(self, *args: Any, of: Callable[[Any], str] | None = None, **kwargs: Any) -> None:
        self.of = of
        kwargs["editable"] = False
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """A plain column for the migrations."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Called by Django for save and bulk_create."""
        value = self.of(model_instance)[: self.max_length] if self.of else super().pre_save(model_instance, add)
        setattr(model_instance, self.attname, value)
        return value
