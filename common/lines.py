"""What somebody typed, put into one line of a letter or a calendar."""

import unicodedata

# Control characters, and the two signs that part lines and paragraphs.
NOT_IN_A_LINE = frozenset({"Cc", "Zl", "Zp"})


def breaks_a_line(text: str) -> bool:
    """Whether there is a line break, a tab or another control character in it."""
    return any(unicodedata.category(sign) in NOT_IN_A_LINE for sign in text)


def one_line(text: str) -> str:
    """Without control characters, and with single spaces: what stands in a letter or a calendar writes no line of its own there."""
    plain = "".join(" " if unicodedata.category(sign) in NOT_IN_A_LINE else sign for sign in text) if breaks_a_line(text) else text
    return " ".join(plain.split())
