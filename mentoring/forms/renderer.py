"""How forms look: the renderer that finds our templates, and the widgets that need more than a template.

Every Django widget is drawn with the design system's classes by `templates/django/forms/`. The classes here add what
Django has no place for: a hint under a choice, a date in three boxes, native pickers that are given ISO values.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Uses the project's own templates, so that `{{ form }}` and `{% field form.name %}` come out alike."""

    form_template_name = "django/forms/form.html"
    field_template_name = "django/forms/field.html"


class _ChoiceHints:
    """Adds `hints`, a mapping from a choice's value to a line of plain words under its label."""

    def __init__(self, *args: Any, hints: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hints = dict(hints or {})

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)  # type: ignore[misc]
        option["hint"] = self.hints.get(str(value), "")
        if option["hint"] and option["attrs"].get("id"):
            option["attrs"]["aria-describedby"] = f"{option['attrs']['id']}_hint"
        return option


class Radios(_ChoiceHints, forms.RadioSelect):
    """Radio buttons whose choices may carry hints."""


class Checkboxes(_ChoiceHints, forms.CheckboxSelectMultiple):
    """Checkboxes whose choices may carry hints."""


class LongText(forms.Textarea):
    """A box for several lines. A line break is one character, as the counter under the box says; browsers send two."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The words with plain line breaks."""
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value


class DatePicker(forms.DateInput):
    """The browser's own date picker; it only understands ISO dates, whatever the locale."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"class": "nhsuk-input--width-10", **(attrs or {})}, format="%Y-%m-%d")


class DateParts(forms.MultiWidget):
    """Day, month and year in three boxes, for a date that a person knows by heart. Use with `forms.DateField`."""

    template_name = "django/forms/widgets/date_parts.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            part: forms.TextInput(attrs={"inputmode": "numeric"}) for part in ("day", "month", "year")
        }
        super().__init__(boxes, attrs)

    def decompress(self, value: Any) -> list[Any]:
        if hasattr(value, "year"):
            return [value.day, value.month, value.year]
        if isinstance(value, str) and value.count("-") == 2:
            return value.split("-")[::-1]
        return [None, None, None]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:  # type: ignore[override]
        """An ISO date, or what was typed joined up, so that the field says it is no date and nothing is lost."""
        day, month, year = (str(part or "").strip() for part in super().value_from_datadict(data, files, name))
        return f"{year}-{month}-{day}" if day or month or year else ""
