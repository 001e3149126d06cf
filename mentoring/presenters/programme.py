"""A programme as those who run it see it: counts, people, requests that went quiet. Never what was written."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.db.models import CharField, Count, F, Func, QuerySet, Sum, Value
from django.db.models.functions import Concat
from django.urls import reverse

from mentoring.domain import clock
from mentoring.enums import STANDS, MembershipState, Role
from mentoring.models import CharacteristicValue, Membership, Mentorship, Option, Person, Programme
from mentoring.permissions import characteristics_asked_in, endorsements_hidden_by
from mentoring.presenters.mentorship import GONE
from mentoring.presenters.profile import Profile, profile_of

STATE_TAGS: Final = {
    MembershipState.INVITED: "blue",
    MembershipState.WAITING: "yellow",
    MembershipState.MEMBER: "green",
    MembershipState.DECLINED: "grey",
    MembershipState.LEFT: "grey",
}
_MARKS: Final = "[\u0300-\u036f]"
_WORK: Final = ("profession", "band")  # what a coordinator sees of somebody's answers, and nothing else


def tabs(programme: Programme, current: str) -> list[dict[str, object]]:
    """The pages of a programme, the present one marked by its address's name."""
    pages = (
        ("Overview", "programme"),
        ("People", "programme_people"),
        ("Invitations", "invitations"),
        ("Matching rounds", "rounds"),
        ("Reports", "reports"),
        ("Import and export", "people_imports"),
        ("Settings", "programme_settings"),
    )
    return [
        {"label": label, "href": reverse(name, args=[programme.slug]), "current": name == current}
        for label, name in pages
    ]


@dataclass(frozen=True, slots=True)
class RoleCount:
    """How many take part in a role; a mentor's places too."""

    role: str
    number: int
    places: int
    taken: int
    url: str

    @property
    def label(self) -> str:
        """The role, for one or for many."""
        return self.role if self.number == 1 else f"{self.role}s"


def role_counts(programme: Programme) -> list[RoleCount]:
    """Who takes part, by role. A coordinator's own list, in which each of them stands by name: no statistic."""
    current = Membership.objects.current().filter(programme=programme).order_by()
    counted = current.values_list("role").annotate(Count("pk"), Sum("capacity"), Sum("taken"))
    found = {role: (number, places or 0, taken) for role, number, places, taken in counted}
    people = reverse("programme_people", args=[programme.slug])
    return [RoleCount(role.label, *found.get(role, (0, 0, 0)), f"{people}?role={role}&state=member") for role in Role]


@dataclass(frozen=True, slots=True)
class QuietRow:
    """A request without an answer: who waits for whom, and how long. Never what was written."""

    mentee: str
    mentor: str
    days: int
    mentor_url: str


def quiet_rows(rows: Iterable[Mentorship]) -> list[QuietRow]:
    """Requests that went quiet, as lines; needs mentee, mentor and programme fetched."""
    now = clock.now()
    return [
        QuietRow(
            mentee=row.mentee.name if row.mentee else GONE,
            mentor=row.mentor.name if row.mentor else GONE,
            days=(now - row.asked_at).days,
            mentor_url=reverse("programme_person", args=[row.programme.slug, row.mentor_id]),
        )
        for row in rows
    ]


# --- People ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One role of one person in a list."""

    pk: int
    name: str
    line: str
    state: str
    colour: str
    url: str
    waits: bool


def person_rows(programme: Programme, rows: Iterable[Membership]) -> list[PersonRow]:
    """Memberships as lines; needs person and their organisation fetched."""
    return [
        PersonRow(
            pk=row.pk,
            name=row.person.name,
            line=_line(row),
            state=row.get_state_display(),
            colour=STATE_TAGS[MembershipState(row.state)],
            url=reverse("programme_person", args=[programme.slug, row.person_id]),
            waits=row.state == MembershipState.WAITING,
        )
        for row in rows
    ]


def _line(row: Membership) -> str:
    organisation = row.person.organisation if row.state in STANDS else None
    return " · ".join(filter(None, [row.get_role_display(), organisation.name if organisation else "", places(row)]))


