"""What the reader and the pages must know about files."""
