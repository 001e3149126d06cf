"""Members: made with their account, changed by themselves, gone when they say so."""

from collections.abc import Mapping

from mentoring.domain import membership
from mentoring.domain.action import action
from mentoring.models import Block, Invitation, Mentorship, Notification, Person, Programme, User

PROFILE_FIELDS = ("first_name", "last_name", "pronouns", "headline", "journey", "wants", "organisation")


@action
def create_person(*, user: User) -> Person:
    """The person behind a new account."""
    person, _ = Person.objects.get_or_create(user=user)
    return person


@action
def edit_profile(*, by: Person, changes: Mapping[str, object]) -> None:
    """Change what the person says of themselves; only profile fields are taken."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=by.pk)
    fields = [field for field in PROFILE_FIELDS if field in changes]
    for field in fields:
        setattr(person, field, changes[field])
    person.save(update_fields=fields)


@action
def delete_account(*, by: Person) -> None:
    """Erase the person. What is under way ends kindly first; their words go from others' pages too.

    Raises:
        NotPossible: the person is the only coordinator of a programme.
    """
    for programme in Programme.objects.filter(memberships__person=by).distinct():
        membership.leave(programme=programme, by=by)
    Mentorship.objects.filter(mentee=by).update(message="")
    Mentorship.objects.filter(mentor=by).update(kind_word="")
    Notification.objects.filter(person=by).delete()
    Invitation.objects.filter(person=by).delete()
    Block.objects.filter(blocker=by).delete()
    user = by.user
    Person.objects.filter(pk=by.pk).delete()
    if user is not None:
        user.delete()
