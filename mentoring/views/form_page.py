"""The two shapes that most changes have: a page with a form, and a page that asks once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.contrib import messages
from django.forms.utils import ErrorList
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mentoring.forms.confirmation import ConfirmForm
from mentoring.forms.saving import saved

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])


class SavingForm(Protocol):
    """A form whose `save()` calls the domain."""

    @property
    def is_bound(self) -> bool: ...

    def is_valid(self) -> bool: ...

    def add_error(self, field: str | None, error: str) -> None: ...

    def non_field_errors(self) -> ErrorList: ...

    def save(self) -> object: ...


def form_page(
    request: HttpRequest, form: SavingForm, *, template: str, to: str, done: str, context: Mapping[str, object]
) -> HttpResponse:
    """Show the form; once it is saved, go to `to` and say `done`.

    Where `to` names a place on the page, that is where people arrive: what is said doesn't take the focus.

    What the domain refuses comes back as 409 with the reason in the error summary and everything typed still there.
    """
    if request.method == "POST" and saved(form):
        messages.success(request, done, extra_tags="unfocused" if "#" in to else "")
        return redirect(to)
    refused = form.is_bound and form.non_field_errors()
    return render(request, template, {"form": form, **context}, status=409 if refused else 200)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked once.

    Args:
        consequences: what happens, as sentences.
        button: the words of the yes.
        back: where a no leads; also where a yes does, unless `to` is given.
        done: what is said after a yes.
        danger: whether the button is red.
    """

    question: str
    consequences: Sequence[str]
    button: str
    back: str
    done: str
    to: str = ""
    danger: bool = False


def confirm_page(request: HttpRequest, act: Callable[[], object], asked: Question) -> HttpResponse:
    """Ask once, naming what happens; then `act`."""
    context = {
        "question": asked.question,
        "consequences": asked.consequences,
        "button": asked.button,
        "back_href": asked.back,
        "danger": asked.danger,
    }
    form = ConfirmForm(request.POST if request.method == "POST" else None, act=act)
    to = asked.to or asked.back
    return form_page(request, form, template="components/confirm.html", to=to, done=asked.done, context=context)
