"""What the Makefile calls. Nothing in the application imports from here."""
