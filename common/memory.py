"""A small memory of one process: finished pieces of pages under keys that change with everything they show."""

from collections import OrderedDict
from collections.abc import Hashable
from contextlib import suppress
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Memory(Generic[Value]):
    """Keeps the `most` latest used values. A key must hold all that the value depends on: nothing is ever thrown out as old."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Value] = OrderedDict()

    def get(self, key: Hashable) -> Value | None:
        value = self._kept.get(key)
        if value is not None:
            # Another thread may just have dropped it.
            with suppress(KeyError):
                self._kept.move_to_end(key)
        return value

    def put(self, key: Hashable, value: Value) -> None:
        self._kept[key] = value
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def clear(self) -> None:
        self._kept.clear()
