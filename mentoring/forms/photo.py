"""A photo, chosen and looked at before anything is kept."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from mentoring.domain import photo
from mentoring.domain.action import NotPossible
from mentoring.domain.picture import MOST_BYTES, TOO_LARGE, Squares, squares
from mentoring.models import Person


class PhotoForm(forms.Form):
    """One file. What it is, its bytes say; its name counts for nothing."""

    photo = forms.FileField(
        label="Choose a picture",
        help_text="JPEG, PNG or WebP, up to 5 MB. The middle of it is shown, as a circle.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        allow_empty_file=True,
        error_messages={"required": "Choose a picture."},
    )

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_photo(self) -> Squares:
        """The picture drawn anew."""
        file: SimpleUploadedFile = self.cleaned_data["photo"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        try:
            return squares(file.read())
        except NotPossible as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def save(self) -> None:
        """Show it."""
        photo.put_up(squares=self.cleaned_data["photo"], by=self.by)
