"""Run every guard and name what each of them objects to."""

from __future__ import annotations

import sys

from scripts.guards import addresses, markup, rooms, sizes, wording
from scripts.sources import ROOT

GUARDS = {
    "file sizes": sizes.complaints,
    "names of rooms": rooms.complaints,
    "inline script and style": markup.inline_complaints,
    "untranslated text in templates": markup.text_complaints,
    "untranslated text in Python": wording.untranslated_complaints,
    "unfinished work": wording.unfinished_complaints,
    "names of real people": wording.name_complaints,
    "addresses in locks": addresses.lock_complaints,
    "addresses in pages": addresses.page_complaints,
}


def main() -> int:
    failed = False
    for title, guard in GUARDS.items():
        found = list(guard(ROOT))
        failed = failed or bool(found)
        print(f"{title}: {'kept' if not found else f'{len(found)} to mend'}")
        for line in found:
            print(f"  {line}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
