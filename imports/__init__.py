"""Files in: sources with profiles, upload and pickup folder, control, commit, roll back."""
