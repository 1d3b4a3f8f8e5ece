"""When activities fall, who is reminded when, how the wheel is drawn. Plain Python."""
