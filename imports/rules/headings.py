"""Where the heading of a table is, and which column holds what."""

from collections.abc import Sequence
from dataclasses import dataclass

from imports.rules.profile import Column, Profile, plain

LOOK_AT = 60
_LONGEST_HEADING = 200


@dataclass(frozen=True)
class Headings:
    """The line that was taken for the heading: its place (from 0), what is where, and what it said."""

    index: int
    places: dict[str, int]
    texts: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def named(self) -> dict[str, str]:
        """Field -> the heading it was found under."""
        return {name: self.texts[place] for name, place in self.places.items()}

    @property
    def ignored(self) -> list[str]:
        """Headings that no field asked for."""
        taken = set(self.places.values())
        return [text for place, text in enumerate(self.texts) if text and place not in taken]


def find_headings(rows: Sequence[Sequence[str]], profile: Profile) -> Headings | None:
    """The line among the first that names most of the profile's columns; the earlier of two that name as many."""
    best: Headings | None = None
    for index, row in enumerate(rows[:LOOK_AT]):
        found = _match(index, row, profile.columns)
        if found.places and (best is None or _score(found) > _score(best)):
            best = found
    if best is None or len(best.places) < 2:
        return None
    return best


def _score(headings: Headings) -> tuple[int, int]:
    return -len(headings.missing), len(headings.places)


def _match(index: int, row: Sequence[str], columns: tuple[Column, ...]) -> Headings:
    texts = tuple(" ".join(cell.split())[:_LONGEST_HEADING] for cell in row)
    at: dict[str, int] = {}
    for place, text in enumerate(texts):
        at.setdefault(plain(text), place)
    places: dict[str, int] = {}
    for column in columns:
        found = next((at[plain(alias)] for alias in column.aliases if plain(alias) in at), None)
        if found is not None and found not in places.values():
            places[column.name] = found
    missing = tuple(
        column.aliases[0] if column.aliases else column.name for column in columns if column.required and column.name not in places
    )
    return Headings(index, places, texts, missing)
