"""The product's components as template tags: a builtin library, no `load` needed. Examples: docs/look.md."""

import functools
import unicodedata
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.core.exceptions import ValidationError
from django.core.paginator import Page
from django.forms import BaseForm, BaseFormSet, BoundField, CheckboxInput, Field, FileInput, Textarea
from django.forms.widgets import ChoiceWidget
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from jinja2 import ChainableUndefined, Environment, PackageLoader, Template

from mentoring.domain.picture import LARGE, SMALL
from mentoring.models import Person
from mentoring.presenters.photo import photo_url
from mentoring.templatetags import icons, pictures

register = template.Library()
register.tags.update(pictures.register.tags)

MONOGRAM_COLOURS = 8
_jinja = Environment(
    loader=PackageLoader("nhsuk_frontend_jinja"),
    autoescape=True,
    undefined=ChainableUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)


# --- The design system's own components -------------------------------------------------------------------------


def _params(value: Any, key: str = "") -> Any:
    """Parameters for a macro: no empty ones (absent is not the same as empty), and HTML only if Django says it is."""
    if isinstance(value, Mapping):
        return {k: _params(v, k) for k, v in value.items() if v not in (None, "")}
    if isinstance(value, (list, tuple)):
        return [_params(item) for item in value]
    if key == "html" or key.endswith("Html"):
        return conditional_escape(value)
    # A template's literals are SafeStrings, which the macros would take for HTML beside the text.
    return str.__str__(str(value)) if isinstance(value, (str, Promise)) else value


@functools.cache
def _macro(name: str) -> Template:
    macro = name.split("-")[0] + "".join(word.title() for word in name.split("-")[1:])
    return _jinja.from_string(
        f'{{% from "nhsuk/components/{name}/macro.jinja" import {macro} %}}{{{{ {macro}(params) }}}}'
    )


def component(name: str, params: Mapping[str, Any]) -> SafeString:
    """One component of nhsuk-frontend, e.g. component("tag", {"text": "New"})."""
    return mark_safe(_macro(name).render(params=_params(params)).strip())


@register.simple_tag
def nhs(name: str, **params: Any) -> SafeString:
    """`{% nhs "button" text="Save" %}`: parameters as the design system documents them."""
    return component(name, params)


@register.simple_block_tag
def nhsblock(content: SafeString, name: str, **params: Any) -> SafeString:
    """`{% nhsblock "inset-text" %}…{% endnhsblock %}`: the same with what is inside as its HTML."""
    return component(name, {**params, "html": content})


# --- Forms ---------------------------------------------------------------------------------------------------------


@register.inclusion_tag("django/forms/field.html")
def field(
    field: BoundField, size: str = "", heading: bool = False, caption: str = "", label: str = "", hint: str = ""
) -> dict[str, Any]:
    """A form field with label, hint and error.

    Args:
        size: of the label or legend: s, m, l or xl.
        heading: whether the label is the page's h1 (question pages).
        caption: a small line over a heading.
        label, hint: instead of the form's own, for forms that are not ours.
    """
    field.label = label or field.label
    field.help_text = conditional_escape(hint) if hint else field.help_text
    return {"field": field, "size": size, "heading": heading, "caption": caption}


@register.simple_tag
def submit(text: str, name: str = "", value: str = "", variant: str = "") -> SafeString:
    """A form's button, which a double click sends once. Variant: secondary, warning."""
    params = {"text": text, "name": name, "value": value, "variant": variant}
    return component("button", {**params, "preventDoubleClick": True})


@register.simple_tag
def field_look(field: BoundField, size: str = "", heading: bool = False) -> dict[str, Any]:
    """What `field.html` needs to know about a field and cannot ask."""
    widget = field.field.widget
    grouped = field.use_fieldset and not isinstance(widget, FileInput)
    single = isinstance(widget, CheckboxInput)
    limit = widget.attrs.get("maxlength") if isinstance(widget, Textarea) else None
    described = [
        f"{field.auto_id}_helptext" if field.help_text and not single else "",
        f"{field.auto_id}_error" if field.errors else "",
        f"{field.auto_id}-info" if limit else "",
    ]
    described_by = " ".join(filter(None, described))
    attrs: dict[str, str | bool] = {} if grouped or not described_by else {"aria-describedby": described_by}
    return {
        "kind": "group" if grouped else "single" if single else "plain",
        "described_by": described_by,
        "control": field.as_widget(attrs=attrs),
        "problems": problems_of(field),
        "limit": limit,
        "size": size or widget.attrs.get("data-label-size") or ("l" if heading else "s"),
        "optional": not field.field.required and not single and not getattr(field.form, "all_optional", False),
    }


