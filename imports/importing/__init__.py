"""Reading files: bytes to located rows to typed rows to findings. Knows no database; what it must know comes in a Context."""
