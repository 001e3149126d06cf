"""Employers and bodies, kept by administrators."""

from django.utils.text import slugify

from mentoring.domain.action import NotPossible, action
from mentoring.enums import OrganisationKind
from mentoring.models import Organisation, Person

SLUG_LENGTH = 60
RESERVED = frozenset({"add"})  # an address beside those of organisations, see urls


def _free_slug(name: str) -> str:
    stem = slugify(name)[: SLUG_LENGTH - 4].strip("-") or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    candidates = [stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3))]
    return next(slug for slug in candidates if slug not in taken | RESERVED)


def _refuse_name(name: str, but: Organisation | None = None) -> None:
    others = Organisation.objects.filter(name__iexact=name)
    if (others.exclude(pk=but.pk) if but else others).exists():
        raise NotPossible("There is an organisation with this name already.")


@action
def add_organisation(*, name: str, kind: OrganisationKind, region: str, by: Person) -> Organisation:
    """Add an employer that people can say they work for.

    Raises:
        NotPossible: the name is in use.
    """
    _refuse_name(name)
    return Organisation.objects.create(name=name, slug=_free_slug(name), kind=kind, region=region)


@action
def edit_organisation(
    *, organisation: Organisation, name: str, kind: OrganisationKind, region: str, by: Person
) -> None:
    """Change what is said of an employer; its address stays.

    Raises:
        NotPossible: the name is in use.
    """
    row = Organisation.objects.select_for_update(no_key=True, of=("self",)).get(pk=organisation.pk)
    _refuse_name(name, but=row)
    row.name, row.kind, row.region = name, kind, region
    row.save(update_fields=["name", "kind", "region"])
