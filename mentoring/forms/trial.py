"""Looking through the mail of a trial."""

from django import forms


class MailForm(forms.Form):
    """Whose mail to show."""

    all_optional = True
    to = forms.CharField(label="To", help_text="All or part of an address.", max_length=254, required=False)

    @property
    def recipient(self) -> str:
        """What was looked for."""
        return str(self.cleaned_data.get("to", "")) if self.is_valid() else ""
