"""The first way in: an administrator with a confirmed address."""

import os
from getpass import getpass
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from mentoring.domain.person import create_person
from mentoring.models import User


class Command(BaseCommand):
    """Make somebody an administrator; run again, it changes nothing but a password that was given."""

    help = (
        "Makes an administrator who can sign in at once. Asks for what is missing; the password may also come "
        "from the environment as ADMIN_PASSWORD."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The address, or it is asked for."""
        parser.add_argument("--email", help="the address they sign in with")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, check, keep."""
        email = self._email(options["email"])
        user = User.objects.filter(email__iexact=email).first()
        known = user is not None and user.is_staff and not os.environ.get("ADMIN_PASSWORD")
        user = user or User(email=email)
        self._keep(user, None if known else self._password(user))
        self.stdout.write(f"{email} is an administrator.")

    def _email(self, given: str | None) -> str:
        email = (given or input("Email address: ")).strip().lower()
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError("That is no email address.") from error
        return email

    def _password(self, user: User) -> str:
        password = os.environ.get("ADMIN_PASSWORD") or self._ask()
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        return password

    def _ask(self) -> str:
        password = getpass("Password: ")
        if password != getpass("The same again: "):
            raise CommandError("The two passwords are not the same.")
        return password

    @transaction.atomic
    def _keep(self, user: User, password: str | None) -> None:
        if password is not None:
            user.set_password(password)
        user.is_staff = user.is_active = True
        user.save()
        EmailAddress.objects.filter(user=user).exclude(email__iexact=user.email).update(primary=False)
        EmailAddress.objects.update_or_create(
            user=user, email__iexact=user.email, defaults={"email": user.email, "verified": True, "primary": True}
        )
        create_person(user=user)
