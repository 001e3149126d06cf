"""After a backup was restored: delete again whoever had deleted their account since it was made."""

from typing import Any

from django.core.management.base import BaseCommand

from mentoring.domain.erasure import replay_erasures


class Command(BaseCommand):
    """Run it before anybody can sign in again; run twice, it does nothing more."""

    help = "Deletes again, after a restore, everybody who is in the ledger of deleted accounts."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many there were."""
        self.stdout.write(f"{replay_erasures()} deleted again.")
