"""What every form whose `save()` calls the domain needs."""

from typing import Protocol

from django.http import HttpRequest, QueryDict

from mentoring.domain.action import NotPossible


class _Saves(Protocol):
    def is_valid(self) -> bool: ...

    def add_error(self, field: str | None, error: str) -> None: ...

    def save(self) -> object: ...


def saved(form: _Saves) -> bool:
    """Check and save; a refusal of the domain becomes an error of the form, with everything typed still in it."""
    if not form.is_valid():
        return False
    try:
        form.save()
    except NotPossible as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent; a form with nothing chosen is still one that was sent."""
    return request.POST if request.method == "POST" else None