def places(row: Membership) -> str:
    """How many mentees a mentor has for how many places; nothing for anybody else."""
    if row.role != Role.MENTOR or row.state != MembershipState.MEMBER:
        return ""
    words = f"{row.taken} of {row.capacity} {'place' if row.capacity == 1 else 'places'} taken"
    return f"{words}, taking a break" if row.paused else words


def named_like(rows: QuerySet[Membership], words: str) -> QuerySet[Membership]:
    """Those whose name has all the words in it; accents and capitals do not matter (ola finds Ọlá)."""
    if not words.strip():
        return rows
    whole = Concat(F("person__first_name"), Value(" "), F("person__last_name"), output_field=CharField())
    rows = rows.annotate(plain_name=_Plain(whole))
    for word in _plain(words).split():
        rows = rows.filter(plain_name__contains=word)
    return rows


class _Plain(Func):
    """A text in small letters without its accents, in the database."""

    template = f"regexp_replace(normalize(lower(%(expressions)s), NFD), '{_MARKS}', '', 'g')"
    output_field = CharField()


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in folded if not "\u0300" <= letter <= "\u036f")


def work_of(person: Person) -> str:
    """Profession and band, as far as given."""
    values = CharacteristicValue.objects.filter(person=person, characteristic__in=_WORK)
    chosen = {value.characteristic_id: value.options for value in values}
    options = Option.objects.filter(characteristic__in=_WORK, key__in=[key for keys in chosen.values() for key in keys])
    labels = {(option.characteristic_id, option.key): option.label for option in options}
    words = [labels.get((name, key), key) for name in _WORK for key in chosen.get(name, [])]
    return " · ".join(words)


def facts_of(person: Person, rows: Iterable[Membership], viewer: Person) -> list[tuple[str, str]]:
    """What a coordinator sees of somebody: nothing of their wishes, their words or their identity.

    Of who has left, or was not let in, only the name: what they say of themselves now is not for this programme.
    """
    if not any(row.state in STANDS for row in rows):
        return [("Name", person.name)]
    facts = [
        ("Name", person.name),
        ("Pronouns", person.pronouns),
        ("In a line", person.headline),
        ("Works for", person.organisation.name if person.organisation else ""),
        ("Profession and band", work_of(person)),
        ("Words they hide", _hidden_words(endorsements_hidden_by(person, viewer).count())),
    ]
    return [(label, value) for label, value in facts if value]


def _hidden_words(count: int) -> str:
    if not count:
        return ""
    return f"{count} {'endorsement' if count == 1 else 'endorsements'} of mentees, which do not show on their profile"


def face_of_mentor(person: Person, rows: Sequence[Membership]) -> Profile | None:
    """What the programme's mentees read, or will read, of a mentor: a coordinator approves no stranger.

    Without what the mentor says about their identity, which is not for coordinators. None where they are no mentor.
    """
    shown = (MembershipState.WAITING, MembershipState.MEMBER)
    if not any(row.role == Role.MENTOR and row.state in shown for row in rows):
        return None
    return replace(profile_of(person, asked=characteristics_asked_in(rows[0].programme)), identity=())


def _protection(programme: Programme) -> str:
    return f"Legal basis: {programme.get_lawful_basis_display()}" if programme.lawful_basis else "Nothing recorded yet"


def settings_rows(programme: Programme) -> list[tuple[str, str, str]]:
    """What a coordinator can change about a programme, each with the way to it."""
    share = programme.mentee_share
    rows: Sequence[tuple[str, str, str]] = (
        ("Description", programme.description or "Nothing yet", "programme_description"),
        ("Positive action", programme.positive_action_reason or "No reason recorded", "programme_positive_action"),
        ("Data protection", _protection(programme), "programme_protection"),
        ("Whose wishes count how much", f"Mentee {share}%, mentor {100 - share}%", "programme_mentee_share"),
        ("What you ask people", "Chosen from a list, with questions of your own", "programme_questions"),
    )
    return [(label, value, reverse(name, args=[programme.slug])) for label, value, name in rows]
