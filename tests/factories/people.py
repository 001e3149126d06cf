"""People and what they take part in."""

from typing import Any

import factory
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from factory.django import DjangoModelFactory

from mentoring.domain import clock
from mentoring.enums import MembershipState, MentorshipState, OrganisationKind, Role
from mentoring.models import Membership, Mentorship, Organisation, Person, Programme, User
from tests.factories.make import Make

PASSWORD = "a-long-test-password"


class _UserFactory(DjangoModelFactory[User]):
    """An account with a confirmed address; its password is PASSWORD."""

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    password = factory.LazyFunction(lambda: make_password(PASSWORD))

    class Meta:
        model = User
        skip_postgeneration_save = True

    @factory.post_generation
    def confirmed(self, create: bool, extracted: Any, **_: Any) -> None:
        """allauth's record of the confirmed address."""
        if create and extracted is not False:
            EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)


class _PersonFactory(DjangoModelFactory[Person]):
    """A member with an account, who was here today."""

    user = factory.SubFactory(_UserFactory)
    first_name = factory.Sequence(lambda n: f"Person{n}")
    last_name = "Ọlátúnjí"
    active_on = factory.LazyFunction(lambda: timezone.localdate(clock.now()))

    class Meta:
        model = Person


class _OrganisationFactory(DjangoModelFactory[Organisation]):
    """An employer."""

    name = factory.Sequence(lambda n: f"Employer {n}")
    slug = factory.Sequence(lambda n: f"employer-{n}")
    kind = OrganisationKind.NHS_TRUST

    class Meta:
        model = Organisation


class _ProgrammeFactory(DjangoModelFactory[Programme]):
    """A mentoring scheme."""

    name = factory.Sequence(lambda n: f"Programme {n}")
    slug = factory.Sequence(lambda n: f"programme-{n}")

    class Meta:
        model = Programme


class _MembershipFactory(DjangoModelFactory[Membership]):
    """A mentee's place by default."""

    programme = factory.SubFactory(_ProgrammeFactory)
    person = factory.SubFactory(_PersonFactory)
    role = Role.MENTEE
    state = MembershipState.MEMBER

    class Meta:
        model = Membership


class _MentorFactory(_MembershipFactory):
    """An approved mentor with two places."""

    role = Role.MENTOR
    capacity = 2


class _CoordinatorFactory(_MembershipFactory):
    """Somebody who runs the programme."""

    role = Role.COORDINATOR


class _MentorshipFactory(DjangoModelFactory[Mentorship]):
    """A request between a mentee and a mentor of one programme."""

    mentor_membership = factory.SubFactory(_MentorFactory)
    programme = factory.SelfAttribute("mentor_membership.programme")
    mentor = factory.SelfAttribute("mentor_membership.person")
    mentee = factory.LazyAttribute(lambda o: _MembershipFactory(programme=o.programme).person)
    state = MentorshipState.REQUESTED
    message = "I would like to learn how you moved into leadership."
    active_at = factory.LazyAttribute(lambda o: clock.now() if o.state == MentorshipState.ACTIVE else None)

    class Meta:
        model = Mentorship


UserFactory = Make[User](_UserFactory)
PersonFactory = Make[Person](_PersonFactory)
OrganisationFactory = Make[Organisation](_OrganisationFactory)
ProgrammeFactory = Make[Programme](_ProgrammeFactory)
MembershipFactory = Make[Membership](_MembershipFactory)
MentorFactory = Make[Membership](_MentorFactory)
CoordinatorFactory = Make[Membership](_CoordinatorFactory)
MentorshipFactory = Make[Mentorship](_MentorshipFactory)
