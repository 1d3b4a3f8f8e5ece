"""Lines without separators, where a field stands at the same place in every line, as rows of cells."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from common.uploads import UnreadableFile
from imports.importing.delimited import TextFile
from imports.rules.headings import Headings
from imports.rules.profile import Profile

_BLOCK = 4096


@dataclass(frozen=True)
class FixedRows:
    """A file of text with the places of its fields."""

    text: TextFile
    profile: Profile

    def blocks(self, progress: Callable[[int, int], None] | None = None, /) -> Iterator[Sequence[Sequence[str]]]:
        """Every line as cells, some thousands at a time. Raises UnreadableFile."""
        cuts = [slice(column.at[0] - 1, column.at[1]) for column in self.profile.columns if column.at]
        longest = max(cut.stop for cut in cuts)
        done = 0
        with self.text.path.open(encoding=self.text.encoding) as file:
            while lines := list(islice(file, _BLOCK)):
                if any(len(line) > longest * 4 + 200 for line in lines):
                    raise UnreadableFile("not_a_table", "lines are much longer than the layout")
                yield [[line[cut].strip() for cut in cuts] for line in lines]
                done += sum(map(len, lines))
                if progress is not None:
                    progress(min(done, self.text.size), self.text.size)


def fixed_headings(profile: Profile) -> Headings:
    """The layout itself as a heading, since the file has none."""
    names = [column.name for column in profile.columns if column.at]
    return Headings(-1, {name: place for place, name in enumerate(names)}, tuple(names), ())
