"""`manage.py load_catalogue`: the characteristics, from their files into the database."""

from django.core.management.base import BaseCommand

from matching.domain.catalogue import load_catalogue


class Command(BaseCommand):
    """Loads the catalogue again; each migrate does so by itself."""

    help = "Bring the characteristics in the database in line with the catalogue's files. Repeating it is harmless."

    def handle(self, *args: object, **options: object) -> None:
        """Load, and say how many there are."""
        self.stdout.write(f"{load_catalogue()} characteristics are in the database.")
