"""The trail of changes: nothing that matters changes without it, nothing private is in it, and it can forget."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pghistory
import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from charter.domain.lead import appoint_lead
from mentoring.domain import clock, consent, credential, membership, trail
from mentoring.domain.person import delete_account, forget_unconfirmed
from mentoring.domain.privacy import holdings
from mentoring.domain.trail import event_models
from mentoring.enums import CredentialKind, MembershipState, Purpose
from mentoring.models import Characteristic, Membership, Person, Programme, User
from tests.factories import CoordinatorFactory, MembershipFactory, MentorFactory, OrganisationFactory, PersonFactory
from tests.factories.matching import says
from tests.test_privacy import CANARY, full_life

pytestmark = pytest.mark.django_db
As = Callable[[Person], Client]
TRACKED = {
    *("mentoring.User", "mentoring.Programme", "mentoring.Membership", "mentoring.Consent"),
    *("mentoring.CharacteristicValue", "mentoring.Mentorship", "mentoring.Credential", "mentoring.Invitation"),
    *("mentoring.Endorsement", "mentoring.EndorsementReport", "charter.Lead", "charter.Assessor"),
    "mentoring.ProgrammeCharacteristic",
}
# Never a text, an address, a password or an answer.
FIT_FOR_THE_TRAIL = {"key", "link", "part", "stage", "consent", "running", "public", "charter", "moderation", "office"}
FIT_TOO = {
    *("mentoring.CredentialEvent.kind", "mentoring.CredentialEvent.verified_at"),
    "mentoring.CredentialEvent.verified_by",
}


def of(label: str) -> Any:
    return next(model for model in event_models() if model.pgh_tracked_model._meta.label == label)


def told(label: str) -> list[str]:
    return list(of(label)._default_manager.order_by("pgh_id").values_list("pgh_label", flat=True))


def texts() -> str:
    """All that stands in the trail."""
    found = []
    with connection.cursor() as cursor:
        for model in event_models():
            cursor.execute(f"SELECT coalesce(string_agg(t::text, E'\\n'), '') FROM \"{model._meta.db_table}\" t")
            found.append(cursor.fetchone()[0])
    return "\n".join(found)


def test_what_is_tracked_is_on_purpose() -> None:
    assert {model.pgh_tracked_model._meta.label for model in event_models()} == TRACKED


def test_nothing_private_is_kept() -> None:
    classes = {
        f"{model._meta.label}.{name}": key
        for model in event_models()
        for name, key in holdings()[model._meta.label].fields.items()
        if not name.startswith("pgh_")
    }
    unfit = {name for name, key in classes.items() if key not in FIT_FOR_THE_TRAIL}
    assert unfit == FIT_TOO


def test_no_word_of_anybody_is_in_it() -> None:
    full_life(1, MentorFactory(capacity=20))
    assert CANARY.lower() not in texts().lower()
    assert "african" not in texts()


def test_made_changed_and_removed(programme: Programme) -> None:
    row = MembershipFactory(programme=programme, state=MembershipState.WAITING)
    coordinator = CoordinatorFactory(programme=programme).person
    before = len(told("mentoring.Membership"))
    membership.approve(membership=row, by=coordinator)
    row.delete()
    assert told("mentoring.Membership")[before:] == ["changed", "removed"]
    changed = of("mentoring.Membership")._default_manager.get(pgh_label="changed")
    assert (changed.state, changed.decided_by_id) == (MembershipState.MEMBER, coordinator.pk)


def test_in_bulk_and_in_sql_too(programme: Programme) -> None:
    MembershipFactory(programme=programme)
    MembershipFactory(programme=programme)
    Membership.objects.update(state=MembershipState.LEFT)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE mentoring_membership SET state = 'member'")
        cursor.execute("UPDATE mentoring_user SET is_staff = true")
        cursor.execute("DELETE FROM mentoring_membership")
    assert told("mentoring.Membership") == ["made"] * 2 + ["changed"] * 4 + ["removed"] * 2
    assert told("mentoring.User").count("changed") == 2


def test_that_an_answer_changed_and_not_to_what(amina: Person) -> None:
    says(amina, "ethnicity", "african")
    says(amina, "ethnicity", "caribbean")
    consent.remove_value(characteristic=Characteristic.objects.get(pk="ethnicity"), by=amina)
    assert told("mentoring.CharacteristicValue") == ["made", "changed", "removed"]
    assert {field.name for field in of("mentoring.CharacteristicValue")._meta.concrete_fields} == {
        *("pgh_id", "pgh_created_at", "pgh_label", "pgh_obj", "pgh_context", "person", "characteristic")
    }


def test_what_does_not_matter_leaves_no_trace(programme: Programme, amina: Person) -> None:
    number = len(told("mentoring.User"))
    assert amina.user
    amina.user.set_password("something else")
    amina.user.save()
    assert len(told("mentoring.User")) == number


def test_the_account_and_the_page_stand_beside_it(as_: As, coretta: Person, programme: Programme) -> None:
    as_(coretta).post(reverse("programme_description", args=[programme.slug]), {"description": "For us all."})
    row = of("mentoring.Programme")._default_manager.get(pgh_label="changed")
    assert coretta.user
    assert row.pgh_context == {"user": coretta.user.pk, "page": "programme_description"}
    assert not hasattr(row, "description")


def test_no_address_that_lets_somebody_in_is_kept(as_: As, programme: Programme) -> None:
    programme.join_code = "a-code-nobody-guesses"
    programme.save()
    somebody = PersonFactory()
    page = as_(somebody).post(reverse("join_link", args=[programme.join_code]), {"roles": ["mentee"], "role": "mentee"})
    assert page.status_code == 302
    made = of("mentoring.Membership")._default_manager.filter(person=somebody)
    assert {row.pgh_context["page"] for row in made} == {"join_link"}
    assert "a-code-nobody-guesses" not in texts()


@pytest.mark.parametrize("sql", ["UPDATE {} SET pgh_label = 'made'", "DELETE FROM {}"])
def test_it_is_only_added_to(sql: str) -> None:
    full_life(1, MentorFactory(capacity=20))
    for model in event_models():
        if model._default_manager.exists():
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql.format(model._meta.db_table))


def acts(account: int) -> int:
    """How much in the trail an account did."""
    return sum(int(model._default_manager.filter(pgh_context__user=account).count()) for model in event_models())


def with_everything(place: Membership) -> Person:
    """Somebody about whom, and by whom, every model of the trail has a row."""
    somebody = full_life(1, place)
    assert somebody.user
    with pghistory.context(user=somebody.user.pk):
        says(somebody, "gender", "woman", purpose=Purpose.ROUNDS)
        says(PersonFactory(), "gender", "woman")
        appoint_lead(organisation=OrganisationFactory(), person=somebody, by=somebody)
        other = MembershipFactory(programme=place.programme, state=MembershipState.WAITING)
        membership.approve(membership=other, by=somebody)
        theirs = credential.add_credential(
            kind=CredentialKind.QUALIFICATION, said={"title": "Anything"}, by=place.person
        )
        type(theirs).objects.filter(pk=theirs.pk).update(verified_by=somebody, verified_at=clock.now())
    return somebody


def test_whoever_is_erased_is_in_it_no_more() -> None:
    place = MentorFactory(capacity=20)
    somebody = with_everything(place)
    key, user = str(somebody.pk), somebody.user
    assert user
    account = user.pk
    about_others = of("mentoring.Credential")._default_manager.filter(person=place.person).count()
    assert key in texts()
    assert acts(account) > 0

    delete_account(by=somebody)

    assert key not in texts()
    assert acts(account) == 0
    assert not of("mentoring.User")._default_manager.filter(pgh_obj=account).exists()
    # What is about others stays.
    assert "changed" in told("mentoring.Membership")
    assert of("mentoring.Credential")._default_manager.filter(person=place.person).count() >= about_others


def test_an_account_nobody_confirmed_leaves_nothing() -> None:
    with time_machine.travel(clock.now() - timedelta(days=40)):
        gone = PersonFactory(user__last_login=None)
    assert gone.user
    MembershipFactory(person=gone)
    EmailAddress.objects.filter(user=gone.user).delete()
    forget_unconfirmed()
    assert not User.objects.filter(pk=gone.user.pk).exists()
    assert str(gone.pk) not in texts()


def test_it_forgets_after_two_years(programme: Programme) -> None:
    MembershipFactory(programme=programme)
    trail.forget_old()
    assert told("mentoring.Membership") == ["made"]
    with time_machine.travel(clock.now() + trail.KEPT_FOR + timedelta(days=1)):
        trail.forget_old()
        trail.forget_old()
    assert texts().strip() == ""


def test_it_can_be_read(programme: Programme, amina: Person, coretta: Person) -> None:
    out = StringIO()
    call_command("trail", "--person", str(amina.pk), stdout=out)
    assert out.getvalue().count("\n") == 1
    assert "membership" in out.getvalue()
    assert "made by the system" in out.getvalue()
    assert str(coretta.pk) not in out.getvalue()
