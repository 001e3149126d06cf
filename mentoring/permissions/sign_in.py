"""How people sign in, and who needs a second step."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils.module_loading import import_string

from mentoring.models import (
    Person,
    User,
)


def is_in_charge(user: User) -> bool:
    """Whether they answer for others' things, so that signing in is stricter: administrators, and `IN_CHARGE`."""
    if user.is_staff or user.is_superuser:
        return True
    found = Q()
    for name in settings.IN_CHARGE:
        found |= Q(pk__in=import_string(name)().values("pk"))
    return Person.objects.filter(found, user=user).exists()


def second_steps_of(person: Person) -> QuerySet[Authenticator]:
    """The person's authenticator app, passkeys and recovery codes."""
    steps: QuerySet[Authenticator] = Authenticator.objects.filter(user__person=person)
    return steps.order_by("pk")


def work_accounts_of(person: Person) -> QuerySet[SocialAccount]:
    """The accounts elsewhere that the person signs in with."""
    accounts: QuerySet[SocialAccount] = SocialAccount.objects.filter(user__person=person)
    return accounts


def sign_ins_of(person: Person) -> QuerySet[UserSession]:
    """Where the person is signed in now."""
    live = Session.objects.filter(expire_date__gt=Now()).values("session_key")
    sign_ins: QuerySet[UserSession] = UserSession.objects.filter(user__person=person, session_key__in=live)
    return sign_ins
