"""Making a plan happen: in parts, each of them whole or not at all, by whoever holds the upload.

A worker that is killed loses one part; the next one plans again, and finds whoever was taken already *here*.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from django.db import DatabaseError, transaction
from django.db.models import Q

from mentoring.domain import clock
from mentoring.domain.action import Busy, action
from mentoring.domain.membership import MOST_PLACES
from mentoring.domain.people_file import Field
from mentoring.domain.people_import.pairing import Pair
from mentoring.domain.people_import.plan import Plan, make_plan
from mentoring.domain.people_import.standing import STANDS, Known, parts, standing
from mentoring.domain.people_import.uploads import content_of, findings_of, found_in
from mentoring.domain.people_import.values import Vocabulary
from mentoring.domain.people_import.wish import Wish
from mentoring.enums import ImportState, MembershipState, MentorshipState, Role
from mentoring.models import (
    CharacteristicValue,
    Invitation,
    Membership,
    Mentorship,
    PeopleImport,
    Person,
    Programme,
)
from mentoring.permissions import characteristics_asked_in

MOST_TRIES: Final = 5
PART: Final = 200
_KEPT_AS: Final = (
    (Field.PROFESSION, (Field.PROFESSION,)),
    (Field.BAND, (Field.BAND, Field.GRADE)),
    (Field.REGION, (Field.REGION,)),
    (Field.SETTING, (Field.SETTING,)),
)
log = logging.getLogger(__name__)


class _NotHeld(Exception):
    """Somebody else finished the upload in the meantime."""


def take_due() -> int:
    """Take every upload that waits, or whose worker has gone; how many were begun."""
    begun = 0
    while (upload := _claim_next()) is not None:
        begun += 1
        try:
            _take(upload)
        except (DatabaseError, Busy) as error:
            log.warning("import %s will be tried again: %s", upload.pk, type(error).__name__)
    return begun


def take_now(*, upload: PeopleImport) -> None:
    """Take one upload here and now (the command line)."""
    now = clock.now()
    PeopleImport.objects.filter(pk=upload.pk, state=ImportState.WAITING).update(
        state=ImportState.TAKING, leased_until=now + clock.LEASE, tries=1
    )
    upload.refresh_from_db()
    _take(upload)
    upload.refresh_from_db()


def _claim_next() -> PeopleImport | None:
    """Lease the next upload to this worker; one that was tried too often is set aside, visibly."""
    now = clock.now()
    due = Q(state=ImportState.WAITING) | Q(state=ImportState.TAKING, leased_until__lt=now)
    with transaction.atomic():
        rows = PeopleImport.objects.select_for_update(skip_locked=True, of=("self",)).select_related("programme")
        while (row := rows.filter(due).order_by("made_at").first()) is not None:
            row.state = ImportState.STOPPED if row.tries >= MOST_TRIES else ImportState.TAKING
            row.leased_until, row.tries = now + clock.LEASE, row.tries + 1
            row.save(update_fields=["state", "leased_until", "tries"])
            if row.state == ImportState.TAKING:
                return row
    return None


def _take(upload: PeopleImport) -> None:
    plan = make_plan(table=content_of(upload), programme=upload.programme, role=upload.role)
    capacities = plan.capacities()
    try:
        _begin(upload=upload, plan=plan)
        for some in parts(plan.new, PART):
            _add_people(upload=upload, wishes=some, capacities=capacities, words=plan.words)
        for more in parts(plan.more, PART):
            _add_roles(upload=upload, wishes=more, capacities=capacities)
        for pairs in parts(plan.pairs.new, PART):
            _add_pairs(upload=upload, pairs=pairs)
        _finish(upload=upload, plan=plan)
    except _NotHeld:
        log.info("import %s was finished by another worker", upload.pk)


def _held(upload: PeopleImport) -> PeopleImport:
    """The upload and its programme, locked, with a new lease: no two files of a programme are taken at once.

    Raises:
        _NotHeld: it is no longer being taken.
    """
    row = PeopleImport.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    if row.state != ImportState.TAKING:
        raise _NotHeld
    row.programme = Programme.objects.select_for_update(no_key=True, of=("self",)).get(pk=row.programme_id)
    row.leased_until = clock.now() + clock.LEASE
    return row


def _count(row: PeopleImport, kind: str, number: int, planned: int) -> None:
    """Write down what was really done, in the transaction that did it; a part done is a new set of tries."""
    done = {kind: number, f"{kind}_left": planned - number}
    row.taken = {**row.taken, **{key: row.taken.get(key, 0) + more for key, more in done.items()}}
    row.tries = 1
    row.save(update_fields=["taken", "leased_until", "tries"])


@action
def _begin(*, upload: PeopleImport, plan: Plan) -> None:
    """The first time: what is about to happen, as things stand now."""
    row = _held(upload)
    if not row.taken:
        row.planned, row.taken = plan.counts, {"new": 0, "more": 0, "pairs": 0}
        row.findings = found_in(content_of(row), plan).packed()
    row.save(update_fields=["planned", "taken", "findings", "leased_until"])


@action
def _add_people(
    *, upload: PeopleImport, wishes: Sequence[Wish], capacities: Mapping[str, int], words: Vocabulary
) -> None:
    row = _held(upload)
    there = standing(row.programme, [wish.email for wish in wishes])
    fresh = [wish for wish in wishes if wish.email not in there]
    people = Person.objects.bulk_create(_person(wish, words) for wish in fresh)
    both = list(zip(fresh, people, strict=True))
    asked = set(characteristics_asked_in(row.programme).values_list("pk", flat=True))
    CharacteristicValue.objects.bulk_create(
        value for wish, person in both for value in _values(wish, person, words) if value.characteristic_id in asked
    )
    Membership.objects.bulk_create(
        _place(row, person, role, capacities[wish.email] if role == Role.MENTOR else None)
        for wish, person in both
        for role in sorted(wish.roles)
    )
    now = clock.now()
    Invitation.objects.bulk_create(
        Invitation(programme=row.programme, person=person, email=wish.email, made_at=now) for wish, person in both
    )
    _count(row, "new", len(fresh), len(wishes))


def _person(wish: Wish, words: Vocabulary) -> Person:
    get = wish.row.get
    return Person(
        first_name=get(Field.FIRST_NAME),
        last_name=get(Field.LAST_NAME),
        pronouns=get(Field.PRONOUNS),
        headline=" ".join(get(Field.JOB_TITLE).split()),
        journey=get(Field.JOURNEY),
        organisation_id=words.organisation(get(Field.ORGANISATION)),
        joined_at=clock.now(),
    )


def _values(wish: Wish, person: Person, words: Vocabulary) -> Iterable[CharacteristicValue]:
    """Only what is about work: the rest is for the person to say, and the database refuses it from here."""
    for characteristic, fields in _KEPT_AS:
        keys = (words.option(field, wish.row.get(field)) for field in fields)
        if key := next((key for key in keys if key), None):
            yield CharacteristicValue(
                person=person, characteristic_id=characteristic.value, options=[key], changed_at=clock.now()
            )


def _place(row: PeopleImport, person: Person, role: Role, capacity: int | None) -> Membership:
    return Membership(
        programme=row.programme,
        person=person,
        role=role,
        state=MembershipState.INVITED,
        changed_at=clock.now(),
        decided_by_id=row.by_id,
        capacity=capacity,
    )


@action
def _add_roles(*, upload: PeopleImport, wishes: Sequence[Wish], capacities: Mapping[str, int]) -> None:
    """Another role for people who have not claimed their place; whoever did meanwhile is left as they are."""
    row = _held(upload)
    there = standing(row.programme, [wish.email for wish in wishes])
    fresh = []
    for wish in wishes:
        wish.known = there.get(wish.email)
        if wish.known and not wish.known.has_account and wish.missing_roles:
            fresh.append((wish, wish.known))
    Membership.objects.bulk_create(
        _place(row, Person(pk=known.person_id), role, capacities[wish.email] if role == Role.MENTOR else None)
        for wish, known in fresh
        for role in wish.missing_roles
    )
    _count(row, "more", len(fresh), len(wishes))


@action
def _add_pairs(*, upload: PeopleImport, pairs: Sequence[Pair]) -> None:
    """Mentorships that go on elsewhere already: they begin as active, and each takes one of the mentor's places.

    Whoever claimed their place as a mentee meanwhile now decides for themselves.
    """
    row = _held(upload)
    there = standing(row.programme, {address for pair in pairs for address in (pair.mentee, pair.mentor)})
    both = [(there.get(pair.mentee), there.get(pair.mentor)) for pair in pairs]
    wanted = [(mentee, mentor) for mentee, mentor in both if mentee and mentor and not mentee.has_account]
    now = clock.now()
    made = Mentorship.objects.bulk_create(
        Mentorship(
            programme=row.programme,
            mentee_id=mentee.person_id,
            mentor_id=place.person_id,
            mentor_membership=place,
            state=MentorshipState.ACTIVE,
            asked_at=now,
            answered_at=now,
            active_at=now,
        )
        for mentee, place in _with_room(row.programme, _apart(wanted))
    )
    _count(row, "pairs", len(made), len(pairs))


def _apart(wanted: Sequence[tuple[Known, Known]]) -> list[tuple[Known, Known]]:
    """Those between whom there is and was nothing, either way round."""
    people = {known.person_id for pair in wanted for known in pair}
    rows = Mentorship.objects.filter(mentee__in=people, mentor__in=people).values_list("mentee_id", "mentor_id")
    between = {frozenset(row) for row in rows}
    return [(one, two) for one, two in wanted if frozenset((one.person_id, two.person_id)) not in between]


def _with_room(programme: Programme, wanted: Sequence[tuple[Known, Known]]) -> list[tuple[Known, Membership]]:
    """Each mentee with the mentor's place. A mentor who has not claimed theirs yet gets places as needed."""
    own = Membership.objects.select_for_update(of=("self",)).filter(programme=programme, role=Role.MENTOR)
    mentors = own.filter(person__in={mentor.person_id for _, mentor in wanted}, state__in=STANDS).order_by("pk")
    places = {place.person_id: place for place in mentors}
    found, raised = [], {}
    for mentee, mentor in wanted:
        place = places.get(mentor.person_id)
        if place is None or (place.free <= 0 and (mentor.has_account or place.taken >= MOST_PLACES)):
            continue
        place.taken += 1  # as the trigger will count it
        if place.free < 0:
            place.capacity = place.taken
            raised[place.pk] = place
        found.append((mentee, place))
    Membership.objects.bulk_update(raised.values(), ["capacity"])
    return found


@action
def _finish(*, upload: PeopleImport, plan: Plan) -> None:
    """Done: of the file itself only the refused rows are left, to be mended."""
    row = _held(upload)
    table, found = content_of(row), findings_of(row)
    refused = [(refusal.number, refusal.reason) for refusal in plan.refused]
    here = plan.rows - len(refused) - row.taken["new"] - row.taken["more"]
    row.planned = {**row.planned, "refused": len(refused), "here": max(here, 0)}
    row.content = table.only(number for number, _ in refused).packed()
    if found is not None:
        found.refused = refused
        found.columns = [(heading, use, name, "") for heading, use, name, _ in found.columns]
        row.findings = found.packed()
    row.state, row.finished_at, row.leased_until = ImportState.DONE, clock.now(), None
    row.save(update_fields=["planned", "content", "findings", "state", "finished_at", "leased_until"])
