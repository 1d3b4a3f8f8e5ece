"""When a file that somebody was working on is taken up by somebody else."""

from datetime import timedelta

# Whoever has given no sign of life for so long was stopped on the way.
STALE_AFTER = timedelta(minutes=5)
# So often a file is tried; then something is wrong with the file or the machine, and a person must look.
MOST_ATTEMPTS = 3
# A sign of life, and progress for the page, at most so often.
SECONDS_BETWEEN_SIGNS = 2.0