def problems_of(bound: BoundField) -> list[str]:
    """A field's errors; Django's own words for what is missing or too long become something a person would say."""
    widget = bound.field.widget
    if isinstance(widget, CheckboxInput):
        required = "Please tick this to go on"
    elif isinstance(widget, FileInput):
        required = "Please choose a file"
    elif isinstance(widget, ChoiceWidget):
        required = "Please choose an answer"
    else:
        required = "Please fill this in"
    return [_plain(error, bound, required) for error in bound.errors.as_data()]


def _plain(error: ValidationError, bound: BoundField, required: str) -> str:
    """An error in the form's own words, or in ours where it has none."""
    message: str = error.messages[0]
    if message == Field.default_error_messages["required"]:
        return required
    if error.code == "max_length" and error.params and "max_length" not in bound.field.error_messages:
        return f"Shorten this to {error.params['limit_value']:,} characters: it has {error.params['show_value']:,}"
    return message


def target_of(bound: BoundField) -> str:
    """The id of the first thing in a field that takes focus: where an error summary's link goes."""
    grouped = bound.use_fieldset and not isinstance(bound.field.widget, FileInput)
    return f"{bound.auto_id}_0" if grouped else bound.auto_id


def _problems(form: BaseForm | BaseFormSet[Any] | None) -> Iterable[dict[str, str]]:
    if form is None:
        return
    if isinstance(form, BaseFormSet):
        yield from ({"text": str(error)} for error in form.non_form_errors())
        for inner in form.forms:
            yield from _problems(inner)
        return
    yield from ({"text": str(error)} for error in form.non_field_errors())
    for bound in form:
        for error in problems_of(bound):
            label = str(bound.label or "").rstrip(":")
            text = error if bound.is_hidden or not label else f"{label}{'' if label.endswith('?') else ':'} {error}"
            yield {"text": text, "href": "" if bound.is_hidden else f"#{target_of(bound)}"}


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: BaseForm | BaseFormSet[Any] | None) -> dict[str, Any]:
    """All errors of one or more forms or formsets, linked to their fields; nothing when there are none."""
    bound = [form for form in forms if form is not None and form and getattr(form, "is_bound", False)]
    return {"problems": [problem for form in bound for problem in _problems(form)]}


@register.inclusion_tag("components/error_summary.html")
def error_summary_of(forms: Iterable[BaseForm]) -> dict[str, Any]:
    """The same of a list of forms."""
    return error_summary(*forms)


# --- Small marks -----------------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """An icon. Decoration unless it has a `label`; size: s, l or nothing."""
    return format_html(
        '<svg class="al-icon{}" viewBox="0 0 24 24" width="24" height="24" focusable="false" {}>{}</svg>',
        f" al-icon--{size}" if size else "",
        format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"'),
        mark_safe(icons.markup(name)),
    )


def initials(name: str) -> str:
    """First letters of the first and last word, marks kept: 'Ọlá Adébáyọ̀' gives 'ỌA', 'Amina' gives 'A'."""
    words = [word.strip(".,'’\"()-") for word in unicodedata.normalize("NFC", name).split()]
    words = [word for word in words if word]
    picked = words[:1] + words[1:][-1:]
    return "".join(_first_letter(word) for word in picked) or "?"


def _first_letter(word: str) -> str:
    end = 1
    while end < len(word) and unicodedata.combining(word[end]):
        end += 1
    upper = word[:end].upper()
    return upper if len(upper) <= end else word[:end]


@register.inclusion_tag("components/monogram.html")
def monogram(name: object, size: str = "", photo: str = "") -> dict[str, Any]:
    """Initials in a circle, or the photo; initials are decoration, because the name stands beside them. Size: s, l."""
    text = str(name)
    shade = zlib.crc32(unicodedata.normalize("NFC", text).casefold().encode()) % MONOGRAM_COLOURS
    return {"name": text, "initials": initials(text), "shade": shade, "size": size, "photo": photo}


@register.inclusion_tag("components/monogram.html")
def portrait(person: Person, size: str = "") -> dict[str, Any]:
    """A person's photo, or their monogram: only where whoever looks may see their profile. Size: s, l."""
    return monogram(person.name, size, photo_url(person, LARGE if size == "l" else SMALL))


