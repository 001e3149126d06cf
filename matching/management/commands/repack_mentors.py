"""`manage.py repack_mentors`: what ranking reads of each mentor, made again."""

from django.core.management.base import BaseCommand

from matching.domain.catalogue import repack_mentors


class Command(BaseCommand):
    """Packs all mentors again; each migrate does so by itself."""

    help = "Pack again what ranking reads of each mentor (after a backup was restored, say). Repeating it is harmless."

    def handle(self, *args: object, **options: object) -> None:
        """Pack, and say how many there are."""
        self.stdout.write(f"{repack_mentors()} mentors are packed.")
