"""A form that knows which version of its row it was opened with."""

from django import forms


class VersionedForm(forms.Form):
    """Carries the version that was read, so that a later save is not overwritten."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def refresh_version(self, version: int) -> None:
        """The next try is made against what is saved now; what was typed stays."""
        self.data = {**{name: self.data[name] for name in self.data}, self.add_prefix("version"): str(version)}
