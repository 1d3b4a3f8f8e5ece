"""What a linter says: codes and figures, for the layer above to put into words."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    """One thing to tell: a blocking one stops saving or publishing, the others are hints. `params` are figures and ids."""

    code: str
    blocking: bool
    params: Mapping[str, object] = field(default_factory=dict)
