"""Forms in the look of the design system: layout parts, fields and the list of errors."""
