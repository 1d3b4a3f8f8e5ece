"""What whoever wrote a message says of it just before its e-mail leaves."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fresh:
    """The message as it should read now. Where it is about nothing any more, None is given instead."""

    subject: str
    text: str
