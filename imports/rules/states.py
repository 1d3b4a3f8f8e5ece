"""The closed lists of words about files."""

from enum import StrEnum


class SourceKind(StrEnum):
    """What a source's files become."""

    ECONOMY = "economy"
    SICK_LEAVE = "sick_leave"
    FIGURES = "figures"
    SURVEYS = "surveys"
    BENCHMARKS = "benchmarks"


class BatchState(StrEnum):
    """The way of one file. Only a saved batch has left figures."""

    RECEIVED = "received"
    READING = "reading"
    CHECKED = "checked"
    REFUSED = "refused"
    SAVING = "saving"
    SAVED = "saved"
    REJECTED = "rejected"
    ROLLED_BACK = "rolled_back"
    SAME = "same"


class Way(StrEnum):
    """How a file came in."""

    BROWSER = "browser"
    FOLDER = "folder"
    COMMAND = "command"


class CodeState(StrEnum):
    """What has been decided about a code nobody knew."""

    OPEN = "open"
    MAPPED = "mapped"
    LEFT = "left"
