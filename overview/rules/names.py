"""Names of persons taken out of what is shown on a wall."""

import re
from collections.abc import Iterable

SHORTEST = 3


def without_names(text: str, names: Iterable[str], instead: str) -> str:
    """The text with every whole name, and every part of one, replaced. Capitals count: the month «mai» is nobody's name."""
    whole = {" ".join(name.split()) for name in names}
    parts = {part for name in whole for cut in (r"\s", r"[\s-]") for part in re.split(cut, name) if len(part) >= SHORTEST}
    wanted = sorted((name for name in whole | parts if name), key=len, reverse=True)
    if not wanted:
        return text
    found = "|".join(re.escape(name) for name in wanted)
    return re.sub(rf"(?<!\w)(?:{found})(s?)(?!\w)", lambda match: instead + match.group(1), text)
