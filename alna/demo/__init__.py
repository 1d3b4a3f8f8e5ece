"""The demonstration: Bydel Alna's published figures as they stand in the sources, and a made-up live year beside them."""
