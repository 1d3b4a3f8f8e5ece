"""Typed readers of environment variables. A wrong value stops the start with a sentence that says what to write."""

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off"}


class InvalidSetting(ValueError):
    """An environment variable has a value that cannot be used."""

    def __init__(self, name: str, value: str, wanted: str) -> None:
        super().__init__(f"{name}={value!r} cannot be used: write {wanted}.")


class Environment:
    """Reads one mapping of variables; an empty value counts as not set."""

    def __init__(self, variables: Mapping[str, str] | None = None) -> None:
        self.variables = os.environ if variables is None else variables

    def text(self, name: str, default: str = "") -> str:
        return self.variables.get(name, "").strip() or default

    def required(self, name: str, why: str) -> str:
        value = self.text(name)
        if not value:
            raise InvalidSetting(name, value, f"a value; {why}")
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.text(name)
        if not value:
            return default
        if value.lower() in TRUE_WORDS:
            return True
        if value.lower() in FALSE_WORDS:
            return False
        raise InvalidSetting(name, value, "true or false")

    def number(self, name: str, default: int, *, least: int = 0) -> int:
        value = self.text(name)
        if not value:
            return default
        if not value.isascii() or not value.isdigit() or int(value) < least:
            raise InvalidSetting(name, value, f"a whole number, at least {least}")
        return int(value)

    def choice(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        value = self.text(name, default)
        if value not in allowed:
            raise InvalidSetting(name, value, "one of " + ", ".join(allowed))
        return value

    def names(self, name: str, default: tuple[str, ...] = ()) -> list[str]:
        value = self.text(name)
        return [part.strip() for part in value.split(",") if part.strip()] if value else list(default)

    def day(self, name: str) -> date | None:
        value = self.text(name)
        if not value:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise InvalidSetting(name, value, "a date such as 2026-10-09") from error

    def folder(self, name: str, default: Path) -> Path:
        value = self.text(name)
        return Path(value).expanduser().resolve() if value else default

    def url(self, name: str, default: str, schemes: tuple[str, ...]) -> str:
        value = self.text(name, default)
        if value.split("://", 1)[0] not in schemes or "://" not in value:
            raise InvalidSetting(name, value, "an address that starts with " + " or ".join(f"{scheme}://" for scheme in schemes))
        return value
