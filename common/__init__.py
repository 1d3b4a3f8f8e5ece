"""Tools without domain words and without models: periods, numbers, dates, tables."""