@register.simple_tag
def tag(text: object, colour: str = "") -> SafeString:
    """A status word; colour as in the design system (green, grey, yellow, red, blue …), plum when none is given."""
    return format_html('<strong class="nhsuk-tag {}">{}</strong>', f"nhsuk-tag--{colour}" if colour else "al-tag", text)


@register.inclusion_tag("components/chips.html")
def chips(items: Iterable[object], label: str = "") -> dict[str, Any]:
    """A list of short facts side by side; `label` names the list for those who hear it."""
    return {"items": list(items), "label": label}


# --- Pieces of a page -------------------------------------------------------------------------------------------


@register.simple_block_tag
def card(content: SafeString, title: str = "", level: int = 2, accent: str = "", id: str = "") -> SafeString:
    """A white card. Accent: marigold (the next step), plum, bronze, silver, gold."""
    return render_to_string(
        "components/card.html",
        {"content": content, "title": title, "level": level, "accent": accent, "id": id},
    )


@register.simple_block_tag
def details(content: SafeString, summary: str, open: bool = False) -> SafeString:
    """Something that only some want to read."""
    return render_to_string("components/details.html", {"content": content, "summary": summary, "open": open})


@register.simple_block_tag
def filters(content: SafeString, title: str = "Filter", open: bool = False) -> SafeString:
    """The filter column: beside the list on a wide screen, a closed details element on a phone."""
    return render_to_string("components/filters.html", {"content": content, "title": title, "open": open})


@register.simple_block_tag
def nothing(content: SafeString, title: str, icon: str = "circle") -> SafeString:
    """What a list says while it has nothing: a kind title, a sentence, perhaps a way on."""
    return render_to_string("components/empty.html", {"content": content, "title": title, "icon": icon})


@register.inclusion_tag("components/rows.html")
def rows(items: Iterable[Mapping[str, Any] | tuple[Any, ...]]) -> dict[str, Any]:
    """A summary list.

    Args:
        items: tuples (label, value[, href[, link text]]) or mappings with label, value, href, action, note, mark;
            `mark` tints a row that changed, `note` is a small third column.
    """
    keys = ("label", "value", "href", "action")
    return {"items": [item if isinstance(item, Mapping) else dict(zip(keys, item, strict=False)) for item in items]}


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(items: Iterable[Mapping[str, str] | tuple[str, str]]) -> dict[str, Any]:
    """The way to this page, without the page itself: tuples (label, href)."""
    keys = ("label", "href")
    return {"items": [item if isinstance(item, Mapping) else dict(zip(keys, item, strict=True)) for item in items]}


@register.inclusion_tag("components/task_list.html")
def task_list(items: Iterable[object], name: object = "list") -> dict[str, Any]:
    """Tasks with label, href, hint, status and colour (no colour: plain words, for what is done).

    Args:
        name: of this list, where a page has several.
    """
    return {"items": list(items), "name": name}


@register.inclusion_tag("components/todo.html")
def todo(items: Iterable[object]) -> dict[str, Any]:
    """What needs you now: things with title, text, href, action and colour (marigold, plum, green, slate)."""
    return {"items": list(items)}


@register.inclusion_tag("components/tabs.html")
def tabs(items: Iterable[object], label: str = "Sections") -> dict[str, Any]:
    """Links that look like tabs: things with label, href and current (and count, if any)."""
    return {"items": list(items), "label": label}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], key: str = "page") -> dict[str, Any]:
    """Page numbers that keep the rest of the query string; nothing on a single page."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    query = context["request"].GET.copy() if "request" in context else None
    return {"page": page, "entries": [_entry(query, key, number, page.number) for number in numbers]} | {
        "previous_href": _href(query, key, page.number - 1) if page.has_previous() else "",
        "next_href": _href(query, key, page.number + 1) if page.has_next() else "",
    }


def _entry(query: Any, key: str, number: Any, current: int) -> dict[str, Any]:
    is_number = isinstance(number, int)
    return {
        "number": number,
        "current": number == current,
        "href": _href(query, key, number) if is_number else "",
    }


def _href(query: Any, key: str, number: int) -> str:
    if query is None:
        return f"?{key}={number}"
    changed = query.copy()
    changed[key] = str(number)
    return f"?{changed.urlencode()}"


@register.filter
def cell(row: Mapping[str, Any], key: str) -> Any:
    """`{{ mapping|cell:key }}`: what a key that is itself a variable stands for; empty when absent."""
    return row.get(key, "")


__all__: Sequence[str] = ("component", "initials", "register", "target_of")
