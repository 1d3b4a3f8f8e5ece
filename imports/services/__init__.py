"""Writing: files on their way in, what they leave, and what is taken back."""
