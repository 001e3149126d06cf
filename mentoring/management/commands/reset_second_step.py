"""For somebody who has lost their telephone and their recovery codes, once it is sure that it is them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mentoring.domain.sign_in import remove_second_steps
from mentoring.models import User


class Command(BaseCommand):
    """Remove somebody's second steps, sign them out everywhere, and write to them."""

    help = (
        "Removes the authenticator app, the passkeys and the recovery codes of one account, signs it out everywhere, "
        "and writes to its address. First make sure that it really is them who ask (docs/security.md)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose."""
        parser.add_argument("--email", required=True, help="the address they sign in with")

    def handle(self, *args: Any, **options: Any) -> None:
        """Find, remove, say so."""
        user = User.objects.filter(email__iexact=options["email"].strip()).first()
        if user is None:
            raise CommandError("There is no account with this address.")
        remove_second_steps(user=user)
        self.stdout.write(f"The second steps of user {user.pk} are removed.")
