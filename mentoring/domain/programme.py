"""Programmes: set up by administrators, described and opened by their coordinators."""

from collections.abc import Iterable, Mapping

from django.utils.text import slugify

from mentoring.domain.action import NotPossible, action
from mentoring.models import Organisation, Person, Programme
from mentoring.models.programme import MONTHS_LEFT, MONTHS_UNANSWERED, MONTHS_WORDS, new_join_code

SLUG_LENGTH = 60
PROTECTION_MONTHS = {"months_left": MONTHS_LEFT, "months_unanswered": MONTHS_UNANSWERED, "months_words": MONTHS_WORDS}
PROTECTION = ("controllers", "privacy_contact", "lawful_basis", "special_condition", *PROTECTION_MONTHS)
RESERVED = frozenset({"join", "add"})  # addresses beside those of programmes, see urls


def _locked(programme: Programme) -> Programme:
    return Programme.objects.select_for_update(no_key=True, of=("self",)).get(pk=programme.pk)


def _free_slug(name: str) -> str:
    """An address part made from the name; a number is put behind it when it is taken."""
    stem = slugify(name)[: SLUG_LENGTH - 4].strip("-") or "programme"
    taken = set(Programme.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    candidates = [stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3))]
    return next(slug for slug in candidates if slug not in taken | RESERVED)


def _refuse_name(name: str, but: Programme | None = None) -> None:
    others = Programme.objects.filter(name__iexact=name)
    if (others.exclude(pk=but.pk) if but else others).exists():
        raise NotPossible("There is a programme with this name already.")


@action
def add_programme(*, name: str, description: str, organisations: Iterable[Organisation], by: Person) -> Programme:
    """An administrator sets up a programme; its address is made from the name and then stays.

    Raises:
        NotPossible: the name is in use.
    """
    _refuse_name(name)
    row = Programme.objects.create(name=name, slug=_free_slug(name), description=description)
    row.organisations.set(organisations)
    return row


@action
def edit_programme(
    *, programme: Programme, name: str, description: str, organisations: Iterable[Organisation], by: Person
) -> None:
    """An administrator changes what a programme is called and who runs it; its address stays.

    Raises:
        NotPossible: the name is in use.
    """
    row = _locked(programme)
    _refuse_name(name, but=row)
    row.name, row.description = name, description
    row.save(update_fields=["name", "description"])
    row.organisations.set(organisations)


@action
def describe(*, programme: Programme, description: str, by: Person) -> None:
    """A coordinator says in public what the programme is."""
    row = _locked(programme)
    row.description = description
    row.save(update_fields=["description"])


@action
def record_positive_action(*, programme: Programme, reason: str, by: Person) -> None:
    """Record why mentees may make something about identity a condition; without a reason they may not."""
    row = _locked(programme)
    row.positive_action_reason = reason
    row.save(update_fields=["positive_action_reason"])


@action
def weigh_sides(*, programme: Programme, mentee_share: int, by: Person) -> None:
    """Say how much the mentee's side counts in a match, 0 to 100; the rest is the mentor's.

    Raises:
        NotPossible: outside 0 to 100.
    """
    if not 0 <= mentee_share <= 100:
        raise NotPossible("Choose a number from 0 to 100.")
    row = _locked(programme)
    row.mentee_share = mentee_share
    row.save(update_fields=["mentee_share"])


@action
def protect(*, programme: Programme, said: Mapping[str, object], by: Person) -> None:
    """Say who answers for its people's data, on what legal basis, and how long things are kept.

    Raises:
        NotPossible: a number of months outside the bounds.
    """
    row = _locked(programme)
    for name in PROTECTION:
        setattr(row, name, said[name])
    for name, (least, most) in PROTECTION_MONTHS.items():
        if not least <= getattr(row, name) <= most:
            raise NotPossible(f"Choose from {least} to {most} months.")
    row.save(update_fields=PROTECTION)


@action
def open_join_link(*, programme: Programme, by: Person) -> None:
    """Make a join link where there is none."""
    row = _locked(programme)
    if not row.join_code:
        _set_join_code(row, new_join_code())


@action
def renew_join_link(*, programme: Programme, by: Person) -> None:
    """Put a new link in the place of the one the given programme still has, which stops working.

    Two who press at once renew once.

    Raises:
        NotPossible: there is no link.
    """
    row = _locked(programme)
    if not row.join_code:
        raise NotPossible("The join link is off. Turn it on to have a new one.")
    if row.join_code == programme.join_code:
        _set_join_code(row, new_join_code())


@action
def close_join_link(*, programme: Programme, by: Person) -> None:
    """Let nobody join by link any more; whoever has joined stays."""
    _set_join_code(_locked(programme), None)


def _set_join_code(row: Programme, code: str | None) -> None:
    row.join_code = code
    row.save(update_fields=["join_code"])
