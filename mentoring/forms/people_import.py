"""A file of people, and the one question it may leave open."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from mentoring.domain import people_import
from mentoring.domain.people_file import MOST_BYTES, Table, Unreadable, read, table_of
from mentoring.enums import Role
from mentoring.forms.renderer import Radios
from mentoring.models import PeopleImport, Person, Programme

TOO_LARGE = "This file is larger than 10 MB. Split it, or leave out what is not about people."


class PeopleFileForm(forms.Form):
    """The file itself. It is read at once, and only what we take of it is kept."""

    file = forms.FileField(
        label="File",
        help_text="CSV, or an Excel workbook (.xlsx), up to 10 MB and 20,000 rows.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
        allow_empty_file=True,
        error_messages={"required": "Choose a file."},
    )

    def __init__(self, *args: Any, programme: Programme, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme
        self.by = by

    def clean_file(self) -> Table:
        """The file as a table without anything that is never stored."""
        file: SimpleUploadedFile = self.cleaned_data["file"]
        self.file_name = file.name or "people"
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        try:
            return table_of(read(file.read()))
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from error

    def save(self) -> PeopleImport:
        """Keep the table, and what would become of it."""
        self.upload = people_import.keep(
            programme=self.programme, table=self.cleaned_data["file"], file_name=self.file_name, role="", by=self.by
        )
        return self.upload


class FileRoleForm(forms.Form):
    """Asked when nothing in the file says it."""

    role = forms.ChoiceField(
        label="Who are the people in this file?",
        choices=[(Role.MENTEE, "Mentees"), (Role.MENTOR, "Mentors")],
        widget=Radios,
        error_messages={"required": "Say whether these people are mentees or mentors."},
    )

    def __init__(self, *args: Any, upload: PeopleImport, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.upload = upload
        self.by = by

    def save(self) -> None:
        """Say it of the whole file."""
        people_import.choose_role(upload=self.upload, role=Role(self.cleaned_data["role"]), by=self.by)
